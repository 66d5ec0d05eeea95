"""The nouns: what the rest of rutine speaks of. No behaviour beyond looking things up."""

from rutine.model.documents import Document, Pointer
from rutine.model.entries import Entry, Fact, Facts, Link
from rutine.model.findings import Edit, Fault, Finding, Message, Place, Problem, Severity, say
from rutine.model.handbook import CommandText, Departure, Forge, Handbook, OwnersFile, Page, Report, RuleText, Search
from rutine.model.organisation import Holder, Look, Notices, Owners, Person, Role, Settings, Unit

__all__ = [
    "CommandText",
    "Departure",
    "Document",
    "Edit",
    "Entry",
    "Fact",
    "Facts",
    "Fault",
    "Finding",
    "Forge",
    "Handbook",
    "Holder",
    "Link",
    "Look",
    "Message",
    "Notices",
    "Owners",
    "OwnersFile",
    "Page",
    "Person",
    "Place",
    "Pointer",
    "Problem",
    "Report",
    "Role",
    "RuleText",
    "Search",
    "Settings",
    "Severity",
    "Unit",
    "say",
]
