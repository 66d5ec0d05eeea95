"""Takes the pictures of README.md from the built example handbook: `python tools/pictures.py`.

Needs the site (`rutine build`) and Debian's Chromium.
"""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = {"front": "", "procedure": "hr/varsling/", "process": "saksbehandling/henvendelse-til-svar/"}


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without telling of each."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name that it overrides
        """Say nothing."""


def main() -> None:
    """Serve the site on this machine, and take each picture."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(ROOT / "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        for name, path in PICTURES.items():
            page.goto(f"http://127.0.0.1:{server.server_port}/{path}")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=ROOT / "docs" / "pictures" / f"{name}.png")
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
