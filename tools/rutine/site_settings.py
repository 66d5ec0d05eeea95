"""From disk: the handbook's `mkdocs.yml`, refused where it says anything that could run, reach out or read elsewhere.

It may come from a stranger. So there is a list of what it may say, and not one of what it may not.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from rutine.errors import ConfigurationError
from rutine.frontmatter import SIZE_LIMIT
from rutine.look import THEME
from rutine.model import Place, say
from rutine.own_folder import refuse_links
from rutine.site_fields import faults_in
from rutine.write import write_file


def configuration(root: Path) -> Path:
    """The handbook's `mkdocs.yml`; where it has none, a copy of the one that rutine ships, below `build/`."""
    own, copy, shipped = root / "mkdocs.yml", root / "build" / "mkdocs.yml", (THEME / "mkdocs.yml").read_bytes()
    if own.is_file() or own.is_symlink():
        return own
    refuse_links(root, copy)
    if not copy.is_file() or copy.read_bytes() != shipped:
        write_file(copy, shipped)
    return copy


def refuse_code(root: Path, file: Path) -> None:
    """Raises ConfigurationError where a `mkdocs.yml` says more than how the site looks: it may come from a stranger."""
    name = os.path.relpath(file, root)
    if file.is_symlink():
        faults = [(Place(name), say("This is a symbolic link, which is never followed. Put the file itself here."))]
    elif file.stat().st_size > SIZE_LIMIT:
        faults = [(Place(name), say("The file is too large for settings."))]
    else:
        faults = [(_place(name, mark), message) for mark, message in faults_in(file.read_bytes())]
    if faults:
        message = say(
            "`rutine build` runs no code of the repository, and does not use a mkdocs.yml like this. Mend these lines."
        )
        raise ConfigurationError(message, faults)


def values_of(file: Path) -> dict[str, Any]:
    """What a `mkdocs.yml` says that `refuse_code` lets pass, as plain values; of Python, only names of emoji are left."""
    import yaml

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", lambda _loader, name, _node: name)
    found = yaml.load(file.read_bytes(), Loader)  # noqa: S506  # it is a safe one
    return found if isinstance(found, dict) else {}


def _place(name: str, mark: Any) -> Place:
    return Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
