"""What `handbook.yml` says, as settings. It has been found to satisfy its schema before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from posixpath import normpath
from typing import Any

from rutine.frontmatter import Loaded
from rutine.kinds import Kind
from rutine.model import (
    ActChange,
    Holder,
    Look,
    Notices,
    Owners,
    Person,
    Place,
    Pointer,
    ReviewRule,
    Role,
    Settings,
    Unit,
)

FILE = "handbook.yml"


def settings_of(meta: Mapping[str, Any], kinds: Mapping[str, Kind], source: str = "") -> Settings:
    """The settings; what the file does not say is as its schema's defaults have it."""
    documents, search = meta.get("documents", {}), meta.get("search", {})
    evidence = meta.get("evidence", {})
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
        roles={name: _role(name, role) for name, role in (meta.get("roles") or {}).items()},
        people={name: _person(name, person) for name, person in (meta.get("people") or {}).items()},
        **_reviews(meta.get("review", {})),
        evidence_from=evidence.get("from", ""),
        **_acts(meta.get("regulations") or {}),
        synonyms=tuple((word, *same) for word, same in search.get("synonyms", {}).items()),
        ask=search.get("ask", ""),
        redirects=meta.get("redirects") or {},
        kinds=kinds,
        look=_look(meta.get("look") or {}),
        accessibility_statement=meta.get("accessibility_statement"),
        owners=Owners(**(meta.get("owners") or {})),
        decisions_are_records=evidence.get("decisions") == "records",
        four_eyes=evidence.get("four_eyes", False),
        notices=_notices(meta.get("notices") or {}),
        source=source,
    )


def place_in(settings: Settings, pointer: Pointer) -> Place:
    """Where a value stands in `handbook.yml`."""
    return Place(FILE, *_loaded(settings.source).place(pointer))


@lru_cache(maxsize=2)
def _loaded(source: str) -> Loaded:
    return Loaded(source, 1)


def _role(name: str, meta: Mapping[str, Any]) -> Role:
    holders = tuple(map(_holder, meta.get("holders", ())))
    return Role(name, _names(meta["title"]), meta.get("unit"), holders, meta.get("team"), meta.get("body", False))


def _holder(value: str | Mapping[str, Any]) -> Holder:
    if isinstance(value, str):
        return Holder(value)
    return Holder(
        value["person"], value.get("from"), value.get("until"), value.get("deputy", False), value.get("reference")
    )


def _reviews(review: Mapping[str, Any]) -> dict[str, Any]:
    classes: Mapping[str, str | Mapping[str, Any]] = review.get("classes", {})
    return {
        "review_every": review.get("every"),
        "review_classes": {name: one if isinstance(one, str) else one["every"] for name, one in classes.items()},
        "review_rules": {name: _review_rule(one) for name, one in classes.items() if not isinstance(one, str)},
        "review_soon": review.get("soon", "60 days"),
        "regulations_every": review.get("regulations_every"),
    }


def _acts(acts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    changed = {name: entry["changes"] for name, entry in acts.items() if "changes" in entry}
    return {
        "regulations": {name: entry["title"] for name, entry in acts.items() if "title" in entry},
        "regulation_states": {name: entry["checked"] for name, entry in acts.items() if "checked" in entry},
        "regulation_changes": {name: tuple(map(_act_change, changes)) for name, changes in changed.items()},
    }


def _review_rule(meta: Mapping[str, Any]) -> ReviewRule:
    shorten, lengthen = meta.get("shorten", {}), meta.get("lengthen", {})
    return ReviewRule(
        meta.get("least"), meta.get("most"), shorten.get("records", 0), shorten.get("within"), shorten.get("to"),
        tuple(shorten.get("kinds", ())), lengthen.get("stable", 0), lengthen.get("by"),
    )  # fmt: skip


def _act_change(meta: Mapping[str, Any]) -> ActChange:
    return ActChange(tuple(meta.get("at", ())), meta["from"], meta.get("note", ""))


def _person(name: str, meta: Mapping[str, Any]) -> Person:
    accounts = meta.get("accounts") or {}
    return Person(name, meta["name"], meta.get("email"), meta.get("left"), accounts, meta.get("language"))


def _notices(meta: Mapping[str, Any]) -> Notices:
    usual = Notices()
    site = meta.get("site")
    return Notices(
        before=tuple(meta.get("before", usual.before)),
        at=meta.get("at", usual.at),
        manager_after=meta.get("manager_after", usual.manager_after) or None,
        sender=meta.get("sender"),
        site=f"{site.rstrip('/')}/" if site else None,
    )


def _look(meta: Mapping[str, Any]) -> Look:
    logo = meta.get("logo")
    return Look(meta.get("colour", Look().colour).lower(), normpath(logo) if logo else None)


def _names(value: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"": value} if isinstance(value, str) else value


def _units(tree: Mapping[str, Any], parent: str | None) -> Iterator[Unit]:
    for name, unit in tree.items():
        yield Unit(name, _names(unit["title"]), parent, unit.get("manager"))
        yield from _units(unit.get("units") or {}, name)
