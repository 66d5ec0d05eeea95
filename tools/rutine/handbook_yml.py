"""What `handbook.yml` says, as settings. It has been found to satisfy its schema before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import normpath
from typing import Any

from rutine.kinds import Kind
from rutine.model import Look, Person, Role, Settings, Unit


def settings_of(meta: Mapping[str, Any], kinds: Mapping[str, Kind]) -> Settings:
    """The settings; what the file does not say is as its schema's defaults have it."""
    documents, review, search = meta.get("documents", {}), meta.get("review", {}), meta.get("search", {})
    return Settings(
        name=meta["name"],
        organisation=meta.get("organisation", meta["name"]),
        language=meta["language"],
        folder=normpath(documents.get("folder", "procedures")),
        include=tuple(documents.get("include", ("**/*.md",))),
        exclude=tuple(documents.get("exclude", ())),
        default_kind=documents.get("kind"),
        plain_pages=documents.get("plain", False),
        markdown=documents.get("markdown", "python-markdown"),
        address=documents.get("address", "folder"),
        generator=meta.get("generator", "mkdocs"),
        edit=documents.get("edit"),
        records_folder=normpath(meta.get("records", {}).get("folder", "records")),
        units={unit.name: unit for unit in _units(meta.get("units") or {}, None)},
        roles={
            name: Role(name, _names(role["title"]), role.get("unit"), tuple(role.get("holders", ())))
            for name, role in (meta.get("roles") or {}).items()
        },
        people={
            name: Person(name, person["name"], person.get("email"))
            for name, person in (meta.get("people") or {}).items()
        },
        review_every=review.get("every"),
        review_classes=review.get("classes", {}),
        review_soon=review.get("soon", "60 days"),
        evidence_from=meta.get("evidence", {}).get("from", ""),
        regulations={name: entry["title"] for name, entry in (meta.get("regulations") or {}).items()},
        synonyms=tuple((word, *same) for word, same in search.get("synonyms", {}).items()),
        ask=search.get("ask", ""),
        redirects=meta.get("redirects") or {},
        kinds=kinds,
        look=_look(meta.get("look") or {}),
        accessibility_statement=meta.get("accessibility_statement"),
    )


def _look(meta: Mapping[str, Any]) -> Look:
    logo = meta.get("logo")
    return Look(meta.get("colour", Look().colour).lower(), normpath(logo) if logo else None)


def _names(value: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"": value} if isinstance(value, str) else value


def _units(tree: Mapping[str, Any], parent: str | None) -> Iterator[Unit]:
    for name, unit in tree.items():
        yield Unit(name, _names(unit["title"]), parent)
        yield from _units(unit.get("units") or {}, name)
