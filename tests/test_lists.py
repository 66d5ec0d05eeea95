"""Lists as they are meant and as Python-Markdown shows them, held against the library itself.

The tests write lists whose meaning they know, in the ways that authors indent them, and compare the tree of the page with
the tree that was meant: where nothing is found the two are the same, and after the repair they are the same in any case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from rutine.checks import flattened_list
from rutine.model import Document
from rutine.repair import apply
from rutine.settings import read_settings

HANDBOOK = read_settings(Path(__file__).parents[1])
Tree = list["str | Tree"]


class _Page(HTMLParser):
    """The lists, items and blocks of code of a page, with the words in them."""

    KEPT = frozenset({"ol", "ul", "li", "pre", "h2"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tree: Tree = []
        self._open: list[Tree] = [self.tree]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.KEPT:
            node: Tree = [tag]
            self._open[-1].append(node)
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.KEPT:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].extend(data.split())


def _shown(body: str) -> Tree:
    return _Page(Markdown(extensions=["pymdownx.superfences", "admonition"]).convert(body)).tree


def _repaired(body: str) -> tuple[str, int]:
    document = Document("procedures/x.md", None, {}, body)
    problems = list(flattened_list.check(document, HANDBOOK))
    return apply(body.encode(), [edit for problem in problems for edit in problem.edits])[0].decode(), len(problems)


@dataclass
class _Writer:
    """Writes a text of paragraphs and lists by the choices that it is given, and keeps what is meant."""

    draw: st.DrawFn
    lines: list[str] = field(default_factory=list)
    words: int = 0

    def choose(self, *choices: str) -> str:
        return self.draw(st.sampled_from(choices))

    def word(self) -> str:
        self.words += 1
        return f"w{self.words}"

    def text(self) -> Tree:
        """A text with two lists; one kind of list for each level: Python-Markdown joins neighbours of different kinds."""
        kinds = [self.choose("-", "1.") for _ in range(3)]
        style = self.choose("marker", "four", "mixed")
        meant: Tree = []
        for _ in range(2):
            if self.choose("heading", "text") == "heading":
                meant.append(["h2", self.word()])
                self.lines.append(f"## {meant[-1][1]}")
            else:
                meant.append(self.word())
                self.lines.append(str(meant[-1]))
            self.lines += [""] if self.choose("apart", "close") == "apart" else []
            meant.append(self.list_(0, 0, kinds, style))
            meant.append(self.word())
            self.lines += ["", str(meant[-1]), ""]
        return meant

    def list_(self, indent: int, level: int, kinds: list[str], style: str) -> Tree:
        """A list, its items at this indentation."""
        items: Tree = ["ul" if kinds[level] == "-" else "ol"]
        loose = self.choose("tight", "tight", "loose") == "loose"
        for number in range(int(self.choose("1", "2", "3"))):
            marker = "-" if kinds[level] == "-" else f"{number + 1}."
            content = indent + len(marker) + 1
            inner = {"marker": content, "four": indent + 4}.get(style) or int(
                self.choose(str(content), str(indent + 4))
            )
            item: Tree = ["li", self.word()]
            self.lines.append(f"{' ' * indent}{marker} {item[1]}")
            if self.choose("one line", "one line", "two lines") == "two lines":
                item.append(self.word())
                self.lines.append(" " * int(self.choose("0", str(content))) + str(item[-1]))
            self.more(item, inner, level, kinds, style)
            self.lines += [""] if loose else []
            items.append(item)
        return items

    def more(self, item: Tree, indent: int, level: int, kinds: list[str], style: str) -> None:
        """What else an item holds: a list, a paragraph, code."""
        what = self.choose("nothing", "nothing", "list", "list", "paragraph", "code")
        if what == "list" and level < len(kinds) - 1:
            self.lines += [""] if self.choose("apart", "close", "close") == "apart" else []
            item.append(self.list_(indent, level + 1, kinds, style))
        elif what == "paragraph":
            item += [self.word(), self.word()]
            self.lines += ["", f"{' ' * indent}{item[-2]}", f"{' ' * indent}{item[-1]}"]
            self.lines += [""] if self.choose("apart", "close") == "apart" else []
        elif what == "code":
            item.append(["pre", self.word()])
            fence = f"{' ' * indent}```"
            self.lines += ["", fence, f"{' ' * indent}w{self.words}", fence]
            self.lines += [""] if self.choose("apart", "close") == "apart" else []


@st.composite
def _texts(draw: st.DrawFn) -> tuple[str, Tree]:
    writer = _Writer(draw)
    meant = writer.text()
    return "\n".join(writer.lines) + "\n", meant


@settings(max_examples=600, deadline=None, derandomize=True)
@given(_texts())
def test_lists_are_shown_as_they_are_meant(case: tuple[str, Tree]) -> None:
    """Something is found just where the page differs from what is meant; the repair mends it, and needs no other."""
    body, meant = case
    repaired, problems = _repaired(body)
    assert (problems == 0) == (_shown(body) == meant)
    assert _shown(repaired) == meant
    assert _repaired(repaired) == (repaired, 0)


def test_ordinary_lists_are_looked_at_only_once() -> None:
    """Wrapped lines, numbers at the right margin, code and tables are no faults."""
    for body in (
        "- one\nwrapped\n- two\n",
        " 9. nine\n10. ten\n",
        "Text\n\n    - code, not a list\n\nText\n",
        "Text\n---\n- a\n",
        "* * *\n\n- a\n",
        "A year was\n1967. A good one.\n",
        "<!-- a comment -->\n- a\n",
        "Term\n:   Definition\n",
        "> quoted\n> - a\n",
        "[a]: x.md\n- b\n",
        "```text\n   - code\n```\n",
        "\t- code\n",
    ):
        assert _repaired(body) == (body, 0)


def test_tabs_count_as_four_spaces() -> None:
    """Python-Markdown and the check expand them alike."""
    assert _repaired("- a\n\t- b\n") == ("- a\n\t- b\n", 0)
    assert _repaired("- a\n \t- b\n  - c\n") == ("- a\n \t- b\n    - c\n", 1)
