"""How reviews are done: how many, how much they say, how many at once; and the commits in which many came with nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rutine.model import Page, Report, say
from rutine.pages._guide import points, sentence
from rutine.pages._places import role_page, unit_page
from rutine.pages._shelf import Shelf, shelf_of
from rutine.pages._text import code, h, join, md, paragraph, section, table
from rutine.pages._ways import REVIEW_WORK as HERE
from rutine.pages._ways import title
from rutine.stamp_words import BATCH_HEADS, CANNOT_TELL, HEADS, MEANINGS, number, program, share, spent
from rutine.stamps import Batch, Stamps, Work, stamps

ORDER = 73


def pages(report: Report) -> Iterator[Page]:
    """One page, if anything was reviewed in the last year."""
    shelf = shelf_of(report)
    found = _stamps(shelf)
    if found is None or not found.total.reviews:
        return
    name = title(shelf, HERE)
    parts = [f"# {md(name)}\n", paragraph(_summary(shelf, found)), _untold(shelf, found)]
    parts += [_commits(shelf, found), _owners(shelf, found), _units(shelf, found), _meanings(shelf)]
    yield Page(HERE, name, join(parts), menu=shelf.words(say("About the handbook")), search=None)


def _stamps(shelf: Shelf) -> Stamps | None:
    """The figures of the documents that are published."""
    if (renewals := shelf.report.renewals) is None:
        return None
    published = {document.path for document in shelf.documents}
    known = tuple(renewal for renewal in renewals.known if renewal.path in published)
    return stamps(shelf.settings, renewals._replace(known=known), shelf.today)


def _summary(shelf: Shelf, found: Stamps) -> str:
    words = shelf.words
    text = say(
        "{count} reviews from {since} to {until}, {bare} of them without a remark.",
        one="One review from {since} to {until}; without a remark: {bare}.",
        count=found.total.reviews,
        since=words.day(found.since),
        until=words.day(found.today),
        bare=found.total.bare,
    )
    return h(words(text))


def _untold(shelf: Shelf, found: Stamps) -> str:
    return paragraph(sentence(shelf, CANNOT_TELL, reason=h(shelf.words(found.untold)))) if found.untold else ""


def _commits(shelf: Shelf, found: Stamps) -> str:
    """The commits to look at. People who are not in `handbook.yml` are not named to everybody."""
    if not found.batches:
        return ""
    words = shelf.words
    heads = [h(words(BATCH_HEADS[name])) for name in ("commit", "who", "documents", "bare", "dates")]
    rows = [
        (
            f"{code(batch.commit.name[:12])}<br><small>{h(words.day(batch.commit.committer.day))}</small>",
            h(_who(shelf, batch)) + _note(f"{words(BATCH_HEADS['program'])}: {words(program(batch))}"),
            str(batch.documents),
            str(batch.bare),
            str(batch.dates),
        )
        for batch in found.batches
    ]
    name = words(say("Many at once without a remark"))
    return section(name, "commits", table(name, heads, rows))


def _note(text: str) -> str:
    return f"<br><small>{h(text)}</small>"


def _who(shelf: Shelf, batch: Batch) -> str:
    known = [shelf.settings.people[person].full_name for person in batch.people]
    others = list(batch.others) if batch.program == "wrote" else []
    if batch.others and not others:
        others = [shelf.words(say("somebody who is not in handbook.yml"))]
    return ", ".join([*known, *others])


def _owners(shelf: Shelf, found: Stamps) -> str:
    roles = shelf.settings.roles
    rows = [
        (
            shelf.lead(h(shelf.name(roles[work.name])), HERE, role_page(work.name)) if work.name in roles else h(work.name or "–"),
            work,
        )
        for work in found.owners
    ]  # fmt: skip
    return _figures(shelf, shelf.words(say("By owner")), "owners", shelf.words(say("Owner")), rows)


def _units(shelf: Shelf, found: Stamps) -> str:
    units = shelf.settings.units
    rows = [(shelf.lead(h(shelf.name(units[work.name])), HERE, unit_page(work.name)), work) for work in found.units]
    return _figures(shelf, shelf.words(say("By unit")), "units", shelf.words(say("Unit")), rows)


def _figures(shelf: Shelf, name: str, anchor: str, first: str, rows: Sequence[tuple[str, Work]]) -> str:
    words = shelf.words
    heads = [h(first), *(h(words(HEADS[column])) for column in ("reviews", "bare", "most", "seconds"))]
    return section(name, anchor, table(name, heads, (_cells(shelf, link, work) for link, work in rows))) if rows else ""


def _cells(shelf: Shelf, link: str, work: Work) -> list[str]:
    """An owner or a unit with its figures; what matters less stands below in small letters."""
    words = shelf.words
    less = [("records", number(work.records)), ("own", number(work.own)), ("programs", number(work.programs))]
    notes = " · ".join(f"{words(HEADS[column])}: {figure}" for column, figure in less)
    return [
        f"{link}{_note(notes)}",
        str(work.reviews),
        h(share(work.bare, work.reviews)),
        f"{number(work.most)}{_note(words(say('median {count}', count=number(work.together))))}",
        "–" if work.seconds is None else h(words(spent(work.seconds))),
    ]


def _meanings(shelf: Shelf) -> str:
    found = points(sentence(shelf, meaning) for meaning in MEANINGS)
    return section(shelf.words(say("What the figures can mean")), "meanings", found)
