"""What stands around the article and is the same on many pages is rendered once for all of these."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rutine.look import TEMPLATES

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

_PARTS = ("partials/header.html", "partials/menu.html", "partials/footer.html")
_LINKS = ("search_page", "accessibility", "logo")  # by name, what the parts lead to beside the pages of the menu

Render = Callable[["Context"], Iterator[str]]


def remember_parts(env: Environment, nav: Navigation, config: MkDocsConfig) -> None:
    """Let the templates of these parts remember what they gave, as far as they are our own."""
    links = [page.url for page in nav.pages] + [config.extra["rutine"][name] for name in _LINKS]
    for name in _PARTS:
        template = env.get_template(name)
        if template.filename and Path(template.filename).is_relative_to(TEMPLATES):
            template.root_render_func = _remembered(template.root_render_func, partial(_folder_and_area, links))
    import material  # type: ignore[import-untyped]  # not where another generator builds

    base = env.get_template("base.html")
    if base.filename and Path(base.filename).is_relative_to(Path(material.__file__).parent):
        # The settings of the theme's scripts depend on nothing but how deep a page lies.
        base.blocks["config"] = _remembered(base.blocks["config"], lambda context: context["base_url"])


def _remembered(render: Render, where: Callable[[Context], Hashable]) -> Render:
    """What gives the same for all contexts of which `where` tells the same; it is given anew where that is None."""
    known: dict[Hashable, str] = {}

    def remembered(context: Context) -> Iterator[str]:
        place = where(context)
        if place is None:
            yield from render(context)
            return
        if place not in known:
            known[place] = "".join(render(context))
        yield known[place]

    return remembered


def _folder_and_area(links: Sequence[str], context: Context) -> Hashable:
    """Where a page lies, and its area; None where one of the links may lead to it."""
    page: Any = context.get("page")
    if not page or any(link.startswith(page.url) for link in links):
        return None
    return page.url.rstrip("/").rpartition("/")[0], page.meta.get("area", "")
