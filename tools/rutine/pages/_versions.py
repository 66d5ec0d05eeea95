"""The versions of a document: a page for each at an address that stays, with its text and what it changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rutine.editions import in_force
from rutine.field_lines import changed_fields
from rutine.model import Document, Edition, Page, say
from rutine.pages._body import body_of
from rutine.pages._editions import period, shown_versions
from rutine.pages._facts import rest_of, sections
from rutine.pages._shelf import Shelf
from rutine.pages._text import block, facts, h, join, md, paragraph, section
from rutine.pages._values import Values
from rutine.redline import Passage, Piece, redline
from rutine.relinking import relinked


def version_pages(shelf: Shelf, document: Document) -> Iterator[Page]:
    """A page for each version of a document whose text Git holds, where there is more than one."""
    shown = shown_versions(shelf, document)
    steps = pairwise([*shown.items(), (None, None)])
    for (path, edition), (_, before) in steps:
        if path and edition:
            yield _page(shelf, document, path, edition, before)


def _page(shelf: Shelf, document: Document, here: str, edition: Edition, before: Edition | None) -> Page:
    then, words = _then(shelf, edition), shelf.words
    values, tongue = Values(shelf, then, here), shelf.tongue(document)
    before_body, after_body = sections(rest_of(values))
    mark = "" if tongue == shelf.language else f' lang="{tongue}"'
    title = f"{shelf.title(then)} – {words(say('version {version}', version=edition.name))}"
    body, _ = body_of(shelf, then, here=here)
    parts = [
        f"# {md(title)} {{ #rutine-title{mark} }}\n",
        _banner(shelf, document, here, edition),
        _facts(shelf, values, edition),
        *before_body,
        f'<div lang="{tongue}" markdown="1">\n\n{body}\n\n</div>\n' if mark else f"{body}\n",
        *after_body,
        _changes(shelf, edition, before),
    ]
    return Page(here, title, join(parts), search=None, about=document.path)


def _then(shelf: Shelf, edition: Edition) -> Document:
    """The document as it was, its links leading to where things are now."""
    report = shelf.report
    then = report.texts[edition.blob]

    def leads(path: str) -> str | None:
        found = path if path in shelf.by_path else report.moved.get(path)
        return found if found in shelf.by_path else None

    body = relinked(then, then.path, shelf.settings, leads)
    return Document(then.path, then.kind, then.meta, body, then.body_line)


def _banner(shelf: Shelf, document: Document, here: str, edition: Edition) -> str:
    words, name = shelf.words, h(edition.name)
    now = in_force(shelf.report.editions[document.path], shelf.today)
    link = shelf.link(document, here)
    if edition is now and shelf.state(document) == "in-force":
        state, first = "in-force", say("Version {version} is in force.", version=name)
        then = say("The document itself: {document}.", document=link)
    elif edition.start > shelf.today.isoformat():
        day = h(words.day(edition.start))
        state, first = "upcoming", say("Version {version} is not in force yet.", version=name)
        then = say("It is decided and applies from {date}. Until then: {document}.", date=day, document=link)
    else:
        state, first = "withdrawn", say("Version {version} no longer applies.", version=name)
        then = say("What applies now: {document}.", document=link)
    told = f"<p><strong>{words(first)}</strong> {words(then)}</p>"
    return block(f"banner rutine-banner--{state}", [told], attributes=' role="note"')


def _facts(shelf: Shelf, values: Values, edition: Edition) -> str:
    words, said = shelf.words, edition.said
    pairs = [(h(words(say("In force"))), h(words(period(shelf, edition))))]
    decided = ", ".join([*values.all("decided-on"), *values.all("decided-by"), *map(h, filter(None, [said.reference]))])
    if decided:
        pairs.append((h(words(say("Decided"))), decided))
    if said.summary:
        pairs.append((h(words(say("What was changed"))), shelf.spoken(values.document, said.summary)))
    if edition.commit:
        told = say("commit {commit}, there since {date}", commit=edition.commit[:12], date=words.day(edition.first))
        pairs.append((h(words(say("In Git"))), h(words(told))))
    note = (
        paragraph(
            h(
                words(
                    say(
                        "The text was changed {count} times without a revision of its own.",
                        one="The text was changed once without a revision of its own.",
                        count=edition.changes,
                    )
                )
            )
        )
        if edition.changes
        else ""
    )
    return facts(pairs) + (f"\n{note}" if note else "")


def _changes(shelf: Shelf, edition: Edition, before: Edition | None) -> str:
    """What is gone and what is new since the version before."""
    words = shelf.words
    if before is None:
        return ""
    old, new = shelf.report.texts[before.blob], shelf.report.texts[edition.blob]
    passages = [*changed_fields(old, new, shelf.language), *redline(old.body, new.body)]
    title = words(say("What changed since version {version}", version=before.name))
    return section(title, "changes", block("redline", _lines(shelf, passages)))


def _lines(shelf: Shelf, passages: Sequence[Passage]) -> Iterator[str]:
    skipped, words = 0, shelf.words
    for passage in (*passages, None):
        if passage and passage.kind == "same":
            skipped += 1
            continue
        if skipped:
            told = say("… {count} paragraphs are the same …", one="… one paragraph is the same …", count=skipped)
            yield f'<p class="rutine-same">{h(words(told))}</p>'
        skipped = 0
        if passage:
            yield f"<p>{''.join(_marked(shelf, piece) for piece in passage.pieces)}</p>"


def _marked(shelf: Shelf, piece: Piece) -> str:
    text = f"{' ' * piece.text[:1].isspace()}{h(piece.text)}{' ' * piece.text[-1:].isspace()}"
    if piece.kind == "same" or not piece.text.strip():
        return text
    gone = piece.kind == "gone"
    told = h(shelf.words(say("removed:") if gone else say("added:")))
    tag = "del" if gone else "ins"
    return f'<{tag}><span class="rutine-told">{told} </span>{text}</{tag}>'
