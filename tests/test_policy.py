"""The content security policy of a page: only the theme's scripts run, and nothing comes from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsing import served
from rutine.policy import secured

SCRIPTS = re.compile(r'greet\("[a-z/]*"\)')
REST = (
    "style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'"
)
# printf 'greet("a/b")' | openssl dgst -sha256 -binary | base64, and the same of greet("c")
FIRST, SECOND = (
    "'sha256-1fSITabfJ57pDhQu/+lZy2wWG/nsTxSqhxDpu0KjL8Y='",
    "'sha256-cxs5TFVmWDX4RkRXOHwjP5pQv12Kp+LujV+f7yzt45k='",
)


def policy(more: str = "") -> str:
    said = f"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{more}; {REST}"
    return f'<meta http-equiv="Content-Security-Policy" content="{said}"><meta name="referrer" content="same-origin">'


def test_of_the_scripts_in_a_page_only_the_themes_may_run() -> None:
    head = '<!doctype html>\n<html lang="nb" class="no-js">\n <head>\n\n <meta charset="utf-8">'
    rest = (
        '<script>greet("a/b")</script><script>evil()</script><script src="x.js"></script>'
        '<script id="__config" type="application/json">greet("d")</script>'
        '<script>greet("c")</script><script>greet("a/b")</script></head><body></body></html>\n'
    )
    assert secured(head + rest, SCRIPTS) == f"{head}{policy(f' {FIRST} {SECOND}')}{rest}"


@pytest.mark.parametrize("head", ["<!doctype html><html><head>", "<!DOCTYPE html>\n", ""])
def test_a_page_without_the_usual_head_gets_its_policy_too(head: str) -> None:
    assert secured(f"{head}<title>x</title>", SCRIPTS) == f"{head}{policy()}<title>x</title>"


def test_a_policy_in_the_text_is_not_the_pages() -> None:
    body = f"<!doctype html><html><head><title>x</title></head><body>{policy()}</body></html>"
    once = secured(body, SCRIPTS)
    assert once.count(policy()) == 2
    assert secured(once, SCRIPTS) == once


def test_cells_are_aligned_without_a_style() -> None:
    page = '<td style="text-align: right;">1</td><th style="text-align: center;"></th><td style="color: red;"></td>'
    assert secured(page, SCRIPTS) == (
        f'{policy()}<td align="right">1</td><th align="center"></th><td style="color: red;"></td>'
    )


@pytest.mark.browser
@pytest.mark.parametrize(
    ("injected", "directive"),
    [
        ("<script>window.__pwned = 1</script>", "script-src-elem"),
        ('<img src="assets/images/favicon.png" onload="window.__pwned = 1">', "script-src-attr"),
        ("<script src='data:text/javascript,window.__pwned = 1'></script>", "script-src-elem"),
        ("<a id=go href='javascript:window.__pwned = 1'>x</a>", "script-src-elem"),
        ("<script src='ABROADx.js'></script>", "script-src-elem"),
        ("<img src='ABROADx.png'>", "img-src"),
        ("<p style='color: red'>x</p>", "style-src-attr"),
        ("<style>p { color: red }</style>", "style-src-elem"),
        ("<link rel=stylesheet href='ABROADx.css'>", "style-src-elem"),
        ("<iframe src='search/search_index.json'></iframe>", "frame-src"),
        ("<object data='assets/images/favicon.png'></object>", "object-src"),
        ("<base href='ABROAD'>", "base-uri"),
        ("<form action='ABROAD'><button id=go>x</button></form>", "form-action"),
    ],
)
def test_what_the_guard_would_miss_the_browser_blocks(
    browser: Browser, site: Path, injected: str, directive: str, tmp_path: Path
) -> None:
    asked: list[str] = []
    with served(tmp_path) as address, served(tmp_path, asked) as abroad:
        page = (site / "hr/varsling/index.html").read_text("utf-8").replace("../../", "")
        (tmp_path / "assets").symlink_to(site / "assets")
        page = page.replace("</h1>", f"</h1>{injected.replace('ABROAD', abroad)}", 1)
        (tmp_path / "index.html").write_text(page, "utf-8")
        context = browser.new_context()
        shown = context.new_page()
        shown.add_init_script(
            "document.addEventListener('securitypolicyviolation', e => (window.__blocked ||= []).push(e.effectiveDirective))"
        )
        shown.goto(address)
        if "id=go" in injected:
            shown.evaluate("document.getElementById('go').click()")
        for _ in range(100):
            if directive in (shown.evaluate("window.__blocked") or []):  # a function to wait for would be an eval
                break
            shown.wait_for_timeout(50)
        assert directive in shown.evaluate("window.__blocked")
        assert shown.evaluate("window.__pwned") is None
        assert asked == []
        context.close()
