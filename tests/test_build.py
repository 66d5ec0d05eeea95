"""From documents to a site: what is published, what never is, and that a whole site stands whatever happens."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from conftest import TESTS, TOOLS
from rutine.extras import extra_files
from rutine.finish import begin, finish, problems_of
from rutine.guard import requests, unsafe
from rutine.own_folder import files_below
from rutine.report_for_pages import report_for_pages
from rutine.settings import read_settings
from rutine.stage import PublishingError, is_attachment, stage
from rutine.style_sheets import css_requests
from rutine.vector import is_clean_drawing

TODAY = date(2026, 11, 21)
SITE = TESTS / "handbooks" / "site"
DAY = {"SOURCE_DATE_EPOCH": "1795219200"}  # 2026-11-21
SETTINGS = """site_name: Handbook
docs_dir: procedures
theme: {name: material, font: false}
plugins: [rutine]
markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, md_in_html, tables, toc, pymdownx.superfences]
"""

Build = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A handbook of its own, without errors."""
    return shutil.copytree(SITE, tmp_path / "book")


@pytest.fixture
def env(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which MkDocs finds the plugin, also where only the checkout is on the path."""
    found = environment | DAY | {"NO_MKDOCS_2_WARNING": "1"}
    if not entry_points(group="mkdocs.plugins", name="rutine"):
        folder = tmp_path_factory.mktemp("installed")
        (folder / "rutine-0.dist-info").mkdir()
        (folder / "rutine-0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: rutine\nVersion: 0\n")
        plugin = "[mkdocs.plugins]\nrutine = rutine.mkdocs_plugin:RutinePlugin\n"
        (folder / "rutine-0.dist-info" / "entry_points.txt").write_text(plugin)
        found["PYTHONPATH"] = f"{TOOLS}{os.pathsep}{folder}"
    return found


@pytest.fixture
def build(env: dict[str, str]) -> Build:
    """Runs `rutine build`, or another command, in a handbook."""

    def run(book: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        arguments = list(command) or ["-W", "error", "-m", "rutine", "build"]
        return subprocess.run(
            [sys.executable, *arguments], cwd=book, env=env | more, capture_output=True, text=True, check=False
        )

    return run


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with a digest of its content."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_build_publishes_every_page_and_file(book: Path, build: Build) -> None:
    done = build(book)
    assert (done.returncode, done.stderr) == (0, "")
    pages = len(list((book / "build/pages").rglob("*.md")))
    assert done.stdout == f"{pages} pages in site. Warnings: 6. rutine check shows them.\n"
    site = tree(book / "site")
    assert {"hr/leave/index.html", "index.html", "404.html", "handbook.json"} <= site.keys()
    assert {"hr/plan.png", "hr/form.pdf", "hr/drawing.svg", "assets/rutine/handbook.css"} <= site.keys()
    ids = 7  # each an address, in capitals and not
    assert len([path for path in site if path.endswith(".html")]) == pages + 1 + 2 * ids
    assert "unions" not in (book / "site/hr/leave/index.html").read_text("utf-8")  # a comment
    assert not list((book / "build").glob("site*"))


def test_the_same_input_and_day_give_the_same_bytes(book: Path, build: Build) -> None:
    build(book)
    first = tree(book / "site")
    assert build(book).returncode == 0
    assert tree(book / "site") == first
    shutil.rmtree(book / "build")
    shutil.rmtree(book / "site")
    assert build(book, LC_ALL="nb_NO.UTF-8", LANGUAGE="nb", TZ="Pacific/Kiritimati", PYTHONHASHSEED="7").returncode == 0
    assert tree(book / "site") == first
    assert build(book, "-m", "rutine", "build", "--on", "2026-11-21", SOURCE_DATE_EPOCH="").returncode == 0
    assert tree(book / "site") == first


def test_plain_mkdocs_gives_the_same_site(book: Path, build: Build) -> None:
    (book / "mkdocs.yml").write_text(SETTINGS)
    assert build(book).returncode == 0
    ours = tree(book / "site")
    for folder in ("build", "site"):
        shutil.rmtree(book / folder)
    done = build(book, "-m", "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert tree(book / "site") == ours


def test_a_site_without_the_plugin_in_its_settings_is_the_same(book: Path, build: Build) -> None:
    (book / "mkdocs.yml").write_text(SETTINGS)
    build(book)
    ours = tree(book / "site")
    (book / "mkdocs.yml").write_text(SETTINGS.replace("[rutine]", "[]"))
    assert build(book).returncode == 0
    theirs = tree(book / "site")
    assert ours == theirs


def test_only_pages_that_changed_are_staged_anew(book: Path, build: Build) -> None:
    build(book)
    pages = book / "build/pages"
    before = {path: path.stat().st_mtime_ns for path in pages.rglob("*") if path.is_file()}
    document = book / "procedures/hr/recruiting.md"
    document.write_text(document.read_text().replace("We hire the best.", "We hire the very best."))
    (pages / "stale.md").write_text("old")
    (pages / "empty").mkdir()
    build(book)
    after = {path: path.stat().st_mtime_ns for path in pages.rglob("*") if path.is_file()}
    assert before.keys() == after.keys()
    assert [path.name for path in before if before[path] != after[path]] == ["recruiting.md"]
    assert not (pages / "empty").exists()


@pytest.mark.parametrize("command", [(), ("-m", "mkdocs", "build", "--strict")])
def test_a_document_with_an_error_keeps_everything_as_it_was(
    book: Path, build: Build, command: tuple[str, ...]
) -> None:
    (book / "mkdocs.yml").write_text(SETTINGS)
    build(book)
    site = tree(book / "site")
    document = book / "procedures/hr/recruiting.md"
    document.write_text(document.read_text().replace("status: in-force", "status: in-farce"))
    done = build(book, *command)
    assert done.returncode == 1
    told = done.stdout + done.stderr
    assert "procedures/hr/recruiting.md:5:9: error: status cannot be in-farce. Did you mean in-force?" in told
    assert "Traceback" not in told
    assert tree(book / "site") == site


def test_errors_in_the_settings_are_told_with_their_place(book: Path, build: Build) -> None:
    (book / "handbook.yml").write_text("name: N\nlanguage: en\nfolder: x\n")
    (book / "mkdocs.yml").write_text(SETTINGS)
    for command, code in (((), 2), (("-m", "mkdocs", "build"), 1)):
        done = build(book, *command)
        assert done.returncode == code
        assert "handbook.yml:3:1: There is no field folder." in done.stderr + done.stdout


# What does not belong in a page, and what does.

UNSAFE = [
    "<script>1</script>", "<SCRIPT SRC=x>", "<p onclick=x>", '<p\nonclick = "x">', '<img/src="x"/onerror=x>', "<b><svg/onload=x>",
    '<a href="javascript:x">', "<a href=' java\nscript:x'>", "<a href=&#106;avascript:x>", '<a href="vbscript:x">',
    '<img src="data:text/html,x">', "<iframe>", "<object data=x>", "<embed src=x>", "<form>", "<base href=x>", "<meta>",
    "<link rel=x>", "<style>", "<textarea>", "<title>", "<noscript>", "<math>", "<foreignObject>", "<template>", "<x-y>",
    "<!--><script>1</script>-->", "<!---><b>", "<!-- <!-- -->", "<!-- --!> <script> -->", "<!-- never closed", "<![CDATA[ <b> ]]>",
    "<?php x ?>", "<!DOCTYPE html>", '<p style="background:url(x)">', '<p style="x:\\75rl(x)">', '<p class="a mermaid">', '<p class="Pyodide">', '<a class="a glightbox">',
    '<p id="__config">', '<p data-md-component="source">', '<a ping="x">', '<p a=">" onclick=x>', "<p a='>' onclick=x>",
    '<a href="x"onclick=x>', "<p a=b'c onclick=x>", '<p a="x" onclick=x', "<p/onclick=x>", "</article><script>",
    "<details ontoggle=x open>", "<svg><set attributeName=href>", "<svg><a xlink:href='javascript:x'>", "<button formaction=x>",
]  # fmt: skip
SAFE = [
    "<p>text &lt;script&gt; onclick=x</p>", '<a href="https://example.org/?a=1&amp;b=2#c">x</a>', "<!-- a comment -->",
    '<p style="text-align: left;">x</p>', '<pre><span></span><code>&lt;p onclick="x"&gt;</code></pre>',
    '<img alt="a > b" src="x.png" />', '<a href="mailto:a@b.example">a</a>', '<a id="__codelineno-0-1" name="__codelineno-0-1">',
    '<label class="task-list-control"><input type="checkbox" disabled checked/><span></span></label>', "a <b> c < d",
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M0"/></svg>', '<details class="note" open="open">',
]  # fmt: skip


def page(content: str) -> str:
    return f"<html><head><title>x</title></head><body><article class=x>{content}</article></body></html>"


@pytest.mark.parametrize("content", UNSAFE)
def test_what_runs_is_found(content: str) -> None:
    assert list(unsafe(page(f"<p>before</p>{content}<p>after</p>")))


@pytest.mark.parametrize("content", SAFE)
def test_what_does_no_harm_passes(content: str) -> None:
    assert list(unsafe(page(content))) == []


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        ('<script src="https://a.example/x.js">', "https://a.example/x.js"),
        ("<script src=//a.example/x.js>", "//a.example/x.js"),
        ('<link rel="preconnect" href="https://a.example">', "https://a.example"),
        ('<link href=https://a.example/x.css rel="alternate stylesheet">', "https://a.example/x.css"),
        ('<link rel="icon" href="https://a.example/i.png">', "https://a.example/i.png"),
        ('<img alt="" src="https://a.example/i.png">', "https://a.example/i.png"),
        ('<img srcset="a.png 1x, https://a.example/i.png 2x">', "https://a.example/i.png"),
        ('<IFRAME SRC="https://a.example">', "https://a.example"),
        ('<video poster="//a.example/p">', "//a.example/p"),
        ('<svg><use href="https://a.example/x.svg#y"></svg>', "https://a.example/x.svg#y"),
        ('<meta http-equiv="refresh" content="0; url=https://a.example">', "https://a.example"),
        ('<script>fetch("https://a.example/x")</script>', "https://a.example/x"),
        ("<style>p{background:url(https://a.example/b)}</style>", "https://a.example/b"),
        ('<a data-md-component="source" href="https://github.com/a/b">', "https://api.github.com"),
    ],
)
def test_a_question_to_another_host_is_found(content: str, asked: str) -> None:
    assert list(requests(page(content))) == [asked]


def test_links_and_the_handbooks_own_host_are_no_questions() -> None:
    content = '<a href="https://a.example">a</a><link rel="canonical" href="https://b.example/x"><img src="https://own.example/x">'
    assert list(requests(page(content), "own.example")) == []


def test_questions_in_style_sheets() -> None:
    text = "@import 'x'; a{b:url( 'https://a.example/x' )} c{d:url(data:image/svg+xml,//www.w3.org)} e{f:url(../x.png)}"
    assert list(css_requests(text)) == [
        "@import 'x'; a{b:url( 'https://a.example/x' )} c{d:url(data:",
        "https://a.example/x",
    ]


@pytest.mark.parametrize(
    ("content", "clean"),
    [
        (
            b'<?xml version="1.0" encoding="UTF-8"?><svg xmlns="http://www.w3.org/2000/svg"><path d="M0"/><a href="#x"/></svg>',
            True,
        ),
        (
            b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg/>',
            True,
        ),
        (b"<svg><style>.a{fill:red}</style><image href='data:image/png;base64,AA'/></svg>", True),
        (b"<svg><script>1</script></svg>", False),
        (b"<svg onload='x'/>", False),
        (b"<svg><x:script xmlns:x='http://www.w3.org/1999/xhtml'/></svg>", False),
        (b"<svg><foreignObject/></svg>", False),
        (b"<svg><use href='other.svg#x'/></svg>", False),
        (b"<svg><a xlink:href='javascript:x'/></svg>", False),
        (b"<svg><animate attributeName='href' values='javascript:x'/></svg>", False),
        (b"<svg><style>@import 'x'</style></svg>", False),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>", False),
        (b"<?xml-stylesheet href='x'?><svg/>", False),
        (b"<svg><![CDATA[<script>]]></svg>", False),
        ("<svg/>".encode("utf-16"), False),
        (b'<?xml version="1.0" encoding="utf-7"?><svg/>', False),
    ],
)
def test_drawings(content: bytes, clean: bool) -> None:
    assert is_clean_drawing(content) is clean


def test_what_may_be_attached() -> None:
    kept = ["a.pdf", "hr/Form 1.DOCX", "x.svg", "b.PNG", "style.css"]
    left = [
        "a.html",
        "a.htm",
        "a.js",
        "a.xml",
        "a.exe",
        "a",
        ".a.png",
        "hr/.secret/a.png",
        "a.md",
        "a.yml",
        "a.php",
        "a.png.html",
    ]
    assert [path for path in kept + left if is_attachment(path)] == kept


# The guard.


@pytest.fixture
def built(book: Path, env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook whose site is built, and not yet where it belongs."""
    subprocess.run([sys.executable, "-m", "rutine", "build"], cwd=book, env=env, check=True, capture_output=True)
    (book / "site").rename(book / "build" / "site")
    return book


def _pages(book: Path) -> dict[str, str | None]:
    pages: dict[str, str | None] = json.loads((book / "build" / "pages.json").read_text("utf-8"))["pages"]
    return pages


def test_the_guard(built: Path) -> None:
    site = built / "build" / "site"
    listed = _pages(built)
    report = report_for_pages(built, read_settings(built), TODAY)
    staged = stage(built, report, built / "build" / "pages")._replace(pages=listed)
    for name in extra_files(staged, None):
        (site / name).unlink()  # no generator makes these,
    shutil.rmtree(site / "assets" / "search")  # nor the index for search

    def found() -> list[str]:
        return [
            f"{place.path}: {message.text.format_map(message.values)}"
            for place, message in problems_of(staged, site, files_below(site))
        ]

    assert found() == []
    (site / "hr/leave/index.html").unlink()
    (site / "hr/form.pdf").unlink()
    (site / "extra.html").write_text((site / "404.html").read_text("utf-8"), "utf-8")
    hiring = site / "hr/hiring/index.html"
    text = hiring.read_text("utf-8").replace("</article>", '<img src="https://a.example/x"><b onclick=x></article>')
    hiring.write_text(text, "utf-8")
    (site / "assets/rutine/handbook.css").write_text("@import url(https://a.example/x.css);")
    assert found() == [
        "procedures/hr/leave.md: The generator left this out of the site.",
        "hr/form.pdf: The generator left this out of the site.",
        "extra.html: The site holds this page, which is not the handbook's.",
        "assets/rutine/handbook.css: This asks another host for @import url(https://a.example/x.css);. Put the file beside the document, and link to it there.",
        "assets/rutine/handbook.css: This asks another host for https://a.example/x.css. Put the file beside the document, and link to it there.",
        'procedures/hr/hiring.md: The page holds the HTML attribute onclick="x", which is not published.',
        "procedures/hr/hiring.md: This asks another host for https://a.example/x. Put the file beside the document, and link to it there.",
    ]
    (built / "site").mkdir()
    (built / "site" / "old").write_text("old")
    with pytest.raises(PublishingError, match="The handbook was not published; the one before stays"):
        finish(built, staged, site, built / "site", dict)
    assert [path.name for path in (built / "site").iterdir()] == ["old"]


def test_the_theme_asks_no_other_host_for_fonts(book: Path, build: Build) -> None:
    (book / "mkdocs.yml").write_text(SETTINGS.replace("font: false", "language: en"))
    assert build(book).returncode == 0
    assert not [path for path in (book / "site").rglob("*.html") if "googleapis" in path.read_text("utf-8")]


def test_links_to_files_that_are_not_published(book: Path, build: Build) -> None:
    (book / "procedures/hr/plan.xyz").write_text("x")
    document = book / "procedures/hr/recruiting.md"
    document.write_text(document.read_text().replace("We hire the best.", "See [the plan](plan.xyz)."))
    done = build(book)
    assert done.returncode == 1
    assert done.stderr == (
        "procedures/hr/recruiting.md:20:5: procedures/hr/plan.xyz is linked to, but files of its type are not published."
        " Attach it as PDF or as a picture.\nNothing was published. The site is as it was.\n"
    )


def test_a_page_in_a_folder_that_mkdocs_would_leave_out(book: Path, build: Build) -> None:
    shutil.move(book / "procedures/service", book / "procedures/templates")
    assert build(book).returncode == 0
    assert (book / "site/templates/enquiry/index.html").exists()


def test_two_pages_with_one_address(book: Path) -> None:
    shutil.copy(book / "procedures/service/notes.md", book / "procedures/service/README.md")
    report = report_for_pages(book, read_settings(book), TODAY)
    with pytest.raises(PublishingError) as caught:
        stage(book, report, book / "build" / "pages")
    ((place, message),) = caught.value.faults
    assert place.path == "procedures/service/README.md"
    assert message.values == {"other": "procedures/service/index.md"}


# What comes from a repository is not trusted.


@pytest.mark.parametrize(
    "addition",
    [
        "hooks: [hook.py]",
        "hooks:\n- hook.py",
        "extra: {x: !!python/object/apply:os.system [id]}",
        "extra: {x: !!python/name:os.system }",
        "extra_templates: [x.txt]",
        "<<: {hooks: [hook.py]}",
        "INHERIT: base.yml",
        "x: [",
    ],
)
def test_settings_that_run_code_are_refused(book: Path, build: Build, addition: str) -> None:
    (book / "hook.py").write_text("from pathlib import Path\nPath('ran').touch()\n")
    (book / "base.yml").write_text("hooks: [hook.py]\n")
    (book / "mkdocs.yml").write_text(f"{SETTINGS}{addition}\n")
    done = build(book)
    assert done.returncode == 2
    assert done.stderr.startswith(("mkdocs.yml:6:", "mkdocs.yml:7:"))
    assert done.stderr.endswith(
        "`rutine build` runs no code of the repository, and does not use a mkdocs.yml like this. Mend these lines.\n"
    )
    assert not (book / "ran").exists()
    assert not (book / "site").exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("font: false", "custom_dir: over"),
        ("[rutine]", "[search, macros]"),
        ("[rutine]", "[search, {gen-files: {scripts: [x.py]}}]"),
        ("[rutine]", "{search: {}, macros: {}}"),
        ("[abbr,", "[evil, abbr,"),
    ],
)
def test_templates_plugins_and_modules_that_run_code_are_refused(book: Path, build: Build, old: str, new: str) -> None:
    (book / "over").mkdir()
    (book / "evil.py").write_text("from pathlib import Path\nPath('ran').touch()\n")
    (book / "mkdocs.yml").write_text(SETTINGS.replace(old, new))
    assert build(book).returncode == 2
    assert not (book / "ran").exists()


@pytest.mark.parametrize("name", ["build", "build/pages", "site"])
def test_symbolic_links_are_not_followed_when_writing(book: Path, build: Build, tmp_path: Path, name: str) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "precious.md").write_text("keep")
    (book / "build").mkdir()
    if name == "build":
        (book / "build").rmdir()
    (book / name).symlink_to(victim)
    done = build(book)
    assert done.returncode == 3
    assert "is a symbolic link. Remove it" in done.stderr
    assert [path.name for path in victim.iterdir()] == ["precious.md"]


def test_without_the_generator(book: Path, build: Build, tmp_path: Path, env: dict[str, str]) -> None:
    (tmp_path / "stub").mkdir()
    (tmp_path / "stub" / "mkdocs.py").write_text("raise ImportError('not here')\n")
    done = build(book, PYTHONPATH=f"{tmp_path / 'stub'}{os.pathsep}{env['PYTHONPATH']}")
    assert done.returncode == 2
    assert (
        done.stderr
        == 'To build the handbook, rutine needs MkDocs and its theme. Install them: pip install "rutine[site]"\n'
    )


# A whole site stands whatever happens.


def test_of_the_old_site_only_what_git_and_its_hosts_read_stays(book: Path, build: Build) -> None:
    (book / "site" / ".well-known").mkdir(parents=True)
    (book / "site" / ".well-known" / "security.txt").write_text("x")
    (book / "site" / ".gitignore").write_text("*\n")
    (book / "site" / "old.html").write_text("old")
    assert build(book).returncode == 0
    assert (book / "site" / ".gitignore").read_text() == "*\n"
    assert not (book / "site" / ".well-known").exists()
    assert not (book / "site" / "old.html").exists()


def test_what_a_killed_build_left_is_mended(tmp_path: Path) -> None:
    (tmp_path / "build" / "site.old").mkdir(parents=True)
    (tmp_path / "build" / "site.old" / "index.html").write_text("old")
    (tmp_path / "build" / "site").mkdir()
    (tmp_path / "build" / "site" / "half.html").write_text("half")
    begin(tmp_path, tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "old"
    assert not (tmp_path / "build" / "site.old").exists()


def test_two_builds_at_once(book: Path, build: Build, env: dict[str, str]) -> None:
    assert build(book).returncode == 0
    once = tree(book / "site")
    shutil.rmtree(book / "site")
    command = [sys.executable, "-m", "rutine", "build"]
    running = [
        subprocess.Popen(command, cwd=book, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    told = [process.communicate(timeout=120)[1] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert tree(book / "site") == once
    assert set(told) <= {"", "Another build of this handbook is running. Waiting for it to end …\n"}
    assert any(told)


def start(book: Path, env: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "rutine", "build"]
    return subprocess.Popen(
        command, cwd=book, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGINT])
def test_a_whole_site_stands_when_a_build_is_stopped(
    book: Path, build: Build, env: dict[str, str], kill: signal.Signals
) -> None:
    assert build(book).returncode == 0
    old = tree(book / "site")
    document = book / "procedures/hr/recruiting.md"
    document.write_text(document.read_text().replace("We hire the best.", "We hire the very best."))
    began = time.monotonic()
    assert build(book).returncode == 0
    took = time.monotonic() - began
    new = tree(book / "site")
    assert old != new
    document.write_text(document.read_text().replace("We hire the very best.", "We hire the best."))
    for share in (0.3, 0.5, 0.7, 0.8, 0.9, 1.0):
        process = start(book, env)
        time.sleep(took * share)
        os.killpg(process.pid, kill)
        _, told = process.communicate(timeout=60)
        if kill == signal.SIGINT:
            assert process.returncode in (0, 130, -signal.SIGINT)  # the last when Python itself was ending
            assert "Traceback" not in told
        assert tree(book / "site") in (old, new)
    assert build(book).returncode == 0
    assert tree(book / "site") == old


def test_an_interrupted_build_says_so(book: Path, build: Build, env: dict[str, str]) -> None:
    assert build(book).returncode == 0
    old = tree(book / "site")
    shutil.rmtree(book / "build")  # what is built already would be taken over before anybody could interrupt
    shutil.rmtree(os.environ["XDG_CACHE_HOME"])
    process = start(book, env)
    deadline = time.monotonic() + 30
    while not (book / "build" / "pages.json").exists() and time.monotonic() < deadline:
        time.sleep(0.005)  # the pages are staged; now the generator is at work
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (
        130,
        "Interrupted. The site is whole: the one before, or the new one if it was ready.\n",
    )
    assert tree(book / "site") == old


# The preview.


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


@pytest.fixture
def serving(book: Path, env: dict[str, str], port: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "rutine", "serve", "--port", str(port)]
    process = subprocess.Popen(
        command,
        cwd=book,
        env=env | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    process.kill()
    process.wait()
    assert process.stdout
    process.stdout.close()


def fetched(port: int, path: str, wanted: str) -> str:
    """The page, as soon as it holds what is wanted."""
    deadline, text = time.monotonic() + 30, ""
    while time.monotonic() < deadline:
        try:
            with urlopen(f"http://127.0.0.1:{port}/{path}", timeout=10) as answer:
                text = answer.read().decode()
        except (URLError, ConnectionError, TimeoutError):
            text = ""
        if wanted in text:
            return text
        time.sleep(0.1)
    pytest.fail(f"{path} never held {wanted!r}: {text[:2000]}")


def test_serving_follows_changes_and_goes_on_over_errors(book: Path, port: int, serving: subprocess.Popen[str]) -> None:
    assert serving.stdout
    assert serving.stdout.readline() == f"The handbook is at http://127.0.0.1:{port}/ (Ctrl-C stops it).\n"
    fetched(port, "hr/recruiting/", "We hire the best.")
    document = book / "procedures/hr/recruiting.md"
    good = document.read_text()
    document.write_text(good.replace("We hire the best.", "We hire the very best."))
    fetched(port, "hr/recruiting/", "We hire the very best.")
    document.write_text(good.replace("status: in-force", "status: in-farce"))
    left_out = fetched(port, "hr/recruiting/", "This page is left out.")
    assert "5:9: status cannot be in-farce." in left_out
    assert "We hire" not in left_out
    fetched(port, "hr/leave/", "Everybody gets the leave")
    document.write_text(good)
    fetched(port, "hr/recruiting/", "We hire the best.")
    (book / "handbook.yml").write_text((SITE / "handbook.yml").read_text().replace("language: en", "language: xx"))
    time.sleep(1.5)
    fetched(port, "hr/recruiting/", "We hire the best.")
    (book / "handbook.yml").write_text(
        (SITE / "handbook.yml").read_text().replace("Handbook of Smallby", "New name of Smallby")
    )
    fetched(port, "hr/recruiting/", "New name of Smallby")
    serving.send_signal(signal.SIGINT)
    out = serving.communicate(timeout=30)[0]
    assert serving.returncode == 0
    assert "Traceback" not in out
    assert "procedures/hr/recruiting.md:5:9: error: status cannot be in-farce." in out
    assert not (book / "site").exists()


def test_a_port_that_is_taken(book: Path, build: Build, port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        done = build(book, "-m", "rutine", "serve", "--port", str(port))
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == f"The handbook cannot be served at 127.0.0.1:{port}: Address already in use."
