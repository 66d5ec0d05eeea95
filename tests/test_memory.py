"""What is remembered is there again, at once or when it was to be written later."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rutine.memory import later, recall, remember
from rutine.parallel import beside


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where things are remembered."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "rutine"


def names(files: Path) -> set[str]:
    """By which names something is remembered on disk."""
    return {path.suffix for path in files.iterdir()} if files.is_dir() else set()


def test_what_it_depends_on_must_be_the_same(files: Path, tmp_path: Path) -> None:
    remember(tmp_path / "book", "one", b"key", [1])
    assert names(files) == {".one"}
    assert recall(tmp_path / "book", "one", b"key") == [1]
    assert recall(tmp_path / "book", "one", b"another") is None
    assert recall(tmp_path / "other", "one", b"key") is None


def test_later_it_is_known_at_once_and_written_in_the_end(files: Path, tmp_path: Path) -> None:
    remember(tmp_path / "book", "one", b"key", [1])
    with later():
        remember(tmp_path / "book", "one", b"key", [2])
        remember(tmp_path / "book", "two", b"key", [3])
        assert names(files) == {".one"}
        assert (recall(tmp_path / "book", "one", b"key"), recall(tmp_path / "book", "two", b"key")) == ([2], [3])
        assert recall(tmp_path / "book", "one", b"another") is None
    assert (recall(tmp_path / "book", "one", b"key"), recall(tmp_path / "book", "two", b"key")) == ([2], [3])


def test_what_is_taken_out_is_written_by_whoever_has_it(files: Path, tmp_path: Path) -> None:
    with later() as take:
        remember(tmp_path / "book", "one", b"key", [1])
        write = take()
        remember(tmp_path / "book", "two", b"key", [2])
        assert names(files) == set()
        write()
        assert names(files) == {".one"}
    assert names(files) == {".one", ".two"}


def test_when_something_goes_wrong_it_is_written_all_the_same(files: Path, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), later():
        remember(tmp_path / "book", "one", b"key", [1])
        raise ZeroDivisionError
    assert recall(tmp_path / "book", "one", b"key") == [1]
    assert names(files) == {".one"}


@pytest.mark.skipif((os.cpu_count() or 1) == 1 or not hasattr(os, "fork"), reason="needs two cores and fork")
def test_another_process_writes_for_itself(files: Path, tmp_path: Path) -> None:
    with later():
        with beside(lambda: remember(tmp_path / "book", "one", b"key", [1])):
            pass
        assert names(files) == {".one"}
