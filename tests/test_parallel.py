"""Work is done once for each thing, by whatever process, also where one of them dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from rutine.parallel import beside, spread

pytestmark = pytest.mark.skipif(
    (os.cpu_count() or 1) == 1 or not hasattr(os, "fork"), reason="needs two cores and fork"
)
MANY = list(range(1000))


def squared(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Each number with its square."""
    yield from ((number, number * number) for number in numbers)


@pytest.mark.parametrize("count", [0, 1, 2, 31, 32, 33, 1000])
def test_everything_is_done_once(count: int) -> None:
    assert sorted(spread(squared, MANY[:count], few=1)) == list(squared(MANY[:count]))


def test_all_processes_work(tmp_path: Path) -> None:
    def work(numbers: Iterable[int]) -> Iterator[int]:
        for number in numbers:
            (tmp_path / str(os.getpid())).touch()
            while len(list(tmp_path.iterdir())) < 2:  # until the other has begun
                pass
            yield number

    assert sorted(spread(work, MANY, few=1)) == MANY


def test_what_a_process_took_that_died_is_done_anew() -> None:
    parent = os.getpid()

    def work(numbers: Iterable[int]) -> Iterator[int]:
        for done, number in enumerate(numbers):
            if os.getpid() != parent and done == 40:
                os._exit(1)
            yield number

    assert sorted(spread(work, MANY, few=1)) == MANY


def test_what_goes_wrong_everywhere_is_raised() -> None:
    def work(numbers: Iterable[int]) -> Iterator[int]:
        for number in numbers:
            yield 100 // (number - 900)

    with pytest.raises(ZeroDivisionError):
        list(spread(work, MANY, few=1))


def test_what_was_done_beside_can_be_asked_for() -> None:
    parent = os.getpid()
    with beside(lambda: ["done", os.getpid()]) as given:
        assert given()[0] == "done"
        assert given()[1] != parent


def test_it_is_done_though_nobody_asked(tmp_path: Path) -> None:
    with beside((tmp_path / "done").touch):
        pass
    assert (tmp_path / "done").exists()


def test_what_goes_wrong_beside_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError), beside(lambda: 1 // 0):
        pass
    with pytest.raises(ZeroDivisionError), beside(lambda: 1 // 0) as given:
        given()


def test_nothing_is_waited_for_when_something_else_goes_wrong() -> None:
    def forever() -> None:
        while True:
            pass

    with pytest.raises(KeyError), beside(forever):
        raise KeyError


def test_what_interrupts_a_fork_is_not_lost() -> None:
    program = """
import os, signal
os.cpu_count = lambda: 2
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGINT))
from rutine.parallel import beside
with beside(lambda: 1) as ask:
    print(ask())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (-signal.SIGINT, "")
    assert "Exception ignored" not in done.stderr
