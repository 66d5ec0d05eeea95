"""About the handbook, for everybody who works by it: how to find, how to read, and what to do if something is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Message, Page, Report, say
from rutine.pages._guide import points, sentence, told
from rutine.pages._shelf import STATES, Shelf, chip, shelf_of
from rutine.pages._text import facts, h, items, join, md, section
from rutine.pages._ways import ALPHABET, READING, REGULATIONS, ROLES, UNITS, WRITING, is_there, title, way
from rutine.published import State

ORDER = 70
_WAYS: dict[str, Message] = {
    ROLES: say("{link}: choose your own role. Its page gathers everything that you must do, and the documents that apply to you."),
    UNITS: say("{link}: choose the unit where you work, and see what applies there."),
    ALPHABET: say("{link}: every document by its title, and under the words that people look for."),
    REGULATIONS: say("{link}: choose an act, and see which documents rest on it, paragraph by paragraph."),
}  # fmt: skip
_STATES: dict[State, Message] = {
    "in-force": say("It applies. This is how we do it."),
    "upcoming": say("It is decided, and applies from the day that it tells. Until then, what it replaces still applies."),
    "draft": say("It is being written. It is not decided, and you need not follow it."),
    "withdrawn": say("It no longer applies. It is kept so that everybody can see what used to apply, and it leads to what has taken its place."),
}  # fmt: skip
_WORDS: tuple[tuple[Message, Message], ...] = (
    (say("Applies to"), say("The units and roles that must follow the document.")),
    (say("Owner"), say("The role that answers for what the document says. Ask the owner when something is unclear.")),
    (say("Decided"), say("When the document was decided, and by whom. Only what is decided applies.")),
    (say("Next review"), say("The day by which the owner must have gone through the document again. When that day has passed, the document still applies; ask the owner if you are in doubt.")),
    (say("Roles and responsibilities"), say("What each role must do.")),
    (say("Regulations"), say("The acts and regulations that the document rests on. The links lead to the official text, to the very paragraph where that is possible.")),
    (say("Revisions"), say("What has been changed, and when.")),
)  # fmt: skip
_WRONG = (
    say("Is something wrong, unclear or out of date? Tell the owner, who is named on the page."),
    say("You can also press “{button}” on the page and write it yourself: {guide} shows how."),
    say("Can what is written not be followed safely? Tell your manager at once, and do not wait for the text to be changed."),
    say("Is there no procedure for what you are to do? Tell your manager, and the owner of the document that comes closest. Say what you looked for."),
)  # fmt: skip
_PAPER = (
    say("Print with the button on the page, or from the browser's menu. Menus and buttons are left out."),
    say("What counts is the handbook as you see it on the screen. Look whether there is a newer version before you rely on a printed copy."),
)  # fmt: skip
_ACCESS = (
    say("The handbook can be used with the keyboard alone and read by a screen reader. It can be enlarged to 400 %, and fits a phone."),
    say("Nothing is told by colour alone. It follows the choice of light or dark on your device, and can be switched at the top of the page."),
    say("Does something bar your way? Tell the owner of the page, or whoever runs the handbook in your organisation. They must see to it that you get the text in a form that you can use."),
)  # fmt: skip
_STATEMENT = say("What has been tested, and what is known to be wanting, stands in {link}.")
_PRIVACY = (
    say("The handbook uses no cookies. It does not count its readers, and does not follow what they do."),
    say("What you search for stays in your browser. No page asks anybody else's server for anything. Links to acts and regulations lead to official sites, which have rules of their own."),
)  # fmt: skip


def pages(report: Report) -> Iterator[Page]:
    """One page, if there are documents."""
    shelf = shelf_of(report)
    if shelf.documents:
        name = title(shelf, READING)
        parts = [f"# {md(name)}\n", _finding(shelf), _reading(shelf), *_advice(shelf)]
        yield Page(READING, name, join(parts), menu=shelf.words(say("About the handbook")))


def _finding(shelf: Shelf) -> str:
    search = say("Write a word, a title or a document number in the search box at the top of the page, or look it up:")
    ways = (sentence(shelf, _WAYS[page], link=way(shelf, READING, page)) for page in _WAYS if is_there(shelf, page))
    return section(shelf.words(say("Find what you need")), "find", join([told(shelf, search), points(ways)]))


def _reading(shelf: Shelf) -> str:
    first = say("The status of a document tells whether you are to follow it:")
    then = say("Above and below the text stand the facts of the document:")
    states = (
        f"{chip(state, h(shelf.words(STATES[state])))}<br>{sentence(shelf, text)}" for state, text in _STATES.items()
    )
    words = ((h(shelf.words(word)), sentence(shelf, text)) for word, text in _WORDS)
    parts = [told(shelf, first), items(states), told(shelf, then), facts(words), _address(shelf)]
    return section(shelf.words(say("Read a document")), "read", join(parts))


def _address(shelf: Shelf) -> str:
    """That documents are found at their numbers, with one for an example."""
    for document in shelf.documents:
        if (page := shelf.permanent.get(document.path)) and shelf.state(document) == "in-force":
            text = say(
                "Every document has an address that stays: its number, such as {example}. Use it in letters and notes."
            )
            return told(shelf, text, example=shelf.lead(h(f"/{document.value('id')}/"), READING, page))
    return ""


def _advice(shelf: Shelf) -> Iterator[str]:
    button = h(shelf.words(say("Suggest a change")))
    wanted = [text for text in _WRONG if shelf.settings.edit or "{button}" not in text.text]
    wrong = (sentence(shelf, text, button=button, guide=way(shelf, READING, WRITING)) for text in wanted)
    yield section(shelf.words(say("If something is wrong or missing")), "wrong", points(wrong))
    groups = (
        (say("On paper"), "paper", _PAPER),
        (say("Accessibility"), "accessibility", _ACCESS),
        (say("Privacy"), "privacy", _PRIVACY),
    )
    for name, anchor, texts in groups:
        notes = [sentence(shelf, text) for text in texts]
        statement = shelf.find(shelf.settings.accessibility_statement or "")
        if anchor == "accessibility" and statement and statement in shelf.documents:
            notes.append(sentence(shelf, _STATEMENT, link=shelf.link(statement, READING)))
        yield section(shelf.words(name), anchor, points(notes))
