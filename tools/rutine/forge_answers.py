"""What GitHub and GitLab answer in JSON about one change, recognised by its shape. Bounded, and believed in nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rutine import github_answers, gitlab_answers
from rutine.errors import UsageError
from rutine.forge_values import Answer, Change
from rutine.model import say

SIZE_LIMIT = 20_000_000  # bytes: a hundred reviews with the longest texts that GitHub allows
DEPTH = 50  # levels; the forges' answers have fewer than ten
MOST = 5_000  # objects, in all answers together

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_BLANKS = re.compile(r"[ \t\r\n]*")
_BRACKETS = re.compile(r"[\[\]{}]")
_GITHUB: tuple[Callable[[Answer], bool], ...] = (
    github_answers.is_event,
    github_answers.is_pull_request,
    github_answers.is_review,
)
_GITLAB: tuple[Callable[[Answer], bool], ...] = (
    gitlab_answers.is_event,
    gitlab_answers.is_merge_request,
    gitlab_answers.is_approvals,
    gitlab_answers.is_version,
)


def read_change(files: Sequence[tuple[str, bytes]]) -> Change:
    """The change that all these answers are about. `files` are names and contents; a file holds an object, a list, or several.

    Raises UsageError for what is no such answer.
    """
    answers = [answer for name, content in files for answer in _answers(name, content)]
    if len(answers) > MOST:
        raise UsageError(say("There are more than {limit} answers here. Give those of one change.", limit=MOST))
    github, gitlab = _by_forge(answers)
    if github and gitlab:
        message = say(
            "Some of the answers are GitHub's ({first}) and some are GitLab's ({other}). Give those of one change.",
            first=github[0].source,
            other=gitlab[0].source,
        )
        raise UsageError(message)
    if not answers:
        raise UsageError(say("There is no answer in {file}.", file=", ".join(name for name, _ in files)))
    return github_answers.github_change(github) if github else gitlab_answers.gitlab_change(gitlab)


def _by_forge(answers: Sequence[Answer]) -> tuple[list[Answer], list[Answer]]:
    github: list[Answer] = []
    gitlab: list[Answer] = []
    for answer in answers:
        if any(fits(answer) for fits in _GITHUB):
            github.append(answer)
        elif any(fits(answer) for fits in _GITLAB):
            gitlab.append(answer)
        else:
            raise _unknown(answer.source)
    return github, gitlab


def _answers(name: str, content: bytes) -> Iterator[Answer]:
    for value in _values(name, content):
        yield from _objects(name, value)


def _objects(name: str, value: Any) -> Iterator[Answer]:
    if isinstance(value, list):
        for item in value:
            yield from _objects(name, item)
    elif isinstance(value, dict):
        yield Answer(name, value)
    else:
        raise _unknown(name)


def _unknown(name: str) -> UsageError:
    return UsageError(
        say(
            "{file} holds something else than what GitHub or GitLab answers about a change. Expected is a pull request, its reviews or the webhook's pull_request_review (GitHub), or a merge request, its approvals, its versions or the webhook's merge request (GitLab).",
            file=name,
        )
    )


def _values(name: str, content: bytes) -> Iterator[Any]:
    """The JSON values of a file, one after the other, as `gh api --paginate` writes them."""
    if len(content) > SIZE_LIMIT:
        raise UsageError(say("{file} is larger than {limit} MB.", file=name, limit=SIZE_LIMIT // 1_000_000))
    try:
        text = content.decode(json.detect_encoding(content))
    except UnicodeDecodeError:
        raise UsageError(say("{file} is not saved as UTF-8.", file=name)) from None
    if _depth(text) > DEPTH:
        raise UsageError(say("{file} is nested too deep.", file=name))
    decoder, position = json.JSONDecoder(parse_constant=_refused), _after_blanks(text, 0)
    while position < len(text):
        try:
            value, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            raise _broken(name, getattr(error, "msg", "") or type(error).__name__) from None
        yield value
        position = _after_blanks(text, end)


def _after_blanks(text: str, position: int) -> int:
    found = _BLANKS.match(text, position)
    return found.end() if found else position


def _broken(name: str, problem: str) -> UsageError:
    return UsageError(say("{file} is not valid JSON ({problem}).", file=name, problem=problem))


def _refused(constant: str) -> Any:
    raise ValueError(constant)


def _depth(text: str) -> int:
    """How many lists and objects lie within one another at most."""
    deepest = depth = 0
    for mark in _BRACKETS.finditer(_STRING.sub("", text)):
        depth += 1 if mark[0] in "[{" else -1
        deepest = max(deepest, depth)
        if deepest > DEPTH:
            break
    return deepest
