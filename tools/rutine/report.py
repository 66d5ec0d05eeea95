"""A handbook as judged on a day: all of it, or a few files as quickly as an author's commit hook needs."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING

from rutine.checks import check_handbook, rules
from rutine.codeowners import PLACES
from rutine.frozen import freeze_finding, thaw_finding
from rutine.known_ids import Ids, remembered_ids
from rutine.model import Document, Entry, Fact, Finding, Handbook, Report, RuleText, Settings
from rutine.parallel import beside
from rutine.read import file_at, read_document
from rutine.survey import Progress, assemble, examine, summarize, survey

if TYPE_CHECKING:
    from rutine.as_of import AsOf

A_FEW = 20
MANY = 2000  # documents


def judge(
    root: Path,
    settings: Settings,
    today: date,
    paths: Collection[str] = (),
    progress: Progress | None = None,
    *,
    then: bool = False,
    whole: bool = False,
) -> Report:
    """Every finding; with `paths` (files or folders, from the handbook's root), those in them.

    With `then` the handbook is judged as it was in force on that day, and not as its files stand now. With `whole`, what
    its documents hold is asked for next.
    """
    if any(path == "handbook.yml" or path.startswith("schema/") for path in paths):
        paths = ()  # what every document depends on
    if paths and not then and len(paths) <= A_FEW and all((root / path).is_file() for path in paths):
        report = _judge_files(root, settings, today, paths)
        if report:
            return report
    handbook = as_of(root, settings, progress, today if then else None, whole=whole).handbook
    findings = findings_of(handbook, today)
    if not paths:
        return Report(handbook, today, findings, rules=rule_texts())
    findings = [finding for finding in findings if is_within(finding.place.path, paths)]
    checked = [path for path in handbook.entries if is_within(path, paths)]
    return Report(handbook, today, findings, rules=rule_texts(), checked=checked)


def read_handbook(root: Path, settings: Settings, progress: Progress | None = None, on: date | None = None) -> Handbook:
    """The whole handbook with what Git tells of it; with `on`, as it was in force on that day."""
    return as_of(root, settings, progress, on).handbook


def as_of(root: Path, settings: Settings, progress: Progress | None, on: date | None, *, whole: bool = False) -> AsOf:
    """The same, with the documents that are shown in another version than the file at hand."""
    # Here, since the check of a file alone asks nothing of Git.
    from rutine.as_of import AsOf, handbook_on, read_editions
    from rutine.history import remember_history
    from rutine.past import read_past

    handbook = survey(root, settings, progress, whole=whole, meanwhile=partial(remember_history, root, settings))
    handbook = replace(handbook, past=read_past(root, handbook))
    if on is None or handbook.past is None or handbook.past.untold:
        return AsOf(handbook, {})
    return handbook_on(root, handbook, read_editions(root, handbook), on, then=True)


def rule_texts() -> list[RuleText]:
    """What a reader is told of each rule."""
    return [RuleText(rule.name, rule.severity, rule.paragraphs) for rule in rules()]


def findings_of(handbook: Handbook, today: date) -> list[Finding]:
    """What is wrong with each document alone and with all together, in the order of files and lines."""
    alone = [finding for entry in handbook.entries.values() for finding in entry.findings]
    together = check_handbook(handbook, today) if len(handbook.entries) <= MANY else _by_two(handbook, today)
    return sorted(alone + together, key=lambda finding: (finding.place, finding.rule))


def _by_two(handbook: Handbook, today: date) -> list[Finding]:
    """What the rules find in the documents together, each half of the rules by a process of its own."""
    half = rules()[1::2]
    with beside(lambda: list(map(freeze_finding, check_handbook(handbook, today, half)))) as others:
        own = check_handbook(handbook, today, rules()[::2])
        return [*own, *map(thaw_finding, others())]


def below(report: Report, prefix: str) -> Report:
    """The report with paths as a forge wants them: from the root of the repository that the handbook lies in."""
    moved = [
        finding._replace(place=finding.place._replace(path=normpath(prefix + finding.place.path)))
        for finding in report.findings
    ]
    return replace(report, findings=moved) if prefix else report


def is_within(path: str, paths: Iterable[str]) -> bool:
    """Whether a path is one of these, or lies in one of these folders."""
    return any(folder in ("", ".") or path == folder or path.startswith(f"{folder}/") for folder in paths)


def _judge_files(root: Path, settings: Settings, today: date, paths: Collection[str]) -> Report | None:
    """A few files with what they lead to, by the remembered ids of all others.

    None where that is not certain: nothing is remembered, or something outside these files may be wrong or have changed.
    """
    ids = remembered_ids(root)
    if ids is None:
        return None
    entries = _examine(root, settings, paths, examine)
    others = {path for path in paths if path not in entries}
    if any(is_within(path, (settings.folder.strip("/"),)) for path in others) or not others.isdisjoint(PLACES.values()):
        return None  # an attachment, or what is made of all documents
    targets = {path for entry in entries.values() for path in _neighbours(entry, ids)} - entries.keys()
    around = _examine(root, settings, sorted(targets), summarize)
    files = {path for path in targets if (root / path).is_file()} | _siblings(root, entries)
    near = assemble(settings, {**entries, **around}, frozenset(files))
    together = check_handbook(replace(near, ids=RememberedIds(ids, near)), today)
    own = [finding for finding in together if finding.place.path in entries]
    if any(finding.severity == "error" for finding in own):
        return None
    alone = [finding for entry in entries.values() for finding in entry.findings]
    findings = sorted(alone + own, key=lambda finding: (finding.place, finding.rule))
    return Report(replace(near, entries=entries), today, findings, rules=rule_texts())


def _examine(
    root: Path, settings: Settings, paths: Iterable[str], look: Callable[[Document, Settings], Entry]
) -> dict[str, Entry]:
    files = (file_at(root, settings, path) for path in paths)
    return {
        file.path: look(read_document(root, settings, file), settings) for file in files if file and file.is_document
    }


def _neighbours(entry: Entry, ids: Ids) -> Iterator[str]:
    """The files that a document leads to, by link and by id, and the records about it."""
    for link in entry.links:
        yield link.target.partition("#")[0]
    for fact in entry.references:
        yield from (path for path, _ in ids.rows(fact.value.lower()))
    for identifier in entry.facts.texts("id"):
        yield from (path for path, _ in ids.about(identifier))


def _siblings(root: Path, entries: Iterable[str]) -> set[str]:
    """The files beside these: names may collide."""
    folders = {path.rpartition("/")[0] for path in entries}
    found = ((folder, item) for folder in folders for item in os.scandir(root / folder))
    return {f"{folder}/{item.name}".lstrip("/") for folder, item in found if item.is_file(follow_symlinks=False)}


class RememberedIds(Mapping[str, Sequence[tuple[str, Fact]]]):
    """Ids of the whole handbook as remembered, those of the documents at hand as they are now."""

    def __init__(self, remembered: Ids, near: Handbook) -> None:
        self._remembered, self._near = remembered, near

    def __getitem__(self, name: str) -> Sequence[tuple[str, Fact]]:
        others = [row for row in self._remembered.rows(name) if row[0] not in self._near.entries]
        found = [*others, *self._near.ids.get(name, ())]
        if not found:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._near.ids)

    def __len__(self) -> int:
        return len(self._near.ids)
