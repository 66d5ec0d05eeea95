"""How reviews are done: how many, how much they say, how many at once and how fast. Figures, and no judgement. Pure.

What they cannot tell is whether somebody has read a text. Many dates that were set in one commit with nothing else can be
a meeting at which all of it was gone through. A record of what was looked at tells; a date does not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Literal, NamedTuple

from rutine.authority import person_meant
from rutine.fingerprint import fields_without, text_digest
from rutine.model import Commit, Document, Message, Renewal, Renewals, Settings, Signature

MANY = 5  # reviews without a remark in one commit, from which on it is told of
_DATES = ("reviewed-on", "reviewed-by", "decided-on")
Program = Literal["wrote", "put", ""]


class Step(NamedTuple):
    """What one version of a document did to its dates: the later days that it set, and whether it did nothing else."""

    reviewed: str = ""
    decided: str = ""
    is_only_date: bool = False


class Work(NamedTuple):
    """How the reviews of an owner's documents, or of a unit's, were done.

    `bare` are those without a remark, `together` and `most` how many came in the same commit (median, and at most),
    `seconds` the median time since the same person's review before, `own` those of the reviewer's own text, `programs`
    those that programs wrote. None where nobody can tell.
    """

    name: str
    reviews: int
    records: int
    bare: int
    together: float | None
    most: int | None
    seconds: float | None
    own: int | None
    programs: int | None


class Batch(NamedTuple):
    """Reviews that came in one commit: of how many documents, of how many without a remark, and of how many only a date.

    `people` are persons of `handbook.yml` by their short names, `others` the names of those who are none. `program` says
    whether programs alone wrote it, or a program or the forge itself put it there, so that Git does not name who approved.
    """

    commit: Commit
    people: tuple[str, ...]
    others: tuple[str, ...]
    documents: int
    bare: int
    dates: int
    program: Program


class Stamps(NamedTuple):
    """How reviews were done from one day to another: by owner, by unit, and the commits to look at, the largest first."""

    settings: Settings
    since: date
    today: date
    total: Work
    owners: tuple[Work, ...]
    units: tuple[Work, ...]
    batches: tuple[Batch, ...]
    untold: Message | None = None


def step(before: Document, after: Document) -> Step:
    """What a version did to the dates of the one before."""
    reviewed, decided = (
        _later(before.value(meaning), after.value(meaning)) for meaning in ("reviewed-on", "decided-on")
    )
    if not (reviewed or decided):
        return Step()
    same = text_digest(before.body) == text_digest(after.body)
    return Step(reviewed, decided, same and fields_without(before, _DATES) == fields_without(after, _DATES))


def _later(before: str | None, after: str | None) -> str:
    return after if after and after > (before or "") else ""


def is_bare(record: Document) -> bool:
    """Whether a record of a review says that nothing is to change, and nothing else, though its kind has a field for it."""
    return bool(record.kind and record.kind.means("remark")) and record.value("outcome") == "unchanged" and not record.value("remark")  # fmt: skip


def stamps(settings: Settings, renewals: Renewals, today: date) -> Stamps:
    """The figures of the reviews up to a day."""
    known = [renewal for renewal in renewals.known if renewal.day <= today.isoformat()]
    sizes = Counter(renewal.version.commit.name for renewal in known if renewal.version)
    gaps = _gaps(settings, known)
    owners, units = _grouped(settings, known)

    def work(name: str, chosen: Iterable[int]) -> Work:
        return _work(name, [(known[index], gaps.get(index)) for index in chosen], sizes, settings)

    by_owner = tuple(work(name, chosen) for name, chosen in sorted(owners.items()))
    by_unit = tuple(work(name, units[name]) for name in settings.units if name in units)
    total = work("", range(len(known)))
    return Stamps(settings, renewals.since, today, total, by_owner, by_unit, _batches(settings, known), renewals.untold)


def _grouped(settings: Settings, known: Sequence[Renewal]) -> tuple[Mapping[str, list[int]], Mapping[str, list[int]]]:
    """The reviews, by number, of each owner's documents and of each unit's with those below it."""
    owners: defaultdict[str, list[int]] = defaultdict(list)
    units: defaultdict[str, list[int]] = defaultdict(list)
    for index, renewal in enumerate(known):
        owners[renewal.owner].append(index)
        role = settings.roles.get(renewal.owner)
        for unit in _with_those_above(settings, role.unit if role else None):
            units[unit].append(index)
    return owners, units


def _with_those_above(settings: Settings, unit: str | None) -> Iterator[str]:
    seen = set[str]()
    while unit and unit in settings.units and unit not in seen:
        seen.add(unit)
        yield unit
        unit = settings.units[unit].parent


def _gaps(settings: Settings, known: Sequence[Renewal]) -> dict[int, int]:
    """By number: the seconds since the review before by the same person, by when they came to the main line."""
    done: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, renewal in enumerate(known):
        if renewal.version:
            done[_reviewer(settings, renewal)].append((renewal.version.commit.committer.time, index))
    return {
        index: time - earlier for moments in done.values() for (earlier, _), (time, index) in pairwise(sorted(moments))
    }


def _reviewer(settings: Settings, renewal: Renewal) -> str:
    """Whom a record names, else who wrote what came."""
    wrote = renewal.version.wrote[0] if renewal.version else None
    return renewal.person or (_who(settings, wrote) if wrote else "")


def _who(settings: Settings, signature: Signature) -> str:
    """The person's short name, or an address that tells one from another."""
    return (
        person_meant(settings, f"{signature.name} <{signature.email}>") or signature.email.casefold() or signature.name
    )


def _work(name: str, done: Sequence[tuple[Renewal, int | None]], sizes: Mapping[str, int], settings: Settings) -> Work:
    renewals = [renewal for renewal, _ in done]
    came = [renewal for renewal in renewals if renewal.version]
    together = [sizes[renewal.version.commit.name] for renewal in came if renewal.version]
    gaps = [gap for _, gap in done if gap is not None]
    own = [found for renewal in came if (found := _is_own(settings, renewal)) is not None]
    return Work(
        name,
        len(renewals),
        sum(renewal.source == "record" for renewal in renewals),
        sum(renewal.is_bare for renewal in renewals),
        median(together) if together else None,
        max(together, default=None),
        median(gaps) if gaps else None,
        sum(own) if own else None,
        sum(_program([renewal]) == "wrote" for renewal in came) if came else None,
    )


def _is_own(settings: Settings, renewal: Renewal) -> bool | None:
    """Whether who reviewed the text had written it alone; None where nobody can tell."""
    authors = {_who(settings, author) for author in renewal.authors if not author.is_program}
    reviewer = _reviewer(settings, renewal)
    return authors == {reviewer} if authors and reviewer else None


def _batches(settings: Settings, known: Sequence[Renewal]) -> tuple[Batch, ...]:
    """The commits in which many reviews without a remark came, or any that programs wrote; the largest first."""
    by_commit: defaultdict[str, list[Renewal]] = defaultdict(list)
    for renewal in known:
        if renewal.version:
            by_commit[renewal.version.commit.name].append(renewal)
    found = [_batch(settings, renewals) for renewals in by_commit.values()]
    told = [batch for batch in found if batch.bare >= MANY or (batch.bare and batch.program == "wrote")]
    return tuple(sorted(told, key=lambda batch: (-batch.bare, -batch.commit.committer.time, batch.commit.name)))


def _batch(settings: Settings, renewals: Sequence[Renewal]) -> Batch:
    versions = [renewal.version for renewal in renewals if renewal.version]
    wrote = dict.fromkeys(signature[:2] for version in versions for signature in version.wrote)
    meant = {name: person_meant(settings, f"{name[0]} <{name[1]}>") for name in wrote}
    return Batch(
        versions[0].commit,
        tuple(dict.fromkeys(person for person in meant.values() if person)),
        tuple(dict.fromkeys(name for (name, _), person in meant.items() if not person)),
        len({renewal.path for renewal in renewals}),
        len({renewal.path for renewal in renewals if renewal.is_bare}),
        len({renewal.path for renewal in renewals if renewal.is_bare and renewal.source == "date"}),
        _program(renewals),
    )


def _program(renewals: Sequence[Renewal]) -> Program:
    """Whether programs alone wrote what came, or a program or the forge itself put it on the main line."""
    versions = [renewal.version for renewal in renewals if renewal.version]
    if versions and all(signature.is_program for version in versions for signature in version.wrote):
        return "wrote"
    commits = [version.commit for version in versions]
    return "put" if any(commit.committer.is_program or commit.author.is_program for commit in commits) else ""
