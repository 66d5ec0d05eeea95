"""The overviews of the handbook, as other pages lead to them: only those that this handbook has."""

from __future__ import annotations

from rutine.model import Document, Message, say
from rutine.pages._places import matrix_page
from rutine.pages._shelf import BINDING, Shelf
from rutine.pages._text import h

ALPHABET = "register/a-z/index.md"
ROLES = "register/roles/index.md"
RESPONSIBILITIES = matrix_page("")
UNITS = "register/units/index.md"
REGULATIONS = "register/regulations/index.md"
CHANGES = "register/changes.md"
REVIEWS = "register/reviews.md"
WHEEL = "register/wheel.md"
FORECAST = "register/forecast.md"
OWNERS = "register/owners.md"
STATUS = "register/status.md"
RULES = "reference/rules.md"
KINDS = "reference/kinds/index.md"
SETTINGS = "reference/settings.md"
NAMES = "reference/names.md"
DATA = "reference/data.md"
READING = "about/reading.md"
WRITING = "about/writing.md"
EVIDENCE = "about/evidence.md"
REVIEW_WORK = "about/review-work.md"
SUBSCRIBING = "about/subscribing.md"

# Files beside the pages, for other programs
REGISTER, FEED, CALENDAR = "register.csv", "decided.atom", "reviews.ics"

TITLES = {
    ALPHABET: say("All documents, A–Z"),
    ROLES: say("Roles"),
    RESPONSIBILITIES: say("Responsibilities"),
    UNITS: say("Units"),
    REGULATIONS: say("Regulations"),
    CHANGES: say("Recently decided"),
    REVIEWS: say("Review calendar"),
    WHEEL: say("Annual wheel"),
    FORECAST: say("Review work ahead"),
    OWNERS: say("Owners"),
    STATUS: say("Status of the documents"),
    RULES: say("Rules"),
    KINDS: say("Kinds of documents and records"),
    SETTINGS: say("Settings of the handbook"),
    NAMES: say("Short names"),
    DATA: say("Data and permanent addresses"),
    READING: say("How to use the handbook"),
    WRITING: say("Write, change and review"),
    EVIDENCE: say("For auditors and quality managers"),
    REVIEW_WORK: say("How reviews are done"),
    SUBSCRIBING: say("Calendars and feeds"),
}


def title(shelf: Shelf, page: str) -> str:
    """What an overview is called."""
    return shelf.words(TITLES[page])


def is_there(shelf: Shelf, page: str) -> bool:
    """Whether the handbook has this overview: most need documents that say something of the kind."""
    report, settings = shelf.report, shelf.settings
    there: dict[str, object] = {
        ROLES: settings.roles,
        UNITS: settings.units,
        NAMES: settings.roles or settings.units,
        RULES: report.rules,
        KINDS: settings.kinds,
        SETTINGS: report.settings_schema,
        DATA: report.data_schema,
    }
    if page == REVIEW_WORK:
        known = report.renewals.known if report.renewals else ()
        published, today = {document.path for document in shelf.documents}, shelf.today.isoformat()
        return any(renewal.path in published and renewal.day <= today for renewal in known)
    if page in there:
        return bool(there[page])
    return any(_speaks(shelf, document, page) for document in shelf.documents)


def _speaks(shelf: Shelf, document: Document, page: str) -> bool:
    """Whether the overview tells of the document."""
    if page in (REVIEWS, WHEEL, FORECAST):
        return document.path in shelf.deadlines
    if page == REGULATIONS:
        return shelf.state(document) != "withdrawn" and bool(document.value("regulation"))
    if page == RESPONSIBILITIES:
        return shelf.state(document) in BINDING and bool(document.value("responsibility"))
    if page == OWNERS:
        return shelf.state(document) != "withdrawn" and bool(document.value("owner"))
    return page != CHANGES or bool(document.value("decided-on"))


def way(shelf: Shelf, here: str, page: str, anchor: str = "", text: Message | None = None) -> str:
    """A link to an overview by what it is called."""
    return shelf.lead(h(shelf.words(text or TITLES[page])), here, page, anchor)
