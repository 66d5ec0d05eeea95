"""From Git: which files documents have left, so that the addresses of their old pages still lead to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rutine.git_files import git_folders
from rutine.history import Known, read_history
from rutine.model import Departure, Message, Settings


class Departures(NamedTuple):
    """The files that documents have left, newest first; and why Git does not tell of all, None where there are no others."""

    known: Sequence[Departure]
    untold: Message | None = None


def departures(root: Path, settings: Settings) -> Departures:
    """What Git knows of documents that were renamed or removed. A history that is not whole tells nothing."""
    if git_folders(root) is None:
        return Departures(())
    with read_history(root, settings, {}) as found:
        return Departures((), found.untold) if found.untold else Departures(list(_departures(found, settings)))


def _departures(found: Known, settings: Settings) -> Iterator[Departure]:
    records = settings.records_folder.strip("/") + "/"
    for changes in found.changes.values():
        for change in changes:
            left = change.source or ("" if change.after else change.path)
            if not left or left.startswith(records):
                continue
            identifier = "" if change.is_same else found.identities.get(change.before, "")
            theirs = found.identities.get(change.after, "") if change.source else ""
            is_other = identifier and theirs and identifier.lower() != theirs.lower()
            yield Departure(left, "" if is_other or not change.source else change.path, identifier)
