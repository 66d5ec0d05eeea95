"""The site that was built last: its pages that would come out the same are taken over, and not built again."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from rutine import __version__
from rutine.finish import Known
from rutine.look import around
from rutine.memory import recall, remember, state_of
from rutine.own_folder import entries_below
from rutine.search_records import digest
from rutine.site_paths import NOT_FOUND, Names, address
from rutine.site_settings import configuration
from rutine.stage import Staged

_PROGRAMS = ("Babel", "mkdocs", "mkdocs-material", "Markdown", "pymdown-extensions", "Pygments", "Jinja2")


class LastSite(NamedTuple):
    """Of each page of the site that was built last, by path: the digest of what was staged, and of what became of it; and
    the digest of each file that stands beside the pages; `mark` tells what these were made from.

    What is remembered was found harmless, and is taken over only while it is, byte for byte, what is remembered.
    """

    root: Path
    name: str
    key: bytes
    pages: dict[str, tuple[bytes, bytes]]
    extras: dict[str, bytes]
    mark: bytes = b""

    def take_over(
        self,
        staged: Staged,
        site: Path,
        new: Path,
        search: Mapping[str, bytes] = {},
        there: Mapping[str, bytes] | None = None,
        but: str | None = None,
    ) -> Known:
        """Leave in the folder `new` what comes out the same, and nothing else but the folder `but`; what this is.

        It holds an earlier site, or none (`there` are its files with their digests, if somebody has looked already); what
        it lacks is taken from the site that stands. So are the files of the search, of which the digests are given, and
        those that stood beside the pages, where they are in nobody's way.
        """
        folders = staged.settings.address == "folder"
        wanted = {
            address(path, folders=folders): (path, page)
            for path, (before, page) in self.pages.items()
            if before == staged.digests.get(path)
        }
        pages = {file: page for file, (_, page) in wanted.items()}
        names = Names((*(address(path, folders=folders) for path in staged.pages), *staged.files, NOT_FOUND))
        extras = {file: right for file, right in self.extras.items() if names.take(file)}
        taken = {**extras, **search, **pages}
        kept = set(_clear(new, taken, digests_below(new, but) if there is None else there))
        kept |= {file for file, right in taken.items() if file not in kept and _link(site, new, file, right)}
        same = [wanted[file] for file in kept & pages.keys()]
        beside = {file: extras[file] for file in kept & extras.keys()}
        return Known([path for path, _ in same], kept - pages.keys(), digests=dict(same), extras=beside)

    def follow(
        self, staged: Staged, digests: Mapping[str, bytes], extras: dict[str, bytes], withheld: Collection[str] = ()
    ) -> None:
        """Remember the site that was just built by the digests of its pages, but for those that were withheld, and of what
        stands beside them.
        """
        if not self.key:
            return
        pages = {path: (staged.digests[path], digests[path]) for path in staged.pages if path not in withheld}
        if (pages, extras, staged.mark) != (self.pages, self.extras, self.mark):
            remember(self.root, self.name, self.key, (pages, extras, staged.mark))

    def has_extras(self, staged: Staged, known: Known) -> bool:
        """Whether all that stands beside the pages was taken over, and comes out the same."""
        return self.mark == staged.mark and self.extras == known.extras


def last_site(root: Path, staged: Staged, name: str = "site", site_url: str | None = None) -> LastSite:
    """What is remembered of a handbook's last site (or preview), if it was built by the same programs, settings and menu.

    Nothing is taken over for another generator than MkDocs: it builds all pages anyway.
    """
    if staged.settings.generator != "mkdocs":
        return LastSite(root, name, b"", {}, {})
    package = Path(__file__).parent
    parts = [
        __version__.encode(),
        *(version(name).encode() for name in _PROGRAMS),
        state_of(package, *(path for name in ("theme", "locale") for path in (package / name).glob("**/"))),
        configuration(root).read_bytes(),
        (root / "handbook.yml").read_bytes(),
        repr((staged.menu, around(staged.report), os.fspath(root), site_url)).encode("utf-8", "surrogatepass"),
    ]
    key = digest(b"\0".join(parts))
    return LastSite(root, name, key, *(recall(root, name, key) or ({}, {})))


def digests_below(folder: Path, but: str | None = None) -> dict[str, bytes]:
    """The files of a folder with their digests, without what is in the folder `but`. Links are not followed; they have none."""
    start, found = len(os.fspath(folder)) + 1, {}
    for entry in entries_below(os.fspath(folder)):
        file = entry.path[start:]
        if not entry.is_dir(follow_symlinks=False) and not (but and file.startswith(f"{but}/")):
            found[file] = b"" if entry.is_symlink() else _digest_of(entry.path)
    return found


def _clear(folder: Path, wanted: Mapping[str, bytes], there: Mapping[str, bytes]) -> Iterator[str]:
    """Remove of the files that are there all but those that are as they are wanted, by their digests; yields these."""
    for file, right in there.items():
        if wanted.get(file) == right:
            yield file
        else:
            (folder / file).unlink()


def _digest_of(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # a third of Path.read_bytes
        return digest(file.read())


def _link(site: Path, new: Path, path: str, right: bytes) -> bool:
    """Put a file of the old site into the new one if it is what it was."""
    old = site / path
    try:
        content = b"" if old.is_symlink() else old.read_bytes()
        if digest(content) != right:
            return False
        (new / path).parent.mkdir(parents=True, exist_ok=True)
        try:
            (new / path).hardlink_to(old)
        except OSError:
            (new / path).write_bytes(content)
    except OSError:
        return False
    return True
