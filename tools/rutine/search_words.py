"""What the search says to readers, by the names under which the scripts in `theme/` ask for it."""

from __future__ import annotations

from rutine.model import say

_MESSAGES = {
    "search": say("Search"),
    "label": say("Search the handbook"),
    "hint": say("Write a word, a document's number or what it is about."),
    "results": say("Results"),
    "result_count": say("{count} results"),
    "result_one": say("1 result"),
    "searching": say("Searching …"),
    "all": say("All results"),
    "more": say("Show more results"),
    "nothing": say("Nothing was found for “{query}”."),
    "instead": say("Nothing was found for “{query}”. These are the results for “{other}”."),
    "near": say("Did you mean"),
    "only_withdrawn": say("Only withdrawn documents were found."),
    "ask": say("Ask for a procedure"),
    "missing": say("Is a procedure missing?"),
    "owners": say("Find who answers for it"),
    "a_z": say("See all documents, A–Z"),
    "mentions": say("Documents that mention {number}"),
    "sort": say("Sort by"),
    "relevance": say("Relevance"),
    "title": say("Title"),
    "date": say("Newest first"),
    "filters": say("Narrow the results"),
    "chosen": say("{count} chosen"),
    "clear": say("Remove all choices"),
    "every": say("Show all {count}"),
    "list": say("Show all documents"),
    "withdrawn": say("Withdrawn documents too"),
    "failed": say("The search does not work here. Find your way by the lists instead."),
    "kind": say("Kind"),
    "status": say("Status"),
    "unit": say("Unit"),
    "role": say("Role"),
    "owner": say("Owner"),
    "regulation": say("Regulation"),
}
WORDS = {name: message.text for name, message in _MESSAGES.items()}

ASKING = frozenset(
    # Words that make a question and say nothing of its subject, in every language: documents of one handbook may be in several
    "hvem hva hvordan hvor hvorfor hvilken hvilke hvilket når jeg vi man du kan skal må bør har er gjør ringer trenger "
    "kven korleis kvar kvifor kva eg ein gjer "
    "hvad hvornår gør "
    "vem vad hur var varför vilken vilka när jag vi man ska måste gör "
    "who what how where why which when can do does should must the i we you is are".split()
)
