"""What search reads of a page: only what its author and the page itself say, spelt so that it is found. Pure.

- Menus, the panel of facts and links to headings are left out; headings keep their anchors, so that a result can lead
  to one.
- Where a compound stands for the first time its parts are told apart, so that each of them is found, by a hyphen with
  a mark that nobody sees; the reader's browser takes both away again.
- `ø` and `æ` become `o` and `ae`, each with a mark that search ignores: `kjoleskap` finds `kjøleskap`. It does so by
  itself with letters that Unicode can take apart: å, ä, ö, é. A browser spells what is typed in the same way.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from html import escape, unescape
from itertools import accumulate, pairwise
from typing import NamedTuple
from urllib.parse import quote

from rutine.compounds import Parts, base
from rutine.model import Search

JOINT = "\u034f-"  # between the parts of a compound: a mark that search ignores, and a hyphen, at which it divides
_FOLDS = {"ø": "o\u0338", "Ø": "O\u0338", "æ": "ae\u0335", "Æ": "Ae\u0335"}
_QUOTED = r"""[^>"']*+(?:(?:"[^"]*"|'[^']*')[^>"']*+)*+"""
_TAG = re.compile(rf"(</?[a-zA-Z][a-zA-Z0-9]*+{_QUOTED}>)")
_NAME = re.compile(r"<(/?)([a-zA-Z0-9]+)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SIMPLE = re.compile(r"<[^>]*>")
_ID = re.compile(r"""\sid=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_UNREAD = re.compile(
    r"\sclass=[\"']?(?:[^\"'>]* )?(?:headerlink|rutine-(?:top|path|tags|facts|list|cards|choices|pills|columns|more|letters"
    r"|permanent|bottom|paper)(?!\w)[\w-]*)[\s\"'>]|\shidden\b"
)
_INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u var "
    "wbr".split()
)
_LEFT_OUT = frozenset("nav form button svg script style template select textarea audio video".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_VOID = frozenset("area br col hr img input source track wbr".split())
_WORD = re.compile(r"[^\W\d_]{2,}")
SAYS = re.compile(r">[^<]*\w")  # what `readable` gives of a page that holds a word or a number
_HEADING = re.compile(r"<h\d[^>]*>(.*?)</h\d>", re.DOTALL)
_IN_ID = re.compile(r"[\W_]+")
_DIGIT = re.compile(r"\d")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


def readable(page: str) -> str:
    """What a built page says: paragraphs and headings, and no other HTML; empty where the page has no article."""
    start, end = page.find("<article"), page.rfind("</article>")
    return "".join(_paragraphs(_COMMENT.sub("", page[start:end]))) if 0 <= start < end else ""


def _paragraphs(article: str) -> Iterator[str]:
    parts = _TAG.split(article)
    skipped, depth, kept, element = "", 0, "", "p"
    for token, text in zip(parts[1::2], parts[2::2], strict=True):
        tag = _tag_of(token)
        if skipped:
            depth += (tag.name == skipped) * (-1 if tag.is_end else 1)
            if depth:
                continue
            skipped = ""
        elif tag.is_unread:
            skipped, depth = tag.name, 1
            continue
        if tag.begins:
            if kept := " ".join(kept.split()):
                yield f"<{element}>{kept}</{element[:2].strip()}>\n"
            kept, element = "", tag.begins
        kept += text
    if kept := " ".join(kept.split()):
        yield f"<p>{kept}</p>\n"


class _Tag(NamedTuple):
    """A tag, whether what is in it is not read, and the element that begins after it, which is empty within a paragraph."""

    name: str
    is_end: bool
    is_unread: bool
    begins: str


@lru_cache(maxsize=20_000)
def _tag_of(token: str) -> _Tag:
    slash, name = _NAME.match(token).groups()  # type: ignore[union-attr]
    attributes, name = token[1 + len(slash + name) : -1], name.lower()
    is_unread = (
        bool(attributes) and name not in _VOID and (name in _LEFT_OUT or _UNREAD.search(f"{attributes}>") is not None)
    )
    begins = "p" if slash or name not in _HEADINGS else name + _anchor(attributes)
    return _Tag(name, bool(slash), is_unread, "" if name in _INLINE else begins)


def _anchor(attributes: str) -> str:
    found = _ID.search(attributes)
    anchor = next(filter(None, found.groups()), "") if found else ""
    return f' id="{quote(unescape(anchor), safe="/:?@!$&()*+,;=-._~")}"' if anchor else ""


def words_of(text: str) -> set[str]:
    """The words of what a page says, in lower case."""
    return set(_WORD.findall(unescape(_SIMPLE.sub(" ", text)).lower()))


def headings_of(text: str) -> set[str]:
    """The words of its headings alone."""
    return words_of(" ".join(_HEADING.findall(text)))


def spelt(text: str, words: Set[str], parts: Mapping[str, Parts]) -> str:
    """What a page says (or a text of its own) as search reads it. `words` are its own, `parts` those of all compounds.

    Search finds the beginnings of words by itself. So a part is told apart only where no word of the page begins so.
    """
    there, new, cuts = sorted(words), set[str](), list[int]()
    lower = text.replace("İ", "I").lower()
    for word in sorted(words & parts.keys()):
        wanted = [found for part in parts[word][1:] if not _begins(there, found := base(part)) and found not in new]
        at = _place(lower, word) if wanted else -1
        if at >= 0:
            new.update(wanted)
            cuts += list(accumulate(map(len, parts[word][:-1]), initial=at))[1:]
    steps = pairwise([0, *sorted(set(cuts)), len(text)])
    return folded(JOINT.join(text[start:end] for start, end in steps))


def folded(text: str) -> str:
    """The text with letters that search takes for o and ae."""
    for letter, folded in _FOLDS.items():
        text = text.replace(letter, folded)
    return text


def _begins(there: Sequence[str], part: str) -> bool:
    at = bisect_left(there, part)
    return at < len(there) and there[at].startswith(part)


def _place(lower: str, word: str) -> int:
    """Where a word stands first outside of tags."""
    at = lower.find(word)
    while at >= 0 and lower.rfind("<", 0, at) > lower.rfind(">", 0, at):
        at = lower.find(word, at + 1)
    return at


def number_words(number: str) -> list[str]:
    """The words by which exactly one document is found, whether its number is written HR-012, hr 012 or hr12."""
    plain = _IN_ID.sub("", number.lower())
    return [f"nr{spelling}nr" for spelling in dict.fromkeys([plain, _ZEROS.sub("", plain)])] if plain else []


def synonyms_of(words: Set[str], groups: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The words that mean the same as one of these, in whatever form: `sykmelding` where `egenmeldinger` stands."""
    bases = words | {base(word) for word in words}
    for group in groups:
        there = [
            word
            for word in group
            if (parts := words_of(word)) and all(part in bases or base(part) in bases for part in parts)
        ]
        if there:
            yield from (word for word in group if word not in there)


class Told(NamedTuple):
    """What a page says, as search reads it: its title, what it is also called, what it is also found by, what only means
    the same as its words, and its text, which is HTML.
    """

    title: str
    called: str
    also: str
    same: str
    text: str


def record(language: str, search: Search, told: Told) -> str:
    """What Pagefind indexes of a page: what it says, and what is known of it, which has the same names in every record."""
    numbers = [search.id, search.reference, *(act for act in search.acts if _DIGIT.search(act))]
    facts = [
        ("meta", "title", told.title),
        ("meta", "id", folded(search.id)),
        ("meta", "unit", folded(search.unit)),
        (
            "meta",
            "number",
            folded(" ".join(dict.fromkeys(word for number in numbers for word in number_words(number)))),
        ),
        ("meta", "called", told.called),
        ("meta", "also", told.also),
        ("meta", "act", folded(", ".join(search.acts))),
        ("meta", "same", told.same),
        ("filter", "state", search.state if search.facets else ""),
        *(("filter", name, value) for name, values in search.facets.items() for value in values),
    ]
    known = "".join(
        f'<i data-pagefind-{sort}="{name}[title]" title="{escape(" ".join(value.split()))}"></i>\n'
        for sort, name, value in facts
        if value or sort == "meta"
    )
    return f'<!doctype html>\n<html lang="{language}"><body data-pagefind-body>\n{known}{told.text}</body></html>\n'
