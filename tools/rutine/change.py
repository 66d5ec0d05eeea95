"""What a change touches or causes: the findings that were not there before it, and all those in the files that it changes."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from rutine.codeowners import is_marked
from rutine.errors import ConfigurationError
from rutine.handbook_yml import FILE
from rutine.model import Entry, Finding, Handbook, Past, Report, Settings
from rutine.read import is_document, parse_document, read_bytes
from rutine.report import findings_of
from rutine.repository import Repository
from rutine.settings import read_settings
from rutine.survey import assemble, examine


def only_since(root: Path, report: Report, revision: str) -> Report:
    """The report with only those findings that lie in files changed since a revision, or that the change brought about."""
    repository = Repository(root)
    base = repository.fork_point(revision)
    changed = repository.changed(base)
    if not changed:
        return replace(report, findings=())
    earlier = _handbook_at(root, repository, base, changed, report.handbook)
    known: Counter[tuple[str, str, str, str]] = Counter()
    if earlier:
        earlier = replace(earlier, past=_past_without(report.handbook.past, earlier, changed))
        known.update(_key(finding) for finding in findings_of(earlier, report.today))
    touched = changed - {FILE}  # there stands what holds for the whole organisation: only what the change brought about
    kept = []
    for finding in report.findings:
        known[_key(finding)] -= 1
        if finding.place.path in touched or known[_key(finding)] < 0:
            kept.append(finding)
    return replace(report, findings=tuple(kept))


def _past_without(past: Past | None, earlier: Handbook, changed: set[str]) -> Past | None:
    """What is known of the past of the documents and records that are as they were."""
    if past is None:
        return None
    same = earlier.entries.keys() - changed
    return replace(
        past,
        traces={path: trace for path, trace in past.traces.items() if path in same},
        records={path: told for path, told in past.records.items() if path in same},
    )


def _key(finding: Finding) -> tuple[str, str, str, str]:
    return finding.place.path, finding.rule, finding.message.text, str(sorted(finding.message.values.items()))


def _handbook_at(root: Path, repository: Repository, commit: str, changed: set[str], now: Handbook) -> Handbook | None:
    """The handbook as of a commit: what has not changed since is taken as it is. None where there was none that could be read."""
    old = dict(repository.files(commit, sorted(changed)))
    settings = settings_before(root, repository, commit, changed, now.settings)
    if settings is None:
        return None
    entries: dict[str, Entry] = {}
    for path, entry in now.entries.items():
        if path not in changed:
            same = settings is now.settings
            entries[path] = entry if same else examine(parse_document(settings, path, read_bytes(root, path)), settings)
    for path, content in old.items():
        if is_document(path, settings):
            entries[path] = examine(parse_document(settings, path, content), settings)
    files = (now.files - changed) | {
        path for path in old if path.startswith(f"{settings.folder}/") or settings.folder == "."
    }
    owners = [
        file._replace(text=old.get(file.path, b"").decode("utf-8", "surrogateescape")) if file.path in changed else file
        for file in now.owner_files
    ]
    marked = tuple(file for file in owners if is_marked(file.text))
    return replace(assemble(settings, entries, frozenset(files)), owner_files=marked)


def settings_before(
    root: Path, repository: Repository, commit: str, changed: set[str], now: Settings
) -> Settings | None:
    """The settings as of a commit, by the paths that differ from it now; None where there were none that could be read."""
    return _settings_at(repository, commit, root, changed) if _configures(changed) else now


def _configures(changed: set[str]) -> bool:
    return any(path == "handbook.yml" or path.startswith("schema/") for path in changed)


def _settings_at(repository: Repository, commit: str, root: Path, changed: set[str]) -> Settings | None:
    """The settings as of a commit; None where there was no handbook then, or a broken one."""
    names = {"handbook.yml", *(path.relative_to(root).as_posix() for path in (root / "schema").glob("*.json"))}
    names |= {path for path in changed if path.startswith("schema/") and path.endswith(".json")}
    with tempfile.TemporaryDirectory() as folder:
        for path, content in repository.files(commit, sorted(names)):
            target = Path(folder) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        if not (Path(folder) / "handbook.yml").exists():
            return None
        try:
            return read_settings(Path(folder))
        except ConfigurationError:
            return None
