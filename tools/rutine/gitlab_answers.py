"""GitLab's answers about a merge request: itself, its approvals, its versions, and what its webhook tells of an approval.

https://docs.gitlab.com/api/merge_requests/, https://docs.gitlab.com/api/merge_request_approvals/,
https://docs.gitlab.com/user/project/integrations/webhook_events/#merge-request-events

An approval names no commit. The versions tell which one was the last when somebody approved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from rutine.errors import UsageError
from rutine.forge_values import ADDRESS, COMMIT, PROJECT, WORD, Answer, Change, Opinion, State, Verdict
from rutine.model import say

_ACTIONS: dict[str, Verdict] = {
    "approved": "approved",
    "approval": "approved",
    "unapproved": "taken-back",
    "unapproval": "taken-back",
}
_STATES: dict[str, State] = {"opened": "open", "locked": "open", "merged": "merged", "closed": "closed"}
_PATH = re.compile(r"https?://[^/]+/(.+?)/(?:-/)?merge_requests/\d+")
_NEVER = datetime.min.replace(tzinfo=UTC)


def is_merge_request(answer: Answer) -> bool:
    """Whether this is the merge request itself."""
    return "iid" in answer and "source_branch" in answer and "web_url" in answer


def is_approvals(answer: Answer) -> bool:
    """Whether this tells who has approved."""
    return "approved_by" in answer and "source_branch" not in answer


def is_version(answer: Answer) -> bool:
    """Whether this is one of the versions that the merge request has had."""
    return "head_commit_sha" in answer


def is_event(answer: Answer) -> bool:
    """Whether this is what the webhook sends of a merge request."""
    return "object_kind" in answer and "object_attributes" in answer


def gitlab_change(answers: Sequence[Answer]) -> Change:
    """The merge request with what was said of it. Raises UsageError where the answers are not about one and the same."""
    events = [answer for answer in answers if is_event(answer)]
    for event in events:
        if event.text("object_kind", WORD) != "merge_request":
            raise event.wrong("object_kind")
    requests = [answer for answer in answers if is_merge_request(answer)]
    if not requests and not events:
        raise UsageError(
            say(
                "There are approvals, but not the merge request that they are about. Give also what GitLab answers to GET /projects/ID/merge_requests/NUMBER."
            )
        )
    reference = _agreed(answers, requests, events)
    author = requests[-1].account("author", "username")[0] if requests else ""
    versions = sorted(
        ((version.moment("created_at"), version) for version in answers if is_version(version)), key=lambda row: row[0]
    )
    head, state = _newest(requests, events)
    base = versions[-1][1].text_or("base_commit_sha", COMMIT) if versions else ""
    if requests and "diff_refs" in requests[-1]:
        base = requests[-1].part("diff_refs").text_or("base_sha", COMMIT) or base
    commits = [(at, version.text("head_commit_sha", COMMIT)) for at, version in versions]
    merges = [
        request.text_or(name, COMMIT) for request in requests for name in ("merge_commit_sha", "squash_commit_sha")
    ]
    merge, opinions = next(filter(None, merges), ""), tuple(_opinions(answers, events, requests, commits))
    return Change("gitlab", reference, author, base, head, merge, state, opinions)


def _agreed(answers: Sequence[Answer], requests: Sequence[Answer], events: Sequence[Answer]) -> str:
    """What the merge request is called; the same in every answer that says so."""
    found = [_reference(request) for request in requests] + [_event_reference(event) for event in events]
    reference = found[0]
    number = reference.rpartition("!")[2]
    found += [
        f"!{answer.number('iid')}"
        for answer in answers
        if is_approvals(answer) and "iid" in answer and str(answer.number("iid")) != number
    ]
    if other := next((name for name in found if name != reference), ""):
        raise UsageError(
            say(
                "The answers are about two changes, {first} and {other}. Give those of one.",
                first=reference,
                other=other,
            )
        )
    return reference


def _reference(request: Answer) -> str:
    """`group/project!12`, from the address where people read it."""
    found = _PATH.match(request.text("web_url", ADDRESS))
    if not found or not PROJECT.fullmatch(found[1]):
        raise request.wrong("web_url")
    return f"{found[1]}!{request.number('iid')}"


def _event_reference(event: Answer) -> str:
    number = event.part("object_attributes").number("iid")
    return f"{event.part('project').text('path_with_namespace', PROJECT)}!{number}"


def _newest(requests: Sequence[Answer], events: Sequence[Answer]) -> tuple[str, State]:
    """The last commit that was proposed, and what became of the merge request, by the newest of the answers."""
    known = [(_updated(request), request.text("sha", COMMIT), request) for request in requests]
    for event in events:
        told = event.part("object_attributes")
        known.append((_updated(told), told.part("last_commit").text("id", COMMIT), told))
    states = [_STATES.get(answer.text("state", WORD)) for _, _, answer in known]
    for state, (_, _, answer) in zip(states, known, strict=True):
        if state is None:
            raise answer.wrong("state")
    _, head, newest = max(known, key=lambda row: row[0])
    return head, "merged" if "merged" in states else _STATES[newest.text("state", WORD)]


def _updated(answer: Answer) -> datetime:
    return answer.moment_or("updated_at") or _NEVER


def _opinions(
    answers: Sequence[Answer],
    events: Sequence[Answer],
    requests: Sequence[Answer],
    commits: Sequence[tuple[datetime, str]],
) -> list[Opinion]:
    """Who has approved, by the list where there is one: it leaves out whoever has taken an approval back."""
    heard = [opinion for event in events if (opinion := _heard(event))]
    lists = [answer for answer in answers if is_approvals(answer)]
    if not lists:
        return heard
    url = requests[-1].text("web_url", ADDRESS) if requests else heard[-1].url if heard else ""
    found = []
    for approval in lists[-1].parts("approved_by"):
        login, is_program = approval.account("user", "username")
        own = [one for one in heard if one.login.lower() == login.lower() and one.verdict == "approved"]
        last = max(own, key=lambda one: one.at or _NEVER, default=None)
        at = approval.moment_or("approved_at") or (last.at if last else None)
        commit = _commit(commits, at) or (last.commit if last else "")
        found.append(Opinion(login, is_program, "approved", at, commit, last.url if last else url))
    return found


def _commit(commits: Sequence[tuple[datetime, str]], at: datetime | None) -> str:
    """The last commit that had been proposed at that time."""
    return next((commit for since, commit in reversed(commits) if at and since <= at), "")


def _heard(event: Answer) -> Opinion | None:
    told = event.part("object_attributes")
    verdict = _ACTIONS.get(told.text_or("action", WORD))
    if verdict is None:
        return None
    login, is_program = event.account("user", "username")
    commit = told.part("last_commit").text("id", COMMIT)
    return Opinion(login, is_program, verdict, told.moment("updated_at"), commit, told.text("url", ADDRESS))
