"""Make the example handbook with a history of two years: a Git repository that ends in what this one holds.

    python tools/example_history.py build/example

The same commits, by name, every time: nothing depends on the clock, on who runs it, or on Git's configuration. A folder
that holds them already is left as it is.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from example_book import EDITOR, Book
from example_stream import Stream, environment
from example_texts import revisions


class Event(NamedTuple):
    """What happens on a day: the documents that change, and files beside them, by somebody."""

    day: str
    subject: str
    role: str
    documents: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    is_proposal: bool = False


def events(book: Book) -> list[Event]:
    """Everything that happens after the beginning, in the order of days."""
    found = [*_proposals(book), *_moves(book), *_records(book)]
    found += [Event(row["on"], row["subject"], EDITOR, files=("handbook.yml",)) for row in book.events["settings"]]
    found += [Event(row["on"], row["subject"], book.owner(row["id"]), (row["id"],)) for row in book.events["changed"]]
    begun = [row for row in book.events["drafted"] if row["since"] > book.begins]
    found += [
        Event(row["since"], f"{row['id']}: {row['summary']}", book.owner(row["id"]), (row["id"],)) for row in begun
    ]
    return sorted(found, key=lambda event: (event.day, event.subject))


def _proposals(book: Book) -> Iterator[Event]:
    """The revisions; those of one day and one owner are one proposal."""
    waiting: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for number, path in sorted(book.paths.items()):
        for revision in revisions(book.documents[path]):
            if revision.day >= book.begins:
                waiting[revision.day, book.owner(number)].append((number, revision.summary))
    for (day, role), rows in waiting.items():
        subject = f"{', '.join(number for number, _ in rows)}: {rows[0][1]}"
        decided = {f"{number}@{book.version(number, day)}" for number, _ in rows} & set(book.events["decided"])
        files = tuple(_decide(book, name.partition("@")[0], day) for name in sorted(decided))
        yield Event(day, subject, role, tuple(number for number, _ in rows), files, is_proposal=True)


def _moves(book: Book) -> Iterator[Event]:
    for move in book.events["moved"]:
        if "on" in move:
            name = Path(book.paths[move["id"]]).name
            yield Event(move["on"], f"{move['id']} heter nå {name}", EDITOR, (move["id"],))


def _records(book: Book) -> Iterator[Event]:
    """The reviews: those that the handbook keeps, further ones, and many in one afternoon."""
    kept = [(path, day) for path, (day, _) in book.records.items() if "/reviews/" in path]
    for path, day in kept:
        number = path.split("/")[2]
        yield Event(day, f"Gjennomgang av {number}", book.owner(number), files=(path,))
    for row in book.events["reviews"]:
        more = [f"looked-at: [{', '.join(row['looked-at'])}]", f"comment: {row['comment']}"]
        path = _review(book, row["id"], row["date"], row["by"], row["outcome"], more)
        yield Event(row["date"], f"Gjennomgang av {row['id']}", row["by"], files=(path,))
    stamped = book.events["stamped"]
    paths = [_review(book, number, stamped["on"], stamped["by"], "unchanged", []) for number in stamped["documents"]]
    yield Event(stamped["on"], stamped["subject"], stamped["by"], files=tuple(paths))


def _review(book: Book, number: str, day: str, role: str, outcome: str, more: list[str]) -> str:
    lines = [
        f"document: {number}", f"date: {day}", f'version: "{book.version(number, day)}"', f"by: {role}",
        *([f"person: {person}"] if (person := book.holder(role, day)) else []),
        f"outcome: {outcome}", f"fingerprint: {book.fingerprint(number, day)}", *more,
    ]  # fmt: skip
    return _keep(book, f"records/reviews/{number}/{day}.yml", day, lines)


def _decide(book: Book, number: str, day: str) -> str:
    text = book.text(number, day)
    decision = re.search(r"^decision: \{by: (\S+), date: (\S+?)(?:, reference: ([^}]+))?\}", text, re.MULTILINE)
    assert decision  # noqa: S101  # what is decided says so
    role, on, reference = decision.groups()
    lines = [
        f"document: {number}", f'version: "{book.version(number, day)}"', f"date: {on}", f"by: {role}",
        *([f"person: {person}"] if (person := book.holder(role, day)) else []),
        *([f"reference: {reference}"] if reference else []),
        f"fingerprint: {book.fingerprint(number, day)}", f"author: {book.person(book.owner(number), day).name}",
    ]  # fmt: skip
    return _keep(book, f"records/decisions/{number}/{day}.yml", day, lines)


def _keep(book: Book, path: str, day: str, lines: list[str]) -> str:
    book.records[path] = (day, ("\n".join(lines) + "\n").encode())
    return path


def write(out: Path) -> None:
    """Make the repository in a folder that is not there yet. Raises ValueError where the data and the documents disagree."""
    book = Book()
    planned = events(book)
    out.mkdir(parents=True)
    subprocess.run(
        ["git", "init", "--quiet", "--initial-branch=main", "--template="], cwd=out, env=environment(), check=True
    )
    stream = Stream(out)
    _begin(book, stream)
    for number, event in enumerate(planned, 11):
        _happen(book, stream, event, number)
    stream.close()
    for arguments in ("update-ref -d refs/heads/forslag", "reset --quiet --hard main"):
        subprocess.run(["git", *arguments.split()], cwd=out, env=environment(), check=True)
    different = [path for path in (*book.documents, *book.pages) if (out / path).read_bytes() != book.files[path]]
    if different:
        raise ValueError(f"not as they are in this repository: {', '.join(different)}")


def _begin(book: Book, stream: Stream) -> None:
    """The handbook is taken into Git: first the settings and files, then what is in force, an area at a time."""
    day, editor = book.begins, book.person(EDITOR, book.begins)
    others = [path for path in book.files if path not in book.documents and not path.startswith("records/")]
    files: dict[str, bytes | None] = {path: book.files[path] for path in others}
    files |= {path: book.page(path, day) for path in book.pages}
    files |= {"handbook.yml": book.handbook(day).encode(), ".gitignore": b"/build/\n/site/\n"}
    stream.commit(day, "Håndboken flytter til Git", editor, files)
    areas: defaultdict[str, dict[str, bytes | None]] = defaultdict(dict)
    for number in book.paths:
        if text := book.text(number, day):
            path = book.path(number, day)
            areas[path.split("/")[1]][path] = text.encode()
    for area, texts in sorted(areas.items()):
        stream.commit(day, f"Dokumentene i {area} slik de gjelder", editor, texts)


def _happen(book: Book, stream: Stream, event: Event, number: int) -> None:
    day, author = event.day, book.person(event.role, event.day)
    files: dict[str, bytes | None] = {}
    for document in event.documents:
        files |= _changed(book, document, day)
    if event.documents:
        files |= {
            path: book.page(path, day) for path in book.pages if book.page(path, day) != book.page(path, _before(day))
        }
    for path in event.files:
        files[path] = book.handbook(day).encode() if path == "handbook.yml" else book.records[path][1]
    if not event.is_proposal:
        stream.commit(day, event.subject, author, files)
    elif number % 3:
        stream.squash(day, f"{event.subject} (#{number})", author, files)
    else:
        drafts = {path: text for path, text in files.items() if not path.startswith("records/")}
        stream.merge(day, event.subject, number, author, book.person(EDITOR, day), drafts, files)


def _changed(book: Book, number: str, day: str) -> dict[str, bytes | None]:
    """Where the document stands from that day on, and where it does not stand any more."""
    before = _before(day)
    old, new = book.path(number, before), book.path(number, day)
    gone: dict[str, bytes | None] = {old: None} if old != new and book.text(number, before) else {}
    return gone | {new: book.text(number, day).encode()}


def _before(day: str) -> str:
    return date.fromordinal(date.fromisoformat(day).toordinal() - 1).isoformat()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    out: Path = parser.parse_args().out.resolve()
    if out.exists() and not (out / "handbook.yml").is_file():
        sys.exit(f"{out} exists, and is no handbook.")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        made = Path(folder) / "made"
        write(made)
        if _head(out) != _head(made):
            shutil.rmtree(out, ignore_errors=True)
            made.rename(out)


def _head(folder: Path) -> str:
    path = folder / ".git" / "refs" / "heads" / "main"
    return path.read_text() if path.is_file() else ""


if __name__ == "__main__":
    main()
