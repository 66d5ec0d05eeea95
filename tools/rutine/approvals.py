"""Which approvals of a change count, and which decisions they are: of which document, by whom, in which role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from rutine.fingerprint import fingerprint
from rutine.forge_values import Change, Opinion
from rutine.holders import holders_on
from rutine.model import Document, Message, Settings, say
from rutine.revisions import latest

_NEVER = datetime.min.replace(tzinfo=UTC)


class Approved(NamedTuple):
    """Somebody's approval of the last commit of a change: the account, the person, and when (UTC)."""

    login: str
    person: str
    at: datetime
    url: str

    @property
    def day(self) -> date:
        """The day, in UTC."""
        return self.at.date()


class Candidate(NamedTuple):
    """A document as the last commit of a change has it, and the role that decided it before the change (empty: none)."""

    document: Document
    decider_before: str = ""


class Decision(NamedTuple):
    """What a decision record tells; `commit` is the one that was approved.

    `author` is a person of `handbook.yml`, or an account such as `github:eva`, which nobody can take for a person.
    """

    document: str
    version: str
    day: date
    by: str
    person: str
    author: str
    reference: str
    fingerprint: str
    forge: str
    account: str
    at: str
    commit: str
    url: str


def person_of(settings: Settings, forge: str, login: str) -> str:
    """The short name of the one person whose account this is; empty where there is none, or more than one."""
    found = [
        name for name, person in settings.people.items() if person.accounts.get(forge, "").lower() == login.lower()
    ]
    return found[0] if login and len(found) == 1 else ""


def approved(settings: Settings, change: Change, *, four_eyes: bool = False) -> tuple[list[Approved], list[Message]]:
    """The approvals that count, the first to come first, and of all others why they do not."""
    counted, told = [], []
    for opinion in _last_words(change):
        person = person_of(settings, change.forge, opinion.login)
        if reason := _objection(change, opinion, person, own=_is_own(settings, change, opinion), four_eyes=four_eyes):
            told.append(reason)
        elif opinion.at:
            counted.append(Approved(opinion.login, person, opinion.at, opinion.url))
    return sorted(counted, key=lambda approval: (approval.at, approval.login)), told


def _last_words(change: Change) -> list[Opinion]:
    """What each account said last. Of several things said in one second, the later in the answer."""
    last: dict[str, Opinion] = {}
    for opinion in change.opinions:
        name = opinion.login.lower()
        if name not in last or (opinion.at or _NEVER) >= (last[name].at or _NEVER):
            last[name] = opinion
    return list(last.values())


def _is_own(settings: Settings, change: Change, opinion: Opinion) -> bool:
    """Whether somebody has approved what the same person proposed, perhaps from another account."""
    person = person_of(settings, change.forge, opinion.login)
    same = person and person == person_of(settings, change.forge, change.author)
    return bool(same) or opinion.login.lower() == change.author.lower()


def _objection(change: Change, opinion: Opinion, person: str, *, own: bool, four_eyes: bool) -> Message | None:
    """Why something that was said is no approval that counts."""
    login = opinion.login
    if opinion.verdict == "refused":
        return say("{login} has asked for changes last, which is no approval.", login=login)
    if opinion.verdict == "taken-back":
        return say("The approval of {login} was taken back or dismissed.", login=login)
    if opinion.is_program:
        return say("{login} is a program. Its approval does not count.", login=login)
    if opinion.at is None:
        return say(
            "The answers do not say when {login} approved. Newer versions of GitLab do, and so does what its webhook sends.",
            login=login,
        )
    if not opinion.commit:
        return say(
            "The answers do not say which commit {login} approved. Give also what GitLab answers to GET /projects/ID/merge_requests/NUMBER/versions.",
            login=login,
        )
    if opinion.commit != change.head:
        return say(
            "{login} approved the commit {commit}, but the change was altered after that. The approval does not count.",
            login=login,
            commit=opinion.commit[:12],
        )
    if four_eyes and not change.author:
        return say(
            "The answers do not say who proposed the change, so that the approval of {login} might be of somebody's own work. Give also what GitLab answers to GET /projects/ID/merge_requests/NUMBER.",
            login=login,
        )
    if four_eyes and own:
        return say("{login} approved what was their own proposal. With four eyes, that does not count.", login=login)
    if not person:
        return say(
            "{login} is the account of no person, or of several, in handbook.yml. Add it there: accounts, at the person.",
            login=login,
        )
    return None


def decisions(
    settings: Settings, change: Change, approvals: Sequence[Approved], candidates: Sequence[Candidate]
) -> Iterator[Decision | Message]:
    """For each document what was decided, or why nothing was."""
    for candidate in candidates:
        yield _decision(settings, change, approvals, candidate)


def _decision(
    settings: Settings, change: Change, approvals: Sequence[Approved], candidate: Candidate
) -> Decision | Message:
    document = candidate.document
    identifier, role, kind = document.value("id"), document.value("decided-by"), document.kind
    if reason := _unfit(settings, candidate):
        return reason
    holding = [approval for approval in approvals if _holds(settings, role or "", approval)]
    if not holding:
        return say(
            "{id}: none whose approval counts held the role {role} on that day. Nothing is recorded.",
            id=identifier or "",
            role=role or "",
        )
    before = candidate.decider_before
    if before and before != role and not any(_holds(settings, before, approval) for approval in approvals):
        return say(
            "{id}: the change says that {role} decides, where it was {before}. Nothing is recorded, for {before} has not approved that.",
            id=identifier or "",
            role=role or "",
            before=before,
        )
    first, newest = holding[0], latest(document) if kind else None
    author = person_of(settings, change.forge, change.author) or (change.author and f"{change.forge}:{change.author}")
    return Decision(
        identifier or "", (newest.version or "") if newest else "", first.day, role or "", first.person, author,
        change.reference, fingerprint(document), change.forge, first.login, _written(first.at), change.head, first.url,
    )  # fmt: skip


def _unfit(settings: Settings, candidate: Candidate) -> Message | None:
    """Why no decision can be recorded of a document, whoever approved it."""
    document = candidate.document
    path, kind = document.path, document.kind
    if document.faults or kind is None:
        return say("{path} cannot be read as it is in the approved commit. Nothing is recorded of it.", path=path)
    if not document.value("id"):
        return say("{path} has no number, so that no record can tell of it.", path=path)
    if kind.status(document.value("status")) == "draft":
        return say("{path} is a draft, of which nothing was decided.", path=path)
    role = document.value("decided-by")
    if not role:
        return say("{path} does not say which role decides it. Nothing is recorded of it.", path=path)
    if role not in settings.roles:
        return say("{path} is decided by {role}, which is no role of handbook.yml.", path=path, role=role)
    return None


def _holds(settings: Settings, role: str, approval: Approved) -> bool:
    return any(holder.person == approval.person for holder in holders_on(settings, role, approval.day))


def _written(at: datetime) -> str:
    """A time in UTC as ISO 8601 has it, to the second."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def fields_of(decision: Decision) -> dict[str, Any]:
    """What a record tells of it, by what the values mean; by name those that mean nothing to rutine."""
    return {
        "about": decision.document,
        "about-version": decision.version,
        "decided-on": decision.day.isoformat(),
        "decided-by": decision.by,
        "person": decision.person,
        "author": decision.author,
        "decision-reference": decision.reference,
        "fingerprint": decision.fingerprint,
        "approval": {
            "forge": decision.forge,
            "by": decision.account,
            "at": decision.at,
            "commit": decision.commit,
            "url": decision.url,
        },
    }
