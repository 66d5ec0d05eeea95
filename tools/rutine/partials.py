"""What stands around the article and is the same on many pages is rendered once for all of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
            template.root_render_func = _remembered(template.root_render_func, links)
    import material  # type: ignore[import-untyped]  # not where another generator builds

    base = env.get_template("base.html")
    if base.filename and Path(base.filename).is_relative_to(Path(material.__file__).parent):
        base.blocks["config"] = _remembered_by_depth(base.blocks["config"])  # of the theme's scripts


def _remembered_by_depth(render: Render) -> Render:
    known: dict[str, str] = {}

    def remembered(context: Context) -> Iterator[str]:
        base = context["base_url"]
        if base not in known:
            known[base] = "".join(render(context))
        yield known[base]

    return remembered


def _remembered(render: Render, links: list[str]) -> Render:
    known: dict[tuple[str, str], str] = {}

    def remembered(context: Context) -> Iterator[str]:
        page: Any = context.get("page")
        if not page or any(link.startswith(page.url) for link in links):
            yield from render(context)
            return
        folder = page.url.rstrip("/").rpartition("/")[0]
        where = folder, page.meta.get("area", "")
        if where not in known:
            known[where] = "".join(render(context))
        yield known[where]

    return remembered
