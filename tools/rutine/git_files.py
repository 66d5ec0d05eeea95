"""From disk: what a repository tells without Git being asked: where it is, and at which commits its references are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path

_OBJECT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def git_folders(root: Path) -> tuple[Path, Path] | None:
    """Where Git keeps what it knows of a folder: of this working tree, and of all that share it; None in no repository."""
    own = next((folder / ".git" for folder in (root, *root.parents) if (folder / ".git").exists()), None)
    if own is None:
        return None
    try:
        if own.is_file():  # of a further working tree, or of a submodule
            own = own.parent / own.read_text("utf-8").removeprefix("gitdir:").strip()
        common = own / "commondir"
        return own, own / common.read_text("utf-8").strip() if common.is_file() else own
    except (OSError, ValueError):
        return own, own


def git_state(own: Path, common: Path) -> bytes:
    """Changes when the current commit or the default branch does, or the clone is made whole; empty if that cannot be told."""
    names = (
        "packed-refs",
        "shallow",
        *(f"refs/{place}/{name}" for place in ("heads", "remotes/origin") for name in ("HEAD", "main", "master")),
    )
    try:
        head = (own / "HEAD").read_bytes()
        branch = head[5:].decode().strip() if head.startswith(b"ref: ") else ""
        paths = [common / name for name in (*names, branch) if name]
        found = [path.read_bytes() if path.is_file() else b"" for path in paths]
        return blake2b(b"\0".join([head, *found]), digest_size=20).digest()
    except (OSError, ValueError):
        return b""


def read_references(own: Path, common: Path, names: Sequence[str]) -> dict[str, str] | None:
    """The commits that references are at, without asking Git (gitrepository-layout).

    None where they are kept in another way than in these files, so that only Git can tell.
    """
    try:
        packed = (
            (common / "packed-refs").read_text("utf-8", "surrogateescape") if (common / "packed-refs").exists() else ""
        )
        rows = (line.split(" ", 1) for line in packed.splitlines() if line[:1] not in ("#", "^"))
        known = {name: commit for commit, name in rows}
        found = {name: _reference(own if name == "HEAD" else common, common, name, known) for name in names}
    except (OSError, ValueError):
        return None
    return None if "?" in found.values() else {name: commit for name, commit in found.items() if commit}


def _reference(folder: Path, common: Path, name: str, packed: Mapping[str, str], depth: int = 5) -> str:
    """The commit that a reference is at; empty where there is none, `?` where this is not the way to tell."""
    path = folder / name
    content = path.read_text("utf-8").strip() if path.is_file() else packed.get(name, "?" if name == "HEAD" else "")
    if content.startswith("ref: "):
        target = content[5:].strip()
        is_plain = target.startswith("refs/") and ".invalid" not in target and ".." not in target and depth > 0
        return _reference(common, common, target, packed, depth - 1) if is_plain else "?"
    return content if not content or _OBJECT.fullmatch(content) else "?"


def folder_in_repository(root: Path) -> str:
    """The path from the repository's own root to the handbook's, ending in `/`; empty where they are one, or there is none."""
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            inside = root.relative_to(folder).as_posix()
            return "" if inside == "." else f"{inside}/"
    return ""
