"""What people are told of reviews, as data for programs; docs/notices.schema.json says what the fields mean."""

from __future__ import annotations

from typing import Any

from rutine.formats._digest import page_of, subject, text
from rutine.formats._mail import message_id
from rutine.model import Settings
from rutine.notices import Digest, Digests, Notice


def described(found: Digests) -> dict[str, Any]:
    """The days that are told of, a digest for each person, and the notices that there is nobody to give to."""
    return {
        "handbook": found.settings.name,
        "since": found.since.isoformat(),
        "on": found.today.isoformat(),
        "digests": [_digest(found, digest) for digest in found.digests],
        "unreached": [_notice(found.settings, notice) for notice in found.unreached],
    }


def _digest(found: Digests, digest: Digest) -> dict[str, Any]:
    person = found.settings.people[digest.person]
    return {
        "id": message_id(found, digest),
        "person": digest.person,
        "name": person.full_name,
        "email": person.email,
        "language": digest.language,
        "subject": subject(found, digest),
        "text": text(found, digest),
        "notices": [{**_notice(found.settings, told.notice), "reason": told.reason} for told in digest.notices],
    }


def _notice(settings: Settings, notice: Notice) -> dict[str, Any]:
    row = notice.row
    return {
        "kind": notice.kind,
        "on": notice.day.isoformat(),
        "path": row.path,
        "id": row.id,
        "title": row.title,
        "owner": row.owner,
        "due": row.due.isoformat(),
        "days": row.days,
        "url": page_of(settings, notice),
    }
