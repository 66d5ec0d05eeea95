"""Whom GitHub or GitLab asks about a change to each document: a CODEOWNERS file from what the handbook says of owners.

GitHub heeds only the last line that fits a file, and reads no such file above 3 MB. Its patterns are those of gitignore,
but know no `[ ]`, and no way to write `#` as itself:
https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
GitLab heeds the last line of each section that fits; its patterns are Ruby's `File.fnmatch`, and `\\` goes before what
would mean something else: https://docs.gitlab.com/user/project/codeowners/reference/
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from rutine.errors import UsageError
from rutine.holders import holders_on
from rutine.i18n import render
from rutine.model import Entry, Forge, Handbook, OwnersFile, Settings, say
from rutine.ownership import named

BEGIN, END = "# BEGIN rutine codeowners", "# END rutine codeowners"
PLACES: dict[Forge, str] = {"github": ".github/CODEOWNERS", "gitlab": ".gitlab/CODEOWNERS"}
LIMIT = 3_000_000  # bytes that GitHub reads
ANY = "?"  # in a pattern: any one character but /

_SPECIAL = "#[]*?\\"  # what has a meaning in a pattern


class Line(NamedTuple):
    """A pattern, whom a change is put to, and whether it may fit other documents too."""

    pattern: str
    asked: tuple[str, ...]
    is_loose: bool = False

    def __str__(self) -> str:
        return " ".join([self.pattern, *self.asked])


class Block(NamedTuple):
    """The part of a CODEOWNERS file that rutine makes, and the documents that it lets reach nobody."""

    text: str
    unreached: tuple[str, ...]


def block(handbook: Handbook, forge: Forge, today: date, prefix: str = "") -> Block:
    """The lines for every document, between two marks. `prefix` is the handbook's folder in its repository, with `/`."""
    settings = handbook.settings
    lines, unreached = list[Line](), list[str]()
    for path, entry in sorted(handbook.entries.items()):
        kind = settings.kinds.get(entry.kind or "")
        roles, people = _named(entry, settings, "role"), _named(entry, settings, "person")
        if kind is None or kind.is_record or not (roles or people):
            continue
        asked = _asked(settings, roles, people, forge, today)
        if asked:
            lines.append(line_for(prefix + path, asked, forge))
        else:
            unreached.append(path)
    own = _own(settings, forge, today, prefix)
    if settings.owners.handbook and not own:
        unreached.append("handbook.yml")
    parts = [_head(settings, forge), own, *_grouped(lines)]
    text = "\n\n".join("\n".join(part) for part in parts if part)
    return Block(f"{BEGIN}\n{text}\n{END}\n", tuple(unreached))


def _named(entry: Entry, settings: Settings, register: str) -> list[str]:
    """Who owns a document, and then who decided it."""
    return [fact.value for meaning in ("owner", "decided-by") for fact in named(entry, settings, meaning, register)]


def _asked(settings: Settings, roles: list[str], people: list[str], forge: Forge, today: date) -> tuple[str, ...]:
    """The teams and accounts of these, each once."""
    found: dict[str, str] = {}
    for name in (name for role in roles for name in _of_role(settings, role, forge, today)):
        found.setdefault(name.casefold(), name)
    for account in (settings.people[person].accounts.get(forge) for person in people):
        if account:
            found.setdefault(f"@{account}".casefold(), f"@{account}")
    return tuple(found.values())


def _of_role(settings: Settings, role: str, forge: Forge, today: date) -> list[str]:
    if team := settings.roles[role].team:
        return [team]
    people = (settings.people[holder.person] for holder in holders_on(settings, role, today))
    return [f"@{person.accounts[forge]}" for person in people if forge in person.accounts]


def _head(settings: Settings, forge: Forge) -> list[str]:
    """What a reader of the file must know; for GitLab also the section, so that lines above hold beside these."""
    texts = [
        say("Made from handbook.yml and the documents by `rutine codeowners --write`, which makes these lines anew."),
        say("Write other lines above these: of several that fit a file, only the last one counts.")
        if forge == "github"
        else say("Write other lines above these: they count beside the section that begins here."),
    ]
    lines = [f"# {render(text, settings.language)}" for text in texts]
    name = "".join(char for char in settings.name if char.isprintable() and char not in "[]@#\\").strip()
    return [*lines, *([f"[{name or 'rutine'}]"] if forge == "gitlab" else [])]


def _own(settings: Settings, forge: Forge, today: date, prefix: str) -> list[str]:
    """The handbook's settings, its kinds and its records, before the documents: a document's own line counts more."""
    role = settings.owners.handbook
    asked = _asked(settings, [role], [], forge, today) if role else ()
    paths = ("handbook.yml", "schema/", f"{settings.records_folder}/")
    return [str(line_for(prefix + path, asked, forge)) for path in paths] if asked else []


def _grouped(lines: list[Line]) -> Iterator[list[str]]:
    """The lines by folder; those that may fit other documents too come first, so that theirs count."""
    yield [str(line) for line in lines if line.is_loose]
    exact = sorted((line.pattern.rpartition("/")[0], line) for line in lines if not line.is_loose)
    for _, group in groupby(exact, lambda pair: pair[0]):
        yield [str(line) for _, line in group]


def line_for(path: str, asked: tuple[str, ...], forge: Forge) -> Line:
    """The line for a path from the repository's root. Where a character cannot be written, any one stands for it."""
    characters = [_character(char, forge) for char in path]
    if path.endswith("\\"):
        characters[-1] = ANY  # it would stand before the space that ends the pattern
    return Line("/" + "".join(characters), asked, ANY in characters)


def _character(char: str, forge: Forge) -> str:
    if char == " ":
        return "\\ "
    if char in _SPECIAL:
        return f"\\{char}" if forge == "gitlab" else ANY
    return char if char.isprintable() else ANY


def is_marked(text: str) -> bool:
    """Whether a CODEOWNERS file holds a part that rutine makes."""
    return any(line.strip() == BEGIN for line in text.splitlines())


def is_current(file: OwnersFile, handbook: Handbook, today: date) -> bool:
    """Whether a file holds what would be made of the handbook on that day, whatever its line ends."""
    made = block(handbook, file.forge, today, file.prefix)
    try:
        return merged(file.text, made) == file.text
    except UsageError:
        return False


def merged(text: str, made: Block) -> str:
    """A CODEOWNERS file with this part in the place of the earlier one, or at its end; all else stays as it is.

    Raises UsageError where the marks of the earlier part are no pair.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    new = made.text.replace("\n", end)
    lines = text.splitlines(keepends=True)
    marks = [(index, line.strip()) for index, line in enumerate(lines) if line.strip() in (BEGIN, END)]
    if not marks:
        gap = "" if not text or text.endswith(("\n\n", "\n\r\n")) else end if text.endswith("\n") else end * 2
        return text + gap + new
    if [mark for _, mark in marks] != [BEGIN, END]:
        message = say(
            "The lines {begin} and {end} must each stand once in CODEOWNERS, in this order. Delete them, and what they enclose.",
            begin=BEGIN,
            end=END,
        )
        raise UsageError(message)
    return "".join([*lines[: marks[0][0]], new, *lines[marks[1][0] + 1 :]])
