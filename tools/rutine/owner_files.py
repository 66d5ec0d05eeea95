"""From disk and to it: the CODEOWNERS files of the repository that the handbook lies in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rutine.codeowners import PLACES, is_marked
from rutine.errors import UsageError
from rutine.git_files import folder_in_repository
from rutine.inside import is_own_file, leads_through_link
from rutine.model import Forge, OwnersFile, say
from rutine.write import write_file

SIZE_LIMIT = 10_000_000  # bytes of a CODEOWNERS file


def owner_files(root: Path) -> tuple[OwnersFile, ...]:
    """The CODEOWNERS files with a part that rutine makes."""
    return tuple(file for forge in PLACES if (file := owner_file(root, forge)) and is_marked(file.text))


def owner_file(root: Path, forge: Forge) -> OwnersFile | None:
    """The CODEOWNERS file of a forge; None where there is none that is an ordinary file of the repository."""
    above, prefix = _repository(root)
    path = above / PLACES[forge]
    if not is_own_file(above, path) or path.stat().st_size > SIZE_LIMIT:
        return None
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    return OwnersFile(forge, "../" * prefix.count("/") + PLACES[forge], text, prefix)


def write_owners(root: Path, forge: Forge, text: str) -> None:
    """Write the CODEOWNERS file of a forge. Raises UsageError where a symbolic link is in the way."""
    above, _ = _repository(root)
    if leads_through_link(above, PLACES[forge]):
        raise UsageError(
            say("{folder} is reached through a symbolic link, which is never followed.", folder=PLACES[forge])
        )
    write_file(above / PLACES[forge], text.encode("utf-8", "surrogateescape"))


def hiding(root: Path, forge: Forge) -> Iterator[str]:
    """The files that a forge reads instead of its own: GitLab heeds the first of three places, GitHub `.github` first."""
    above, _ = _repository(root)
    for path in ("CODEOWNERS", "docs/CODEOWNERS") if forge == "gitlab" else ():
        if (above / path).is_file():
            yield path


def likely_forge(root: Path) -> Forge:
    """The forge that the repository seems to be kept at, by the files that lie in it."""
    above, _ = _repository(root)
    if any((above / path).exists() for path in (PLACES["github"], ".github")):
        return "github"
    return "gitlab" if any((above / path).exists() for path in (".gitlab", ".gitlab-ci.yml")) else "github"


def _repository(root: Path) -> tuple[Path, str]:
    """The root of the repository, or the handbook's own where there is none; and the handbook's folder in it."""
    prefix = folder_in_repository(root)
    return (root.parents[prefix.count("/") - 1] if prefix else root), prefix
