"""What a reader's browser loads for one page of 1,000 documents: ours, and the same text in plain Material.

    python bench/weight.py [--n 1000]

Each page is opened in Debian's Chromium with an empty cache. Bytes are those of the files as they lie on the server,
unpacked; requests to other hosts are refused and counted.
"""

import argparse
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from run import ONE, sites
from workbench import ROOT, Bench, timed

PAGE = f"{ONE.removeprefix('procedures/').removesuffix('.md')}/"


class Quiet(SimpleHTTPRequestHandler):
    """A server that says nothing."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder's site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def weigh(browser: Browser, address: str, page: str) -> dict[str, int]:
    """Requests and kilobytes of a first visit."""
    context, seen, abroad = browser.new_context(), dict[str, int](), []
    own = urlsplit(address).netloc
    context.route(
        lambda url: urlsplit(url).netloc != own, lambda route: (abroad.append(route.request.url), route.abort())
    )
    tab = context.new_page()
    tab.on("response", lambda answer: seen.setdefault(answer.url, len(answer.body()) if answer.ok else 0))
    tab.goto(address + page, wait_until="networkidle")
    first, size = len(seen), sum(seen.values())
    html = seen[address + page]
    context.close()
    return {
        "requests": first,
        "kilobytes": round(size / 1000),
        "of these the page itself": round(html / 1000),
        "to other hosts": len(abroad),
    }


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--n", type=int, default=1000)
    args = parser.parse_args()
    bench = Bench(ROOT / "build" / "bench", args.n, True)
    os.environ.update(XDG_CACHE_HOME=str(bench.work / "cache"), NO_MKDOCS_2_WARNING="1")
    bench.work.mkdir(parents=True, exist_ok=True)
    bench.install()
    timed(*sites(bench, args.n), n=1, warmup=0, cwd=bench.corpus(args.n))
    built = {"Material": bench.peer("mkdocs", args.n) / "site", "ours": bench.corpus(args.n) / "site"}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        rows = {}
        for name, folder in built.items():
            with served(folder) as address:
                rows |= {
                    f"{name}, {title}": weigh(browser, address, page)
                    for title, page in (("front page", ""), ("a procedure", PAGE))
                }
    heads = list(next(iter(rows.values())))
    print(f"| site, page | {' | '.join(heads)} |\n|---|{'---:|' * len(heads)}")
    for name, found in rows.items():
        print(f"| {name} | {' | '.join(json.dumps(found[head]) for head in heads)} |")


if __name__ == "__main__":
    main()
