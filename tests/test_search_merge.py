"""The joined index holds, of each word, what Pagefind's own index of the same records holds."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rutine.model import Search
from rutine.search_cbor import decoded, encoded, head, plain
from rutine.search_join import Joined, join
from rutine.search_merge import Index, borders, entry, gathered, part, parts, words_in
from rutine.search_pieces import Piece, index
from rutine.search_text import Told, record

ALPHABET = "avvik åpen møte æsj être naïve større café Café MØTE arkiv rekke 2026 nr12nr sykefravær über ﬁne x".split()


def records(count: int) -> list[tuple[str, bytes]]:
    """Records whose words have accents and capitals, stand in headings and in what is known of a page, or nowhere else."""
    choose = random.Random(7)  # noqa: S311
    found = []
    for number in range(count):
        words = [choose.choice(ALPHABET) for _ in range(choose.choice([1, 5, 60, 700]))] + [f"eget{number}"]
        text = f'<h2 id="a">{" ".join(words[:3])}</h2>\n<p>{" ".join(words)}</p>\n'
        acts = ("lov § 1",) if number % 3 == 0 else ()
        search = Search(
            f"HR-{number:03}", "Enhet", (), {"kind": (choose.choice("ab"),), "unit": ("x", f"u{number}")}, acts=acts
        )
        told = Told(f"Tittel {choose.choice(ALPHABET)}", "", choose.choice(ALPHABET), "", text)
        found.append((f"side/{number}/index.html", record("nb", search, told).encode()))
    return found


def piece(folder: Path, given: Sequence[tuple[str, bytes]], name: str) -> Piece:
    """What Pagefind makes of records."""
    found = index(folder / "records" / name, folder / "found" / name, name, given, "nb")
    return found._replace(mark=repr(given).encode())


def pages_of(listed: Sequence[Any], urls: Sequence[str]) -> dict[str, Any]:
    """By address, the places in its text and in what is known of it, from a list of pages with the steps between them."""
    found, page = {}, 0
    for step, *places in listed:
        page += step
        found[urls[page]] = places
    assert len(found) == len(listed)
    return found


def index_of(folder: Path) -> dict[str, Any]:
    """An index as it lies on disk, by what it says: no numbers of pages, and no names of files."""
    entry = json.loads((folder / "pagefind-entry.json").read_text())
    (language,) = entry["languages"].values()
    version, pages, chunks, filters, _, fields = decoded(
        plain((folder / f"pagefind.{language['hash']}.pf_meta").read_bytes())
    )
    assert language["page_count"] == len(pages)
    fragments = {page: json.loads(plain((folder / f"fragment/{page}.pf_fragment").read_bytes())) for page, _ in pages}
    urls = [fragments[page]["url"] for page, _ in pages]
    words: dict[str, Any] = {}
    for start, end, name in chunks:
        read = signed(plain((folder / f"index/{name}.pf_index").read_bytes()))[0]
        for word, places, variants in read:
            assert start <= word
            assert word[: len(end)] <= end
            assert word not in words
            words[word] = (pages_of(places, urls), {form: pages_of(there, urls) for form, there in variants})
    values = [decoded(plain((folder / f"filter/{name}.pf_filter").read_bytes())) for _, name in filters]
    return {
        "version": (version, entry["version"], list(entry["languages"]), language["wasm"], entry["include_characters"]),
        "fields": fields,
        "pages": {fragments[page]["url"]: (count, fragments[page]) for page, count in pages},
        "words": words,
        "facets": {facet: {value: {urls[page] for page in there} for value, there in found} for facet, found in values},
        "named": [facet for facet, _ in filters] == [facet for facet, _ in values],
    }


def signed(content: bytes, at: int = 0) -> Any:
    """A value in CBOR that may hold numbers below zero: read apart from what is tested."""
    return _signed(content, at)[0]


def _signed(content: bytes, at: int) -> tuple[Any, int]:
    kind, size = divmod(content[at], 32)
    at += 1
    if size >= 24:
        width = 2 ** (size - 24)
        size, at = int.from_bytes(content[at : at + width], "big"), at + width
    if kind in (0, 1):
        return (size if kind == 0 else -1 - size), at
    if kind == 3:
        return content[at : at + size].decode(), at + size
    assert kind == 4
    values = []
    for _ in range(size):
        value, at = _signed(content, at)
        values.append(value)
    return values, at


@pytest.mark.parametrize("pieces", [1, 2, 5])
def test_a_joined_index_says_what_pagefinds_own_says(tmp_path: Path, pieces: int) -> None:
    given = records(130)
    piece(tmp_path / "own", given, "own")
    own = tmp_path / "own" / "found" / "own"
    for path in own.glob("fragment/*"):
        path.rename(path.with_name(path.name.replace("_own", "_")))
    shares = {f"{at:02}": given[at::pieces] for at in range(pieces)}
    made = {name: piece(tmp_path, share, name) for name, share in shares.items()}
    joined = join(tmp_path / "found", tmp_path / "joined", made, (), Joined(), {})
    assert index_of(tmp_path / "joined") == index_of(own)
    again = join(tmp_path / "found", tmp_path / "joined", made, (), joined, joined.files)
    assert again == joined
    assert {path.relative_to(tmp_path / "joined").as_posix() for path in (tmp_path / "joined").rglob("*.*")} == set(
        joined.files
    )


@pytest.mark.parametrize(
    "change", ["another text", "a page more", "a page less", "nothing known of what was", "nothing"]
)
def test_what_changed_is_joined_as_if_all_were_joined_anew(tmp_path: Path, change: str) -> None:
    given = records(60)
    shares = {f"{at:02}": given[at::3] for at in range(3)}
    made = {name: piece(tmp_path, share, name) for name, share in shares.items()}
    before = join(tmp_path / "found", tmp_path / "joined", made, (), Joined(), {})
    file, content = shares["01"][5]
    other = {
        "another text": [(file, content.replace(b"arkiv", b"nytt ord") + b"<p>ellers arkiv</p>")],
        "a page more": [(file, content), ("side/ny/index.html", content)],
        "a page less": [],
        "nothing known of what was": [(file, content.replace(b"arkiv", b"annet"))],
        "nothing": [(file, content)],
    }[change]
    new = {**made, "01": piece(tmp_path, [*shares["01"][:5], *other, *shares["01"][6:]], "01")}
    then = () if change == "nothing known of what was" else [made["01"]]
    joined = join(tmp_path / "found", tmp_path / "joined", new, then, before, before.files)
    for name, share in {**shares, "01": [*shares["01"][:5], *other, *shares["01"][6:]]}.items():
        piece(tmp_path, share, name)
    assert join(tmp_path / "found", tmp_path / "anew", new, (), Joined(), {}) == joined
    for name in joined.files:
        assert (tmp_path / "joined" / name).read_bytes() == (tmp_path / "anew" / name).read_bytes()
    assert (joined == before) == (change == "nothing")


@given(
    st.lists(st.lists(st.tuples(st.integers(0, 70_000), st.integers(-40, 70_000)), max_size=40), min_size=1, max_size=4)
)
def test_pages_keep_their_places_whatever_their_numbers(lists: list[list[tuple[int, int]]]) -> None:
    """Numbers of pages that take one, two, three and five bytes, one after another."""
    indexes, wanted, first = [], {}, 0
    for listed in lists:
        steps, last = [], 0
        for number, place in sorted(dict(listed).items()):
            steps.append(b"\x83" + encoded(number - last) + head(4, 1) + number_of(place) + head(4, 0))
            wanted[first + number], last = [[place], []], number
        places = head(4, len(steps)) + b"".join(steps) + head(4, 0)
        words = dict(words_in(b"\x81\x81\x83" + encoded("w") + places))
        indexes.append(Index([("", 0)] * 70_001, words, {}, []))
        first += 70_001
    read = signed(part(["w"], {"w": entry("w", gathered(indexes)["w"])}))[0]
    found, page = {}, 0
    for step, *there in read[0][1]:
        page += step
        found[page] = there
    assert found == wanted


def number_of(value: int) -> bytes:
    """A number as CBOR writes it, also one below zero."""
    return head(0, value) if value >= 0 else head(1, -1 - value)


@given(st.dictionaries(st.text("abcæøå", min_size=1, max_size=6), st.integers(0, 90_000), min_size=1, max_size=60))
def test_each_word_is_in_the_part_that_is_asked_for(sizes: dict[str, int]) -> None:
    divided = parts({word: (b"", size) for word, size in sizes.items()})
    assert [word for one in divided for word in one] == sorted(sizes)
    between = borders(divided)
    for word in sizes:
        asked = [
            at
            for at, (start, end) in enumerate(between)
            if start <= word <= end or word.startswith(end) and start <= word
        ]
        assert next(at for at, one in enumerate(divided) if word in one) in asked
    assert all(start <= end for start, end in between)
    assert [start <= "" <= end for start, end in between] == [True] + [False] * (len(between) - 1)


def test_words_are_read_as_they_were_written() -> None:
    first = head(4, 2) + b"\x01\x39\x01\x00" + head(4, 0)
    there = head(4, 2) + b"\x83\x05" + first + b"\x83\x18\x20" + head(4, 0) + head(4, 0)
    entry = there + head(4, 1) + b"\x82" + encoded("é") + there
    chunk = (
        b"\x81" + head(4, 2) + b"\x83" + encoded("e" * 300) + entry + b"\x83" + encoded("ø") + head(4, 0) + head(4, 0)
    )
    pages = (2, 5, 37, first + b"\x83\x18\x20" + head(4, 0) + head(4, 0))
    assert list(words_in(chunk)) == [("e" * 300, (pages, (("é", pages),))), ("ø", ((0, 0, 0, b""), ()))]
