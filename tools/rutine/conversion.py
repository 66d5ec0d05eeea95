"""From a page's Markdown to HTML, as MkDocs does it, but by one Python-Markdown for all pages, where MkDocs makes one each."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import markdown  # type: ignore[import-untyped]
from mkdocs.structure import pages
from mkdocs.structure.toc import get_toc
from mkdocs.utils.meta import get_data

from rutine.quick_markdown import QuickMarkdown, has_tags

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_FIELD = re.compile(r'([a-z]+): ("[^\n]*")\n')
_FRONT = re.compile(rf"---\n((?:{_FIELD.pattern})*)---\n")


class _RawHtml(pages._RawHTMLPreprocessor):
    """What gathers the anchors in a page's HTML, where there is any."""

    def run(self, lines: list[str]) -> list[str]:
        return super().run(lines) if has_tags("\n".join(lines)) else lines


def _read(page: Page) -> None:
    """As `Page.read_source` does; the front matter of a staged page is JSON by lines, and needs no YAML."""
    text = page.file.content_string
    if found := _FRONT.match(text):
        page.meta = {name: json.loads(value) for name, value in _FIELD.findall(found[1])}
        page.markdown = text[found.end() :].lstrip("\n")
    else:
        page.markdown, page.meta = get_data(text)


class Conversion:
    """What it takes to convert the pages of a site."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self._config, self._files = config, files
        self._markdown: markdown.Markdown | None = None

    def populate(self, page: Page) -> None:
        """Read a page's source and make its content, as MkDocs' `_populate_page` does."""
        config, files, plugins = self._config, self._files, self._config.plugins
        page = plugins.on_pre_page(page, config=config, files=files)
        _read(page)
        page.markdown = plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
        self._convert(page)
        page.content = plugins.on_page_content(page.content or "", page=page, config=config, files=files)

    def _convert(self, page: Page) -> None:
        """As `Page.render` does; each processor that it registers takes the place of the one of the page before."""
        converter, self._markdown = self._markdown or self._made(), None  # a page that fails leaves it in any state
        converter.reset()
        raw, title = _RawHtml(), pages._ExtractTitleTreeprocessor()
        anchors = pages._ExtractAnchorsTreeprocessor(page.file, self._files, self._config)
        links = pages._RelativePathTreeprocessor(page.file, self._files, self._config)
        for processor in (raw, anchors, links, title):
            processor._register(converter)
        page.content = converter.convert(page.markdown)
        page.toc = get_toc(getattr(converter, "toc_tokens", []))
        page._title_from_render = title.title
        page.present_anchor_ids = anchors.present_anchor_ids | raw.present_anchor_ids
        page.links_to_anchors = links.links_to_anchors
        self._markdown = converter

    def _made(self) -> markdown.Markdown:
        extensions = [*self._config.markdown_extensions, QuickMarkdown()]
        return markdown.Markdown(extensions=extensions, extension_configs=self._config.mdx_configs)
