"""Where the pages of registers are."""

from __future__ import annotations

from rutine.site_paths import file_name


def role_page(name: str) -> str:
    """The page of a role."""
    return f"register/roles/{file_name(name)}.md"


def unit_page(name: str) -> str:
    """The page of a unit."""
    return f"register/units/{file_name(name)}.md"


def act_page(identifier: str) -> str:
    """The page of an act, regulation or standard."""
    return f"register/regulations/{file_name(identifier).lower()}.md"


def matrix_page(area: str) -> str:
    """The page of who is responsible for what in an area; of all areas, where it is empty."""
    return f"register/responsibilities/{file_name(area) if area else 'index'}.md"


def kind_page(name: str) -> str:
    """The page of a kind of documents or records."""
    return f"reference/kinds/{file_name(name)}.md"
