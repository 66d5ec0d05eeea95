"""What Git's history tells: commits, the versions of a file, and what the rules need to know of a document's past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal, NamedTuple

from rutine.model.findings import Message

_A_DAY = 24 * 60 * 60


class Signature(NamedTuple):
    """Who, and when: seconds since 1970 (UTC), with the offset of that person's clock in minutes."""

    name: str
    email: str
    time: int
    offset: int = 0

    @property
    def moment(self) -> datetime:
        """When, by that person's clock; a time beyond the calendar is that of its nearest end."""
        limits = (-62135596800 + _A_DAY, 253402300799 - _A_DAY)
        zone = timezone(timedelta(minutes=max(-1439, min(1439, self.offset))))
        return datetime.fromtimestamp(max(limits[0], min(limits[1], self.time)), UTC).astimezone(zone)

    @property
    def day(self) -> date:
        """The day, by that person's clock."""
        return self.moment.date()

    @property
    def is_program(self) -> bool:
        """Whether this is a program's account, as forges mark them, or the forge itself."""
        name, email = self.name.lower(), self.email.lower()
        return name.endswith("[bot]") or "[bot]@" in email or email.startswith(("noreply@github.", "noreply@gitlab."))


class Commit(NamedTuple):
    """A commit: its full name, its parents', who wrote it and who put it there (which may be a program), its first line."""

    name: str
    parents: tuple[str, ...]
    author: Signature
    committer: Signature
    subject: str

    @property
    def is_backdated(self) -> bool:
        """Whether author and committer give times more than a day apart. Both are set at will; they are only told apart."""
        return abs(self.author.time - self.committer.time) > _A_DAY


class Version(NamedTuple):
    """A state of a document's file on the main line: since which commit, at which path, under which name Git has it.

    `blob` is empty where the file was removed, `before` is the path that it was moved from, `wrote` are the authors of
    the commits that a merge brought in, for any other commit its author.
    """

    commit: Commit
    path: str
    blob: str
    before: str
    wrote: tuple[Signature, ...]


class Snapshot(NamedTuple):
    """What a document said of itself in one state of its file; days are ISO, what it does not say is empty.

    `id` is its number, `status` is in rutine's words; version, day, weight and summary are those of its newest revision entry.
    """

    id: str
    status: str
    version: str
    day: str
    change: str
    summary: str
    effective: str
    decided: str
    decided_by: str
    reference: str
    withdrawn: str
    text: str


class Edition(NamedTuple):
    """A version of a document as people had to follow it: from when, until when, and where Git has its text.

    `start` is the day from which it is in force (withdrawn, or being drafted), `end` the first day on which it no longer
    is, empty where that is not known to come. `blob` is Git's name of the newest content that bore this version, `path`
    and `commit` where and since when that stood; both are empty for what is not committed. `first` is the committer's day
    on which the main line first held this version, `is_proposed` whether it is not on the default branch yet, and
    `changes` how many times its text was changed without a revision of its own.
    """

    said: Snapshot
    start: str
    end: str
    path: str
    blob: str
    commit: str
    first: str
    is_proposed: bool = False
    changes: int = 0

    @property
    def name(self) -> str:
        """What the version is called: its number, or its day."""
        return self.said.version or self.said.day or self.said.decided or self.first


class Moment(NamedTuple):
    """When the main line came to hold something: the commit's full name, the committer's day (ISO), who wrote it."""

    commit: str
    day: str
    author: str


class Rewrite(NamedTuple):
    """A past revision entry that says something else than it said: its version, the field, both texts, and until when."""

    version: str
    field: str
    was: str
    now: str
    until: Moment


class Trace(NamedTuple):
    """What the rules need to know of a document's past.

    `added` is when its file first stood on the main line, `recorded` when its newest revision entry did (None: not yet),
    `changed` when its text first differed from what stood there then, and was in force (None: it does not differ), and
    `uncommitted` whether it differs only in the file at hand. `moved` are dates that were changed while text and
    revisions stayed as they were: what they mean, what they were before, and when they changed. `fingerprints` are the
    numbers of what it said, newest first, each with the day from which it stood ("": not yet); only for documents that
    records give fingerprints for, back to what stood on the day of the oldest record. `wrote` are the names and e-mails
    of those who wrote the newest version, where the handbook separates duties.
    """

    added: Moment | None = None
    recorded: Moment | None = None
    changed: Moment | None = None
    uncommitted: bool = False
    rewritten: tuple[Rewrite, ...] = ()
    moved: tuple[tuple[str, str, Moment], ...] = ()
    fingerprints: tuple[tuple[str, str], ...] = ()
    wrote: tuple[tuple[str, str], ...] = ()


class Renewal(NamedTuple):
    """A review as the files show it: a record of one, or a date of review or decision that was set later in the document.

    `path` and `owner` are the document's, `day` (ISO) that of the review. `is_bare` says that there is nothing else to
    it: only a date was set, or a record says that nothing is to change and holds no remark. `person` is whom a record
    names. `version` is how it came to the main line (None: that is not known), and `authors` wrote the text before it.
    """

    path: str
    owner: str
    source: Literal["record", "date"]
    day: str
    is_bare: bool
    person: str = ""
    version: Version | None = None
    authors: tuple[Signature, ...] = ()


class Renewals(NamedTuple):
    """The reviews from a day on, and why Git does not tell how they came there (None: it does)."""

    since: date
    known: Sequence[Renewal] = ()
    untold: Message | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Past:
    """The handbook's history: what is known of each document by its path, and why Git does not tell all (None: it does).

    `records` tells of each record when it first stood on the main line, and since when it says something else than it did
    then (None: it does not; an empty moment: only in the file at hand).
    """

    traces: Mapping[str, Trace] = field(default_factory=dict)
    records: Mapping[str, tuple[Moment, Moment | None]] = field(default_factory=dict)
    untold: Message | None = None
    is_versioned: bool = True  # whether the handbook is in a Git repository at all


@dataclass(frozen=True, eq=False, repr=False)
class History:
    """All commits that are known, and the main line: the first parents from the current commit back, newest first.

    `undecided` is how many of the newest commits of that line are not on the default branch: a proposal, and no version.
    """

    commits: Mapping[str, Commit]
    line: Sequence[Commit]
    undecided: int = 0
    versions: Mapping[str, Sequence[Version]] = field(default_factory=dict)
