"""GitHub's answers about a pull request: the pull request itself, its reviews, and what its webhook tells of a review.

https://docs.github.com/rest/pulls/pulls, https://docs.github.com/rest/pulls/reviews,
https://docs.github.com/webhooks/webhook-events-and-payloads#pull_request_review
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from rutine.errors import UsageError
from rutine.forge_values import ADDRESS, COMMIT, PROJECT, WORD, Answer, Change, Opinion, State, Verdict
from rutine.model import say

_VERDICTS: dict[str, Verdict] = {"approved": "approved", "changes_requested": "refused", "dismissed": "taken-back"}
_WITHOUT = ("commented", "pending")  # a comment changes nothing in what somebody has said before
_NEVER = datetime.min.replace(tzinfo=UTC)


def is_pull_request(answer: Answer) -> bool:
    """Whether this is the pull request itself."""
    return "number" in answer and "head" in answer and "base" in answer


def is_review(answer: Answer) -> bool:
    """Whether this is a review."""
    return "state" in answer and "pull_request_url" in answer and "number" not in answer


def is_event(answer: Answer) -> bool:
    """Whether this is what the webhook sends of a pull request, or of a review."""
    return "pull_request" in answer and ("review" in answer or "number" in answer)


def github_change(answers: Sequence[Answer]) -> Change:
    """The pull request with what was said of it. Raises UsageError where the answers are not about one and the same."""
    pulls = [answer for answer in answers if is_pull_request(answer)]
    pulls += [answer.part("pull_request") for answer in answers if is_event(answer)]
    reviews = [answer for answer in answers if is_review(answer)]
    reviews += [answer.part("review") for answer in answers if is_event(answer) and "review" in answer]
    if not pulls:
        raise UsageError(
            say(
                "There are reviews, but not the pull request that they are about. Give also what GitHub answers to GET /repos/OWNER/REPOSITORY/pulls/NUMBER."
            )
        )
    told = [(_reference(pull), pull) for pull in pulls]
    newest = max(pulls, key=lambda pull: pull.moment_or("updated_at") or _NEVER)
    reference = _reference(newest)
    abouts = [about for about, _ in told] + [_about(review) for review in reviews]
    if other := next((about for about in abouts if about.lower() != reference.lower()), ""):
        raise UsageError(
            say(
                "The answers are about two changes, {first} and {other}. Give those of one.",
                first=reference,
                other=other,
            )
        )
    author, _ = newest.account("user", "login")
    head, base = newest.part("head").text("sha", COMMIT), newest.part("base").text("sha", COMMIT)
    state = _state(pulls)
    merge = (
        newest.text_or("merge_commit_sha", COMMIT) if state == "merged" else ""
    )  # else one that GitHub only tries out
    return Change("github", reference, author, base, head, merge, state, _opinions(reviews))


def _reference(pull: Answer) -> str:
    return f"{pull.part('base').part('repo').text('full_name', PROJECT)}#{pull.number('number')}"


def _about(review: Answer) -> str:
    """The pull request that a review is about, from its address: …/repos/OWNER/REPOSITORY/pulls/NUMBER."""
    address = review.text("pull_request_url", ADDRESS)
    _, _, path = address.partition("/repos/")
    project, _, number = path.rpartition("/pulls/")
    if not PROJECT.fullmatch(project) or not number.isdigit():
        raise review.wrong("pull_request_url")
    return f"{project}#{number}"


def _state(pulls: Sequence[Answer]) -> State:
    """What is merged stays so, whatever an older answer says."""
    if any("merged_at" in pull or pull.flag("merged") for pull in pulls):
        return "merged"
    newest = max(pulls, key=lambda pull: pull.moment_or("updated_at") or _NEVER)
    return "closed" if newest.text("state", WORD) == "closed" else "open"


def _opinions(reviews: Sequence[Answer]) -> tuple[Opinion, ...]:
    """What was said, each review once: one that was dismissed is never valid again."""
    found: dict[int, Opinion] = {}
    for review in reviews:
        opinion, number = _opinion(review), review.number("id")
        if opinion and not (number in found and found[number].verdict == "taken-back"):
            found[number] = opinion
    return tuple(found.values())


def _opinion(review: Answer) -> Opinion | None:
    word = review.text("state", WORD).lower()
    if word in _WITHOUT:
        return None
    if word not in _VERDICTS:
        raise review.wrong("state")
    login, is_program = review.account("user", "login")
    at, commit = review.moment("submitted_at"), review.text_or("commit_id", COMMIT)
    return Opinion(login, is_program, _VERDICTS[word], at, commit, review.text("html_url", ADDRESS))
