"""The example handbook's history: the same every time, ending in the example, and holding what was planned and nothing else."""

import os
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import TOOLS
from rutine.differences import text_change
from rutine.fingerprint import fingerprint, text_digest
from rutine.history import read_history
from rutine.model import Report
from rutine.proposal import read_memo
from rutine.read import parse_document
from rutine.report import judge
from rutine.settings import read_settings

ROOT = TOOLS.parent
DAY = date(2026, 11, 28)


def data(path: Path) -> Any:
    """All values as texts."""
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  # it makes nothing but texts


EVENTS, EARLIER = (data(TOOLS / "example_history" / name) for name in ("events.yml", "earlier.yml"))


def make(out: Path, **environment: str) -> str:
    command = [sys.executable, "-W", "error", str(TOOLS / "example_history.py"), str(out)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(TOOLS), **environment})
    return git(out, "rev-parse", "HEAD").decode().strip()


def git(folder: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True).stdout


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("example") / "handbook"
    make(out)
    return out


@pytest.fixture(scope="module")
def report(example: Path) -> Report:
    return judge(example, read_settings(example), DAY)


def commits(example: Path) -> list[str]:
    return git(example, "rev-list", "--first-parent", "--reverse", "main").decode().split()


def test_the_same_commits_every_time(example: Path, tmp_path: Path) -> None:
    """Whoever runs it, wherever and whenever."""
    config = tmp_path / "gitconfig"
    config.write_text(
        "[user]\nname = Somebody\n[core]\nautocrlf = true\n[init]\ndefaultBranch = other\nobjectFormat = sha1\n"
    )
    other = {
        "TZ": "Asia/Tokyo",
        "GIT_CONFIG_GLOBAL": str(config),
        "GIT_AUTHOR_NAME": "Other",
        "GIT_COMMITTER_DATE": "1 2 2020",
    }
    out = tmp_path / "handbook"
    assert make(out, **other) == git(example, "rev-parse", "HEAD").decode().strip()
    assert git(out, "status", "--porcelain") == b""
    (out / "mine.txt").write_text("what is there already is left as it is")
    make(out)
    assert (out / "mine.txt").exists()


def test_it_ends_in_the_example(example: Path) -> None:
    held = (
        git(example, "ls-tree", "-r", "-z", "--name-only", "HEAD", "procedures", "schema", "mkdocs.yml")
        .decode()
        .split("\0")[:-1]
    )
    there = [
        path
        for name in ("procedures", "schema")
        for path in (ROOT / name).rglob("*")
        if path.is_file() and path.name[0] != "."
    ]
    assert sorted(held) == sorted(["mkdocs.yml", *(path.relative_to(ROOT).as_posix() for path in there)])
    assert [path for path in held if (example / path).read_bytes() != (ROOT / path).read_bytes()] == []
    records = list((ROOT / "records").rglob("*.yml"))
    assert [path for path in records if (example / path.relative_to(ROOT)).read_bytes() != path.read_bytes()] == []


def test_what_is_found_was_planned(report: Report) -> None:
    settings = report.handbook.settings
    paths = {entry.value("id"): path for path, entry in report.handbook.entries.items() if entry.value("id")}
    planned = {(paths[row["id"]], row["finding"]) for row in EVENTS["changed"] if "finding" in row}
    waiting = {(paths[identifier], "suspect-document") for identifier in ("ARK-003", "BYG-003", "BYG-005")}
    outdated = {(paths["ARK-003"], "unknown-regulation")}  # it rests on an act that another has replaced
    found = {(finding.place.path, finding.rule) for finding in report.findings if finding.rule != "overdue-review"}
    assert {rule for _, rule in planned} == {"unrecorded-change", "rewritten-revision", "moved-date"}
    assert found == planned | waiting | outdated
    assert sum(finding.rule in {rule for _, rule in planned} for finding in report.findings) == len(planned)
    assert settings.evidence_from == "2024-11-01"


def test_no_day_is_broken(example: Path, tmp_path: Path) -> None:
    """Whatever day it is: links lead to what there was then."""
    book = tmp_path / "then"
    git(example, "worktree", "add", "--detach", str(book), "HEAD")
    line = commits(example)
    imported = next(
        index for index, name in enumerate(line) if b"nav" in git(example, "log", "-1", "--format=%s", name).lower()
    )
    for commit in line[imported + 6 :: 16]:
        git(book, "checkout", "--quiet", commit)
        day = date.fromisoformat(git(book, "log", "-1", "--format=%cs").decode().strip())
        found = judge(book, read_settings(book), day).findings
        assert [(day, finding.place.path, finding.rule) for finding in found if finding.severity == "error"] == []


def test_every_revision_changed_the_text(example: Path, report: Report) -> None:
    """What is taken from Git before and after each revision entry is not the same text."""
    settings = report.handbook.settings
    with read_history(example, settings, report.handbook.entries) as known:
        assert known.untold is None
        revised = 0
        for path, entry in report.handbook.entries.items():
            versions = [version for version in known.history.versions[path] if version.blob][::-1]
            texts = [
                parse_document(settings, path, git(example, "cat-file", "blob", version.blob)) for version in versions
            ]
            for before, after in pairwise(texts):
                newer = len(after.values("revision")) - len(before.values("revision"))
                if entry.revisions and newer > 0:
                    revised += 1
                    assert text_digest(before.body) != text_digest(after.body), (path, after.value("decided-on"))
        assert revised > 50
    assert sum(len(versions) for versions in EARLIER.values()) >= 25


def test_moved_files_are_followed(example: Path, report: Report) -> None:
    with read_history(example, report.handbook.settings, report.handbook.entries) as known:
        paths = {entry.value("id"): path for path, entry in report.handbook.entries.items()}
        for move in EVENTS["moved"]:
            versions = known.history.versions[paths[move["id"]]]
            assert move["from"] in [version.path for version in versions], move["id"]
        wrote = {
            person.name
            for versions in known.history.versions.values()
            for version in versions
            for person in version.wrote
        }
    assert len(EVENTS["moved"]) >= 3
    assert "Tor Egil Myran" in wrote and "GitHub" not in wrote


def test_as_a_forge_makes_them(example: Path) -> None:
    people = git(example, "log", "--first-parent", "--format=%P|%an|%cn <%ce>").decode().splitlines()
    squashed = [row for row in people if row.endswith("|GitHub <noreply@github.com>") and " " not in row.split("|")[0]]
    merged = [row for row in people if " " in row.split("|")[0]]
    assert len(squashed) > 20 and len(merged) > 10
    assert git(example, "for-each-ref", "--format=%(refname)").decode().split() == ["refs/heads/main"]


def test_the_fingerprints_of_records_are_those_of_the_texts(example: Path, report: Report) -> None:
    """Of what stood in Git when the record came."""
    settings, checked = report.handbook.settings, 0
    for path in sorted((example / "records").rglob("*.yml")):
        record = data(path)
        if "fingerprint" not in record:
            continue
        name = path.relative_to(example).as_posix()
        commit = (
            git(example, "log", "--first-parent", "--diff-filter=A", "--format=%H", "--", name).decode().split()[-1]
        )
        listing = git(example, "grep", "-l", f"^id: {record['document']}$", commit, "--", "procedures").decode().split()
        there = listing[0].partition(":")[2]
        document = parse_document(settings, there, git(example, "show", f"{commit}:{there}"))
        assert fingerprint(document) == record["fingerprint"], name
        assert record["version"] in [value for _, value in document.values("revision")]
        checked += 1
    assert checked == len(EVENTS["stamped"]["documents"]) + len(EVENTS["reviews"]) + len(EVENTS["decided"])


def test_a_dozen_reviews_in_one_commit(example: Path) -> None:
    stamped = (
        git(example, "log", f"--grep=^{EVENTS['stamped']['subject']}$", "--format=", "--name-only").decode().split()
    )
    assert len(stamped) == 12


def test_typography_alone_is_told_as_such(example: Path, report: Report) -> None:
    settings = report.handbook.settings
    (commit,) = git(example, "log", "--grep=^Riktige anførselstegn$", "--format=%H").decode().split()
    path = "procedures/barnevern/barns-medvirkning.md"
    before, after = (
        parse_document(settings, path, git(example, "show", f"{name}:{path}")) for name in (f"{commit}^", commit)
    )
    assert text_change(before, after).is_typographic


def test_a_version_that_is_to_come(report: Report) -> None:
    entry = report.handbook.entry_of("KUL-006")
    assert entry and (entry.value("effective-from"), entry.value("decided-on")) == ("2027-01-01", "2026-10-22")


def test_the_memo_of_a_part_of_it(example: Path, report: Report) -> None:
    """The newest twenty commits as one proposal."""
    memo = read_memo(example, report, commits(example)[-20])
    assert {"VVA-004", "WEB-001"} <= {change.document.value("id") for change in memo.documents}
    assert any(other.kind == "review" for other in memo.others)
