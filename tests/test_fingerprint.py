"""The fingerprint changes exactly when what was decided does, and not with how it is written down."""

from __future__ import annotations

import json
import unicodedata
from copy import deepcopy
from functools import cache
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from conftest import TESTS
from rutine.fingerprint import fingerprint
from rutine.model import Settings
from rutine.read import parse_document
from rutine.settings import read_settings

quick = settings(max_examples=300, deadline=None, derandomize=True, database=None)

WORDS = (
    "ask", "Ask", "manager", "leave", "søknad", "Årsak", "vær", "14", "15", "day", "days", "it's", '"soon"', "well-known", "and", "so...", "e-post", "§", "2", "not", "é", "–", "—",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(tuple)
LISTS = st.lists(TEXTS, min_size=1, max_size=4)
BLOCK = st.one_of(
    st.tuples(st.just("paragraph"), TEXTS), st.tuples(st.just("heading"), TEXTS), st.tuples(st.just("steps"), LISTS),
    st.tuples(st.just("points"), LISTS), st.tuples(st.just("code"), TEXTS),
)  # fmt: skip
FRONT = st.fixed_dictionaries(
    {
        "title": TEXTS, "owner": st.sampled_from(["director", "head-of-hr"]), "units": st.lists(st.sampled_from(["hr", "tech", "roads"]), min_size=1, max_size=3, unique=True),
        "duties": LISTS, "responsibility": st.sampled_from(["responsible", "accountable"]), "every": st.sampled_from(["6 months", "12 months"]),
    }
)  # fmt: skip
Content = dict[str, Any]
CONTENT: st.SearchStrategy[Content] = st.fixed_dictionaries(
    {"front": FRONT, "body": st.lists(BLOCK, min_size=1, max_size=6)}
)
SIGNS = {'"': '"“”„«»', "'": "'’‘", "-": "-–‑—", "...": None}


@cache
def handbook() -> Settings:
    return read_settings(TESTS / "handbooks" / "small")


def number(text: str | bytes) -> str:
    content = text if isinstance(text, bytes) else text.encode()
    return fingerprint(parse_document(handbook(), "procedures/x.md", content))


class Writer:
    """Writes a content down in one of the many ways that mean the same."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def pick(self, *choices: str) -> str:
        return self.draw(st.sampled_from(choices))

    def signs(self, text: str) -> str:
        """The same letters in another typography."""
        text = text.replace("...", self.pick("...", "…"))
        text = "".join(self.pick(*SIGNS[sign]) if SIGNS.get(sign) else sign for sign in text)
        if len(text) > 3 and self.draw(st.booleans()):
            text = f"{text[:2]}\u00ad{text[2:]}"
        return unicodedata.normalize(self.pick("NFC", "NFD"), text)

    def words(self, words: tuple[str, ...], *, wrap: str = " ") -> str:
        parts = [self.signs(words[0])]
        for word in words[1:]:
            parts += [self.pick(" ", "  ", "\u00a0", "\u202f", wrap), self.signs(word)]
        return "".join(parts)

    def shuffled(self, fields: dict[str, Any]) -> dict[str, Any]:
        return {name: fields[name] for name in self.draw(st.permutations(list(fields)))}

    def front(self, front: Content) -> str:
        role = {"role": "engineer", "responsibility": front["responsibility"], "duties": [self.words(duty) for duty in front["duties"]]}  # fmt: skip
        fields: dict[str, Any] = {
            "id": "HR-001", "title": self.words(front["title"]), "kind": "procedure", "owner": front["owner"],
            "scope": {"units": front["units"]}, "roles": [self.shuffled(role)], "review": {"every": front["every"]},
            "status": self.pick("draft", "in-force", "withdrawn"),
        }  # fmt: skip
        undecided = {
            "decision": {"by": self.pick("director", "head-of-hr"), "date": self.pick("2026-01-01", "2026-01-02"), "reference": self.pick("1", "2")},
            "revisions": [{"version": self.pick("1.0", "2.0"), "date": "2026-01-01", "summary": self.pick("First", "Second")}],
            "keywords": [self.pick("a", "b")], "summary": self.pick("About it", "About that"),
            "withdrawn": "2026-02-02", "replaced-by": "HR-002",
        }  # fmt: skip
        fields |= {name: value for name, value in undecided.items() if self.draw(st.booleans())}
        lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in self.shuffled(fields).items()]
        return "\n".join(lines)

    def block(self, kind: str, told: Any) -> str:
        if kind == "paragraph":
            return self.words(told, wrap="\n")
        if kind == "heading":
            return f"## {self.words(told)}"
        if kind == "code":
            return "```\n" + " ".join(told) + "\n```"
        marks = [f"{index}. " if kind == "steps" else "- " for index in range(1, len(told) + 1)]
        return "\n".join(mark + self.words(text, wrap="\n   ") for mark, text in zip(marks, told, strict=True))

    def written(self, content: Content) -> bytes:
        blocks = [self.block(*block) for block in content["body"]]
        body = "".join(block + self.pick("\n\n", "\n\n\n", "  \n\n") for block in blocks)
        text = f"---\n{self.front(content['front'])}\n---\n{self.pick('', chr(10))}{body}"
        return text.replace("\n", self.pick("\n", "\r\n")).encode()


@st.composite
def two_ways(draw: st.DrawFn) -> tuple[bytes, bytes]:
    content = draw(CONTENT)
    return Writer(draw).written(content), Writer(draw).written(content)


def changed(draw: st.DrawFn, content: Content) -> Content:
    """Another content: a word, a duty, the order of steps, a scope or a number is another."""
    other = deepcopy(content)
    where = draw(
        st.sampled_from(["word", "more", "order", "duty", "duties", "title", "scope", "role", "every", "owner"])
    )
    index = draw(st.integers(0, len(other["body"]) - 1))
    kind, told = other["body"][index]
    if where in ("word", "more"):
        text = told[0] if kind in ("steps", "points") else told
        place = draw(st.integers(0, len(text) - 1))
        new = (*text[:place], draw(st.sampled_from(WORDS)), *text[place + (where == "word") :])
        other["body"][index] = (kind, [new, *told[1:]] if kind in ("steps", "points") else new)
    elif where == "order":
        other["body"][index] = (kind, told[::-1])
    elif where in ("duty", "duties"):
        new_duty = draw(TEXTS)
        other["front"]["duties"] = [new_duty, *other["front"]["duties"][where == "duty" :]]
    elif where == "title":
        other["front"]["title"] = draw(TEXTS)
    elif where == "scope":
        other["front"]["units"] = draw(st.sampled_from([["hr"], ["tech"], ["hr", "tech"], ["roads", "hr"]]))
    elif where == "role":
        other["front"]["responsibility"] = draw(st.sampled_from(["responsible", "accountable"]))
    else:
        other["front"][where] = draw(st.sampled_from({"every": ["6 months", "12 months"], "owner": ["director", "head-of-hr"]}[where]))  # fmt: skip
    return other


@st.composite
def two_contents(draw: st.DrawFn) -> tuple[bytes, bytes]:
    content = draw(CONTENT)
    other = changed(draw, content)
    assume(other != content)
    return Writer(draw).written(content), Writer(draw).written(other)


@quick
@given(two_ways())
def test_how_it_is_written_does_not_count(written: tuple[bytes, bytes]) -> None:
    """Typography, wrapping, the order of keys, status, decision, revisions, keywords and line ends."""
    one, other = written
    assert number(one) == number(other)


@quick
@given(two_contents())
def test_what_is_decided_counts(written: tuple[bytes, bytes]) -> None:
    """A word, a duty, the order of steps, a scope, a number."""
    one, other = written
    assert number(one) != number(other)


def test_by_hand() -> None:
    """The number of a small document, from the canonical form that the manual describes."""
    canonical = '{"fields":{"id":"HR-001","kind":"procedure","owner":"director","title":"Leave"},"text":"# Leave\\nAsk \\"twice\\" - at least."}'
    text = '---\ntitle: "Leave"\nkind: procedure\nowner: director\nid: HR-001\nstatus: draft\n---\n\n# Leave\n\nAsk “twice”\n– at least.\n'
    assert number(text) == f"sha256:{sha256(canonical.encode()).hexdigest()}"


FRONT_MATTER = "---\nid: HR-001\ntitle: Leave\nkind: procedure\n---\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1. Ask.\n2. Wait.\n", "1. Wait.\n2. Ask.\n"),
        ("Within 14 days.\n", "Within 41 days.\n"),
        ("- Ask.\n- Wait.\n", "- Ask. Wait.\n"),
        ("- Ask.\n- Wait.\n", "- Ask.\n    - Wait.\n"),
        ("Ask.\n\nWait.\n", "Ask. Wait.\n"),
        ("# Ask\n", "## Ask\n"),
        ("> Ask.\n", "Ask.\n"),
        ("```\na\nb\n```\n", "```\na b\n```\n"),
        ("You must ask.\n", "You must not ask.\n"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n", "| a | b |\n|---|---|\n| 2 | 1 |\n"),
        ("Ask.\n", "ask.\n"),
        ("[a](b.md)\n", "[a](c.md)\n"),
    ],
)
def test_another_meaning(one: str, other: str) -> None:
    assert number(FRONT_MATTER + one) != number(FRONT_MATTER + other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ask the manager.\n", "Ask\nthe  manager.\n"),
        ("1. Ask the\n   manager.\n", "1. Ask the manager.\n"),
        ("- Ask.\n\n- Wait.\n", "- Ask.\n- Wait.\n"),
        ("Ask.\n", "\n\nAsk.   \n\n"),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n", "| a | b |\n|-----|-----|\n| 1 | 2 |\n"),
    ],
)
def test_the_same_meaning(one: str, other: str) -> None:
    assert number(FRONT_MATTER + one) == number(FRONT_MATTER + other)
