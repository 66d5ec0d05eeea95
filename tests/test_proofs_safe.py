"""Nothing that an author writes runs: not in a page, a list, a feed or a data file, whatever field or file it stands in.

The browser is told to pass over the content security policy: what it would have stopped counts as run.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Error

from browsing import built, served, show
from conftest import TESTS, TOOLS
from rutine.site_fields import faults_in

pytestmark = pytest.mark.browser
PAYLOADS = (TESTS / "payloads.txt").read_text("utf-8").splitlines()
PLACEHOLDER = re.compile(r"<[^<>]*>")  # a field that says no more than this is one that nobody has filled in
ADDRESS = re.compile(r"\w:(?:\w|//)")  # never the place in a regulation
EXTRA = "extra:\n  generator: false\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>parent.__pwned=1</script></svg>'
CLEAN = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'
# What runs says so. What would have run if anybody had clicked or pointed is found in the page itself.
WATCH = """
window.__found = page => [...page.querySelectorAll('*')].flatMap(element => [...element.attributes].filter(
  ({name, value}) => name.startsWith('on') || name === 'srcdoc' ||
    /^(?:href|src|action|formaction|xlink:href|data)$/.test(name) && /^[\\x00-\\x20]*(?:(?:javascript|vbscript):|data:text)/i.test(value.replace(/[\\t\\n\\r]/g, ''))
).map(({name, value}) => `${element.localName} ${name}=${value}`)).concat(
  [...page.scripts || []].filter(script => script.text.includes('__pwned') && !script.type).map(script => script.text))
"""
PARSE = "text => window.__found(new DOMParser().parseFromString(text, 'text/html'))"


def settings(payloads: list[str]) -> dict[str, object]:
    roles = {f"r{n}": {"title": text, "unit": f"u{n}", "holders": [f"p{n}"]} for n, text in enumerate(payloads)}
    return {
        "name": f"{payloads[1]} {payloads[2]}",
        "organisation": payloads[2],
        "language": "en",
        "documents": {"plain": True},
        "units": {f"u{n}": {"title": text} for n, text in enumerate(payloads)},
        "roles": roles,
        "people": {f"p{n}": {"name": text, "email": f'{n}"onclick=window.__pwned=1@x'} for n, text in enumerate(payloads)},
        "regulations": {f"ABC-{n}": {"title": text} for n, text in enumerate(payloads)},
    }  # fmt: skip


def fields(number: int, text: str) -> dict[str, object]:
    """The front matter of a procedure that says the same in each of its fields."""
    place = "§ 1" if ADDRESS.search(text) else text
    withdrawn: dict[str, object] = {"status": "withdrawn", "withdrawn": "2026-03-01", "replaced-by": "AB-100"}
    return {
        "id": f"AB-{100 + number}",
        "title": f"{text[:140]} {number}",
        "summary": text,
        "kind": "procedure",
        **(withdrawn if number % 7 == 1 else {"status": "draft" if number % 7 == 2 else "in-force"}),
        "owner": f"r{number}",
        "decision": {"by": f"r{number}", "date": "2026-02-01", "reference": text},
        "rests-on": ["AB-100"],
        "scope": {"units": [f"u{number}"], "roles": [f"r{number}"]},
        "regulations": [{"ref": f"ABC-{number}", "at": [place]}, {"ref": "LOV-2005-06-17-62", "at": [place]}],
        "roles": [{"role": f"r{number}", "responsibility": "accountable", "duties": [text]}],
        "review": {"every": "12 months"},
        "keywords": [text],
        "revisions": [{"version": "1.0", "date": "2026-02-01", "change": "significant", "summary": text}],
    }


def process(number: int, text: str) -> dict[str, object]:
    kept = ("title", "summary", "owner", "decision", "scope", "review", "keywords", "revisions")
    flow = {"role": f"r{number}", "procedure": f"AB-{100 + number}"}
    return {
        **{name: value for name, value in fields(number, text).items() if name in kept},
        "id": f"PR-{100 + number}",
        "kind": "process",
        "status": "in-force",
        "entry": {"customer": text, "channels": ["call"], "trigger": text},
        "flow": [{"step": text, "deadline": text, "result": text, **flow}, {"step": f"{text} 2", **flow}],
        "goals": [{"goal": text, "indicator": text, "target": text}],
        "standards": [{"ref": "ISO 9001:2015", "at": ["§ 1" if ADDRESS.search(text) else text]}],
    }


def own(number: int, text: str) -> dict[str, object]:
    return {"kind": "own", "namn": f"{text} {number} own", "ansvarleg": f"r{number}", "more": {text: [text]}}


KIND = {
    "title": "Own",
    "x-form": "document",
    "x-title": {"en": PAYLOADS[0]},
    "x-plural": {"en": PAYLOADS[2]},
    "type": "object",
    "required": ["kind", "namn"],
    "properties": {
        "kind": {"const": "own"},
        "namn": {"type": "string", "x-means": "title", "x-title": {"en": PAYLOADS[3]}},
        "ansvarleg": {"type": "string", "x-means": "owner", "x-refers-to": "role", "x-title": {"en": PAYLOADS[4]}},
        "more": {"type": "object", "x-title": {"en": PAYLOADS[5]}},
    },
}


def write(path: Path, front: dict[str, object], body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n{body}", "utf-8")


def in_body(text: str) -> Iterator[str]:
    """A text in each place of a body where Markdown makes something else of it."""
    quoted = text.replace('"', "&quot;")
    yield f"{text}\n\n## {text}\n\n- {text}\n\n> {text}\n\n*{text}* **{text}**"
    yield f"| {text} | b |\n|---|---|\n| {text} | {text} |"
    yield f"[{text}](x.md) [x]({text}) [x](<{text}>) ![{text}](plan.png) ![x]({text})"
    yield f'[x](plan.png "{text}") ![x](plan.png "{quoted}")\n\n[y][r]\n\n[r]: {text} "{text}"'
    yield f"```\n{text}\n```\n\n~~~ {text}\n{text}\n~~~\n\n    {text}\n\n`{text}`"
    yield f'!!! note "{text}"\n\n    {text}\n\nterm {text}\n:   {text}\n\nfoot[^1]\n\n[^1]: {text}\n\n- [ ] {text}'
    yield f'<p title="{quoted}">{text}</p>\n\n<details markdown>\n<summary>{text}</summary>\n\n{text}\n\n</details>'
    yield f"# {text} {{: title='{text}' }}\n\n<!-- {text} -->\n\n<{text}>\n\n\\{text}"


def write_hostile(book: Path) -> None:
    """A handbook that says harmful things wherever `rutine check` lets it."""
    (book / "schema").mkdir()
    (book / "schema/own.json").write_text(json.dumps(KIND))
    (book / "handbook.yml").write_text(json.dumps(settings(PAYLOADS)), "utf-8")
    (book / "mkdocs.yml").write_text((TOOLS / "rutine/theme/mkdocs.yml").read_text("utf-8").replace(EXTRA, extra()))
    folder = book / "procedures"
    body = "# Title\n\n## Purpose\n\nText.\n\n## Method\n\nText.\n\n## Description\n\nText.\n"
    for number, text in enumerate(PAYLOADS):
        said = f"x {text}" if PLACEHOLDER.fullmatch(text) else text
        name = text.replace("/", "∕").encode()[:60].decode("utf-8", "ignore")
        write(folder / f"a/{name}.md", fields(number, said), body)
        write(folder / f"{name}/{number}.md", process(number, said), body)
        write(folder / f"own/{number}.md", own(number, said), "# Title\n")
        (folder / f"a/{name}.pdf").write_text(text)
        (folder / f"a/{name}.svg").write_text(SVG.replace("script", "scr\x00ipt") if number % 2 else SVG)
        (folder / f"a/clean {name}.svg").write_text(CLEAN)
        (folder / f"a/{number}.txt").write_text(f"<html>{text}")
        for place, written in enumerate(in_body(text)):
            write(folder / f"body/{number}-{place}.md", {"title": f"Body {number} {place}"}, f"# Title\n\n{written}\n")
    (folder / "body/plan.png").write_bytes(b"\x89PNG")
    drop_refused(book)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a handbook that says harmful things."""
    book = tmp_path_factory.mktemp("hostile")
    write_hostile(book)
    return built(book, tmp_path_factory.mktemp("installed"))


def extra() -> str:
    """What `mkdocs.yml` may say, with every payload that is not refused there."""
    passed = [text for text in PAYLOADS if not faults_in(f"copyright: {json.dumps(text)}\n".encode())]
    social = [{"icon": "material/email", "link": "https://a.example/", "name": text} for text in passed]
    return f"copyright: {json.dumps(' '.join(passed))}\nextra: {json.dumps({'generator': False, 'social': social})}\n"


def drop_refused(book: Path) -> None:
    """Take away the documents that `rutine check` refuses: they would not be published."""
    command = [sys.executable, "-m", "rutine", "check", "--format", "json"]
    while True:
        done = subprocess.run(command, cwd=book, capture_output=True, text=True, check=False)
        findings = json.loads(done.stdout)["findings"]
        refused = {finding["path"] for finding in findings if finding["severity"] == "error"}
        if not refused:
            return
        for path in refused:
            (book / path).unlink()


def all_files(site: Path) -> list[str]:
    files = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return sorted(path for path in files if not path.startswith("assets/"))


def opened(context: BrowserContext, address: str, paths: list[str]) -> list[str]:
    """What runs, or would have run, where these pages and files are opened."""
    found: list[str] = []
    page = context.new_page()
    page.add_init_script(WATCH)
    page.on("dialog", lambda dialog: (found.append(dialog.message), dialog.dismiss()))
    page.on(
        "request", lambda asked: None if asked.url.startswith((address, "data:", "blob:")) else found.append(asked.url)
    )
    for path in paths:
        try:
            page.goto(address + quote(path))
        except Error as error:
            if "Download is starting" not in str(error):
                raise
            continue
        ran = page.evaluate("[window.__pwned].filter(Boolean).concat(window.__found ? __found(document) : ['?'])")
        found += [f"{path}: {what}" for what in ran]
    page.close()
    return found


def test_what_remains_is_still_a_handbook(hostile: Path) -> None:
    """The rules refuse most of the bodies. What stands in fields is published, harmful or not."""
    pages = [path.relative_to(hostile).as_posix() for path in hostile.rglob("index.html")]
    assert sum(path.startswith("a/") for path in pages) == len(PAYLOADS) + 1
    assert sum(path.startswith("own/") for path in pages) == len(PAYLOADS) + 1
    assert sum(path.startswith("body/") for path in pages) > 50
    assert len([path for path in hostile.glob("a/*.svg") if b"script" in path.read_bytes()]) == 0


def test_the_watch_sees_what_runs(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<script>window.__pwned=1</script>")
    (tmp_path / "b.html").write_text("<p onclick=x>")
    (tmp_path / "c.svg").write_text(SVG)
    with served(tmp_path) as address:
        context = browser.new_context(bypass_csp=True)
        found = opened(context, address, all_files(tmp_path))
        assert found == ["a.html: 1", "a.html: window.__pwned=1", "b.html: p onclick=x", "c.svg: 1"]
        context.close()


def test_no_page_holds_what_would_run(hostile: Path, browser: Browser) -> None:
    """Every page, read as the browser reads it."""
    page = browser.new_page()
    page.add_init_script(WATCH)
    page.goto("about:blank")
    texts = {path: (hostile / path).read_text("utf-8") for path in all_files(hostile) if path.endswith(".html")}
    assert len(texts) > 8 * len(PAYLOADS)
    assert {path: found for path, text in texts.items() if (found := page.evaluate(PARSE, text))} == {}
    page.close()


def test_nothing_runs_in_what_is_sought_and_found(hostile: Path, browser: Browser) -> None:
    """What an author wrote, and what somebody put into a link to the search."""
    found: list[str] = []
    with served(hostile) as address:
        context = browser.new_context(bypass_csp=True)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.on("dialog", lambda dialog: (found.append(dialog.message), dialog.dismiss()))
        for text in ["pwned", "img", *PAYLOADS[::3]]:
            show(page, f"{address}search/?{urlencode({'q': text, 'kind': text, 'sort': text})}")
            found += page.evaluate("[window.__pwned].filter(Boolean).concat(__found(document))")
        assert page.goto(f"{address}search/?q=pwned")
        page.locator(".rutine-find-list > li").nth(8).wait_for()
        page.goto(address)
        for text in ("pwned", PAYLOADS[2]):
            page.locator(".rutine-search input").fill(text)
            page.locator(".rutine-search-panel [role=option]").nth(3).wait_for()
            found += page.evaluate("[window.__pwned].filter(Boolean).concat(__found(document))")
        context.close()
    assert found == []


def sort_of(path: str) -> tuple[str, ...]:
    """What pages and files that are made alike have in common."""
    first, *more = path.split("/")
    known = (
        (first, *more[:1]) if first in ("register", "reference") else (first if first in ("a", "own", "body") else "",)
    )
    return (*known, str(len(more)), Path(path).suffix)


def test_nothing_runs_where_it_is_opened(hostile: Path, browser: Browser) -> None:
    """Every procedure; of lists, feeds, data files and attachments some of each sort."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for path in all_files(hostile):
        if 'http-equiv="refresh"' not in (hostile / path).read_text("utf-8", "replace")[:500]:
            groups.setdefault(sort_of(path), []).append(path)
    shown = [path for sort, paths in groups.items() for path in (paths if sort == ("a", "2", ".html") else paths[:3])]
    assert len(shown) > 2 * len(PAYLOADS)
    with served(hostile) as address:
        context = browser.new_context(bypass_csp=True, accept_downloads=False)
        assert opened(context, address, [path for path in shown if not path.endswith(".pdf")]) == []
        context.close()
