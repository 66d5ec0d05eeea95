"""The page of search. Its script puts the search in the place of what stands here, which leads on without one."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Page, Report, say
from rutine.pages._areas import areas
from rutine.pages._shelf import shelf_of
from rutine.pages._text import block, h, items, join, md, paragraph

ORDER = 5
HERE = "search.md"
_WAYS = (
    (say("All documents, A–Z"), "register/a-z/index.md"),
    (say("All roles"), "register/roles/index.md"),
    (say("All units"), "register/units/index.md"),
    (say("Status of the documents"), "register/status.md"),
)


def pages(report: Report) -> Iterator[Page]:
    """One page, if there is anything to find."""
    shelf = shelf_of(report)
    if not shelf.documents and not shelf.plain:
        return
    words, title = shelf.words, shelf.words(say("Search"))
    has = {
        "register/a-z/index.md": True,
        "register/roles/index.md": bool(shelf.settings.roles),
        "register/units/index.md": bool(shelf.settings.units),
        "register/status.md": bool(shelf.documents),
    }
    told = say("The search needs scripts, which your browser does not run here. These lists lead to every document:")
    ways = [shelf.lead(h(words(name)), HERE, page) for name, page in _WAYS if has[page]]
    ways += [shelf.lead(h(name), HERE, f"{area}/index.md") for area, name in areas(shelf)]
    without = block("find", [paragraph(h(words(told))).strip(), items(ways).strip()])
    yield Page(HERE, title, join([f"# {md(title)}\n", without]), search=None)
