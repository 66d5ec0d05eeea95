"""About the handbook, for those who own its documents: how to write, change, review and withdraw one, step by step."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.evidence import record_kind
from rutine.i18n import choose
from rutine.model import Message, Page, Report, say
from rutine.pages._guide import points, sentence, steps, told
from rutine.pages._places import kind_page
from rutine.pages._shelf import Shelf, shelf_of
from rutine.pages._text import code, h, join, md, outward, prose, sample, section, table
from rutine.pages._ways import ALPHABET, CHANGES, RULES, WRITING, is_there, title, way
from rutine.pages._writing import (
    classes,
    deadlines,
    facts_of,
    field,
    kinds_of,
    names,
    new_file,
    record_of,
    record_text,
    regulations,
    status,
)

ORDER = 71
_INTRO = say(
    "Everybody can suggest a change. The owner sees to it that the text is right; it applies when it has been decided."
)
_MARKUP: tuple[tuple[Message, Message], ...] = (
    (say("Heading"), say("## What to do")),
    (say("Steps, in order"), say("1. The manager calls.")),
    (say("Points"), say("- A point")),
    (say("Bold"), say("**within seven days**")),
    (say("Link to another document"), say("[Leave of absence](leave.md)")),
    (say("Link to a website"), say("[The authority's guide](https://example.org)")),
    (say("Picture, with what it shows in words"), say("![Who decides what](picture.png)")),
)
_COMMON = (
    "missing-field",
    "missing-section",
    "unknown-reference",
    "unknown-regulation",
    "broken-link",
    "overdue-review",
)


def pages(report: Report) -> Iterator[Page]:
    """One page, if the handbook has kinds of documents."""
    shelf = shelf_of(report)
    if not kinds_of(shelf):
        return
    name = title(shelf, WRITING)
    parts = [f"# {md(name)}\n", told(shelf, _INTRO), _change(shelf), _text(shelf), _check(shelf), _new(shelf)]
    parts += [facts_of(shelf), regulations(shelf), names(shelf), _review(shelf), _withdraw(shelf)]
    yield Page(WRITING, name, join(parts), menu=shelf.words(say("About the handbook")))


def _change(shelf: Shelf) -> str:
    found = [
        _opened(shelf),
        sentence(shelf, say("Write. Between the two lines `---` at the top stand the facts of the document, each on a line of its own. The text comes below.")),
    ]  # fmt: skip
    if revisions := field(shelf, "revision-date"):
        text = say(
            "Add an entry to {field}: version, day, and in a sentence what has changed. Readers see that sentence in {changes}."
        )
        found.append(sentence(shelf, text, field=revisions, changes=_way(shelf, CHANGES)))
    found += [
        sentence(shelf, say("Save the change as a proposal, and tell why in a sentence. Nothing has been published yet.")),
        sentence(shelf, say("The proposal is checked at once. Mend what the check finds, in the same proposal; see below.")),
        sentence(shelf, say("The owner reads the proposal. Whoever is to decide does so.")),
    ]  # fmt: skip
    if decision := field(shelf, "decided-on"):
        text = say("Write the decision into {field}: who decided, the day, and the case number if there is one.")
        found.append(sentence(shelf, text, field=decision))
    if record_kind(shelf.settings, "decided-on"):
        text = say("A record proves more: {command} writes one that also names the text that was decided.")
        found.append(sentence(shelf, text, command=code("rutine decide")))
    found.append(sentence(shelf, say("When the proposal is accepted, the handbook is published anew by itself. What was there before is kept in the history.")))  # fmt: skip
    return section(shelf.words(say("Change a document")), "change", steps(found))


def _opened(shelf: Shelf) -> str:
    """How one comes to a document's text: by the button on its page, if the handbook has one."""
    if shelf.settings.edit:
        text = say(
            "Open the document and press “{button}”. Its text opens in the browser, ready to be changed. If you are asked to sign in, or to make a copy of your own first, do so: nothing changes for anybody else."
        )
        return sentence(shelf, text, button=h(shelf.words(say("Suggest a change"))))
    text = say(
        "Open the file of the document. The documents are in {folder}, among the files that the handbook is made from."
    )
    return sentence(shelf, text, folder=code(f"{shelf.settings.folder.strip('/')}/"))


def _way(shelf: Shelf, page: str) -> str:
    return way(shelf, WRITING, page) if is_there(shelf, page) else h(title(shelf, page))


def _text(shelf: Shelf) -> str:
    words = shelf.words
    name, heads = words(say("How the text is written")), [words(say("What you want")), words(say("What to write"))]
    rows = ([h(words(what)), code(words(written))] for what, written in _MARKUP)
    blank = say(
        "Leave an empty line between paragraphs, and before a list. Write briefly, and to the one who is to do the work."
    )
    return section(name, "text", join([told(shelf, blank), table(name, heads, rows)]))


def _check(shelf: Shelf) -> str:
    """What the check says, by an example and by the rules that are met most often."""
    texts = (
        say("The check reads the whole proposal. Each message tells where, what is wrong, and what to do about it. It looks like this:"),
        say("An error must be mended before the document can be published. A warning stops nothing, but tells of something that readers will stumble over."),
    )  # fmt: skip
    message = h(shelf.words(say("The field {field} is missing. Add it.", field="owner")))
    path = shelf.words(say("{folder}/leave.md", folder=shelf.settings.folder.strip("/")))
    example = sample(f"{path}:7:1 {shelf.words(say('error'))}: {message} (missing-field)")
    parts = [told(shelf, texts[0]), example, told(shelf, texts[1])]
    known = {rule.name: rule for rule in shelf.report.rules}
    if common := [known[name] for name in _COMMON if name in known]:
        rows = (
            f"{shelf.lead(code(rule.name), WRITING, RULES, f'rutine-{rule.name}')}: {prose(shelf.words.text(rule.manual[0]))}"
            for rule in common
        )
        parts += [told(shelf, say("These are met most often:")), points(rows)]
        parts.append(told(shelf, say("All of them, with what to do: {rules}."), rules=_way(shelf, RULES)))
    return section(shelf.words(say("What the check says")), "check", join(parts))


def _new(shelf: Shelf) -> str:
    first = say(
        "Look in {alphabet} first. It is better to add to a document than to write a second one about the same matter."
    )
    folder = code(f"{shelf.settings.folder.strip('/')}/")
    found = [
        sentence(shelf, first, alphabet=_way(shelf, ALPHABET)),
        sentence(shelf, say("Choose the kind of document; the table below tells what each is for.")),
        sentence(shelf, say("Copy the template on the page of the kind into a new file, in the folder of its area below {folder}. The name of the file ends in `.md`."), folder=folder),
        sentence(shelf, say("Fill in the facts, and write the sections. Let it be a draft until it is decided: {status}."), status=status(shelf, "draft")),
        sentence(shelf, say("Save it as a proposal, as with a change.")),
    ]  # fmt: skip
    words = shelf.words
    name, heads = (
        words(say("Write a new document")),
        [words(say("Kind")), words(say("What it is for")), words(say("Sections"))],
    )
    rows = (
        [
            shelf.lead(h(kind.title(shelf.language)), WRITING, kind_page(kind.name)),
            prose(words.text(str(kind.schema.get("description", "")))),
            "<br>".join(h(choose(found.heading, shelf.language)) for found in kind.sections),
        ]
        for kind in kinds_of(shelf)
    )
    return section(name, "new", join([steps(found), table(words(say("Kinds of documents")), heads, rows)]))


def _review(shelf: Shelf) -> str:
    """How to review, and how the days are counted, by the handbook's own intervals."""
    found = [
        sentence(shelf, say("Read the document as somebody who is to do the work. Is this how it is done today? Do the acts and regulations still say so? Do the roles still exist? What has gone wrong since last time?")),
        sentence(shelf, say("Something is to be changed: suggest the change. The new decision counts as a review.")),
    ]  # fmt: skip
    record, example = record_of(shelf), ""
    if record:
        kind, path = record
        found.append(sentence(shelf, say("Nothing is to be changed: record the review. A new day in the document itself is no proof that anybody has read it.")))  # fmt: skip
        command = say(
            "On a machine that has rutine, write {command} in the handbook's folder. It shows what there is to look at, asks what has come of the review, and writes the record, which also names the text that you have read. Save it as a proposal, as with a change."
        )
        found.append(sentence(shelf, command, command=code(f"rutine review {path.split('/')[-2]}")))
        text = say(
            "In the browser, make a new file such as {path}, with the number of the document and the day of the review in its name. Write in it what stands below, and save it as a proposal. Such a record does not name the text, and proves a little less."
        )
        address = new_file(shelf, path)
        found.append(sentence(shelf, text, path=outward(code(path), address) if address else code(path)))
        copied = say("The record of a review, to copy and change. Write the outcome, and what you have looked at:")
        example = join([told(shelf, copied), sample(record_text(shelf, kind))])
    found.append(sentence(shelf, say("The document is no longer needed: withdraw it.")))
    parts = [steps(found), example, deadlines(shelf), classes(shelf)]
    return section(shelf.words(say("Review a document")), "review", join(parts))


def _withdraw(shelf: Shelf) -> str:
    found = [
        sentence(shelf, say("Do not delete the document: others have its address. Set its status to {status}."), status=status(shelf, "withdrawn")),
    ]  # fmt: skip
    if day := field(shelf, "withdrawn-on"):
        found.append(sentence(shelf, say("Write from which day, in {field}."), field=day))
    if successor := field(shelf, "replaced-by"):
        found.append(
            sentence(
                shelf,
                say("If another document takes its place, name it in {field}. Readers are led there."),
                field=successor,
            )
        )
    return section(shelf.words(say("Withdraw a document")), "withdraw", steps(found))
