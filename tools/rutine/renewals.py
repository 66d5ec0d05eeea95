"""From Git and disk: the reviews of the handbook's documents, by records and by dates, and how each of them came there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rutine.dates import Interval
from rutine.evidence import documents_of, is_record
from rutine.history import Known, read_history
from rutine.memory import recall, remember
from rutine.model import Entry, Handbook, Renewal, Renewals, Settings, Signature, Version
from rutine.read import file_at, parse_document, read_document
from rutine.stamps import Step, is_bare, step
from rutine.survey import key_of

_YEAR = Interval(-1, "year")


def last_year(root: Path, handbook: Handbook, today: date) -> Renewals:
    """The reviews of the year before a day."""
    return read_renewals(root, handbook, _YEAR.after(today) or date.min)


def read_renewals(root: Path, handbook: Handbook, since: date) -> Renewals:
    """Every review from a day on. Where Git does not tell all, only the records, without how they came there."""
    key = key_of(root)
    known: dict[Any, Any] = recall(root, "renewals", key) or {}
    with read_history(root, handbook.settings, handbook.entries) as found:
        reader = _Reader(root, handbook, found, dict(known))
        records = [renewal for renewal in reader.records() if renewal.day >= since.isoformat()]
        dates = [] if found.untold else list(reader.dates(max(since.isoformat(), handbook.settings.evidence_from)))
    if reader.known != known:
        remember(root, "renewals", key, reader.known)
    return Renewals(since, (*records, *dates), found.untold)


class _Reader:
    """What the versions of the documents say. `known` is what was found out before, by Git's names of the contents."""

    def __init__(self, root: Path, handbook: Handbook, found: Known, known: dict[Any, Any]) -> None:
        self.root, self.handbook, self.found, self.known = root, handbook, found, known
        self.settings: Settings = handbook.settings
        self.age = {commit.name: index for index, commit in enumerate(found.history.line)}

    def records(self) -> Iterator[Renewal]:
        for path, entry in self.handbook.entries.items():
            day = entry.value("reviewed-on")
            if not day or not is_record(self.settings, entry):
                continue
            version = self._came(path)
            for about in documents_of(self.handbook, entry):
                authors = self._authors(about.path, version) if version else ()
                person, bare = entry.value("person") or "", self._is_bare(entry)
                yield Renewal(about.path, about.value("owner") or "", "record", day, bare, person, version, authors)

    def dates(self, begins: str) -> Iterator[Renewal]:
        """Dates that were set later, from a day on."""
        for path, entry in self.handbook.entries.items():
            if is_record(self.settings, entry):
                continue
            versions = [version for version in self.found.decided(path) if version.blob]
            for index, version in enumerate(versions[:-1]):
                day = version.commit.committer.day.isoformat()
                if day < begins:
                    break
                made = self._step(versions[index + 1], version)
                if made.reviewed or (made.decided and made.is_only_date):
                    authors = self._wrote(versions[index + 1 :])
                    yield Renewal(
                        path, entry.value("owner") or "", "date", day, made.is_only_date, "", version, authors
                    )

    def _came(self, path: str) -> Version | None:
        """How a record came to the main line; None where that is not known, or not to be judged."""
        if self.found.untold:
            return None
        first = next((version for version in reversed(self.found.decided(path)) if version.blob), None)
        is_judged = first and first.commit.committer.day.isoformat() >= self.settings.evidence_from
        return first if is_judged else None

    def _authors(self, path: str, came: Version) -> tuple[Signature, ...]:
        """Who wrote the text of a document as it was when a record came."""
        versions = [version for version in self.found.decided(path) if version.blob]
        return self._wrote([v for v in versions if self.age[v.commit.name] >= self.age[came.commit.name]])

    def _wrote(self, versions: Sequence[Version]) -> tuple[Signature, ...]:
        """Who wrote the newest of these versions that is more than a date."""
        for version, before in zip(versions, [*versions[1:], None], strict=False):
            if before is None or not (before.blob == version.blob or self._step(before, version).is_only_date):
                return version.wrote
        return ()

    def _is_bare(self, record: Entry) -> bool:
        key = (record.blob,)
        if key not in self.known:
            file = file_at(self.root, self.settings, record.path)
            self.known[key] = file is not None and is_bare(read_document(self.root, self.settings, file))
        return bool(self.known[key])

    def _step(self, before: Version, after: Version) -> Step:
        key = (before.blob, after.blob)
        if key not in self.known:
            self.known[key] = tuple(self._made(before, after))
        return Step(*self.known[key])

    def _made(self, before: Version, after: Version) -> Step:
        if before.blob == after.blob or self.found.contents is None:
            return Step()
        old, new = (content or b"" for _, content in self.found.contents.read([before.blob, after.blob]))
        if _head(old) == _head(new):
            return Step()
        return step(parse_document(self.settings, before.path, old), parse_document(self.settings, after.path, new))


def _head(content: bytes) -> bytes:
    """What stands before the text, where the dates are."""
    return content[: max(content.find(b"\n---", 3), 0)]
