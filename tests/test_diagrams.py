"""Diagrams in Mermaid: drawn once, alike on every machine, readable in both schemes, and harmless whatever they hold."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser

from browsing import built, served, watched
from conftest import TESTS, missing
from rutine import diagrams, mermaid_engine
from rutine.colours import contrast
from rutine.css_colours import as_hex
from rutine.diagrams import with_pictures
from rutine.markdown import Markup
from rutine.mermaid import diagrams_of
from rutine.mermaid_engine import Drawn, Fault, draw, engine_version, fault_of
from rutine.mermaid_theme import palettes_of
from rutine.model import Page
from rutine.plain_drawing import Picture
from rutine.report_for_pages import report_for_pages
from rutine.settings import read_settings
from rutine.stage import stage
from rutine.vector import is_clean_drawing

LIGHT, DARK = palettes_of("#0b5c53")
LEAVE = """flowchart TD
    accTitle: Leave
    accDescr: You apply, and your manager decides within seven days.
    apply["Apply<br>in writing"] -->|in time| decide{Decide}
    decide -->|no| apply
    decide -->|yes| note[(Note)]
"""
KINDS = {
    "sequence": "sequenceDiagram\n You->>Manager: May I?\n alt free\n Manager-->>You: Yes\n else\n Manager-->>You: No\n end\n",
    "state": "stateDiagram-v2\n [*] --> Draft\n Draft --> Decided: by the director\n Decided --> [*]\n",
    "class": "classDiagram\n class Case {\n +String id\n }\n Case --> Document : has\n",
    "er": "erDiagram\n CASE ||--o{ DOCUMENT : holds\n",
    "gantt": "gantt\n dateFormat YYYY-MM-DD\n section Budget\n Frame :a, 2026-03-01, 30d\n",
    "pie": 'pie title Deviations\n "Falls" : 42\n "Medicines" : 28\n',
    "mindmap": "mindmap\n root((Crisis))\n  Warn\n  Evacuate\n",
    "journey": "journey\n title The first day\n section Morning\n Meets the manager: 5: You\n",
    "timeline": "timeline\n Day 1 : Received\n Day 7 : Answered\n",
}


@pytest.fixture(autouse=True)
def _engine() -> None:
    if not engine_version():
        missing("merman")


def drawn(source: str) -> Drawn:
    """The pictures of a diagram that can be drawn."""
    found = draw(source, LIGHT, DARK)
    assert isinstance(found, Drawn), found
    return found


def texts(svg: str) -> list[str]:
    """What is written in a picture, each text with single blanks."""
    root = ElementTree.fromstring(svg)  # noqa: S314
    return [" ".join(" ".join(text.itertext()).split()) for text in root.iter("{http://www.w3.org/2000/svg}text")]


# What is drawn


def test_what_is_written_in_a_picture() -> None:
    picture = drawn(LEAVE).light
    assert sorted(texts(picture.svg)) == ["Apply in writing", "Decide", "Note", "in time", "no", "yes"]
    assert re.findall(r'font-size="([\d.]+)"', picture.svg) == ["16"]
    assert picture.svg.startswith(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{picture.width}" height="{picture.height}" '
    )
    assert re.search(r"<desc>(.*?)</desc>", picture.svg, re.DOTALL)[1].split("\n") == [  # type: ignore[index]
        "Apply in writing → in time → Decide",
        "Decide → no → Apply in writing",
        "Decide → yes → Note",
    ]


@pytest.mark.parametrize("name", KINDS)
def test_every_sort_of_diagram(name: str) -> None:
    found = drawn(KINDS[name])
    assert texts(found.light.svg) == texts(found.dark.svg) != []
    for picture in (found.light, found.dark):
        assert is_clean_drawing(picture.svg.encode())
        assert " style=" not in picture.svg and "class=" not in picture.svg and "href" not in picture.svg


def test_the_same_source_gives_the_same_bytes() -> None:
    before = drawn(LEAVE)
    drawn(KINDS["state"])
    fault_of(BOMBS["10,000 boxes"])
    assert drawn(LEAVE) == before


def test_no_line_of_text_is_wider_than_its_box(browser: Browser) -> None:
    """Measured with the letters of this machine, which need not be those that the engine counted with."""
    words = "Kommunedirektøren avgjør klagen innen tre uker, WWW MMM og saksbehandleren underretter søkeren"
    page = browser.new_page()
    page.set_content(drawn(f"flowchart TD\n a[{words}] --> b[Saksbehandlingstid]\n").light.svg)
    wide = page.evaluate(
        """[...document.querySelectorAll('svg text')].map(text => {
            const box = text.closest('svg g:has(> rect)').querySelector('rect').getBoundingClientRect();
            const own = text.getBoundingClientRect();
            return own.width > 0 && own.left >= box.left && own.right <= box.right })"""
    )
    page.close()
    assert wide == [True, True]


@pytest.mark.parametrize("fill", ["#fee", "#400", "yellow", "#777", "#767676", "#5b9"])
def test_text_is_read_on_the_colour_that_its_author_chose(fill: str) -> None:
    for picture in drawn(f"flowchart TD\n a[Decision]:::own\n classDef own fill:{fill},color:#888\n")[:2]:
        box = re.search(r'<text [^>]*fill="(#[0-9a-f]{6})"', picture.svg)
        assert box and contrast(box[1], as_hex(fill) or "") >= 4.5
        assert f'fill="{as_hex(fill)}"' in picture.svg


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#FEE", "#ffeeee"), ("#0b5c53", "#0b5c53"), ("#0b5c5380", "#0b5c53"), ("rgb(20, 20, 90)", "#14145a"),
        ("rgba(255,0,10,0.5)", "#ff000a"), ("hsl(120, 100%, 90%)", "#ccffcc"), ("hsl(-120, 50%, 50%)", None),
        ("Navy", "#000080"), ("url(#a)", None), ("expression(1)", None), ("", None),
        ("rgb(300 .4 5)", "#ff0005"), ("rgb(1.2.3 4 5)", None), ("hsl(1.1.1 2% 3%)", None), ("rgb(1. 2 3)", None),
        ("rgb(" + "9" * 400 + " 1 1)", None), ("hsl(" + "9" * 400 + " 1% 1%)", None), ("rgb(١ 2 3)", None),
    ],
)  # fmt: skip
def test_a_colour_as_style_sheets_write_it(text: str, colour: str | None) -> None:
    assert as_hex(text) == colour


def test_a_look_of_its_own_is_not_for_a_document_to_choose() -> None:
    plain = "flowchart TD\n a --> b\n"
    for line in (
        '%%{init: {"theme": "forest", "themeVariables": {"primaryColor": "#ff0000"}, "fontFamily": "Comic Sans MS"}}%%',
        '%%{init: {"themeCSS": ".node rect { fill: url(https://evil.example/x) }", "securityLevel": "loose"}}%%',
        "---\nconfig:\n  look: handDrawn\n  theme: dark\n  htmlLabels: true\n---",
    ):
        assert drawn(f"{line}\n{plain}").light.svg == drawn(plain).light.svg


# What is refused


@pytest.mark.parametrize(
    ("source", "told", "line", "column"),
    [
        ("", "This diagram cannot be drawn. Its first line must say what it is, such as flowchart TD.", 1, 1),
        ("flowchart TD\n  å[ø --> b\n", "This diagram cannot be drawn: a label is not closed, ] is missing.", 2, 4),
        ("sequenceDiagram\n A->>B", "This diagram cannot be drawn: unexpected end of input; expected text.", 2, 7),
    ],
)
def test_where_and_why(source: str, told: str, line: int, column: int) -> None:
    fault = fault_of(source)
    assert fault is not None
    assert (fault.message.text.format_map(fault.message.values), fault.line, fault.column) == (told, line, column)
    assert draw(source, LIGHT, DARK) == fault


NO_LOOKS = (
    "font-size:1.2.3px", "font-size:.px", "fill:rgb(1.2.3 4 5)", "fill:hsl(1.1.1 2% 3%)", "stroke-width:1.2.3px",
    f"fill:rgb({'9' * 400} 1 1)", f"fill:hsl({'9' * 400} 1% 1%)", f"font-size:{'9' * 400}px", "fill:rgb(. . .)",
)  # fmt: skip


@pytest.mark.parametrize("look", NO_LOOKS)
def test_a_look_that_is_none_stops_nothing(look: str) -> None:
    source = f"flowchart TD\n a --> b\n style a {look}\n"
    assert fault_of(source) is None
    assert texts(drawn(source).light.svg) == ["a", "b"]


@pytest.mark.parametrize("made", ["", "<svg", "<svg viewBox='0 0 9 9'>", '<svg viewBox="0 0 9 9"><g></svg>'])
def test_a_picture_that_cannot_be_drawn_anew_is_a_fault(made: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the engine gives, the check finds what a build would."""
    monkeypatch.setattr(mermaid_engine, "_run", lambda operation, *_: "{}" if operation == "semantic-json" else made)
    fault = fault_of(LEAVE)
    assert fault is not None and draw(LEAVE, LIGHT, DARK) == fault
    assert (fault.message.text.partition(".")[0], fault.line, fault.column) == (
        "This diagram cannot be drawn" if "<g>" in made else "This diagram is too large to be drawn, and to be read", 1, 1,
    )  # fmt: skip


def test_a_build_tells_where_a_diagram_is_that_cannot_be_drawn_anew(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> Picture:
        raise ValueError

    (book / "procedures/service/notes.md").write_text(f"# Notes\n\n```mermaid\n{LEAVE}```\n")
    monkeypatch.setattr(mermaid_engine, "redrawn", fails)
    report = report_for_pages(book, read_settings(book), date(2026, 11, 21))
    assert [(*one.place, one.rule, one.message.text) for one in report.findings if one.severity == "error"] == [
        ("procedures/service/notes.md", 4, 1, "broken-diagram", "This diagram cannot be drawn.")
    ]


BOMBS = {
    "10,000 boxes": "flowchart TD\n" + "".join(f"n{i}-->n{i + 1}\n" for i in range(10_000)),
    "1,400 boxes": "flowchart TD\n" + "".join(f"n{i}-->n{i + 1}\n" for i in range(1_400)),
    "90,000 arrows": "flowchart TD\n"
    + " & ".join(f"a{i}" for i in range(300))
    + " --> "
    + " & ".join(f"b{i}" for i in range(300)),
    "everything with everything": "flowchart TD\n" + "".join(f"n{i}-->n{j}\n" for i in range(60) for j in range(i)),
    "boxes in boxes": "flowchart TD\n"
    + "".join(f"subgraph s{i}\n" for i in range(1_000))
    + "a-->b\n"
    + "end\n" * 1_000,
    "states in states": "stateDiagram-v2\n" + "state s {\n" * 900 + "a-->b\n" + "}\n" * 900,
    "choices in choices": "sequenceDiagram\n" + "alt x\n" * 1_000 + "A->>B: x\n" + "end\n" * 1_000,
    "thoughts in thoughts": "mindmap\n" + "".join(" " * i + "n\n" for i in range(190)),
    "a long word": "flowchart TD\n a[" + "x" * 19_000 + "]",
    "many words": "flowchart TD\n a[" + "x " * 9_500 + "]",
    "brackets": "flowchart TD\n a" + "(" * 9_000 + "x" + ")" * 9_000,
    "settings in settings": "%%{init: " + '{"a":' * 3_000 + "1" + "}" * 3_000 + "}%%\nflowchart TD\n a-->b",
    "lists in lists": "---\nconfig: " + "[" * 5_000 + "\n---\nflowchart TD\n a-->b",
    "a list that grows": "---\na: &a [x,x,x,x,x,x,x,x]\n"
    + "".join(
        f"{y}: &{y} [{', '.join(f'*{x}' for _ in range(8))}]\n" for x, y in zip("abcdefg", "bcdefgh", strict=True)
    )
    + "config: *h\n---\nflowchart TD\n a-->b",
    "ages": "gantt\n dateFormat YYYY\n axisFormat %s\n tickInterval 1millisecond\n section A\n x :0001, 999999999999d\n",
    "columns": "block-beta\n columns 100000000\n a b c\n",
    "bits": 'packet-beta\n0-99999999: "x"\n',
    "numbers": "xychart-beta\n x-axis 0 --> 1e300\n y-axis 0 --> 1e-300\n line [1e300, -1e300]\n",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_bounded(name: str) -> None:
    """Each comes to an end, as a picture of a size or as a fault; nothing is raised, and no work is done twice over."""
    found = draw(BOMBS[name], LIGHT, DARK)
    if isinstance(found, Drawn):
        assert max(found.light.width, found.light.height) < 20_100
        assert len(found.light.svg) < 4_000_000
    else:
        assert found.message.text.startswith("This diagram ")


def test_a_bomb_is_told_of() -> None:
    too_large = "This diagram is too large to be drawn, and to be read. Split it."
    for name in ("10,000 boxes", "90,000 arrows", "everything with everything", "boxes in boxes", "choices in choices"):
        fault = draw(BOMBS[name], LIGHT, DARK)
        assert isinstance(fault, Fault) and fault.message.text == too_large, name


# What is tried with a diagram


RUN = "window.ran=1"
PAYLOADS = [
    f'flowchart TD\n a["<script>{RUN}</script>x"] --> b["<img src=x onerror={RUN}>y"]',
    f'flowchart TD\n a["&lt;script&gt;{RUN}&lt;/script&gt;x"] --> b["#lt;img src=x onerror={RUN}#gt;y"]',
    f'flowchart TD\n a[x] --> b[y]\n click a href "javascript:{RUN}"\n click b call alert("x")',
    f'flowchart TD\n a[x] --> b[y]\n click a "data:text/html,<script>{RUN}</script>" "tip" _blank',
    'flowchart TD\n a[x] --> b[y]\n click a "https://evil.example/" "tip"',
    'flowchart TD\n a[x] --> b[y]\n style a fill:url(https://evil.example/a),stroke:url("//evil.example/b")',
    'flowchart TD\n a[x]:::o --> b[y]\n classDef o fill:#fff"/><script>window.ran=1</script>,background:url(//evil.example)',
    "flowchart TD\n a[x] --> b[y]\n linkStyle 0 stroke:red;}</style><script>window.ran=1</script>",
    'flowchart TD\n a@{ img: "https://evil.example/x.png", label: "x", w: 60, h: 60 } --> b[y]',
    'flowchart TD\n a@{ icon: "fa:bell", form: "square", label: "x" } --> b["fa:fa-bell y"]',
    f'flowchart TD\n a["`**x** [y](javascript:{RUN}) ![z](https://evil.example/z.png)`"] --> b[y]',
    'flowchart TD\n a["</text></svg><script>window.ran=1</script>"] --> b["]]><x/>"]',
    'flowchart TD\n a["$$\\href{javascript:window.ran=1}{x}$$"] --> b[y]',
    'flowchart TD\n "><script>window.ran=1</script>"[x] --> b[y]',
    "flowchart TD\n subgraph s [<iframe src=https://evil.example></iframe>x]\n a --> b\n end",
    f"sequenceDiagram\n participant A as <img src=x onerror={RUN}>A\n link A: Home @ javascript:{RUN}\n A->>A: <a href='javascript:{RUN}'>x</a>",
    f'sequenceDiagram\n participant A\n links A: {{"x": "javascript:{RUN}"}}\n properties A: {{"class": "x onclick={RUN}"}}\n A->>A: x',
    f'classDiagram\n class A["<script>{RUN}</script>x"]\n link A "javascript:{RUN}" "tip"\n click A href "javascript:{RUN}"',
    f"stateDiagram-v2\n s: <script>{RUN}</script>x\n [*] --> s\n note right of s\n <svg onload={RUN}>\n end note",
    f'gantt\n title <script>{RUN}</script>\n dateFormat YYYY-MM-DD\n section x\n y :a, 2026-03-01, 30d\n click a href "javascript:{RUN}"',
    f'pie title <script>{RUN}</script>x\n "<img src=x onerror={RUN}>y" : 42',
    f"mindmap\n root((<script>{RUN}</script>x))\n  ::icon(fa fa-book)\n  <img src=x onerror={RUN}>y",
    f'erDiagram\n A["<script>{RUN}</script>x"] ||--o{{ B : "<img src=x onerror={RUN}>y"',
    f'C4Context\n Person(a, "<script>{RUN}</script>x", "y", $sprite="https://evil.example/x.png", $link="javascript:{RUN}")',
    f"timeline\n <script>{RUN}</script>x : <img src=x onerror={RUN}>y",
    f"journey\n title <script>{RUN}</script>\n section <b onclick={RUN}>x\n y: 5: <img src=x onerror={RUN}>",
    f'flowchart TD\n accTitle: "><script>{RUN}</script>\n accDescr: " onload={RUN} x="\n a --> b',
    f"flowchart TD\n accTitle: `*x*` [y](javascript:{RUN})\n accDescr {{ {{{{ x }}}} {{: onclick={RUN} }} }}\n a --> b",
    "flowchart TD\n a[x\x00\x01\x1b\u202e\ufffey] --> b[\ud7ff\U0001f469\u200d\U0001f467]",
]
ELEMENTS = set("svg desc rect g path circle ellipse line polyline polygon text tspan defs marker".split())


@pytest.mark.parametrize("source", PAYLOADS)
def test_what_a_picture_may_hold(source: str) -> None:
    found = draw(source, LIGHT, DARK)
    for picture in (found.light, found.dark) if isinstance(found, Drawn) else ():
        assert is_clean_drawing(picture.svg.encode())
        root = ElementTree.fromstring(picture.svg)  # noqa: S314
        assert {element.tag.removeprefix("{http://www.w3.org/2000/svg}") for element in root.iter()} <= ELEMENTS
        attributes = {(name, value) for element in root.iter() for name, value in element.attrib.items()}
        assert [
            pair for pair in attributes if pair[0].startswith("on") or "href" in pair[0] or pair[0] == "style"
        ] == []
        assert [
            pair
            for pair in attributes
            if "//" in pair[1] or "script" in pair[1] or "url(" in pair[1].replace("url(#", "")
        ] == []


def test_most_payloads_are_drawn() -> None:
    """Or the test above would say nothing."""
    assert sum(isinstance(draw(source, LIGHT, DARK), Drawn) for source in PAYLOADS) >= 20


# In the handbook


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A handbook of its own, with a diagram for each payload that can be drawn, each in a list too."""
    book = shutil.copytree(TESTS / "handbooks" / "site", tmp_path / "book")
    drawable = [source for source in PAYLOADS if fault_of(source) is None and "\x00" not in source]
    parts = ["# Notes\n"]
    for index, source in enumerate([LEAVE, *drawable]):
        fence = f"```mermaid\n{source.rstrip()}\n```\n"
        indented = "".join(f"    {line}\n" for line in fence.splitlines())
        caption = f'*Figure {index}: x" onload="{RUN}" [a](../hr/leave.md)*'
        parts += [f"## D{index}\n", fence, f"{caption}\n", "1. Step\n", indented, f"    {caption}\n", "2. Step\n"]
    (book / "procedures/service/notes.md").write_text("\n".join(parts))
    return book


def staged(book: Path, undrawn: int = 0) -> Path:
    """The folder of the staged pages, of whose diagrams so many are not drawn."""
    settings, folder = read_settings(book), book / "build" / "pages"
    assert stage(book, report_for_pages(book, settings, date(2026, 11, 21)), folder).undrawn == undrawn
    return folder


def test_a_diagram_on_its_page(tmp_path: Path) -> None:
    book = shutil.copytree(TESTS / "handbooks" / "site", tmp_path / "book")
    page = Page(
        "hr/leave.md",
        "Leave",
        f"# Leave\n\n```mermaid\n{LEAVE}```\n*Figure 1: How you apply.*\n\nMore.\n",
        "procedures/hr/leave.md",
    )
    (made,), files, undrawn = with_pictures([page], book, tmp_path, read_settings(book))
    light, dark = sorted(files, key=len)
    assert undrawn == 0
    figure = made.text.split("\n")[3]
    assert made.text == f"# Leave\n\n\n{figure}\n\n\nMore.\n"
    assert (
        figure.startswith(
            '<figure class="rutine-diagram"><div class="rutine-diagram-view" role="region" aria-label="Diagram&#58; Leave"'
        )
        or "Diagram: Leave" in figure
    )
    assert re.findall(r'<img class="rutine-diagram-(\w+)" src="\.\./\.\./([^"]+)" alt="([^"]+)"', figure) == [
        ("light", light, "You apply, and your manager decides within seven days."),
        ("dark", dark, "You apply, and your manager decides within seven days."),
    ]
    assert unescape(re.sub(r"<[^>]+>", "|", figure.partition("<figcaption>")[2])) == (
        "Figure 1: How you apply. |Open the picture||Open the picture||||The diagram as text||"
        "You apply, and your manager decides within seven days.|||Apply in writing → in time → Decide||"
        "Decide → no → Apply in writing||Decide → yes → Note||||"
    )


def test_a_picture_is_drawn_once(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = staged(book) / "assets/rutine/diagrams"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    monkeypatch.setattr(diagrams, "_draw", lambda _, sources: [pytest.fail(one) for one in sources])
    staged(book)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    monkeypatch.undo()
    name, content = min(before.items())
    (folder / name).write_bytes(content.replace(b"</svg>", b"<script>window.ran=1</script></svg>"))
    staged(book)
    assert (folder / name).read_bytes() == content, "what was put there by somebody else is drawn anew"
    (book / "procedures/service/notes.md").write_text("# Notes\n")
    staged(book)
    assert not folder.exists(), "what no page shows does not stay"


def test_without_the_engine_the_source_stays(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mermaid_engine, "engine_version", str)
    folder = staged(book, undrawn=(book / "procedures/service/notes.md").read_text("utf-8").count("```mermaid"))
    text = (folder / "service/notes.md").read_text("utf-8")
    assert f"```mermaid\n{LEAVE}```" in text and "<figure" not in text
    assert not (folder / "assets/rutine/diagrams").exists()


def test_where_the_engine_is_not_installed(tmp_path: Path, environment: dict[str, str]) -> None:
    """The handbook is checked and built all the same, and the author is told."""
    book = shutil.copytree(TESTS / "handbooks" / "site", tmp_path / "book")
    (book / "procedures/service/notes.md").write_text(
        f"# Notes\n\n```mermaid\n{LEAVE}```\n\n```mermaid\nno\n```\n*B*\n"
    )
    (tmp_path / "merman.py").write_text("raise ImportError")
    command = [sys.executable, "-m", "rutine", "build", "--on", "2026-11-21"]
    env = environment | {"PYTHONPATH": os.pathsep.join([str(tmp_path), environment["PYTHONPATH"]])}
    done = subprocess.run(command, cwd=book, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        0,
        'Diagrams shown as text: 2. To draw them: pip install "rutine[diagrams]"',
    )
    page = (book / "site/service/notes/index.html").read_text("utf-8")
    assert "accDescr: You apply" in page and "rutine-diagram" not in page


def test_without_diagrams_the_engine_is_not_even_loaded(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "merman.py").write_text("raise SystemExit(9)")
    env = environment | {"PYTHONPATH": os.pathsep.join([str(tmp_path), environment["PYTHONPATH"]])}
    command = [sys.executable, "-m", "rutine", "check", "-C", str(TESTS / "handbooks" / "site"), "--on", "2026-11-21"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "Documents checked: 12. Errors: 0. Warnings: 6."


def test_where_diagrams_are_found() -> None:
    text = (
        "```mermaid\nflowchart TD\n```\n\n_One: [a](b.md) **c**._\n\n- x\n\n  ~~~mermaid\n  accDescr {\n   two\n   lines }\n  ~~~\n"
        "\n````text\n```mermaid\nno\n```\n````\n\n```python\nno\n```\n"
    )
    found = list(diagrams_of(Markup(text)))
    assert [(one.source, one.caption, one.description, one.indent) for one in found] == [
        ("flowchart TD", "One: a c.", "", ""),
        ("accDescr {\n two\n lines }", "", "two lines", "  "),
    ]


@pytest.mark.browser
def test_nothing_in_a_diagram_runs_or_asks_another_host(book: Path, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "installed").mkdir()
    site = built(book, tmp_path / "installed")
    pictures = sorted(path.relative_to(site).as_posix() for path in site.rglob("assets/rutine/diagrams/*.svg"))
    assert len(pictures) >= 2 * 20
    (site / "favicon.ico").write_bytes(b"")  # what a browser asks for beside a picture
    with served(site) as address, watched(browser, address) as open_:
        page = open_("service/notes/")
        page.evaluate("document.querySelectorAll('.rutine-diagram img').forEach(image => image.loading = 'eager')")
        page.evaluate("document.querySelectorAll('.rutine-diagram details').forEach(one => one.open = true)")
        page.locator(".rutine-diagram img").evaluate_all("all => Promise.all(all.map(image => image.decode()))")
        assert page.evaluate("window.ran") is None
        shown = page.locator(".rutine-diagram img:visible")
        assert shown.count() * 2 == page.locator(".rutine-diagram img").count()
        assert page.locator(".rutine-diagram").count() >= 2 * 21
        assert all(page.locator(".rutine-diagram img").evaluate_all("all => all.map(image => image.naturalWidth > 0)"))
        assert (
            page.locator(".rutine-diagram *").evaluate_all(
                "all => all.flatMap(one => one.getAttributeNames()).filter(name => name.startsWith('on'))"
            )
            == []
        )
        for picture in pictures:  # as a page of its own, a drawing could run what it holds
            page = open_(picture)
            assert page.evaluate("window.ran") is None
            assert page.evaluate("document.documentElement.localName") == "svg"


@pytest.mark.browser
def test_a_diagram_follows_the_scheme_and_scrolls_by_itself(book: Path, browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "installed").mkdir()
    wide = "flowchart LR\n accDescr: Ten steps.\n " + " --> ".join(f"s{i}[Step number {i}]" for i in range(10))
    (book / "procedures/service/notes.md").write_text(f"# Notes\n\n```mermaid\n{wide}\n```\n")
    asked: list[str] = []
    with served(built(book, tmp_path / "installed"), asked) as address:
        for scheme, other in (("light", "dark"), ("dark", "light")):
            asked.clear()
            with watched(browser, address, viewport={"width": 320, "height": 700}, color_scheme=scheme) as open_:
                page = open_("service/notes/")
                assert page.locator(f"img.rutine-diagram-{scheme}").is_visible()
                assert not page.locator(f"img.rutine-diagram-{other}").is_visible()
                assert page.locator(f"a.rutine-diagram-{scheme}").is_visible()
                assert page.evaluate("document.documentElement.scrollWidth") == 320
                page.locator(f"img.rutine-diagram-{scheme}").evaluate("image => image.decode()")
                pictures = [path for path in asked if "/diagrams/" in path]
                assert [path.endswith("-dark.svg") for path in pictures] == [scheme == "dark"], (
                    "only the one that is seen"
                )
                page.emulate_media(media="print")
                assert page.locator(".rutine-diagram img:visible").evaluate_all(
                    "all => all.map(one => one.className)"
                ) == ["rutine-diagram-light"], "paper is white"
                page.emulate_media(media="screen")
                view = page.get_by_role("region", name="Diagram")
                view.focus()
                page.keyboard.press("ArrowRight")
                view.evaluate("async view => { while (!view.scrollLeft) await new Promise(requestAnimationFrame) }")


# The steps of a process


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_steps_of_every_process_stay_in_their_boxes(
    browser: Browser, address: str, site: Path, scheme: str
) -> None:
    pages = [path for path in site.rglob("*.html") if 'class="rutine-flow"' in path.read_text("utf-8")]
    assert len(pages) >= 5
    with watched(browser, address, color_scheme=scheme) as open_:
        for path in pages:
            page = open_(path.relative_to(site).as_posix())
            page.evaluate("document.fonts.ready")
            boxes = page.locator(".rutine-flow").evaluate(
                """flow => [...flow.querySelectorAll('.rutine-flow-box')].map(box => {
                    const frame = box.getBoundingClientRect();
                    return [...box.nextElementSibling.children].every(text => {
                        const own = text.getBoundingClientRect();
                        return own.left > frame.left && own.right < frame.right && own.top > frame.top && own.bottom < frame.bottom })
                })"""
            )
            assert boxes == [True] * page.locator(".rutine-steps > ol > li").count(), path


@pytest.mark.browser
def test_the_picture_of_the_steps_and_who_does_them(browser: Browser, address: str) -> None:
    with watched(browser, address) as open_:
        page = open_("saksbehandling/henvendelse-til-svar/")
        told = "Stegene og hvem som gjør dem, som bilde. Listen nedenfor sier det samme."
        picture = page.get_by_role("img", name=told)
        assert picture.locator(".rutine-flow-role text").all_text_contents() == [
            "Arkivar",
            "Leder med",
            "personalansvar",
            "Saksbehandler",
        ]
        assert picture.locator(".rutine-flow-number").all_text_contents() == list("12345678")
        lanes = picture.locator(".rutine-flow-box").evaluate_all(
            "all => all.map(box => Math.floor(box.x.baseVal.value / 190))"
        )
        assert lanes == [0, 1, 2, 2, 2, 0, 2, 2], "archivist, manager, case worker"
        assert picture.locator(".rutine-flow-tip").count() == 7
        region = page.get_by_role("region", name="Steg, som bilde")
        region.focus()
        assert region.evaluate("region => region === document.activeElement")


@pytest.mark.browser
def test_on_a_phone_the_list_of_the_steps_is_enough(browser: Browser, address: str) -> None:
    with watched(browser, address, viewport={"width": 390, "height": 844}) as open_:
        page = open_("saksbehandling/henvendelse-til-svar/")
        assert not page.locator(".rutine-flow").is_visible()
        assert page.locator(".rutine-steps li").first.is_visible()


def test_what_is_written_in_steps_and_roles_stays_text(tmp_path: Path) -> None:
    book = shutil.copytree(TESTS / "handbooks" / "site", tmp_path / "book")
    enquiry = book / "procedures/service/enquiry.md"
    text = enquiry.read_text("utf-8").replace(
        "Take the question", '"<b>x</b> &lt; {x} </text> </svg> <script> ran=1 </script>"'
    )
    enquiry.write_text(text, "utf-8")
    page = (staged(book) / "service/enquiry.md").read_text("utf-8")
    svg = page[page.index("<svg ") : page.index("</svg>") + 6]
    root = ElementTree.fromstring(svg)  # noqa: S314
    names = {element.tag.removeprefix("{http://www.w3.org/2000/svg}") for element in root.iter()}
    assert names == {"svg", "rect", "g", "text", "circle", "path"}
    assert " ".join(texts(svg)[3:-3]) == "<b>x</b> &lt; {x} </text> </svg> <script> ran=1 </script>"
    assert "<script" not in page


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light"), (320, "dark")])
def test_nobody_is_kept_from_a_diagram(book: Path, browser: Browser, tmp_path: Path, width: int, scheme: str) -> None:
    (tmp_path / "installed").mkdir()
    fences = "\n".join(f"```mermaid\n{source}```\n\n*A figure.*\n" for source in [LEAVE, *KINDS.values()])
    (book / "procedures/service/notes.md").write_text(
        f'# Notes\n\n{fences}\n1. A step\n\n    ```mermaid\n    pie\n    "a": 1\n    ```\n    *B*\n'
    )
    axe = TESTS / "node_modules/axe-core/axe.min.js"
    if not axe.exists():
        missing("axe-core (npm ci --prefix tests)")
    with served(built(book, tmp_path / "installed")) as address:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        for path in ("service/notes/", "service/enquiry/"):
            page.goto(address + path)
            page.evaluate("document.querySelectorAll('.rutine-diagram details').forEach(one => one.open = true)")
            page.add_script_tag(path=axe)
            found = page.evaluate(
                "axe.run({include: ['article']}).then(all => all.violations.map(one => [one.id, one.nodes[0].html]))"
            )
            assert found == []
        context.close()
