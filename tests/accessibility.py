"""What a page must keep for everybody to be able to use it, asked of the page itself in the browser.

    python tests/accessibility.py

holds every sort of page of the example handbook against axe, and writes the file with the result that is published with it.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from browsing import BROWSER, PAGES, built, copied, served, show

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

RESULT = Path(__file__).parent.parent / "procedures" / "kommunikasjon" / "tilgjengelighetsprove.csv"
COLUMNS = ("Side", "Adresse", "Farger", "Bredde", "Krav oppfylt", "Feil", "Må vurderes for hånd", "Prøvd", "Med")

_AXE = "tags => axe.run({runOnly: {type: 'tag', values: tags}})"

# Everything that the keyboard can stop at, in sight.
_STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(
  stop => stop.tabIndex >= 0 && !stop.disabled && stop.checkVisibility({visibilityProperty: true}))"""

# What shows that the keyboard is there. The script moves the focus as the keyboard would: a key was pressed last.
_UNSEEN_FOCUS = (
    "() => { const stops = ("
    + _STOPS
    + """)();
  const look = stop => [stop, stop.nextElementSibling, stop.parentElement].filter(Boolean).map(shown => {
    const {outlineStyle, outlineWidth, boxShadow, borderColor} = getComputedStyle(shown);
    return [outlineStyle === 'none' ? '' : outlineStyle + outlineWidth, boxShadow, borderColor].join();
  }).join(';');
  return stops.flatMap(stop => {
    document.activeElement.blur();
    const before = look(stop);
    stop.focus({preventScroll: true, focusVisible: true});
    return document.activeElement !== stop || look(stop) === before ? [stop.outerHTML.slice(0, 120)] : [];
  });
}"""
)

_CLIPPED = """() => [...document.querySelectorAll('body *')].filter(element => {
  const style = getComputedStyle(element);
  if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true}) || !element.innerText?.trim()) return false;
  if (style.clipPath !== 'none' || element.clientWidth < 2) return false;  // for screen readers alone
  const across = /hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
  const along = /hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
  if (!across && !along) return false;
  const box = element.getBoundingClientRect();
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    if (getComputedStyle(texts.currentNode.parentElement).clipPath !== 'none') continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    for (const {left, right, top, bottom} of texts.currentNode.data.trim() ? range.getClientRects() : [])
      if (across && (right > box.right + 1 || left < box.left - 1) || along && (bottom > box.bottom + 1 || top < box.top - 1)) return true;
  }
  return false;
}).map(element => element.outerHTML.slice(0, 120))"""

_OVERLAPPING = """() => {
  const parts = [...document.querySelectorAll('header a, header button, header input, header label, .md-content h1, .md-content p')]
    .filter(part => part.checkVisibility({visibilityProperty: true}) && part.innerText?.trim());
  const box = new Map(parts.map(part => [part, part.getBoundingClientRect()]));
  return parts.flatMap((one, index) => parts.slice(index + 1).filter(other => {
    if (one.contains(other) || other.contains(one)) return false;
    const [a, b] = [box.get(one), box.get(other)];
    return Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  }).map(other => `${one.innerText.trim().slice(0, 30)} / ${other.innerText.trim().slice(0, 30)}`));
}"""

_MOVING = """() => [...document.querySelectorAll('*')].flatMap(element => ['', '::before', '::after'].filter(pseudo => {
  const style = getComputedStyle(element, pseudo || null);
  return [...style.transitionDuration.split(','), ...style.animationDuration.split(',')].some(time => parseFloat(time) > 0.001)
    || style.scrollBehavior === 'smooth';
}).map(pseudo => (element.className || element.localName) + pseudo))"""

_SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }'
    + ' p { margin-bottom: 2em !important; }');
  document.adoptedStyleSheets = [sheet];
}"""


def _run(page: Page) -> dict[str, Any]:
    result: dict[str, Any] = page.evaluate(_AXE, list(TAGS))
    return result


def axe(page: Page) -> list[str]:
    """What axe finds: the rule, the element and what is wrong with it."""
    return [
        f"{violation['id']}: {node['html'][:160]}: {node['failureSummary'].splitlines()[1].strip()}"
        for violation in _run(page)["violations"]
        for node in violation["nodes"]
    ]


def unseen_focus(page: Page) -> list[str]:
    """Stops of the keyboard that look as before when it is there."""
    page.keyboard.press("Tab")
    return list(page.evaluate(_UNSEEN_FOCUS))


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def double_text(page: Page) -> None:
    """Text twice as large, and the page no wider."""
    page.evaluate(
        "document.documentElement.style.fontSize = 2 * parseFloat(getComputedStyle(document.documentElement).fontSize) + 'px'"
    )


def usual_text(page: Page) -> None:
    """Text as it was."""
    page.evaluate("document.documentElement.style.fontSize = ''; document.adoptedStyleSheets = []")


def spaced_text(page: Page) -> None:
    """Lines, letters and words as far apart as readers may set them (WCAG 1.4.12)."""
    page.evaluate(_SPACED)


def clipped(page: Page) -> list[str]:
    """Text that is cut off."""
    return list(page.evaluate(_CLIPPED))


def overlapping(page: Page) -> list[str]:
    """Texts of the header and the page's beginning that lie upon one another."""
    return list(page.evaluate(_OVERLAPPING))


def moving(page: Page) -> list[str]:
    """What moves by itself or slowly."""
    return sorted(set(map(str, page.evaluate(_MOVING))))


def _rows(browser: Browser, address: str) -> Iterator[tuple[str | int, ...]]:
    for scheme, colours in (("light", "lyse"), ("dark", "mørke")):
        context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
        context.add_init_script(path=AXE)
        page = context.new_page()
        for path in PAGES.values():
            for width in (1280, 390):
                page.set_viewport_size({"width": width, "height": 900})
                result = _run(show(page, address + path))
                counts = (len(result[name]) for name in ("passes", "violations", "incomplete"))
                tool = f"axe {result['testEngine']['version']}"
                yield page.title(), path or "/", colours, width, *counts, date.today().isoformat(), tool
        context.close()


def main() -> None:
    """Write the result."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = built(copied(Path(folder, "book")), Path(folder))
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        with served(site) as address, RESULT.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([COLUMNS, *_rows(browser, address)])
        browser.close()


if __name__ == "__main__":
    main()
