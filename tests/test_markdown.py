"""The scanner against Python-Markdown itself: the same headings, the same anchors, no links out of code."""

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rutine.anchors import slug
from rutine.markdown import Markup


def anchors_of(text: str) -> list[tuple[int, str]]:
    """Headings as Python-Markdown's toc makes them."""
    renderer = markdown.Markdown(extensions=["toc", "attr_list", "fenced_code"])
    renderer.convert(text)
    found: list[tuple[int, str]] = []

    def walk(tokens: list[dict[str, object]]) -> None:
        for token in tokens:
            found.append((int(str(token["level"])), str(token["id"])))
            walk(token["children"])  # type: ignore[arg-type]

    walk(renderer.toc_tokens)  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "# Én tittel\n\n## Fremgangsmåte\n\n## Fremgangsmåte\n\n### Å, Æ og Ø!\n",
        "Tittel\n======\n\nUnder\n-----\n",
        "## Med `kode` og *trykk* og [lenke](x.md)\n",
        "## Eget anker {#mitt-anker}\n\n## Eget anker\n",
        "```\n# ikke en overskrift\n```\n\n# En overskrift\n",
        "# 1. Formål\n\n# ???\n\n# ???\n",
        "## § 25-1 Frist #\n",
        "## A -- B\n\n## A_1\n\n## A\n\n## A\n",
    ],
)
def test_anchors_are_those_of_python_markdown(text: str) -> None:
    assert [(heading.level, heading.anchor) for heading in Markup(text).headings] == anchors_of(text)


@given(
    st.lists(
        st.text("abcæøåÆØÅé §1-_.,:!", min_size=1, max_size=12).filter(
            lambda text: text.strip(" #-_=") != "" and "__" not in text
        ),
        max_size=6,
    )
)
def test_anchors_of_any_headings(titles: list[str]) -> None:
    text = "".join(f"## x{title.strip()}y\n\nTekst\n\n" for title in titles)
    assert [heading.anchor for heading in Markup(text).headings] == [anchor for _, anchor in anchors_of(text)]


def test_slug_drops_what_python_markdown_drops() -> None:
    assert slug("Fremgangsmåte for å søke") == "fremgangsmate-for-a-ske"


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Se [HR](../hr/x.md) og [her](#frist).", ["../hr/x.md", "#frist"]),
        ("![bilde](a.png) [![ikon](i.png)](x.md)", ["a.png", "x.md", "i.png"]),
        ("[skjema](<vedlegg/Skjema (ny) æøå.pdf>)", ["vedlegg/Skjema (ny) æøå.pdf"]),
        ("[skjema](vedlegg/Skjema%20for.pdf 'tittel')", ["vedlegg/Skjema%20for.pdf"]),
        ("[a](x_(y).md)", ["x_(y).md"]),
        ("`[nei](nei.md)` og [ja](ja.md)", ["ja.md"]),
        ("```\n[nei](nei.md)\n```\n[ja](ja.md)", ["ja.md"]),
        ("Tekst\n\n    [nei](nei.md)\n\n[ja](ja.md)", ["ja.md"]),
        ("1. Steg\n\n    [ja](ja.md)\n", ["ja.md"]),
        ("<!-- [nei](nei.md) -->", []),
        ("[a][b]\n\n[b]: x.md 'T'\n", ["x.md"]),
        ("[^1]: fotnote\n", []),
        ("<https://example.org/a>", ["https://example.org/a"]),
        ('<a href="x.md">x</a>', ["x.md"]),
        (r"\`[ja](ja.md)\`", ["ja.md"]),
    ],
)
def test_links(text: str, targets: list[str]) -> None:
    assert [reference.target for reference in Markup(text).references] == targets


def test_places() -> None:
    markup = Markup("# Tittel\n\nSe [her](x.md).\n", line=5)
    assert markup.place(markup.references[0].offset) == (7, 4)
    assert markup.headings[0].line == 5


def test_sections() -> None:
    markup = Markup("# T\n\n## Formål\n\n<!-- hint -->\n\n## Metode\n\n### Del\n\nTekst\n\n## Slutt\n")
    purpose, method = (heading for heading in markup.headings if heading.text in ("Formål", "Metode"))
    assert markup.section(purpose) == ""
    assert markup.section(method) == "### Del\n\nTekst"


@given(st.text())
def test_never_raises(text: str) -> None:
    markup = Markup(text)
    assert len(markup.plain) == len(text)
    assert all(0 <= reference.offset <= len(text) for reference in markup.references)
    assert isinstance(markup.anchors, set)
