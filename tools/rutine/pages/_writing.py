"""What those who write need to look up, from the handbook's own kinds, registers and intervals."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from rutine import regulations as acts
from rutine.dates import Interval, parse_interval
from rutine.evidence import record_kind
from rutine.kinds import Kind, field_name
from rutine.model import Message, ReviewRule, say
from rutine.pages._guide import points, sentence, told
from rutine.pages._places import kind_page
from rutine.pages._schema import allowed, classes_of, fields_of
from rutine.pages._shelf import Shelf
from rutine.pages._text import capital, code, h, join, section, table
from rutine.pages._ways import NAMES, REVIEWS, WRITING, is_there, way
from rutine.skeleton import skeleton

_DAY = "2026-03-01"
_ACTS: tuple[tuple[Message, str], ...] = (
    (say("Norwegian act or regulation"), "LOV-2005-06-17-62"),
    (say("Danish act or regulation"), "LBK nr 433 af 22/04/2014"),
    (say("Swedish act or regulation"), "SFS 2017:900"),
    (say("Act of the European Union"), "32016R0679"),
    (say("Standard"), "ISO 9001:2015"),
)


def kinds_of(shelf: Shelf) -> list[Kind]:
    """The kinds of documents that the handbook publishes: those that it has most of first, or all where it has none."""
    counts: dict[str, int] = {}
    for document in shelf.documents:
        if document.kind:
            counts[document.kind.name] = counts.get(document.kind.name, 0) + 1
    kinds = [kind for kind in shelf.settings.kinds.values() if kind.is_published and not kind.is_record]
    used = [kind for kind in kinds if kind.name in counts]
    return sorted(used or kinds, key=lambda kind: -counts.get(kind.name, 0))


def field(shelf: Shelf, meaning: str) -> str:
    """The field that holds what means this, as people call it and as it is written; empty where no kind has one."""
    kind = next((kind for kind in kinds_of(shelf) if kind.means(meaning)), None)
    if kind is None:
        return ""
    name = kind.name_of(meaning).partition(".")[0]
    label = kind.label((name,), shelf.language)
    return code(name) if label == name else f"{h(label)} ({code(name)})"


def status(shelf: Shelf, wanted: str) -> str:
    """How a document says that it is a draft, in force or withdrawn."""
    for kind in kinds_of(shelf):
        name = kind.name_of("status")
        for value in kind.field((name,)).get("enum", ()) if kind.means("status") else ():
            if kind.status(str(value)) == wanted:
                return code(f"{name}: {value}")
    return code(wanted)


def facts_of(shelf: Shelf) -> str:
    """The facts at the top of a document: what each is called, how it is written, and what it may hold."""
    words, (kind, *others) = shelf.words, kinds_of(shelf)
    name = words(say("The facts at the top"))
    heads = [words(say("Fact")), words(say("Written as")), words(say("What it may hold")), words(say("Required"))]
    rows = (
        [
            h(one.title),
            code(field_name(one.pointer)),
            allowed(shelf, kind, one.schema),
            words(say("yes")) if one.required else "",
        ]
        for one in fields_of(shelf, kind)
        if one.title
    )
    first = say(
        "These are the facts of the kind {kind}. What is written before the colon is the same in every language; a fact within another is indented below it."
    )
    parts = [told(shelf, first, kind=_kind(shelf, kind)), table(name, heads, rows)]
    if others:
        rest = ", ".join(_kind(shelf, other) for other in others)
        parts.append(told(shelf, say("Other kinds have facts of their own: {kinds}."), kinds=rest))
    return section(name, "facts", join(parts))


def _kind(shelf: Shelf, kind: Kind) -> str:
    return shelf.lead(h(kind.title(shelf.language)), WRITING, kind_page(kind.name))


def regulations(shelf: Shelf) -> str:
    """How acts and their paragraphs are written; empty where no document can name any."""
    holder = field(shelf, "regulation")
    if not holder:
        return ""
    words = shelf.words
    name, heads = (
        words(say("Acts and regulations")),
        [words(say("What it is")), words(say("Written as")), words(say("For example"))],
    )
    own = {"nb": 0, "nn": 0, "da": 1, "sv": 2}.get(shelf.language, 0)
    ordered = [_ACTS[own], *(row for row in _ACTS if row is not _ACTS[own])]
    rows = (
        [h(words(what)), code(written), h(capital(acts.title(written, shelf.language) or ""))]
        for what, written in ordered
    )
    first = say(
        "Write the number of the act in {field}, never its name or address: the handbook finds the name and the link by itself. Add the paragraphs that the document rests on: {examples}."
    )
    examples = ", ".join(code(place) for place in ("§ 2-3", "kap 4", "art 32"))
    then = say("If the handbook does not know an act, give it a title under `regulations` in `handbook.yml`.")
    return section(
        name,
        "acts",
        join([told(shelf, first, field=holder, examples=examples), table(name, heads, rows), told(shelf, then)]),
    )


def names(shelf: Shelf) -> str:
    """How documents name those who do the work."""
    if not is_there(shelf, NAMES):
        return ""
    text = say(
        "Documents name roles and not people. Who holds a role stands in `handbook.yml` alone, so that no document has to be changed when somebody leaves. The list {names} tells what to write. A new role or unit is first added to `handbook.yml`."
    )
    return section(shelf.words(say("Roles and units")), "names", told(shelf, text, names=way(shelf, WRITING, NAMES)))


def deadlines(shelf: Shelf) -> str:
    """How the day of the next review is counted."""
    soon = shelf.words.length(parse_interval(shelf.settings.review_soon) or Interval(60, "day"))
    calendar = way(shelf, WRITING, REVIEWS) if is_there(shelf, REVIEWS) else h(shelf.words(say("Review calendar")))
    first = say(
        "The time is counted from the last decision, or from the last review that was recorded, whichever is the later. The review is told of as coming up {soon} before its day: {calendar}."
    )
    return told(shelf, first, soon=soon, calendar=calendar)


def classes(shelf: Shelf) -> str:
    """How often documents are reviewed in this handbook."""
    words, holder = shelf.words, field(shelf, "review-class")
    found = [
        sentence(
            shelf,
            say("{name}: {interval}"),
            name=code(name),
            interval="; ".join([words.every(interval), *_rules(shelf, name)]),
        )
        for name, interval in classes_of(shelf)
    ]
    default = parse_interval(shelf.settings.review_every)
    parts = (
        [told(shelf, say("A document that says nothing else is reviewed {interval}."), interval=words.every(default))]
        if default
        else []
    )
    if found and holder:
        parts += [told(shelf, say("A document can also name its risk class:")), points(found)]
    return join(parts)


def _rules(shelf: Shelf, name: str) -> Iterator[str]:
    """What makes the interval of a risk class shorter or longer, as HTML."""
    rule, words = shelf.settings.review_rules.get(name, ReviewRule()), shelf.words
    to, time, by = map(parse_interval, (rule.to, rule.within, rule.by))
    if to and time:
        yield h(
            words(
                say(
                    "{every} when there are {count} records about the document within {time}",
                    one="{every} when there is a record about the document",
                    every=words.every(to),
                    count=rule.records,
                    time=words.length(time),
                )
            )
        )
    if by:
        yield h(
            words(
                say(
                    "{time} longer after {count} reviews in a row with nothing to change",
                    one="{time} longer after a review with nothing to change",
                    time=words.length(by),
                    count=rule.stable,
                )
            )
        )


def record_of(shelf: Shelf) -> tuple[Kind, str] | None:
    """The kind of record that a review is, and where such a record of a document would stand."""
    kind = record_kind(shelf.settings, "reviewed-on")
    if kind is None:
        return None
    folder = "/".join(part for part in (shelf.settings.records_folder.strip("/"), kind.folder) if part)
    return kind, f"{folder}/{_example(shelf)['about']}/{_DAY}.yml"


def record_text(shelf: Shelf, kind: Kind) -> str:
    """The record of a review, filled in for a document of the handbook."""
    known = _example(shelf)
    return skeleton(kind, shelf.language, known, always=known.keys())


def _example(shelf: Shelf) -> dict[str, str]:
    document = next((document for document in shelf.documents if document.value("id")), None)
    identifier, owner = (document.value("id"), document.value("owner")) if document else (None, None)
    role = owner or next(iter(shelf.settings.roles), "")
    return {"about": identifier or "HR-012", "reviewed-on": _DAY, "reviewed-by": role}


def new_file(shelf: Shelf, path: str) -> str:
    """Where the forge makes a new file of that name, by where it opens one for a change; empty where nobody knows."""
    edit = shelf.settings.edit or ""
    if "/_edit/" in edit:
        start = edit.replace("/_edit/", "/_new/")
    elif "/edit/" in edit:
        start = edit.replace("/edit/", "/new/")
    else:
        return ""
    return f"{start.rstrip('/')}/{quote(path.rpartition('/')[0], safe='/-._~')}"
