"""About the handbook, for those who audit it or answer for its quality: how it stands, and what its facts rest on."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Message, Page, Report, say
from rutine.pages._guide import points, sentence
from rutine.pages._holders import people
from rutine.pages._shelf import STATES, Shelf, shelf_of
from rutine.pages._text import code, facts, h, join, md, section
from rutine.pages._ways import (
    CHANGES,
    DATA,
    EVIDENCE,
    FORECAST,
    OWNERS,
    REGISTER,
    REGULATIONS,
    RESPONSIBILITIES,
    REVIEW_WORK,
    REVIEWS,
    RULES,
    STATUS,
    WHEEL,
    is_there,
    title,
    way,
)
from rutine.pages._writing import record_of

ORDER = 72
_WAYS: dict[str, Message] = {
    STATUS: say("{link}: what is a draft, decided, in force and withdrawn, with the days."),
    CHANGES: say("{link}: what was decided when, by whom, and what changed."),
    REVIEWS: say("{link}: what is overdue, and when each document is to be gone through again."),
    REVIEW_WORK: say("{link}: how many reviews there were, how many say nothing but a date, and how many came at once."),
    WHEEL: say("{link}: what the next twelve months hold, as a picture and as a table."),
    FORECAST: say("{link}: how many reviews each owner and each unit has before it, and what to take earlier so that no month holds too many."),
    OWNERS: say("{link}: who owns what, and which owners nobody is named for."),
    RESPONSIBILITIES: say("{link}: who does, answers for, is asked and is told what, and documents that nobody answers for."),
    REGULATIONS: say("{link}: which documents rest on which act, down to the paragraph."),
}  # fmt: skip


def pages(report: Report) -> Iterator[Page]:
    """One page, if there are documents."""
    shelf = shelf_of(report)
    if shelf.documents:
        name = title(shelf, EVIDENCE)
        parts = [f"# {md(name)}\n", _figures(shelf), _overviews(shelf), _grounds(shelf), _data(shelf)]
        yield Page(EVIDENCE, name, join(parts), menu=shelf.words(say("About the handbook")))


def _figures(shelf: Shelf) -> str:
    """How many documents are in which state, and what is wanting."""
    words = shelf.words
    found = []
    for state, name in STATES.items():
        count = sum(shelf.state(document) == state for document in shelf.documents)
        number = shelf.lead(str(count), EVIDENCE, STATUS, f"rutine-{state}") if count else "0"
        found.append((h(words(name)), number))
    paths = {document.path for document in shelf.documents}
    overdue = sum(row.state == "overdue" and path in paths for path, row in shelf.deadlines.items())
    link = shelf.lead(str(overdue), EVIDENCE, REVIEWS, "rutine-overdue") if overdue else "0"
    found.append((h(words(say("Overdue reviews"))), link))
    count = sum(path in paths for path in shelf.suspects)
    link = shelf.lead(str(count), EVIDENCE, REVIEWS) if count and is_there(shelf, REVIEWS) else str(count)
    found.append((h(words(say("To be reviewed because of what they rest on"))), link))
    owners = {document.value("owner") for document in shelf.documents if shelf.state(document) != "withdrawn"}
    owning = [role for name, role in shelf.settings.roles.items() if name in owners and not role.body]
    vacant = sum(not people(shelf, role) for role in owning)
    link = shelf.lead(str(vacant), EVIDENCE, OWNERS) if vacant else "0"
    found.append((h(words(say("Owners without a named holder"))), link))
    standing = [shelf.standing(document) for document in shelf.documents if shelf.state(document) == "in-force"]
    found.append(
        (h(words(say("In force with a record of the decision"))), str(sum(bool(one.decision) for one in standing)))
    )
    found.append((h(words(say("Reviewed as they read now"))), str(sum(bool(one.is_reviewed) for one in standing))))
    heading = words(say("The handbook on {date}", date=words.day(shelf.today)))
    return section(heading, "figures", facts(found))


def _overviews(shelf: Shelf) -> str:
    ways = (sentence(shelf, _WAYS[page], link=way(shelf, EVIDENCE, page)) for page in _WAYS if is_there(shelf, page))
    return section(shelf.words(say("What the overviews show")), "overviews", points(ways))


def _grounds(shelf: Shelf) -> str:
    """What the handbook's facts rest on."""
    count = str(len(shelf.report.rules))
    rules = way(shelf, EVIDENCE, RULES) if shelf.report.rules else ""
    records = code(f"{shelf.settings.records_folder.strip('/')}/")
    found = [
        sentence(shelf, say("Each document tells what the day of its next review rests on: a review that was recorded, a decision, or only a day that somebody has written in the document.")),
        sentence(shelf, say("Reviews are records in {folder}, a file for each."), folder=records) if record_of(shelf) else "",
        sentence(shelf, say("A record names the text that it is about by a fingerprint, which changes with every word and not with how the text is set. What names a text that the document did not have then proves nothing, and moves no deadline.")),
        sentence(shelf, say("Records are kept as they were made. What was changed afterwards, dated back, or done by somebody who did not hold the role, is told of.")),
        sentence(shelf, say("Every version of every text is kept, with who changed what and when, in the Git repository that the handbook is built from.")),
        sentence(shelf, say("Every document is checked by {count} rules before it is published. What has an error is not published. {rules}"), count=count, rules=rules) if rules else "",
        sentence(shelf, say("The same documents on the same day always give the same handbook, so that it can be built again as it was.")),
    ]  # fmt: skip
    return section(shelf.words(say("What the facts rest on")), "grounds", points(text for text in found if text))


def _data(shelf: Shelf) -> str:
    """The register for spreadsheets, addresses that stay, and where the rest is told."""
    register = shelf.lead(code(REGISTER), EVIDENCE, REGISTER)
    found = [
        sentence(
            shelf,
            say(
                "{file}: a line for each document, as UTF-8 with commas between the values. Take it into Excel by Data, From Text/CSV: opened with a double click, a whole line may stand in one cell, and letters such as å may be wrong."
            ),
            file=register,
        )
    ]
    if example := next((document for document in shelf.documents if document.path in shelf.permanent), None):
        link = shelf.lead(h(f"/{example.value('id')}/"), EVIDENCE, shelf.permanent[example.path])
        text = say("{link}: a document's number is also its address, and stays so when its file is renamed.")
        found.append(sentence(shelf, text, link=link))
    if is_there(shelf, DATA):
        text = say("{link}: every file for other programs, and what its fields mean.")
        found.append(sentence(shelf, text, link=way(shelf, EVIDENCE, DATA)))
    return section(shelf.words(say("Data for other programs")), "data", points(found))
