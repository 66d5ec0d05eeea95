"""What is read of a forge's answer: the change that was proposed, what people said of it, and values that are what they must be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

from rutine.errors import UsageError
from rutine.model import Forge, say

Verdict = Literal["approved", "refused", "taken-back"]
State = Literal["open", "merged", "closed"]

LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,253}[A-Za-z0-9_-])?(?:\[bot\])?")
COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_NAME = r"(?!\.\.?(?:/|\Z))[A-Za-z0-9_.][A-Za-z0-9_.-]{0,254}"
PROJECT = re.compile(rf"{_NAME}(?:/{_NAME}){{1,20}}")
ADDRESS = re.compile(r"https?://[A-Za-z0-9.:\[\]-]{1,255}/[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]{0,2000}")
WORD = re.compile(r"[A-Za-z_-]{1,40}")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:Z| UTC|([+-]\d\d):?(\d\d))", re.ASCII)


class Opinion(NamedTuple):
    """What somebody said of a change: approved it, asked for another, or took either back.

    `at` is in UTC, None where the forge does not say; `commit` is the one that was looked at, empty where it is not known.
    """

    login: str
    is_program: bool
    verdict: Verdict
    at: datetime | None
    commit: str
    url: str


class Change(NamedTuple):
    """A pull request (GitHub) or merge request (GitLab).

    `reference` is `owner/repository#12` or `group/project!12`, `head` the last commit that was proposed, `base` one that
    it is compared with, `merge` the one that brought it to the default branch (both empty where the forge does not say),
    `author` the account that proposed it.
    """

    forge: Forge
    reference: str
    author: str
    base: str
    head: str
    merge: str
    state: State
    opinions: tuple[Opinion, ...]


class Answer:
    """An object of a forge's answer, whose values are told apart from what they are not. All of it is a stranger's."""

    def __init__(self, source: str, value: Mapping[str, Any], where: str = "") -> None:
        self.source, self._value, self._where = source, value, where

    def __contains__(self, name: str) -> bool:
        return self._value.get(name) is not None

    def part(self, name: str) -> Answer:
        """The object within. Raises UsageError where there is none."""
        value = self._value.get(name)
        if not isinstance(value, dict):
            raise self.wrong(name)
        return Answer(self.source, value, f"{self._where}{name}.")

    def parts(self, name: str) -> Iterator[Answer]:
        """The objects of the list within."""
        value = self._value.get(name)
        if not isinstance(value, list):
            raise self.wrong(name)
        for index, item in enumerate(value):
            if not isinstance(item, dict):
                raise self.wrong(f"{name}[{index}]")
            yield Answer(self.source, item, f"{self._where}{name}[{index}].")

    def text(self, name: str, pattern: re.Pattern[str]) -> str:
        """A text of that form."""
        value = self._value.get(name)
        if not isinstance(value, str) or len(value) > 3000 or not pattern.fullmatch(value):
            raise self.wrong(name)
        return value

    def text_or(self, name: str, pattern: re.Pattern[str]) -> str:
        """A text of that form; empty where there is none."""
        return self.text(name, pattern) if name in self else ""

    def number(self, name: str) -> int:
        """A whole number above zero."""
        value = self._value.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 10**18:
            raise self.wrong(name)
        return value

    def moment(self, name: str) -> datetime:
        """A time, in UTC."""
        found = _MOMENT.fullmatch(value) if isinstance(value := self._value.get(name), str) else None
        if found is None:
            raise self.wrong(name)
        day, time, fraction, hours, minutes = found.groups()
        offset = f"{hours}:{minutes}" if hours else "+00:00"
        try:
            told = datetime.fromisoformat(f"{day}T{time}.{(fraction or '0')[:6]:0<6}{offset}")
            return told.astimezone(UTC)
        except (ValueError, OverflowError):
            raise self.wrong(name) from None

    def moment_or(self, name: str) -> datetime | None:
        """A time, or None where there is none."""
        return self.moment(name) if name in self else None

    def flag(self, name: str) -> bool:
        """Whether it says true."""
        return self._value.get(name) is True

    def account(self, name: str, field: str) -> tuple[str, bool]:
        """Somebody's account, and whether it is a program's. GitHub calls accounts that are gone by no name: they are `ghost`."""
        if name not in self:
            return "ghost", False
        user = self.part(name)
        login = user.text(field, LOGIN)
        marked = user._value.get("type") == "Bot" or user.flag("bot")
        return login, marked or login.endswith("[bot]") or bool(_GITLAB_BOT.match(login))

    def wrong(self, name: str) -> UsageError:
        """What to raise for a value that is not what the forge answers."""
        message = say(
            "{file}: the field {field} is missing, or is not what GitHub or GitLab answers. Fetch the answer again, and do not change it.",
            file=self.source,
            field=f"{self._where}{name}",
        )
        return UsageError(message)


_GITLAB_BOT = re.compile(r"(?:project|group)_\d+_bot(?:_|\d|\Z)")
