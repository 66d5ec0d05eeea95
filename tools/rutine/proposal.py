"""From Git and disk: what a change proposes, beside what there was where it left a revision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from rutine.change import only_since, settings_before
from rutine.encoding import decode
from rutine.frontmatter import Loaded
from rutine.handbook_yml import FILE
from rutine.memo import Memo, OtherChange, memo
from rutine.model import Document, Report, Settings
from rutine.read import file_at, is_document, parse_document, read_bytes, read_document
from rutine.repository import Repository


def read_memo(root: Path, report: Report, revision: str) -> Memo:
    """The memo of all that has changed since the current branch left a revision, uncommitted changes included.

    `report` judges the whole handbook. Raises UsageError where Git does not know the revision.
    """
    repository, settings = Repository(root), report.handbook.settings
    base = repository.fork_point(revision)
    changed = repository.changed(base)
    old = dict(repository.files(base, sorted(changed))) if changed else {}
    earlier = settings_before(root, repository, base, changed, settings)
    before = {
        path: parse_document(earlier, path, content)
        for path, content in old.items()
        if earlier and is_document(path, earlier)
    }
    after = dict(_documents(root, settings, changed))
    findings = only_since(root, report, revision).findings
    shown = [
        [document for document in found.values() if not _is_record(document, settings)] for found in (before, after)
    ]
    rest = changed - {document.path for documents in shown for document in documents}
    others = [_other(root, path, old, before, after) for path in sorted(rest)]
    return memo(shown[0], shown[1], report, findings, others)


def _documents(root: Path, settings: Settings, changed: set[str]) -> Iterator[tuple[str, Document]]:
    for path in sorted(changed):
        if is_document(path, settings) and (file := file_at(root, settings, path)):
            yield path, read_document(root, settings, file)


def _is_record(document: Document, settings: Settings) -> bool:
    return document.path.startswith(f"{settings.records_folder.strip('/')}/")


def _other(
    root: Path, path: str, old: Mapping[str, bytes], before: Mapping[str, Document], after: Mapping[str, Document]
) -> OtherChange:
    """A changed file that is no document."""
    is_there = (root / path).is_file()
    record = after.get(path) or before.get(path)
    kind = record.kind.name if record and record.kind else ""
    about = tuple(value for _, value in record.values("about")) if record else ()
    parts = tuple(_parts(old.get(path, b""), read_bytes(root, path))) if path == FILE and is_there else ()
    return OtherChange(
        path, "changed" if path in old and is_there else "added" if is_there else "removed", kind, about, parts
    )


def _parts(before: bytes, after: bytes) -> Iterator[str]:
    """The fields of the settings that say something else."""
    old, new = (
        Loaded(text, 1).value if isinstance(text := decode(content), str) else None for content in (before, after)
    )
    old, new = (found if isinstance(found, dict) else {} for found in (old, new))
    yield from (name for name in dict.fromkeys([*new, *old]) if old.get(name) != new.get(name))
