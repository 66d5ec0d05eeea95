"""What a stranger's pull request could try with `rutine build`: nothing of it runs, is read from elsewhere, or written there."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from markdown import Markdown

from conftest import TESTS
from rutine.blocks import put_blocks, take_blocks
from rutine.finish import _strange_scripts, theme_scripts
from rutine.guard import requests, unsafe
from rutine.make_pages import make_pages
from rutine.own_folder import entries_below, own_folder, remove_links
from rutine.report_for_pages import report_for_pages
from rutine.settings import read_settings
from rutine.site_fields import faults_in
from rutine.stage import is_attachment
from rutine.style_sheets import css_requests
from rutine.time_limit import TooLongError, deadline
from rutine.vector import is_clean_drawing

SETTINGS = (
    "theme: {name: material, font: false}\nplugins: [search]\nmarkdown_extensions: [md_in_html, pymdownx.superfences]\n"
)
REFUSED = "`rutine build` runs no code of the repository, and does not use a mkdocs.yml like this. Mend these lines."
Build = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A handbook of its own, without errors."""
    return shutil.copytree(TESTS / "handbooks" / "site", tmp_path / "book")


@pytest.fixture
def build(environment: dict[str, str]) -> Build:
    """Runs `rutine build`. Without the plugin where only the checkout is on the path, as with any other generator."""

    def run(book: Path, **more: str) -> subprocess.CompletedProcess[str]:
        if not (book / "mkdocs.yml").exists() and not entry_points(group="mkdocs.plugins", name="rutine"):
            (book / "mkdocs.yml").write_text(SETTINGS)
        command = [sys.executable, "-W", "error", "-m", "rutine", "build"]
        env = environment | {"SOURCE_DATE_EPOCH": "1795219200", "NO_MKDOCS_2_WARNING": "1"} | more
        return subprocess.run(command, cwd=book, env=env, capture_output=True, text=True, check=False)

    return run


def told(content: str) -> list[str]:
    """Line, column and message of each fault in a mkdocs.yml."""
    return [
        f"{mark.line + 1}:{mark.column + 1} {message.text.format_map(message.values)}"
        for mark, message in faults_in(content.encode())
    ]


# mkdocs.yml


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("? !ENV [NOPE, hooks]\n: [evil.py]", "1:3 The tag !ENV cannot be used here. Write the value itself."),
        ("copyright: !ENV SECRET", "1:12 The tag !ENV cannot be used here. Write the value itself."),
        ("site_name: !!str x", "1:12 The tag !!str cannot be used here. Write the value itself."),
        ("extra: {generator: !!python/name:os.system }", "1:20 The tag !!python/name:os.system names Python code."),
        (
            "%TAG !e! tag:yaml.org,2002:python/\n---\nsite_name: !e!name:os.system",
            "3:12 The tag !!python/name:os.system names Python code.",
        ),
        ("? [hooks]\n: [evil.py]", "1:3 A field's name must be a word."),
        ("a: &a {x: 1}\nb: *a", "2:4 Aliases (*name) cannot be used here. Write the value itself."),
        ("z: &z {<<: *z}", "1:12 Aliases (*name) cannot be used here. Write the value itself."),
        ("<<: {hooks: [evil.py]}", "1:1 Settings cannot be merged (<<). Write them where they belong."),
        ("hooks: [evil.py]", "1:1 Hooks are Python files."),
        ("INHERIT: ../base.yml", "1:1 Settings from another file cannot be used. Write them in mkdocs.yml itself."),
        (
            "theme: {name: material, custom_dir: over}",
            "1:25 Templates are code. Give the colour and the logo in handbook.yml (look), and the rest in a style sheet (extra_css).",
        ),
        ("theme: mkdocs", "1:8 This can only be material."),
        ("theme: {name: material, font: {text: Roboto}}", "1:31 This can only be false."),
        ("theme: {name: material, logo: ../../secret.png}", "1:31 This must be a file of the handbook: no address, and nothing outside."),
        (
            "plugins: [search, material/projects]",
            "1:19 The plugin material/projects cannot be used. These can: search, material/search, rutine.",
        ),
        ("plugins: [{search: {prebuild_index: true}}]", "1:21 prebuild_index cannot be set here. Remove it."),
        ("markdown_extensions: [{toc: {slugify: os.system}}]", "1:30 slugify cannot be set here. Remove it."),
        ("markdown_extensions: {pymdownx.superfences: {custom_fences: []}}", "1:46 custom_fences cannot be set here. Remove it."),
        ("extra_javascript: [x.js]", "1:1 Scripts are code. The handbook needs none of its own."),
        ("extra_css: ['//a.example/x.css']", "1:13 This must be a file of the handbook: no address, and nothing outside."),
        ("site_name: a<script>", "1:12 This must be plain text, without the characters < > and quotation marks."),
        ("site_description: 'a\" onload=x'", "1:19 This must be plain text, without the characters < > and quotation marks."),
        ("repo_url: javascript:x", "1:11 This must be an address that begins with https:// or mailto:."),
        ("site_dir: ../elsewhere", "1:11 The handbook is published in the folder site. Remove site_dir."),
        ("docs_dir: a/../../b", "1:11 This must be a file of the handbook: no address, and nothing outside."),
        ("nav: [{<b>: x.md}]", "1:1 The menu is made from the documents. Remove nav."),
        ("extra: {scope: x}", "1:9 scope cannot be set here. Remove it."),
    ],
)  # fmt: skip
def test_settings_that_are_refused(content: str, fault: str) -> None:
    assert told(content) == [fault]


@pytest.mark.parametrize("name", ["pymdownx.snippets", "evil", "pymdownx.blocks.html", "markdown.extensions.meta"])
def test_extensions_that_are_refused(name: str) -> None:
    assert told(f"markdown_extensions: [{name}]")[0].startswith(f"1:23 The extension {name} cannot be used.")


def test_a_bomb_of_aliases_costs_nothing() -> None:
    lines = ["a0: &a0 {x: 1}", *(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}]}}" for n in range(1, 10))]
    began = time.monotonic()
    assert told("\n".join(lines))
    assert time.monotonic() - began < 1


def test_settings_that_do_no_harm_pass() -> None:
    for file in (TESTS.parent / "mkdocs.yml", TESTS.parent / "tools/rutine/theme/mkdocs.yml"):
        assert told(file.read_text("utf-8")) == []
    assert (
        told(
            "site_name: Håndbok\nsite_url: https://a.example/x/\nrepo_url: https://b.example/c\nedit_uri: edit/main/procedures/\n"
            "copyright: © Smallby\nextra_css: [own.css]\nstrict: true\nvalidation: {links: {not_found: warn}}\n"
            "theme: {name: material, palette: {primary: deep purple}, logo: logo.svg, icon: {edit: material/pencil}}\n"
            "extra: {generator: false, social: [{icon: material/mail, link: 'mailto:a@b.example', name: Write}]}\n"
            "plugins: {search: {lang: [nb, en], separator: '[\\s\"<]+'}, rutine: }\n"
            "markdown_extensions:\n- toc: {permalink: true}\n- pymdownx.tabbed: {alternate_style: true}\n"
            "- pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji }\n"
        )
        == []
    )


def test_a_refused_build_has_written_nothing(book: Path, build: Build) -> None:
    (book / "mkdocs.yml").write_text(f"{SETTINGS}? !ENV [NOPE, hooks]\n: [evil.py]\n")
    (book / "evil.py").write_text("from pathlib import Path\nPath('ran').touch()\n")
    done = build(book)
    assert (done.returncode, done.stderr) == (
        2,
        f"mkdocs.yml:4:3: The tag !ENV cannot be used here. Write the value itself.\n{REFUSED}\n",
    )
    assert not (book / "ran").exists()


def test_settings_elsewhere_are_not_read(book: Path, build: Build, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yml").write_text(SETTINGS)
    (book / "mkdocs.yml").symlink_to(tmp_path / "elsewhere.yml")
    done = build(book)
    assert (done.returncode, done.stderr) == (
        2,
        f"mkdocs.yml:1:1: This is a symbolic link, which is never followed. Put the file itself here.\n{REFUSED}\n",
    )


# Links


@pytest.mark.parametrize(
    "name", ["site", "build", "build/.build.lock", "build/site", "build/pages", "build/pages.json", "build/mkdocs.yml"]
)
def test_a_planted_link_stops_the_build_before_anything_is_written(
    book: Path, build: Build, tmp_path: Path, name: str
) -> None:
    victim = tmp_path / "victim"
    if "." in name:
        victim.write_text("precious")
    else:
        victim.mkdir()
    (book / name).parent.mkdir(exist_ok=True)
    (book / name).symlink_to(victim)
    before = sorted(book.rglob("*"))
    done = build(book)
    assert done.returncode == 3
    assert done.stderr == f"{book / name} is a symbolic link. Remove it: rutine writes and deletes files there.\n"
    assert [path for path in sorted(book.rglob("*")) if path not in before] in ([], [book / "mkdocs.yml"])
    assert victim.read_text() == "precious" if victim.is_file() else not list(victim.iterdir())


def test_links_below_the_staged_pages_are_removed_and_never_followed(book: Path, build: Build, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "leave.md").write_text("precious")
    (book / "build/pages").mkdir(parents=True)
    (book / "build/pages/hr").symlink_to(victim)
    (book / "build/pages/index.md").symlink_to(victim / "leave.md")
    assert build(book).returncode == 0
    assert (victim / "leave.md").read_text() == "precious"
    assert [path.name for path in victim.iterdir()] == ["leave.md"]


def test_of_an_old_site_nothing_planted_stays(book: Path, build: Build, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (book / "site/.well-known").mkdir(parents=True)
    (book / "site/.evil.html").write_text("<script>")
    (book / "site/.nojekyll").symlink_to(tmp_path / "secret")
    (book / "site/.gitignore").write_text("*\n")
    assert build(book).returncode == 0
    assert [path.name for path in (book / "site").iterdir() if path.name.startswith(".")] == [".gitignore"]


def test_what_is_planted_where_the_site_is_built_is_not_taken_over(book: Path, build: Build) -> None:
    """Pages that come out the same are not built again; but only what was built is taken for such a page."""
    assert build(book).returncode == 0
    before = {path: path.read_bytes() for path in (book / "site").rglob("*.html")}
    for folder in (book / "site", book / "build/site"):
        for name in ("hr/leave/index.html", "evil/index.html", "assets/rutine/handbook.js", "assets/rutine/evil.js"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("<script>alert(1)</script>")
    assert build(book).returncode == 0
    assert {path: path.read_bytes() for path in (book / "site").rglob("*.html")} == before
    assert [path for path in (book / "site").rglob("*") if path.is_file() and b"alert(1)" in path.read_bytes()] == []


def test_a_script_that_differs_by_a_byte_stops_the_build(book: Path, build: Build, tmp_path: Path) -> None:
    assert build(book).returncode == 0
    site = book / "site"
    assert list(_strange_scripts(site, {"assets/rutine/handbook.js", "assets/rutine/search.js"}, "mkdocs")) == []
    (site / "assets/rutine/handbook.js").write_text("alert(1)")
    (site / "assets/rutine/other.js").write_text("alert(1)")
    found = _strange_scripts(site, {"assets/rutine/handbook.js", "assets/rutine/other.js"}, "mkdocs")
    assert [place.path for place, _ in found] == ["assets/rutine/handbook.js", "assets/rutine/other.js"]


# Pages

BODY = """
````
# Doc

```

````
<p class="rutine-x" title=\u00a0"x onfocus=window.CANARY=1 tabindex=1 autofocus y">hello</p>
```

Then `
<!--rutine:0-->
` end
````
"""


@pytest.mark.parametrize("body", [BODY, '\n\n<p cl<!-- x -->ass="rutine-y">hello</p>\n'])
def test_no_author_writes_a_block(book: Path, body: str) -> None:
    """Neither as it stands, nor once a comment is taken out of it."""
    document = book / "procedures/hr/recruiting.md"
    document.write_text(document.read_text() + body)
    report = report_for_pages(book, read_settings(book), date(2026, 11, 21))
    pages = make_pages(replace(report, findings=()))
    shown = next(page for page in pages if page.source == "procedures/hr/recruiting.md")
    assert "hello</p>" in shown.text
    assert take_blocks(shown.text)[1] == {}


def test_a_mark_that_stands_in_the_text_is_text() -> None:
    text, blocks = take_blocks('<!--rutine:0-->\n\n<p class="rutine-tags">x</p>\n')
    assert text.startswith("<!--rutine:0-->\n\n<!--rutine:")
    assert put_blocks(text, blocks) == '<!--rutine:0-->\n\n<p class="rutine-tags">x</p>\n'
    assert take_blocks('<p class="rutine-tags">x</p>\n')[0] != text.partition("\n\n")[2]


def page(content: str, around: str = "") -> str:
    return f"<!doctype html><html><head><title>x</title></head><body>{around}<article>{content}</article></body></html>"


@pytest.mark.parametrize(
    "content",
    [
        '<p class="rutine-x" title=\u00a0"x onfocus=window.CANARY=1 tabindex=1 autofocus y">hello</p>',
        '<title><a title="</title><details open ontoggle=x>">',
        "<img/src=x/onerror=x>",
        "<b\u2003onclick=x>",
        "<b\x0bonclick=x>",
        "<style><b title='</style><img src=x onerror=y>'></style>",
        "<textarea><b title='</textarea><img src=x onerror=y>'></textarea>",
        "</article><article>",
        "<article>",
        "<script>x</script>",
        "<form>",
        '<form action="search/">',
        '<form role="search" action="https://a.example/">',
        '<form role="search" action="search/" onsubmit="x">',
        '<form role="search" action="search/" id="__search">',
        '<form role="search"><button formaction="x">',
        '<script src="assets/rutine/x.js" defer></script>',
    ],
)
def test_what_browsers_may_read_otherwise_is_refused(content: str) -> None:
    assert list(unsafe(page(content)))


@pytest.mark.parametrize(
    "around",
    [
        "<script>alert(1)</script>",
        "<script src=https://a.example/x.js></script>",
        "<script src=//a.example/assets/javascripts/x.js></script>",
        '<script src="data:text/javascript,alert(1)"></script>',
        '<script src="../hr/x.js"></script>',
        "<script type=module>alert(1)</script>",
        '<script id="__config" type="application/json">{"base": "//a.example"}</script>',
        '<body onload="x">',
        "<img/src=x/onerror=x>",
        '<a href="javascript:x">x</a>',
        "<iframe src=x></iframe>",
        "<title><b></title>",
        '<script src="../hr/x.js" type="module"></script>',
        '<script src="assets/rutine/x.js" async></script>',
        '<script src="assets/rutine/x.js" type="text/html"></script>',
        '<script src="//assets/rutine/x.js" type="module"></script>',
        '<script src="assets/rutine/x.js" defer>alert(1)</script>',
        '<form action="search/">',
        '<form role="search" action="//a.example">',
        '<form role="search" action="javascript:x">',
        '<form role="search" action="search/" method="post">',
        '<form role="search" action="search/" onsubmit="x">',
        '<div role="search" action="search/">',
    ],
)
@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_the_whole_page_is_judged(around: str, generator: str) -> None:
    assert list(unsafe(page("<p>x</p>", around), theme_scripts(generator)))


def test_a_title_that_only_looks_like_a_handler_passes() -> None:
    assert list(unsafe(page('<a title="x onerror=y" href="z">x</a>', '<nav aria-label="a onload=b">x</nav>'))) == []


def test_the_themes_own_scripts_pass() -> None:
    scripts = (
        '<script>var target=document.getElementById(location.hash.slice(1));target&&target.name&&(target.checked=target.name.startsWith("__tabbed_"))</script>'
        '<script id="__config" type="application/json">{"base": "../..", "search": "../../assets/javascripts/w.js"}</script>'
        '<script src="../../assets/javascripts/bundle.0.min.js"></script>'
    )
    assert list(unsafe(page("", scripts), theme_scripts("mkdocs"))) == []


def test_our_own_scripts_and_the_search_form_pass() -> None:
    form = '<form class="rutine-search" role="search" action="../../search/" method="get"><input name="q"></form>'
    scripts = '<script src="../assets/rutine/search.js" type="module"></script><script src="assets/rutine/x.js" defer></script>'
    assert list(unsafe(page(form, form + scripts), theme_scripts("mkdocs"))) == []


def test_scripts_and_styles_from_the_sites_own_address_are_not_its_own() -> None:
    content = '<script src="https://own.example/x.js"></script><link rel=stylesheet href="https://own.example/x.css">'
    assert list(requests(content, "own.example")) == ["https://own.example/x.js", "https://own.example/x.css"]


@pytest.mark.parametrize(
    "address",
    ["/\\a.example/x", "\\\\a.example/x", "https:/a.example", "HTTPS:a.example", "/\t/a.example", "\x01//a.example"],
)
def test_addresses_as_browsers_read_them(address: str) -> None:
    assert list(requests(f'<img src="{address}">'))


@pytest.mark.parametrize(
    "text",
    [
        "@im\\70ort 'x'",
        "@imp\\6f rt 'x'",
        "a{b:u\\72l(//a.example)}",
        "a{b:url('\\2f\\2f a.example')}",
        "a{b:url(/**/'https:a.example')}",
        "a{b:image-set('//a.example/x' 1x)}",
    ],
)
def test_style_sheets_as_browsers_read_them(text: str) -> None:
    assert list(css_requests(text))


def test_ten_thousand_tags_are_read_at_once() -> None:
    began = time.process_time()
    list(unsafe(page("<b " * 200_000)))
    list(unsafe(page("<!--" * 200_000)))
    list(unsafe(page("<script " + "a=b " * 200_000)))
    list(unsafe(page("<script>" * 100_000)))
    assert time.process_time() - began < 5


def test_a_page_too_deep_for_the_generator_is_told_of(book: Path, build: Build) -> None:
    document = book / "procedures/hr/recruiting.md"
    with document.open("a") as file:
        file.write("\n" + "".join(f"{' ' * 4 * depth}1. x\n\n" for depth in range(2000)))
    done = build(book)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("procedures/hr/recruiting.md:")


def test_the_generators_time_is_limited() -> None:
    began = time.monotonic()
    with pytest.raises(TooLongError), deadline(0.2):
        Markdown().convert("[" * 200_000)
    assert time.monotonic() - began < 10
    with deadline(0.2):
        pass
    time.sleep(0.3)


def test_pages_for_another_generator_are_not_built(book: Path, build: Build) -> None:
    settings = book / "handbook.yml"
    settings.write_text(settings.read_text().replace("{plain: true}", "{plain: true, markdown: commonmark}"))
    done = build(book)
    assert (done.returncode, done.stderr) == (
        1,
        "This handbook is published by another generator (documents.markdown in handbook.yml).\n",
    )


# Files

SVG = 'xmlns="http://www.w3.org/2000/svg"'


@pytest.mark.parametrize(
    ("content", "is_clean"),
    [
        (f'<svg {SVG} onload="x"/>'.encode("utf-16-le"), False),
        (f'<svg {SVG} onload="x"/>'.encode("utf-16-be"), False),
        (f"<svg {SVG}/>\x00".encode(), False),
        (f"<_:script _:{SVG}>1</_:script>".replace("_:xmlns", "xmlns:_").encode(), False),
        (f'<svg {SVG}><_:img xmlns:_="http://www.w3.org/1999/xhtml" src="x" onerror="1"/></svg>'.encode(), False),
        (f"<svg {SVG}><path OnClick='x'/></svg>".encode(), False),
        (f"<svg {SVG}><style>a{{fill:u\\72l(https://a.example)}}</style></svg>".encode(), False),
        (f"<svg {SVG}><rect fill='url( https://a.example/x)'/></svg>".encode(), False),
        (f"<svg {SVG}><image href='data:image/svg+xml,x'/></svg>".encode(), False),
        (f"<svg {SVG}><image href='x.png'/></svg>".encode(), False),
        (f"<svg {SVG}>&undefined;</svg>".encode(), False),
        (f"<svg {SVG}><rect fill='url(#a)' style='fill:red'/><desc>url(https://a.example)</desc></svg>".encode(), True),
        (f"<svg {SVG}><style><![CDATA[a>b{{fill:red}}]]></style></svg>".encode(), True),
        (f"<svg {SVG} xmlns:i='http://www.inkscape.org/namespaces/inkscape' i:label='x'><g/></svg>".encode(), True),
        (b"not XML", False),
        (b"", False),
    ],
)
def test_drawings_only_draw(content: bytes, is_clean: bool) -> None:
    assert is_clean_drawing(content) is is_clean


def test_a_file_without_a_type_is_no_attachment() -> None:
    assert [name for name in ("hr/svg", "svg", "hr/pdf", ".pdf", "a.svg.", "a.svg") if is_attachment(name)] == ["a.svg"]


@pytest.mark.parametrize("place", ["site", "search", "found", "pages", "site/assets/search"])
def test_a_preview_follows_no_planted_link(book: Path, tmp_path: Path, place: str) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "mine.html").write_text("mine")
    link = book / "build" / "preview" / place
    link.parent.mkdir(parents=True)
    link.symlink_to(kept, target_is_directory=True)
    own_folder(book)
    assert not link.exists()
    assert (kept / "mine.html").read_text() == "mine"


@pytest.mark.parametrize("place", ["pages/hr", "site", "search", "found", "search/hr/leave/index.html/x"])
def test_what_is_in_the_way_is_told_of_or_removed(book: Path, build: Build, place: str) -> None:
    planted = book / "build" / place
    planted.parent.mkdir(parents=True)
    planted.write_text("planted")
    done = build(book)
    assert "Traceback" not in done.stderr
    assert "report" not in done.stderr
    assert done.returncode == 0 or done.stderr.endswith("is in the way. Delete the folder build, and try again.\n"), (
        done.stderr
    )


def test_a_link_that_another_process_has_removed_is_no_trouble(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = book / "build" / "pages" / "link.md"
    link.parent.mkdir(parents=True)
    link.symlink_to(book / "handbook.yml")
    found = list(entries_below(str(book / "build")))
    link.unlink()
    monkeypatch.setattr("rutine.own_folder.entries_below", lambda _folder: iter(found))
    remove_links(book / "build")
    assert (book / "handbook.yml").exists()
