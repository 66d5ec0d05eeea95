"""`check --since`: what a change touches or causes, in real Git repositories."""

import os
import subprocess
from pathlib import Path

import pytest

from rutine.change import only_since
from rutine.errors import UsageError
from rutine.report import judge
from rutine.settings import read_settings
from test_survey import HANDBOOK, TODAY, root, write  # noqa: F401

ENVIRONMENT = {
    "PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Kari", "GIT_AUTHOR_EMAIL": "kari@example.org", "GIT_COMMITTER_NAME": "Kari", "GIT_COMMITTER_EMAIL": "kari@example.org",
}  # fmt: skip


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, env=ENVIRONMENT, check=True, capture_output=True, text=True
    ).stdout


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Endring")


@pytest.fixture
def repository(root: Path) -> Path:  # noqa: F811
    write(root, "p3.md", "HR-003", "Se [borte](borte.md).")  # somebody else's fault
    git(root, "init", "-q", "-b", "main")
    commit(root)
    git(root, "checkout", "-q", "-b", "endring")
    return root


def since(root: Path, revision: str = "main") -> list[tuple[str, str]]:  # noqa: F811
    report = only_since(root, judge(root, read_settings(root), TODAY), revision)
    return [(finding.place.path, finding.rule) for finding in report.findings]


def test_nothing_changed(repository: Path) -> None:
    assert since(repository) == []


def test_somebody_elses_fault_is_not_told(repository: Path) -> None:
    write(repository, "p1.md", "HR-001", "Ny setning.")
    assert since(repository) == []
    commit(repository)
    assert since(repository) == []


def test_all_faults_of_a_touched_file_are_told(repository: Path) -> None:
    write(repository, "p3.md", "HR-003", "Ny setning. Se [borte](borte.md).")
    assert since(repository) == [("procedures/p3.md", "broken-link")]


def test_a_fault_caused_elsewhere_is_told(repository: Path) -> None:
    (repository / "procedures" / "p5.md").unlink()
    assert since(repository) == [("procedures/p4.md", "broken-link")]
    commit(repository)
    assert since(repository) == [("procedures/p4.md", "broken-link")]


def test_a_changed_setting_is_a_cause(repository: Path) -> None:
    (repository / "handbook.yml").write_text(HANDBOOK.replace("{leder:", "{sjef:"))
    assert {rule for _, rule in since(repository)} == {"unknown-reference"}
    assert ("procedures/p3.md", "broken-link") not in since(repository)


def test_new_and_unknown_to_git(repository: Path) -> None:
    write(repository, "p6.md", "HR-001")
    assert ("procedures/p1.md", "duplicate-id") in since(repository)
    assert ("procedures/p6.md", "duplicate-id") in since(repository)


def test_changes_of_main_after_the_fork_are_not_ours(repository: Path) -> None:
    git(repository, "checkout", "-q", "main")
    write(repository, "p2.md", "HR-002", "Se [borte](borte.md).")
    commit(repository)
    git(repository, "checkout", "-q", "endring")
    write(repository, "p1.md", "HR-001", "Ny setning.")
    assert since(repository) == []


def test_a_handbook_in_a_folder_of_a_repository(tmp_path: Path, root: Path) -> None:  # noqa: F811
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    (root / "procedures" / "p5.md").unlink()
    assert since(root, "HEAD") == [("procedures/p4.md", "broken-link")]


def test_unknown_revision(repository: Path) -> None:
    with pytest.raises(UsageError) as error:
        since(repository, "finnes-ikke")
    assert str(error.value) == (
        "Git knows no commit, branch or tag finnes-ikke here. In CI, fetch the whole history (fetch-depth: 0, GIT_DEPTH: 0)."
    )
    with pytest.raises(UsageError):
        since(repository, "--output=/tmp/x")


def test_shallow_clone(repository: Path, tmp_path: Path) -> None:
    commit_now = git(repository, "rev-parse", "HEAD").strip()
    write(repository, "p1.md", "HR-001", "Ny setning.")
    commit(repository)
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", str(shallow))
    with pytest.raises(UsageError, match=r"fetch-depth: 0"):
        since(shallow, commit_now)


def test_no_repository(root: Path) -> None:  # noqa: F811
    with pytest.raises(UsageError, match="is not in a Git repository"):
        since(root, "main")


def test_nothing_of_the_repository_runs(repository: Path) -> None:
    canary = repository.parent / "canary"
    script = repository.parent / "run.sh"
    script.write_text(f"#!/bin/sh\ntouch {canary}\ncat\n")
    script.chmod(0o755)
    git(repository, "config", "core.fsmonitor", str(script))
    git(repository, "config", "diff.x.textconv", str(script))
    git(repository, "config", "diff.external", str(script))
    git(repository, "config", "core.pager", str(script))
    (repository / ".gitattributes").write_text("*.md diff=x\n")
    write(repository, "p1.md", "HR-001", "Ny setning.")
    canary.unlink(missing_ok=True)
    since(repository)
    assert not canary.exists()


PEOPLE = """\
name: Prøvehåndbok
language: nb
review: {classes: {normal: 24 months}}
units: {alle: {title: Alle}}
roles:
  leder: {title: Leder, holders: [{person: ada, until: 2026-11-20, deputy: true}, bo]}
people: {ada: {name: Ada}, bo: {name: Bo}}
"""


def test_of_the_organisation_only_what_the_change_brought_about_is_told(repository: Path) -> None:
    (repository / "handbook.yml").write_text(PEOPLE)
    assert since(repository) == [("handbook.yml", "expired-deputy")]
    commit(repository)
    git(repository, "branch", "-f", "main")
    (repository / "handbook.yml").write_text(PEOPLE.replace("title: Leder", "title: Sjef"))
    assert since(repository) == []  # the file has changed, the deputy has not
    (repository / "handbook.yml").write_text(PEOPLE.replace("{name: Bo}", "{name: Bo, left: 2026-11-20}"))
    assert since(repository) == [
        ("handbook.yml", "departed-holder"),
        ("procedures/p1.md", "vacant-role"), ("procedures/p1.md", "vacant-role"),
        ("procedures/p2.md", "vacant-role"), ("procedures/p2.md", "vacant-role"),
        ("procedures/p3.md", "vacant-role"), ("procedures/p3.md", "vacant-role"),
        ("procedures/p4.md", "vacant-role"), ("procedures/p4.md", "vacant-role"),
        ("procedures/p5.md", "vacant-role"), ("procedures/p5.md", "vacant-role"),
    ]  # fmt: skip


def test_in_a_handbook_that_is_new_all_is_told(repository: Path) -> None:
    git(repository, "rm", "-q", "--cached", "-r", ".")
    git(repository, "commit", "-qm", "Tomt")
    git(repository, "branch", "-f", "main")
    (repository / "handbook.yml").write_text(PEOPLE)
    assert since(repository) == [("handbook.yml", "expired-deputy"), ("procedures/p3.md", "broken-link")]
