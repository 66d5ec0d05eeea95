"""From disk: the settings of a handbook, the list of its files, and its documents one by one."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from rutine.encoding import decode
from rutine.fences import split
from rutine.fingerprint import blob_name
from rutine.frontmatter import Loaded
from rutine.inside import leads_through_link
from rutine.kinds import Kind
from rutine.model import Document, Edit, Fact, Fault, Message, Settings, say

UNREAD = ("broken-front-matter", "missing-front-matter", "unreadable-file")  # then nobody knows the kind either
SIZE_OF_HEAD = 4_000  # within which an id is looked for where the front matter cannot be read
SIZE_LIMIT = 10_000_000  # bytes; a document larger than this is no document
_SKIPPED = {"node_modules", "__pycache__", "site", "build"}


class File(NamedTuple):
    """A file of the handbook: path from its root with `/`, and what the file system says of it."""

    path: str
    modified: int
    size: int
    is_link: bool
    is_document: bool


def read_bytes(root: Path, path: str) -> bytes:
    """The content of a file of the handbook."""
    with open(root / path, "rb", buffering=0) as file:  # noqa: PTH123  # a third of Path.read_bytes
        return file.read()


def list_files(root: Path, settings: Settings) -> list[File]:
    """Every file below the documents' and records' folders, hidden ones and those of other programs left out.

    Symbolic links are listed and never followed.
    """
    is_document = _matcher(settings.include, settings.exclude)
    found = list(_scan(root, settings.folder.strip("/"), is_document))
    records = settings.records_folder.strip("/")
    if not records.startswith(settings.folder.strip("/") + "/"):
        found += _scan(root, records, _matcher(("**/*.yml", "**/*.yaml"), ()))
    return sorted(found)


def file_at(root: Path, settings: Settings, path: str) -> File | None:
    """The file at a path of the handbook; None where there is none."""
    try:
        facts = os.lstat(root / path)
    except OSError:
        return None
    if not (stat.S_ISREG(facts.st_mode) or stat.S_ISLNK(facts.st_mode)):
        return None
    is_link = leads_through_link(root, path)
    return File(path, facts.st_mtime_ns, facts.st_size, is_link, is_document(path, settings))


def is_document(path: str, settings: Settings) -> bool:
    """Whether the file at a path is a document or record, by where it lies and what it is called."""
    folder, records = settings.folder.strip("/"), settings.records_folder.strip("/")
    if path.startswith(f"{records}/"):
        return path.endswith((".yml", ".yaml"))
    if folder == ".":
        return bool(_matcher(settings.include, settings.exclude).match(path))
    return path.startswith(f"{folder}/") and bool(
        _matcher(settings.include, settings.exclude).match(path[len(folder) + 1 :])
    )


def _scan(root: Path, folder: str, is_document: re.Pattern[str]) -> Iterator[File]:
    folder = "" if folder == "." else folder
    start = len(folder) + 1 if folder else 0
    stack = [folder]
    while stack:
        below = stack.pop()
        try:
            entries = list(os.scandir(root / below))
        except OSError:
            continue
        if any(entry.name == "pyvenv.cfg" for entry in entries):
            continue
        for entry in entries:
            path = f"{below}/{entry.name}" if below else entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _SKIPPED or below:
                    stack.append(path)
                continue
            facts = entry.stat(follow_symlinks=False)
            if stat.S_ISLNK(facts.st_mode) or stat.S_ISREG(facts.st_mode):
                matches = bool(is_document.match(path[start:]))
                yield File(path, facts.st_mtime_ns, facts.st_size, stat.S_ISLNK(facts.st_mode), matches)


@cache
def _matcher(include: tuple[str, ...], exclude: tuple[str, ...]) -> re.Pattern[str]:
    wanted = "|".join(map(_glob, include))
    return re.compile(
        f"(?!(?:{'|'.join(map(_glob, exclude))})\\Z)(?:{wanted})\\Z" if exclude else f"(?:{wanted})\\Z", re.DOTALL
    )


def _glob(pattern: str) -> str:
    """A regular expression that takes no longer for many stars: within a name, the first match for each will do."""
    folders = [name for name, following in pairwise([*pattern.split("/"), ""]) if not name == following == "**"]
    parts = ["(?:[^/]+/)*" if name == "**" else _name(name) + "/" for name in folders[:-1]]
    return "".join(parts) + (".*" if folders[-1] == "**" else _name(folders[-1]))


def _name(pattern: str) -> str:
    first, *others = (re.escape(part).replace(r"\?", "[^/]") for part in re.split(r"\*+", pattern))
    if not others:
        return first
    return first + "".join(f"(?>[^/]*?{part})" for part in others[:-1]) + f"[^/]*{others[-1]}"


def read_document(root: Path, settings: Settings, file: File) -> Document:
    """A document or record. Whatever is wrong with the file is a fault of the document; nothing is raised."""
    if file.is_link:
        message = say("This is a symbolic link, which is never followed. Put the file itself here.")
        return _unreadable(file.path, message)
    if file.size > SIZE_LIMIT:
        message = say(
            "The file is larger than {limit} MB. Split it, or attach the large part as a file.",
            limit=SIZE_LIMIT // 1_000_000,
        )
        return _unreadable(file.path, message)
    try:
        content = read_bytes(root, file.path)
    except OSError as error:
        return _unreadable(file.path, say("The file cannot be read: {reason}.", reason=str(error.strerror)))
    document = parse_document(settings, file.path, content)
    document.blob = blob_name(content)
    return document


def parse_document(settings: Settings, path: str, content: bytes) -> Document:
    """A document or record from the bytes of its file."""
    text = decode(content)
    if isinstance(text, Fault):
        claimed = claimed_id(content[:SIZE_OF_HEAD].decode("utf-8", "replace"), settings)
        return Document(path, None, {}, faults=[text], claimed_id=claimed)
    front: Loaded | None
    if path.endswith((".yml", ".yaml")):
        front, body, body_line, faults = Loaded(text, 1), "", 1, []
    else:
        parts = split(text)
        faults = [parts.fault] if parts.fault else []
        front = Loaded(parts.front, parts.front_line) if parts.front is not None else None
        body, body_line = "" if parts.fault else parts.body, parts.body_line  # which is which is not known then
    document = Document(path, None, {}, body, body_line, front, faults)
    if front:
        if isinstance(front.value, dict):
            document.meta = front.value
        elif front.value is not None:
            front.faults.append(_not_fields(front))
            front.value = None
        faults += front.faults
    _settle_kind(document, settings)
    if document.kind is None and document.faults:
        document.claimed_id = claimed_id(text[:SIZE_OF_HEAD], settings)
    return document


def claimed_id(text: str, settings: Settings) -> Fact | None:
    """The id that a file seems to bear whose front matter cannot be read: others that refer to it are not wrong."""
    fields = {re.escape(kind.name_of("id")) for kind in settings.kinds.values() if kind.means("id")}
    found = re.search(rf"^(?:{'|'.join(sorted(fields))}):[ \t]*[\"']?([\w.-]+)", text, re.MULTILINE) if fields else None
    return Fact(found[1], text.count("\n", 0, found.start()) + 1, found.start(1) - found.start() + 1) if found else None


def _not_fields(front: Loaded) -> Fault:
    message = say("The front matter must be fields, each written as name: value. A list or a sentence will not do.")
    return Fault("broken-front-matter", *front.place(()), message)


def _settle_kind(document: Document, settings: Settings) -> None:
    """By the field `kind`, the records' folder, `x-match`, or the handbook's default, in this order."""
    name = document.meta.get("kind")
    is_record = _is_record(document.path, settings)
    candidates = [kind for kind in settings.kinds.values() if kind.is_record == is_record]
    if named := [kind for kind in candidates if kind.name == name]:
        document.kind = named[0]
        return
    by_folder = (
        [kind for kind in candidates if kind.folder and f"/{kind.folder}/" in document.path] if is_record else []
    )
    chosen = by_folder or [kind for kind in candidates if kind.claims(document.meta)]
    if not chosen and not is_record and settings.default_kind and document.front is not None:
        chosen = [settings.kinds[settings.default_kind]]
    if chosen:
        document.kind = chosen[0]
    elif not any(fault.rule in UNREAD for fault in document.faults) and not _is_plain(document, settings):
        document.faults.append(_without_kind(document, candidates, name))


def _without_kind(document: Document, kinds: Sequence[Kind], name: object) -> Fault:
    known = ", ".join(sorted(kind.name for kind in kinds))
    if document.front is None:
        message = say(
            "The file has no front matter. Begin it with --- and the document's fields; `rutine new` makes a template."
        )
        return Fault("missing-front-matter", 1, 1, message)
    _, line, column = document.place(("kind",))
    titled = [kind.name for kind in kinds if kind.is_called(str(name))]
    if name is None:
        message = say("The document does not say its kind. Add the field kind: one of {known}.", known=known)
    elif titled:
        message = say("There is no kind {value}. Did you mean {suggestion}?", value=str(name), suggestion=titled[0])
        return Fault("unknown-kind", line, column, message, (Edit(line, column, str(name), titled[0]),))
    else:
        message = say("There is no kind {value}. Choose among: {known}.", value=str(name), known=known)
    return Fault("unknown-kind", line, column, message)


def _is_record(path: str, settings: Settings) -> bool:
    return path.startswith(settings.records_folder.strip("/") + "/")


def _is_plain(document: Document, settings: Settings) -> bool:
    """Front pages of folders, and where the handbook allows it any page, need no metadata."""
    name = document.path.rsplit("/", 1)[-1].lower()
    return settings.plain_pages or (name.split(".")[0] in ("index", "readme") and "kind" not in document.meta)


def _unreadable(path: str, message: Message, line: int = 1, column: int = 1) -> Document:
    return Document(path, None, {}, faults=[Fault("unreadable-file", line, column, message)])


def find_root(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds a `handbook.yml`."""
    for folder in (start, *start.parents):
        if (folder / "handbook.yml").is_file():
            return folder
    return None
