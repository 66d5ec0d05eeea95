"""Work on many things by all cores: forked processes that send back plain values."""

from __future__ import annotations

import marshal
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

Item = TypeVar("Item")


def spread(work: Callable[[Sequence[Item]], Iterator[Any]], items: Sequence[Item], few: int) -> Iterator[Any]:
    """What `work` yields for all items, in no certain order; it yields only what marshal can write.

    `few` items and less are worked on by this process alone. What a worker that failed was given is worked on anew.
    """
    workers = min(os.cpu_count() or 1, 8)
    if len(items) <= few or workers == 1 or not hasattr(os, "fork"):
        yield from work(items)
        return
    children = [_start(work, items[share::workers]) for share in range(1, workers)]
    try:
        yield from work(items[::workers])
        while children:
            child, read_end, part = children[0]
            with os.fdopen(read_end, "rb", closefd=False) as pipe:
                content = pipe.read()
            status = _end(*children.pop(0)[:2])
            yield from marshal.loads(content) if status == 0 else work(part)  # noqa: S302  # our own child wrote it
    finally:
        for child, read_end, _part in children:
            os.kill(child, signal.SIGKILL)
            _end(child, read_end)


@contextmanager
def beside(work: Callable[[], None]) -> Iterator[None]:
    """Have something done by a process of its own while something else is done; in the end it is done.

    What it raises is raised then: where the other process failed, this one does the work anew.
    """
    child = _fork(work) if (os.cpu_count() or 1) > 1 and hasattr(os, "fork") else 0
    try:
        yield
    except BaseException:
        if child:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        raise
    if not child or os.waitpid(child, 0)[1]:
        work()


def _fork(work: Callable[[], None]) -> int:
    if child := os.fork():
        return child
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def _end(child: int, read_end: int) -> int:
    os.close(read_end)
    return os.waitpid(child, 0)[1]


def _start(work: Callable[[Sequence[Item]], Iterator[Any]], part: Sequence[Item]) -> tuple[int, int, Sequence[Item]]:
    read_end, write_end = os.pipe()
    child = os.fork()
    if child:
        os.close(write_end)
        return child, read_end, part
    status = 1
    try:
        os.close(read_end)
        with os.fdopen(write_end, "wb") as pipe:
            marshal.dump(list(work(part)), pipe)
        status = 0
    finally:
        os._exit(status)
