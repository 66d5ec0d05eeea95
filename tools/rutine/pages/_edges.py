"""What stands at the top and the bottom of a document's page: the way back, and what one can do with it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from rutine.model import say
from rutine.pages._answers import owner, version_of
from rutine.pages._areas import area_title
from rutine.pages._text import block, h, outward, paragraph
from rutine.pages._values import Values


def top(values: Values) -> str:
    """The way back to the area, and beside it what one can do: print, and suggest a change."""
    shelf, here = values.shelf, values.here
    area, _, rest = here.partition("/")
    path = ""
    if rest and rest != "index.md":
        label = h(shelf.words(say("Area")))
        link = shelf.lead(h(area_title(shelf, area)), here, f"{area}/index.md")
        path = f'<nav class="rutine-path" aria-label="{label}">{link}</nav>'
    actions = f'<p class="rutine-actions">{"".join(_actions(values))}</p>'
    return block("top", [part for part in (path, actions) if part])


def _actions(values: Values) -> Iterator[str]:
    words = values.shelf.words
    yield _button("print", "button", ' type="button" hidden', h(words(say("Print"))))
    if address := editor(values):
        yield _button("edit", "a", f' href="{address}"', h(words(say("Suggest a change"))))


def _button(name: str, tag: str, attributes: str, text: str) -> str:
    names = f"rutine-button rutine-button--quiet rutine-{name}"
    return f'<{tag} class="{names}"{attributes}><span>{text}</span></{tag}>'


def editor(values: Values) -> str:
    """The address where the forge opens the document's file for a change; empty where the handbook gives none."""
    edit = values.shelf.settings.edit
    path = quote(values.document.path, safe="/-._~")
    return h(f"{edit.rstrip('/')}/{path}") if edit else ""


def bottom(values: Values) -> str:
    """Whom to tell that something is wrong, the page's permanent address, and what a printed copy says of itself."""
    words, document = values.shelf.words, values.document
    lines = [
        f"<p><strong>{h(words(say('Is something wrong or unclear here?')))}</strong> {told}</p>"
        for told in _told(values)
    ]
    permanent = values.shelf.permanent.get(document.path)
    if permanent:
        link = values.shelf.lead(h(document.value("id") or ""), values.here, permanent)
        link = link.replace("<a ", '<a class="rutine-permanent" rel="bookmark" ', 1)
        lines.append(f"<p>{h(words(say('Address of this page')))}: {link}</p>")
    return block("bottom", lines) + "\n" + _paper(values) if lines else _paper(values)


def _told(values: Values) -> Iterator[str]:
    words = values.shelf.words
    owners = [owner(values, name, values.show(pointer, name)) for pointer, name in values.document.values("owner")]
    told = words(say("Tell the owner, {owner}.", owner=", ".join(owners))) if owners else ""
    if address := editor(values):
        told = f"{told} {outward(h(words(say('Suggest a change'))), address)}".strip()
    if told:
        yield told


def _paper(values: Values) -> str:
    """Shown on paper only, where nobody can see whether it is still in force."""
    document, words = values.document, values.shelf.words
    version = version_of(document)
    told = [h(document.value("id") or ""), h(words(say("version {version}", version=version))) if version else ""]
    copy = say("Printed on paper, this is an uncontrolled copy: the handbook's site shows what is in force.")
    return paragraph(" · ".join([*filter(None, told), values.shelf.chip(document), h(words(copy))]), "paper")
