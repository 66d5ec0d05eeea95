"""What is remembered between runs never changes what is found."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from conftest import TOOLS
from rutine.model import Finding
from rutine.report import judge
from rutine.settings import read_settings
from rutine.survey import key_of

TODAY = date(2026, 11, 21)
HANDBOOK = """\
name: Prøvehåndbok
language: nb
review: {classes: {normal: 24 months}}
units: {alle: {title: Alle}}
roles: {leder: {title: Leder}}
"""
DOCUMENT = """\
---
id: %(id)s
title: Melde avvik
kind: procedure
status: in-force
owner: leder
decision: {by: leder, date: 2026-01-10}
scope: {units: [alle]}
roles:
  - {role: leder, responsibility: responsible}
review: {class: normal}
revisions:
  - {version: "1.0", date: 2026-01-10, summary: Første versjon}
---

# Melde avvik

## Formål

Avvik meldes samme dag.

## Fremgangsmåte

1. Leder melder avviket. %(more)s
"""


def old(path: Path) -> None:
    """As if written a while ago: what was written just now is always read again."""
    os.utime(path, (1_750_000_000, 1_750_000_000))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "handbook"
    (root / "procedures").mkdir(parents=True)
    (root / "handbook.yml").write_text(HANDBOOK)
    for number in range(1, 6):
        write(root, f"p{number}.md", f"HR-00{number}", f"Se [neste](p{number % 5 + 1}.md#formal).")
    return root


def write(root: Path, name: str, identifier: str, more: str = "") -> Path:
    path = root / "procedures" / name
    path.write_text(DOCUMENT % {"id": identifier, "more": more})
    old(path)
    return path


def found(root: Path, *paths: str, fresh: bool = False) -> list[Finding]:
    if fresh:
        shutil.rmtree(os.environ["XDG_CACHE_HOME"], ignore_errors=True)
    return list(judge(root, read_settings(root), TODAY, paths).findings)


def test_nothing_to_find(root: Path) -> None:
    assert found(root) == []
    assert found(root) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda root: write(root, "p1.md", "HR-001", "Se [borte](borte.md)."),
        lambda root: write(root, "p9.md", "HR-003"),
        lambda root: write(root, "p2.md", "hr-2"),
        lambda root: (root / "procedures" / "p4.md").unlink(),
        lambda root: (root / "procedures" / "p4.md").rename(root / "procedures" / "P5b.md"),
        lambda root: (root / "handbook.yml").write_text(HANDBOOK.replace("leder:", "sjef:")),
        lambda root: (root / "procedures" / "p3.md").write_bytes(b"\xff\xfe"),
        lambda root: (root / "procedures" / "p3.md").write_text("---\nid: [\n---\n"),
    ],
)
def test_remembering_changes_nothing(root: Path, change: object) -> None:
    found(root)
    change(root)  # type: ignore[operator]
    warm = found(root)
    assert warm == found(root, fresh=True)
    assert warm
    paths = sorted({finding.place.path for finding in warm})
    assert [finding for path in paths for finding in found(root, path)] == warm


def test_one_file_is_judged_with_what_others_are_now(root: Path) -> None:
    found(root)
    write(root, "p9.md", "HR-009")
    assert found(root, "procedures/p9.md") == []
    second = write(root, "p8.md", "HR-001")
    assert {finding.rule for finding in found(root, "procedures/p8.md")} == {"duplicate-id"}
    second.unlink()
    assert found(root, "procedures/p1.md") == []


def test_a_broken_memory_is_no_memory(root: Path) -> None:
    found(root)
    for path in Path(os.environ["XDG_CACHE_HOME"]).rglob("*.*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:100])
    assert found(root) == []
    assert found(root, "procedures/p1.md") == []


def test_many_files_are_read_side_by_side(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rutine.survey.FEW", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    write(root, "p1.md", "HR-001", "Se [borte](borte.md).")
    side_by_side = found(root)
    monkeypatch.setattr("rutine.survey.FEW", 100)
    assert side_by_side == found(root, fresh=True)
    assert [finding.rule for finding in side_by_side] == ["broken-link"]


def test_a_record_of_any_kind_moves_the_date(root: Path) -> None:
    (root / "schema").mkdir()
    (root / "schema" / "review.json").write_text(
        """{"type": "object", "x-form": "record", "x-folder": "reviews", "x-title": {"nb": "Gjennomgang"},
            "required": ["document", "date"], "additionalProperties": false, "properties": {
            "document": {"type": "string", "x-refers-to": "document", "x-means": "about"},
            "date": {"type": "string", "format": "date", "x-means": "reviewed-on"},
            "note": {"type": "string"}}}"""
    )
    (root / "records" / "reviews").mkdir(parents=True)
    (root / "records" / "reviews" / "a.yml").write_text("document: HR-001\ndate: 2026-05-01\n")
    from rutine.deadlines import agenda

    settings = read_settings(root)
    report = judge(root, settings, TODAY)
    assert report.findings == []
    rows = {row.id: row for row in agenda(report.handbook, TODAY).deadlines}
    assert (rows["HR-001"].due, rows["HR-001"].basis) == (date(2028, 5, 1), "record")
    assert (rows["HR-002"].due, rows["HR-002"].basis) == (date(2028, 1, 10), "decision")
    (root / "records" / "reviews" / "b.yml").write_text("document: HR-077\ndaate: 2026-05-01\n")
    rules = [finding.rule for finding in judge(root, settings, TODAY).findings]
    assert rules == ["missing-field", "unknown-document", "unknown-field"] or sorted(rules) == [
        "missing-field",
        "unknown-document",
        "unknown-field",
    ]


def test_another_process_recalls_what_this_one_remembers(root: Path) -> None:
    command = (
        "import sys; from pathlib import Path; from rutine.survey import key_of; print(key_of(Path(sys.argv[1])).hex())"
    )
    environment = os.environ | {"PYTHONPATH": str(TOOLS)}
    program = [sys.executable, "-c", command, str(root)]
    done = subprocess.run(program, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == key_of(root).hex()
