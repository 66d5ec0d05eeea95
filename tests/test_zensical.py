"""The same staged pages, built by the second generator: what readers, links and other programs get is the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

import accessibility as a11y
from browsing import PAGES, built, served, watched
from conftest import TESTS, TOOLS, missing
from rutine.errors import RutineError
from rutine.generate_zensical import _run
from rutine.hidden_links import hide, show
from rutine.toml import to_toml
from test_proofs_safe import PAYLOADS, drop_refused, write_hostile

THEMES = ("assets/images/", "assets/javascripts/", "assets/stylesheets/")  # each generator brings its own
NOT_USED = ("repo_url", "edit_uri", "strict", "validation")  # of mkdocs.yml
SETTINGS = """site_name: Handbook
theme: {name: material, font: false, features: [navigation.indexes, navigation.top]}
plugins: [search]
extra: {generator: false}
markdown_extensions:
  - attr_list
  - markdown.extensions.toc: {permalink: true}
  - pymdownx.superfences
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
"""


@pytest.fixture(scope="session", autouse=True)
def _installed() -> None:
    """What all of this is about."""
    if find_spec("zensical") is None:
        missing("zensical")


class Seen(HTMLParser):
    """What readers get of a page, and what leads to it and from it."""

    def __init__(self, page: str, path: str) -> None:
        super().__init__()
        self._address = f"https://handbook.example/{path.removesuffix('index.html')}"
        self.words, self.links, self.anchors = list[str](), list[str](), list[str]()
        self.title = self.language = ""
        self._in = set[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "html":
            self.language = attributes.get("lang") or ""
        if tag in ("title", "article"):
            self._in.add(tag)
        elif "article" in self._in:
            self.links += [urljoin(self._address, value or "") for name, value in attrs if name in ("href", "src")]
            self.anchors += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        self._in.discard(tag)

    def handle_data(self, data: str) -> None:
        if "title" in self._in:
            self.title += data
        if "article" in self._in:
            self.words.append(data)

    def all(self) -> dict[str, object]:
        """Everything that is compared."""
        return {
            "text": " ".join("".join(self.words).split()),
            "links": self.links,
            "anchors": self.anchors,
            "title": " ".join(self.title.split()),
            "language": self.language,
        }


def seen(site: Path) -> dict[str, dict[str, object]]:
    pages = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}
    return {name: Seen(path.read_text("utf-8"), name).all() for name, path in pages.items()}


def others(site: Path) -> dict[str, bytes]:
    """The files that are neither pages nor a theme's."""
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {
        name: path.read_bytes()
        for name, path in files.items()
        if not name.endswith(".html") and not name.startswith(THEMES)
    }


@pytest.fixture(scope="session")
def second(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the example handbook, made by Zensical."""
    book = tmp_path_factory.mktemp("zensical") / "book"
    shutil.copytree(site.parent, book, ignore=shutil.ignore_patterns("site", "build"))
    return built(book, tmp_path_factory.mktemp("installed"), "--generator", "zensical")


def test_both_generators_make_the_same_pages(site: Path, second: Path) -> None:
    ours, theirs = seen(site), seen(second)
    assert list(theirs) == list(ours)
    differences = {path: name for path in ours for name in ours[path] if ours[path][name] != theirs[path][name]}
    assert differences == {}


def test_both_generators_give_the_same_files(site: Path, second: Path) -> None:
    assert others(second) == others(site)
    assert not (second / "search.json").exists()


@pytest.mark.browser
def test_search_finds_the_same(site: Path, second: Path, browser: Browser) -> None:
    found = []
    for folder in (site, second):
        with served(folder) as address, watched(browser, address) as open_:
            page = open_("")
            asked = [page.evaluate(SEARCH, words) for words in ("sykmeldte", "HR-012", "avvik", "krav om innsyn")]
            found.append((asked, page.evaluate("async () => (await import('/assets/search/pagefind.js')).filters()")))
    assert found[0] == found[1]
    assert "/hr/varsling/" in found[0][0][1]


def test_what_differs_is_told_of() -> None:
    text = (TESTS.parent / "docs/generators.md").read_text("utf-8")
    told = text.partition("## What differs")[2]
    assert [name for name in (*THEMES, *NOT_USED) if f"`{name}`" not in told] == []
    project = tomllib.loads((TESTS.parent / "pyproject.toml").read_text("utf-8"))["project"]
    (pinned,) = (need for need in project["optional-dependencies"]["zensical"] if need.startswith("zensical=="))
    assert f"rutine asks for exactly one: {pinned.removeprefix('zensical==')}." in text


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_its_pages_and_they_ask_for_nothing_but_their_own(
    second: Path, browser: Browser, scheme: str
) -> None:
    if not a11y.AXE.is_file():
        missing("axe (npm ci --prefix tests)")
    with served(second) as address, watched(browser, address, color_scheme=scheme, reduced_motion="reduce") as open_:
        open_("").add_init_script(path=a11y.AXE)
        found = {}
        for name, path in PAGES.items():
            if path != "404.html":
                page = open_(path)
                found[name] = [*a11y.axe(page), *a11y.unseen_focus(page), *a11y.clipped(page), *a11y.overlapping(page)]
        assert found == {name: [] for name in found}
        assert len(found) > 20


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A handbook of its own, without errors, whose settings are not those of the example."""
    book = shutil.copytree(TESTS / "handbooks" / "site", tmp_path / "book")
    (book / "mkdocs.yml").write_text(SETTINGS)
    return book


Build = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def build(environment: dict[str, str]) -> Build:
    """Runs `rutine build` in a handbook."""

    def run(book: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-W", "error", "-m", "rutine", "build", "--on", "2026-11-21", *arguments]
        return subprocess.run(command, cwd=book, env=environment | more, capture_output=True, text=True, check=False)

    return run


SEARCH = """async (words) => {
  const pagefind = await import("/assets/search/pagefind.js");
  const found = await pagefind.search(words);
  return (await Promise.all(found.results.map((result) => result.data()))).map((page) => page.url);
}"""
ODD = """
See <a href="leave.md">a link in HTML</a>, <a href='../service/enquiry.md'>another</a>, <a href=plan.png>a third</a> and [one](leave.md).

```html
<p class="rutine-x"><a href="../x.html" title="a > b">in code</a></p>
```

```python
page = "<a href=../x.html>", '<img src="y.png">'
```

<p class="rutine-chip">Not ours: <a href="leave.md">leave</a> &amp; <b>more</b></p>

An icon :material-abacus:, `<img src="x.png">`, and <https://example.org/?href=1>.
"""


@pytest.mark.parametrize("form", ["folder", "html"])
def test_html_of_authors_and_code_that_looks_like_it(book: Path, build: Build, form: str) -> None:
    settings, page = book / "handbook.yml", book / "procedures" / "hr" / "recruiting.md"
    changed = settings.read_text().replace("documents: {", f"documents: {{address: {form}, ")
    settings.write_text(changed.replace("name: Handbook of Smallby & Sons", "name: '\"Smallby\" & <Sons>'"))
    page.write_text(page.read_text().replace("We hire the best.", ODD))
    assert build(book).returncode == 0
    ours = seen(book / "site")
    assert build(book, "--generator", "zensical").returncode == 0
    assert seen(book / "site") == ours
    (links,) = [page["links"] for name, page in ours.items() if name.startswith("hr/recruiting")]
    end = "/" if form == "folder" else ".html"
    base = "https://handbook.example"
    expected = [f"{base}/hr/leave{end}", f"{base}/service/enquiry{end}", f"{base}/hr/plan.png", f"{base}/hr/leave{end}"]
    assert [link for link in links if link in expected][-5:-1] == expected


def test_after_a_site_that_was_refused(book: Path, build: Build) -> None:
    (book / "procedures" / "own.css").write_text("@import url(https://a.example/x.css);")
    assert build(book, "--generator", "zensical").returncode == 1
    assert (book / "build/site/hr/leave/index.html").exists()
    (book / "procedures" / "own.css").unlink()
    assert build(book, "--generator", "zensical").returncode == 0


def test_the_generator_is_chosen_in_the_settings(book: Path, build: Build) -> None:
    settings = book / "handbook.yml"
    settings.write_text(f"generator: zensical\n{settings.read_text()}")
    assert build(book).returncode == 0
    assert not (book / "build/zensical").exists()
    assert 'content="zensical-' in (book / "site/index.html").read_text("utf-8")
    assert build(book, "--generator", "mkdocs").returncode == 0
    assert 'content="zensical-' not in (book / "site/index.html").read_text("utf-8")
    settings.write_text(settings.read_text().replace("zensical", "hugo"))
    done = build(book)
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        2,
        "handbook.yml:1:12: generator cannot be hugo. Choose among: mkdocs, zensical.",
    )


def test_without_the_generator(book: Path, build: Build, tmp_path: Path) -> None:
    (tmp_path / "stub").mkdir()
    (tmp_path / "stub" / "zensical.py").write_text("raise ImportError('not here')\n")
    done = build(book, "--generator", "zensical", PYTHONPATH=f"{tmp_path / 'stub'}{os.pathsep}{TOOLS}")
    assert (done.returncode, done.stderr) == (
        2,
        'To build the handbook, rutine needs Zensical. Install it: pip install "rutine[zensical]"\n',
    )


def test_without_the_first_generator(book: Path, build: Build, tmp_path: Path) -> None:
    (tmp_path / "stub").mkdir()
    for name in ("mkdocs", "material"):
        (tmp_path / "stub" / f"{name}.py").write_text("raise ImportError('not here')\n")
    done = build(book, "--generator", "zensical", PYTHONPATH=f"{tmp_path / 'stub'}{os.pathsep}{TOOLS}")
    assert (done.returncode, done.stderr) == (0, "")


# What goes wrong, and what comes from strangers.


def test_harmful_text_comes_out_the_same(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    write_hostile(tmp_path)
    picture = next(number for number, text in enumerate(PAYLOADS) if text.startswith("![x](x"))
    for path in (tmp_path / "procedures").rglob("*.md"):
        # Names that it cannot read; and links to what is not there, which with it lead elsewhere.
        if "\\" in str(path) or path.match(f"body/{picture}-*"):
            path.unlink()
    drop_refused(tmp_path)
    ours = seen(built(tmp_path, tmp_path_factory.mktemp("installed")))
    assert seen(built(tmp_path, tmp_path_factory.mktemp("installed"), "--generator", "zensical")) == ours


def test_a_name_that_it_cannot_read_is_refused(book: Path, build: Build) -> None:
    (book / "procedures/hr/recruiting.md").rename(book / "procedures/hr/re\\cruiting.md")
    done = build(book, "--generator", "zensical")
    assert (done.returncode, done.stderr) == (
        1,
        "procedures/hr/re\\cruiting.md:1:1: Zensical builds no page at all where the name of one holds a backslash."
        " Rename this file.\nNothing was published. The site is as it was.\n",
    )


def test_what_it_cannot_build_is_told_in_its_words(book: Path, build: Build) -> None:
    build(book, "--generator", "zensical")
    before = {path: path.read_bytes() for path in (book / "site").rglob("*.html")}
    palette = "[{scheme: default, toggle: {icon: no/such/icon, name: Dark}}]"
    (book / "mkdocs.yml").write_text(SETTINGS.replace("font: false", f"font: false, palette: {palette}"))
    done = build(book, "--generator", "zensical")
    assert done.returncode == 1
    told = "Zensical could not make the site; the one before stays. It says: RuntimeError: could not render include: "
    assert done.stderr.startswith(told)
    assert ".icons/no/such/icon.svg" in done.stderr
    assert done.stderr.count("\n") == 1
    assert {path: path.read_bytes() for path in (book / "site").rglob("*.html")} == before


def test_a_page_too_deep_for_it_is_told_of(book: Path, build: Build) -> None:
    with (book / "procedures/hr/recruiting.md").open("a") as file:
        file.write("\n" + "".join(f"{' ' * 4 * depth}1. x\n\n" for depth in range(2000)))
    done = build(book, "--generator", "zensical")
    assert (done.returncode, done.stderr) == (
        1,
        "procedures/hr/recruiting.md:1:1: The generator fails on this page: lists, quotes, brackets or HTML lie too deep"
        " in one another.\nNothing was published. The site is as it was.\n",
    )


def test_where_html_leads_is_hidden_and_shown() -> None:
    text = """<a href="../b/" HREF = '../c/'><img alt="a > b" src=d.png> [x](e.md) `<a href=f>` <a href="#g" title=" href=h">"""
    hidden = hide(text, "0123")
    assert hidden == (
        """<a href="/0123/../b/" HREF = '/0123/../c/'><img alt="a > b" src=/0123/d.png> [x](e.md) `<a href=/0123/f>`"""
        """ <a href="#g" title=" href=/0123/h">"""
    )
    assert show(hidden, "0123") == text
    assert hide('<a href="https://a.example">', "0123") == '<a href="https://a.example">'
    assert show('id="x0123y" <span>=/</span><span class="n">0123</span><span>/</span>', "0123") == (
        'id="xy" <span>=</span><span class="n"></span><span></span>'
    )


@pytest.mark.parametrize(
    "text",
    ["<b '\"x", "<a href=", "<span>", "<a src=" + " " * 900_000, "<a b" + "c" * 900_000, "<a " + "src " * 200_000],
)
def test_no_page_takes_long_to_hide(text: str) -> None:
    long = text * (900_000 // len(text) or 1) + ">"
    assert show(hide(long, "0123"), "0123") == long


def test_what_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "zensical.py").write_text(
        "import os, time\nopen('pid', 'w').write(str(os.getpid()))\ntime.sleep(600)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(RutineError, match="Zensical was stopped: it has worked for too long"):
        _run(tmp_path, 5.0)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


def test_no_code_of_the_folder_it_works_in_runs(tmp_path: Path) -> None:
    (tmp_path / "yaml.py").write_text("from pathlib import Path\nPath('ran').touch()\n")
    with pytest.raises(RutineError):
        _run(tmp_path, 60.0)  # there are no settings
    assert not (tmp_path / "ran").exists()


def test_what_the_repository_holds_below_build_is_not_used(book: Path, build: Build, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "precious.md").write_text("x")
    (book / "build" / "zensical").mkdir(parents=True)
    (book / "build" / "zensical" / "pages").symlink_to(victim)
    (book / "build" / "zensical" / "yaml.py").write_text("raise SystemExit(7)\n")
    assert build(book, "--generator", "zensical").returncode == 0
    assert [path.name for path in victim.iterdir()] == ["precious.md"]


texts = st.text(st.characters(codec="utf-8"))
plain = st.recursive(
    texts | st.booleans() | st.integers(-(2**63), 2**63 - 1),
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=8,
)


@given(st.dictionaries(texts, plain))
def test_toml_says_what_was_meant(values: dict[str, Any]) -> None:
    assert tomllib.loads(to_toml("project", values)) == {"project": values}


def test_none_is_left_out_of_toml() -> None:
    found = to_toml("a", {"b": None, "c": [None, 1], "d": {"e": None}, "f": date(2026, 1, 2)})
    assert found == '[a]\n"c" = [1]\n"d" = {}\n"f" = "2026-01-02"\n'
