"""Search in a real browser, ours against Material's own: what it finds, what it fetches, how long it takes.

    python bench/search.py [--n 1000] [--only rutine]

The handbook holds N invented documents (`corpus.py`) and the documents of the example handbook, which the thirty
queries of `queries.py` ask for. The peer is MkDocs with Material and its search on the same pages; it gets numbers and
keywords as tags. Both sites are served on this machine without compression. It needs this environment's rutine, MkDocs,
Playwright and `/usr/bin/chromium`.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any

import yaml
from playwright.sync_api import Browser, Page, sync_playwright

from peers import mkdocs_site, parts
from queries import QUERIES

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PAGE = "hr/varsling/"  # where the reader is
COLD = ("avvik", "HR-012", "varslingene", "bekymrigsmelding")  # asked by a browser that has fetched nothing yet
FIRST = 10
PATIENCE = 180_000  # milliseconds for one query
OURS, PEER = "rutine", "Material"


def merged(corpus: Path, out: Path) -> None:
    """The invented handbook with the documents of the example among its own."""
    shutil.copytree(corpus, out, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".git"))
    for path in (ROOT / "procedures").rglob("*"):
        there = out / "procedures" / path.relative_to(ROOT / "procedures")
        if path.is_file() and path.name != "index.md":
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, there)
    one, two = (yaml.safe_load((folder / "handbook.yml").read_text("utf-8")) for folder in (corpus, ROOT))
    two["units"] |= without(one["units"], set(names(two["units"])))
    for register in ("roles", "people", "regulations"):
        two[register] = one.get(register, {}) | two.get(register, {})
    (out / "handbook.yml").write_text(yaml.safe_dump(two, allow_unicode=True, sort_keys=False), "utf-8")
    (out / "mkdocs.yml").unlink(missing_ok=True)


def names(units: dict[str, Any]) -> Iterator[str]:
    """The names of all units of a tree."""
    for name, unit in units.items():
        yield name
        yield from names(unit.get("units") or {})


def without(units: dict[str, Any], taken: set[str]) -> dict[str, Any]:
    """The units of a tree that are not taken; what is below one that is comes in its place."""
    found: dict[str, Any] = {}
    for name, unit in units.items():
        below = without(unit.get("units") or {}, taken)
        found |= below if name in taken else {name: {**unit, "units": below} if below else unit}
    return found


def peer_of(handbook: Path, out: Path) -> None:
    """The same pages for MkDocs, each with its number and its keywords as tags."""
    mkdocs_site(handbook, out)
    for path, front, body in parts(handbook):
        meta = yaml.load(front, yaml.BaseLoader)
        head = {"title": meta.get("title", path.stem), "tags": [meta.get("id", ""), *meta.get("keywords", [])]}
        (out / "docs" / path).write_text(f"---\n{json.dumps(head, ensure_ascii=False)}\n---\n{body}", "utf-8")


def made(work: Path, n: int, names: Iterable[str]) -> dict[str, Path]:
    """The sites of these names; the peer's is built when it is not there, and ours always."""
    folder = work / f"search-{n}"
    handbook, peer = folder / "handbook", folder / "peer"
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        run(sys.executable, HERE / "corpus.py", folder / "corpus", "--n", n)
        merged(folder / "corpus", handbook)
        peer_of(handbook, peer)
        (folder / "made").touch()
    if OURS in names:
        run(sys.executable, "-m", "rutine", "build", cwd=handbook)
    if PEER in names and not (folder / "built").exists():
        run(sys.executable, "-m", "mkdocs", "build", "-q", cwd=peer)
        (folder / "built").touch()
    return {OURS: handbook / "site", PEER: peer / "site"}


def run(*command: object, cwd: Path = ROOT) -> None:
    """A command, which must succeed."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    print("running", *command, file=sys.stderr, flush=True)
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{done.stdout}\n{done.stderr}")


class Handler(SimpleHTTPRequestHandler):
    """Counts what is fetched."""

    def __init__(self, *arguments: Any, fetched: list[tuple[str, int]], **more: Any) -> None:
        self.fetched = fetched
        super().__init__(*arguments, **more)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send a file."""
        self.fetched.append((self.path, os.fstat(source.fileno()).st_size))
        super().copyfile(source, outputfile)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """The address of a site, and what is fetched from it: path and bytes."""
    fetched: list[tuple[str, int]] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site), fetched=fetched))
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", fetched
    finally:
        server.shutdown()


def ask_ours(page: Page, query: str) -> None:
    """Write into the search box, and wait for the first result or for word that there is none."""
    page.fill(".rutine-search input", query)
    page.wait_for_function(
        "query => { const panel = document.querySelector('.rutine-search-panel'); return panel && !panel.hidden"
        " && document.querySelector('.rutine-search-more a')?.href.endsWith(new URLSearchParams({q: query})) }",
        arg=query,
        timeout=PATIENCE,
    )


def ask_peer(page: Page, query: str) -> None:
    """The same in Material's search."""
    page.click("label.md-search__icon[for=__search]", force=True)
    page.fill(".md-search__input", query)
    page.press(".md-search__input", "End")
    page.wait_for_function(
        "() => document.querySelector('.md-search-result__item')"
        " || /Ingen/.test(document.querySelector('.md-search-result__meta').textContent)",
        timeout=PATIENCE,
    )


def best_of_ours(page: Page, address: str, query: str) -> list[str]:
    """The first results on the page of search."""
    page.goto("about:blank")
    page.goto(f"{address}search/?q={query}")
    page.wait_for_selector(".rutine-find-list > li, .rutine-find-ways", timeout=PATIENCE)
    if not page.query_selector(".rutine-find-list > li"):
        page.wait_for_timeout(500)  # what else a reader can do is told before the results of another word
    return addresses(page, ".rutine-find-list > li > a")


def best_of_peer(page: Page, address: str, query: str) -> list[str]:
    """The first results in Material's list."""
    if page.url == "about:blank":
        page.goto(address + PAGE)
    page.click("label.md-search__icon[for=__search]", force=True)
    page.fill(".md-search__input", "")
    page.press(".md-search__input", "End")
    page.wait_for_function("() => !document.querySelector('.md-search-result__item')", timeout=PATIENCE)
    ask_peer(page, query)
    page.wait_for_timeout(300)
    return addresses(page, ".md-search-result__list > li > a, .md-search-result__item > a:first-child")


def addresses(page: Page, selector: str) -> list[str]:
    """Where these links lead, each page once."""
    script = "links => links.map(link => new URL(link.href).pathname.replace(/^\\/|\\/$/g, ''))"
    return list(dict.fromkeys(page.eval_on_selector_all(selector, script)))[:FIRST]


def quality(browser: Browser, site: Path, best: Callable[[Page, str, str], list[str]]) -> dict[str, list[str]]:
    """By sort of query: those whose document was not among the first results."""
    missed: dict[str, list[str]] = {}
    with served(site) as (address, _):
        page = browser.new_page()
        for sort, queries in QUERIES.items():
            missed[sort] = [query for query, wanted in queries if wanted not in best(page, address, query)]
        page.close()
    return missed


def cold(browser: Browser, site: Path, ask: Callable[[Page, str], None]) -> tuple[int, int, float]:
    """Bytes before the first key, bytes of a query, and seconds to its first result; the medians of a few queries."""
    before, after, seconds = [], [], []
    for query in COLD:
        with served(site) as (address, fetched):
            context = browser.new_context()
            page = context.new_page()
            page.goto(address + PAGE, wait_until="networkidle", timeout=PATIENCE)
            before.append(sum(size for path, size in fetched if "search" in path))
            count, start = len(fetched), time.perf_counter()
            ask(page, query)
            seconds.append(time.perf_counter() - start)
            after.append(sum(size for _, size in fetched[count:]))
            context.close()
    return int(median(before)), int(median(after)), median(seconds)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--n", type=int, default=1000, help="invented documents (default 1000)")
    parser.add_argument("--only", choices=(OURS, PEER), help="measure one of them alone")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "bench", help="where everything is kept")
    args = parser.parse_args()
    sides = {OURS: (best_of_ours, ask_ours), PEER: (best_of_peer, ask_peer)}
    sides = {name: side for name, side in sides.items() if args.only in (None, name)}
    sites = made(args.work.resolve(), args.n, sides)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        measured = {name: cold(browser, sites[name], ask) for name, (_, ask) in sides.items()}
        missed = {name: quality(browser, sites[name], best) for name, (best, _) in sides.items()}
    print(f"| search among {args.n:,} + example documents | {' | '.join(sides)} |\n|---|{'---:|' * len(sides)}")
    for sort, queries in QUERIES.items():
        right = (f"{len(queries) - len(missed[name][sort])}" for name in sides)
        print(f"| right answers among the first {FIRST}: {sort} (of {len(queries)}) | {' | '.join(right)} |")
    print(f"| kB before the first key | {' | '.join(f'{measured[name][0] / 1000:,.0f}' for name in sides)} |")
    print(f"| kB of the first query | {' | '.join(f'{measured[name][1] / 1000:,.0f}' for name in sides)} |")
    print(f"| seconds to its first result | {' | '.join(f'{measured[name][2]:.2f}' for name in sides)} |")
    for name in sides:
        print(
            f"\n{name} missed: {', '.join(query for queries in missed[name].values() for query in queries) or 'none'}"
        )


if __name__ == "__main__":
    main()
