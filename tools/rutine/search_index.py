"""The last step for search: an index of the new site, made by Pagefind as a program of its own, the same for every generator.

Of each page that is sought it reads the article out of the built page, and gives Pagefind a record of it: what the page
says, with its headings; its title, number, keywords and synonyms; what results are picked out and sorted by. Into
`assets/search/` of the site come Pagefind's index and program, and two files of ours:

- `words.json`: what the reader's browser needs to know to show results in the handbook's language;
- `near.bin`: the handbook's words, the most used first, one a line, packed with gzip. It is asked for only when a search
  finds nothing, to offer near words.

The same pages give the same bytes.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rutine.errors import RutineError
from rutine.i18n import translate
from rutine.model import say
from rutine.own_folder import clear_away
from rutine.search_order import ordered
from rutine.search_records import Text, write_records
from rutine.search_words import ASKING, WORDS
from rutine.site_paths import target
from rutine.stage import Staged

FOLDER = "assets/search"
_NEAR = 60_000  # words that are offered at most
_SHORTEST = 4  # letters of a word that is offered
_NOT_USED = ("pagefind-*ui*", "pagefind-highlight.js", "wasm.unknown.pagefind")


def write_index(site: Path, staged: Staged) -> None:
    """Make the search of a built site, in whose folder the pages lie."""
    with indexing(site, staged):
        pass


@contextmanager
def indexing(site: Path, staged: Staged) -> Iterator[None]:
    """Make the search of a built site while something else is done, and put it there when that has gone well.

    Raises RutineError if it cannot be made.
    """
    records, made = staged.folder.parent / "search", staged.folder.parent / "found"
    clear_away(made)
    pages = write_records(records, site, staged)
    process = _start(records, made, staged.settings.language)
    try:
        yield
    except BaseException:
        process.kill()
        process.communicate()
        raise
    told = process.communicate()[0].decode("utf-8", "replace")
    if process.returncode:
        raise RutineError(say("The search of the site could not be made: {problem}", problem=told))
    for pattern in _NOT_USED:
        for path in made.glob(pattern):
            path.unlink()
    _put_in_order(made)
    (made / "words.json").write_text(json.dumps(_interface(staged), ensure_ascii=False, indent=1) + "\n", "utf-8")
    (made / "near.bin").write_bytes(gzip.compress("\n".join(_near(pages)).encode(), mtime=0))
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    (site / FOLDER).parent.mkdir(parents=True, exist_ok=True)
    shutil.move(made, site / FOLDER)


def _put_in_order(made: Path) -> None:
    paths = [*made.glob("filter/*.pf_filter"), *made.glob("*.pf_meta"), made / "pagefind-entry.json"]
    files = {path.relative_to(made).as_posix(): path.read_bytes() for path in paths}
    for path in paths:
        path.unlink()
    for name, content in ordered(files):
        (made / name).write_bytes(content)


def _start(records: Path, out: Path, language: str) -> subprocess.Popen[bytes]:
    """Pagefind, which reads no settings of the repository: neither a file that lies there nor the environment."""
    from pagefind.service import get_executable  # only where a site is built

    program = get_executable()
    if program is None:
        raise RutineError(say("Pagefind, which makes the search, is not installed. Reinstall rutine[site]."))
    options = ["--site", str(records), "--output-path", str(out), "--force-language", language, "--silent"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    records.mkdir(parents=True, exist_ok=True)
    return subprocess.Popen(
        [str(program), *options],
        cwd=records,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _interface(staged: Staged) -> dict[str, object]:
    settings, sought = staged.settings, staged.sought.values()
    states = {word: search.state for _, search in sought for word in search.facets.get("status", ())}
    folders = settings.address == "folder"
    ways = ("register/a-z/index.md", "register/owners.md")
    return {
        "language": settings.language,
        "ask": settings.ask,
        "asking": sorted(ASKING),
        "states": dict(sorted(states.items())),
        "addresses": {way: target(way, folders=folders) for way in ways if way in staged.pages},
        "words": {name: translate(text, settings.language) for name, text in WORDS.items()},
    }


def _near(pages: Sequence[Text]) -> list[str]:
    """The handbook's words, those of most pages first."""
    counts = Counter(word for page in pages for word in page.words if len(word) >= _SHORTEST)
    return [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_NEAR]]
