"""The nouns: what the rest of rutine speaks of. No behaviour beyond looking things up."""

from rutine.model.documents import Document, Pointer
from rutine.model.entries import Entry, Fact, Facts, Link, RevisionEntry
from rutine.model.findings import Edit, Fault, Finding, Message, Place, Problem, Severity, say
from rutine.model.handbook import CommandText, Departure, Forge, Handbook, OwnersFile, Page, Report, RuleText, Search
from rutine.model.history import Commit, Edition, History, Moment, Past, Rewrite, Signature, Snapshot, Trace, Version
from rutine.model.organisation import Holder, Look, Owners, Person, Role, Settings, Unit

__all__ = [
    "CommandText",
    "Commit",
    "Departure",
    "Document",
    "Edit",
    "Edition",
    "Entry",
    "Fact",
    "Facts",
    "Fault",
    "Finding",
    "Forge",
    "Handbook",
    "History",
    "Holder",
    "Link",
    "Look",
    "Message",
    "Moment",
    "Owners",
    "OwnersFile",
    "Page",
    "Past",
    "Person",
    "Place",
    "Pointer",
    "Problem",
    "Report",
    "RevisionEntry",
    "Rewrite",
    "Role",
    "RuleText",
    "Search",
    "Settings",
    "Severity",
    "Signature",
    "Snapshot",
    "Trace",
    "Unit",
    "Version",
    "say",
]
