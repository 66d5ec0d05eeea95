"""From disk and Git: everything that the pages of the handbook tell of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import tee
from pathlib import Path
from typing import Any

from rutine.as_of import AsOf, Editions, handbook_on, read_editions
from rutine.contents import Contents
from rutine.frozen import document_from, plain
from rutine.memory import recall, remember
from rutine.model import CommandText, Document, Edition, Finding, Handbook, Report, Settings
from rutine.parallel import spread
from rutine.published import is_public
from rutine.read import list_files, parse_document
from rutine.renames import departures
from rutine.renewals import last_year
from rutine.report import findings_of, judge
from rutine.settings import read_schemas
from rutine.survey import FEW, Progress, key_of, read_documents


def report_for_pages(
    root: Path,
    settings: Settings,
    today: date,
    commands: Callable[[], Sequence[CommandText]] = tuple,
    progress: Progress | None = None,
    *,
    then: bool = False,
    at_hand: bool = False,
) -> Report:
    """The handbook as judged on a day, with everything that its pages tell of.

    A version that is not in force yet is announced, and the one in force shown. With `then` everything is as it was on
    that day; with `at_hand` as the files stand, whatever is in force, for those who write in them. What there is to tell
    of the `commands` is asked for where it is told.
    """
    report = judge(root, settings, today, progress=progress, whole=True)
    known = read_editions(root, report.handbook)
    shown = AsOf(report.handbook, {}) if at_hand else handbook_on(root, report.handbook, known, today, then=then)
    if then:
        shown = shown._replace(handbook=_without_missing(shown.handbook))
    if shown.handbook is not report.handbook:
        report = replace(report, handbook=shown.handbook, findings=_findings(report, shown, today))
    schemas = read_schemas(root, [])
    left = departures(root, settings)
    editions = _told(known, shown, today if then else date.max)
    return replace(
        report,
        documents=_documents(root, settings, shown),
        settings_schema=schemas["_handbook.json"],
        data_schema=schemas["_data.json"],
        commands=commands,
        departures=left.known,
        untold=left.untold,
        editions=editions,
        texts=_texts(root, settings, editions),
        moved=known.moved,
        renewals=last_year(root, report.handbook, today),
    )


def _without_missing(handbook: Handbook) -> Handbook:
    """The handbook of an earlier day without what its settings of today name and that was not there yet."""
    settings = handbook.settings
    statement = settings.accessibility_statement
    known = statement if statement and handbook.entry_of(statement) else None
    folder = settings.folder.strip("/")
    kept = {
        old: there
        for old, there in settings.redirects.items()
        if handbook.entry_of(there) or f"{folder}/{there}".removeprefix("./") in handbook.entries
    }
    return replace(handbook, settings=replace(settings, accessibility_statement=known, redirects=kept))


def _findings(report: Report, shown: AsOf, today: date) -> list[Finding]:
    """What is wrong with what is shown. What was wrong at an earlier time, and is not now, cannot be mended."""
    now = {(finding.place.path, finding.rule) for finding in report.findings if finding.severity == "error"}
    found = [finding for finding in findings_of(shown.handbook, today) if finding.place.path not in shown.documents]
    return [one for one in found if one.severity != "error" or (one.place.path, one.rule) in now]


def _documents(root: Path, settings: Settings, shown: AsOf) -> list[Document]:
    known, records = shown.handbook.entries, settings.records_folder.strip("/") + "/"
    files = [file for file in list_files(root, settings) if file.path in known and not file.path.startswith(records)]
    documents = read_documents(root, settings, [file for file in files if file.path not in shown.documents])
    return sorted([*documents, *shown.documents.values()], key=lambda document: document.path)


def _told(known: Editions, shown: AsOf, day: date) -> dict[str, Sequence[Edition]]:
    """The versions that the pages tell of: of published documents, those that anybody knew of on that day."""
    found: dict[str, Sequence[Edition]] = {}
    for path, versions in (*known.present.items(), *known.gone.items()):
        entry = shown.handbook.entries.get(path)
        if entry and is_public(path, entry.kind, shown.handbook.settings):
            kept = [
                one for one in versions if not one.is_proposed and (one.said.decided or one.first) <= day.isoformat()
            ]
            found[path] = [one for one in kept if one.said.status != "draft"]
    return found


def _texts(root: Path, settings: Settings, editions: Mapping[str, Sequence[Edition]]) -> dict[str, Document]:
    """The documents as they were in each version, where there is more than one; those of an earlier run are remembered."""
    wanted = {one.blob: one.path for found in editions.values() if len(found) > 1 for one in found if one.blob}
    if not wanted:
        return {}
    key = key_of(root)
    known: dict[str, Any] = recall(root, "texts", key) or {}
    if missing := [(blob, path) for blob, path in wanted.items() if blob not in known]:
        known = {blob: plain for blob, plain in known.items() if blob in wanted}
        known.update(spread(partial(_read, root, settings), missing, FEW))
        remember(root, "texts", key, known)
    return {blob: document_from(path, known[blob], settings) for blob, path in wanted.items()}


def _read(root: Path, settings: Settings, asked: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Any]]:
    with Contents(root) as contents:
        asked, again = tee(asked)
        found = contents.read(blob for blob, _ in again)
        for (blob, content), (_, path) in zip(found, asked, strict=True):
            yield blob, plain(parse_document(settings, path, content or b""))
