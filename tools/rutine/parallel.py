"""Work on many things by all cores: forked processes that send back plain values."""

from __future__ import annotations

import marshal
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, NamedTuple, TypeVar

Item = TypeVar("Item")
Value = TypeVar("Value")

_SHARES = 16  # for each process: so many, that none is busy long after the others
_NUMBER = 4  # bytes of a number in a pipe: it is read whole or not at all, whoever else reads


class _Child(NamedTuple):
    """A process, and where it writes what it gives."""

    process: int
    pipe: int


def spread(
    work: Callable[[Iterable[Item]], Iterator[Any]], items: Sequence[Item], few: int, most: int = 8
) -> Iterator[Any]:
    """What `work` yields for all items, in no certain order; it yields only what marshal can write.

    `few` items and less are worked on by this process alone, more by no more than `most` processes. Each of them takes
    of the items while there are any; what one that failed had taken is worked on anew.
    """
    workers = min(os.cpu_count() or 1, most)
    if len(items) <= few or workers == 1 or not hasattr(os, "fork"):
        yield from work(items)
        return
    shares = _shares(items, workers * _SHARES)
    queue = _queue(len(shares))

    def theirs() -> tuple[list[int], list[Any]]:
        taken: list[int] = []
        return taken, list(work(_taken(shares, queue, taken)))

    children = [_start(theirs) for _ in range(1, workers)]
    done: list[int] = []
    try:
        yield from work(_taken(shares, queue, done))
        while children:
            given = _end(children[0])
            del children[0]
            if given:
                done += given[0]
                yield from given[1]
        if left := sorted(set(range(len(shares))).difference(done)):
            yield from work([item for share in left for item in shares[share]])
    finally:
        os.close(queue)
        for child in children:
            _kill(child)


@contextmanager
def beside(work: Callable[[], Value], *, nice: bool = False) -> Iterator[Callable[[], Value]]:
    """Have something done by a process of its own while something else is done; what it gives can be asked for.

    It is a plain value, which marshal can write. In the end it is done, whether somebody asked or not. What it raises is
    raised then: where the other process failed, this one does the work anew. With `nice` the other process takes only
    time that nobody else needs.
    """
    child = _start(lambda: (work(),), nice=nice) if (os.cpu_count() or 1) > 1 and hasattr(os, "fork") else None
    given: list[Value] = []

    def ask() -> Value:
        nonlocal child
        if not given:
            found = _end(child) if child else None
            child = None
            given.append(found[0] if found else work())
        return given[0]

    try:
        yield ask
    except BaseException:
        if child:
            _kill(child)
        raise
    ask()


def _shares(items: Sequence[Item], number: int) -> list[list[Item]]:
    size, remaining = -(-len(items) // number), iter(items)
    return list(iter(lambda: list(islice(remaining, size)), []))


def _queue(number: int) -> int:
    """Where all processes read which share is next; it holds all of them, and nobody writes to it any more."""
    read_end, write_end = os.pipe()
    os.write(write_end, b"".join(share.to_bytes(_NUMBER, "big") for share in range(number)))
    os.close(write_end)
    return read_end


def _taken(shares: Sequence[Sequence[Item]], queue: int, taken: list[int]) -> Iterator[Item]:
    while number := os.read(queue, _NUMBER):
        taken.append(int.from_bytes(number, "big"))
        yield from shares[taken[-1]]


def _start(work: Callable[[], Any], *, nice: bool = False) -> _Child:
    read_end, write_end = os.pipe()
    # What interrupts a fork waits until it is over: what is called then swallows every exception.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    if process := os.fork():
        os.close(write_end)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        return _Child(process, read_end)
    status = 1
    try:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if nice:
            os.nice(10)
        os.close(read_end)
        content = marshal.dumps(work())
        with os.fdopen(write_end, "wb") as pipe:
            pipe.write(content)
        status = 0
    finally:
        os._exit(status)


def _end(child: _Child) -> Any:
    """What a process gave, once it has ended; None where it failed."""
    with os.fdopen(child.pipe, "rb", closefd=False) as pipe:
        content = pipe.read()
    failed = os.waitpid(child.process, 0)[1]
    os.close(child.pipe)
    return None if failed else marshal.loads(content)  # noqa: S302  # our own child wrote it


def _kill(child: _Child) -> None:
    os.kill(child.process, signal.SIGKILL)
    os.close(child.pipe)
    os.waitpid(child.process, 0)
