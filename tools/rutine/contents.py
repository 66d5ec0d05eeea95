"""From Git: the contents that it has by their names, all from one process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from subprocess import Popen
from types import TracebackType
from typing import IO, cast

from rutine.read import SIZE_LIMIT
from rutine.repository import Repository

_AT_ONCE = 50  # names; so few that they fit into a pipe unread, and that no process takes most of what several share
_CHUNK = 1 << 20  # bytes


class Contents:
    """A door to what a repository holds. Opened when it is first asked for something; closed with the `with` block."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process: Popen[bytes] | None = None

    def __enter__(self) -> Contents:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            for pipe in filter(None, (self._process.stdin, self._process.stdout)):
                pipe.close()
            self._process.wait()

    def read(self, names: Iterable[str], limit: int = SIZE_LIMIT) -> Iterator[tuple[str, bytes | None]]:
        """Each name with its content; None where Git lacks it, or it is larger than `limit` bytes."""
        remaining = iter(names)
        while some := list(islice(remaining, _AT_ONCE)):
            asked, answers = self._pipes()
            asked.write("".join(f"{name}\n" for name in some).encode())
            asked.flush()
            for name in some:
                yield name, _answer(answers, limit)

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            self._process = Repository(self._root).start("cat-file", "--batch")
        return cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)


def _answer(answers: IO[bytes], limit: int) -> bytes | None:
    """The next content: a line with name, type and size, the bytes, and the end of a line."""
    facts = answers.readline().split()
    if len(facts) != 3:
        return None
    size = int(facts[2])
    if size <= limit:
        content = answers.read(size + 1)[:-1]
        return content if facts[1] == b"blob" else None
    for start in range(0, size + 1, _CHUNK):
        answers.read(min(_CHUNK, size + 1 - start))
    return None
