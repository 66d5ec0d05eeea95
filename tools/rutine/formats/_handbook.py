"""The handbook as data, as `handbook.schema.json` describes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from rutine.formats import Shown
from rutine.formats._facts import described
from rutine.holders import holders_on
from rutine.i18n import choose
from rutine.model import Settings
from rutine.publication import Publication
from rutine.published import title_of
from rutine.revisions import latest


def head(published: Publication) -> dict[str, Any]:
    """The handbook, its organisation and its kinds. People stand there by their names, without their addresses."""
    settings = published.report.handbook.settings
    return {
        "$schema": "handbook.schema.json",
        "version": 1,
        "on": published.report.today.isoformat(),
        "name": settings.name,
        "organisation": settings.organisation,
        "language": settings.language,
        "site": published.site_url or None,
        "kinds": [
            {"name": kind.name, "title": kind.title(settings.language)}
            for kind in settings.kinds.values()
            if kind.is_published
        ],
        "units": [
            {"name": unit.name, "title": choose(unit.title, settings.language), "parent": unit.parent}
            for unit in settings.units.values()
        ],
        "roles": list(_roles(settings, published.report.today)),
    }


def _roles(settings: Settings, today: date) -> Iterator[dict[str, Any]]:
    for role in settings.roles.values():
        holders = [settings.people[holder.person].full_name for holder in holders_on(settings, role.name, today)]
        title = choose(role.title, settings.language)
        yield {"name": role.name, "title": title, "unit": role.unit, "holders": holders}


def documents(published: Publication) -> Iterator[dict[str, Any]]:
    """Every published document, with what `rutine show` tells of it and where it is."""
    settings, today = published.report.handbook.settings, published.report.today
    for document in published.documents:
        shown = Shown(document, settings, today, published.deadlines.get(document.path))
        revision = latest(document)
        yield {
            **described(shown),
            "title": title_of(document),
            "version": revision.version if revision else None,
            "page": published.page(document),
            "address": published.lasting(document),
            "attachments": published.attachments(document),
        }
