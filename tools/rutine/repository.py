"""The door to Git: GitPython finds the program, and every call is hardened against what a repository can be made to do."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from subprocess import PIPE, Popen, TimeoutExpired
from threading import Thread
from typing import IO, cast

from rutine.errors import UsageError
from rutine.git_files import git_folders
from rutine.model import say

# Nothing that a repository's own configuration names is run, paged, converted or fetched.
_OPTIONS = (
    "--no-pager", "--literal-pathspecs", "--no-optional-locks", "--no-replace-objects",
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false",
    "-c", "log.showSignature=false", "-c", "diff.external=", "-c", "protocol.allow=never", "-c", "safe.bareRepository=explicit",
)  # fmt: skip
_ENVIRONMENT = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_GRAFT_FILE": os.devnull, "LC_ALL": "C"}
TIMEOUT = 60  # seconds
_MISSING = say("Git is not installed, or is not on the PATH. Install it from git-scm.com.")
_PIECE = 1 << 18  # bytes


class Repository:
    """The Git repository that a handbook lies in."""

    def __init__(self, root: Path) -> None:
        """Raises UsageError where Git is missing, or the folder is in no repository that Git will read."""
        try:
            import git  # GitPython takes 0.1 s to import
        except ImportError as error:
            raise UsageError(_MISSING) from error
        self._failure = git.GitCommandError
        self._missing = git.GitCommandNotFound
        self._git = git.Git(os.fspath(root))
        self.root = root
        if git_folders(root) is None:
            raise UsageError(say("{folder} is not in a Git repository.", folder=str(root)))

    def start(self, *arguments: str) -> Popen[bytes]:
        """A Git command that is spoken to while it runs, by its standard input and output."""
        process = self._git.execute(self._command(*arguments), istream=PIPE, as_process=True, env=_ENVIRONMENT)
        return cast("Popen[bytes]", process)

    def _command(self, *arguments: str) -> list[str]:
        return [self._git.GIT_PYTHON_GIT_EXECUTABLE or "git", *_OPTIONS, *arguments]

    def run(self, *arguments: str, stdin: bytes | None = None) -> bytes:
        """The output of a Git command. Raises UsageError with Git's own words where it fails."""
        import tempfile

        with tempfile.TemporaryFile() as feed:
            if stdin is not None:
                feed.write(stdin)
                feed.seek(0)
            try:
                output = self._git.execute(
                    self._command(*arguments),
                    istream=feed if stdin is not None else None,
                    env=_ENVIRONMENT, stdout_as_string=False, strip_newline_in_stdout=False,
                    kill_after_timeout=None if sys.platform == "win32" else TIMEOUT,  # GitPython has none there
                )  # fmt: skip
            except self._missing as error:
                raise UsageError(_MISSING) from error
            except self._failure as error:
                raise self._explain(
                    str(error.stderr or "").strip().strip("'").removeprefix("stderr: ").strip("' \n"),
                    TIMEOUT,
                ) from error
        return output if isinstance(output, bytes) else bytes(str(output), "utf-8")

    def stream(self, *arguments: str, patience: float = TIMEOUT) -> Iterator[bytes]:
        """The output of a Git command, piece by piece while it runs. Raises UsageError with Git's own words where it fails."""
        until = time.monotonic() + patience
        try:
            guard = self._git.execute(self._command(*arguments), as_process=True, env=_ENVIRONMENT)
        except self._missing as error:
            raise UsageError(_MISSING) from error
        process = cast("Popen[bytes]", guard.proc)  # which ends when nothing refers to its guard any more
        output, errors = cast("IO[bytes]", process.stdout), cast("IO[bytes]", process.stderr)
        pieces: SimpleQueue[bytes] = SimpleQueue()
        words: list[bytes] = []
        readers = [
            Thread(target=_drain, args=(output, pieces.put)),
            Thread(target=_drain, args=(errors, words.append)),
        ]
        for reader in readers:
            reader.start()
        try:
            while piece := pieces.get(timeout=max(until - time.monotonic(), 0)):
                yield piece
            process.wait(max(until - time.monotonic(), 1))
        except (Empty, TimeoutExpired):
            raise self._explain("Timeout: ", patience) from None
        finally:
            process.kill()
            process.wait()
            for reader in readers:
                reader.join()
            output.close()
            errors.close()
        if process.returncode:
            raise self._explain(b"".join(words).decode("utf-8", "replace").strip(), patience)

    def _explain(self, words: str, patience: float) -> UsageError:
        if "dubious ownership" in words:
            return UsageError(
                say(
                    "Git does not trust this folder because somebody else owns it. Run: git config --global --add safe.directory {folder}",
                    folder=str(self.root),
                )
            )
        if "not a git repository" in words:
            return UsageError(say("{folder} is not in a Git repository.", folder=str(self.root)))
        if words.startswith("Timeout: "):
            return UsageError(say("Git gave no answer within {seconds} seconds.", seconds=str(patience)))
        return UsageError(say("Git says: {words}", words=words))

    def commit(self, revision: str) -> str:
        """The full name of the commit that a revision names. Raises UsageError where there is none."""
        try:
            return (
                self.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
                .decode()
                .strip()
            )
        except UsageError as error:
            message = say(
                "Git knows no commit, branch or tag {value} here. In CI, fetch the whole history (fetch-depth: 0, GIT_DEPTH: 0).",
                value=revision,
            )
            raise UsageError(message) from error

    def references(self, *names: str) -> dict[str, str]:
        """The commits that `HEAD`, branches and branches of other repositories with these names are at, by their full names."""
        try:
            listing = self.run("show-ref", "--head", "--", *names).decode("utf-8", "surrogateescape")
        except UsageError as error:
            if error.message.values.get("words") != "":  # where there are none, Git says nothing
                raise
            return {}
        rows = (line.split(" ", 1) for line in listing.splitlines())
        return {name: commit for commit, name in rows}

    def fork_point(self, revision: str) -> str:
        """The commit at which the current branch left a revision. Raises UsageError where the clone does not reach back to it."""
        commit = self.commit(revision)
        try:
            return self.run("merge-base", commit, "HEAD").decode().split()[0]
        except (UsageError, IndexError) as error:
            message = say(
                "The history here does not reach back to where this branch left {value}. In CI, fetch the whole history (fetch-depth: 0, GIT_DEPTH: 0).",
                value=revision,
            )
            raise UsageError(message) from error

    def changed(self, commit: str) -> set[str]:
        """Paths below the root that differ from a commit, uncommitted and new files included."""
        tracked = self.run(
            "diff",
            "--name-only",
            "-z",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            "--relative",
            commit,
            "--",
            ".",
        )
        new = self.run("ls-files", "-z", "--others", "--exclude-standard", "--", ".")
        return {os.fsdecode(path) for path in (tracked + new).split(b"\0") if path}

    def between(self, head: str, *bases: str) -> tuple[str, set[str]]:
        """The newest commit that a branch has in common with any of these, and the paths below the root that it changed since.

        Raises UsageError where they have nothing in common.
        """
        fork = self.run("merge-base", head, *bases).decode().split()[0]
        told = self.run("diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--relative", fork, head, "--", ".")  # fmt: skip
        return fork, {os.fsdecode(path) for path in told.split(b"\0") if path}

    def blobs(self, commit: str) -> dict[str, str]:
        """Git's names of the contents of the files below the root in a commit, by path; links are left out."""
        rows = (row.partition(b"\t") for row in self.run("ls-tree", "-r", "-z", commit).split(b"\0"))
        return {
            os.fsdecode(name): facts.split(b" ")[2].decode()
            for facts, _, name in rows
            if b" blob " in facts and not facts.startswith(b"120000")
        }

    def files(self, commit: str, paths: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """The content that files below the root had in a commit; those that it does not hold are left out."""
        wanted = set(paths)
        found = [(path, name.encode()) for path, name in self.blobs(commit).items() if path in wanted]
        yield from zip((path for path, _ in found), self._contents([name for _, name in found]), strict=True)

    def _contents(self, names: Sequence[bytes]) -> Iterator[bytes]:
        content = self.run("cat-file", "--batch", stdin=b"".join(name + b"\n" for name in names)) if names else b""
        position = 0
        for _ in names:
            end = content.index(b"\n", position)
            size = int(content[position:end].rsplit(b" ", 1)[1])
            yield content[end + 1 : end + 1 + size]
            position = end + 2 + size


def _drain(pipe: IO[bytes], take: Callable[[bytes], object]) -> None:
    """Hand on what comes out of a pipe; nothing at its end."""
    while piece := os.read(pipe.fileno(), _PIECE):
        take(piece)
    take(b"")
