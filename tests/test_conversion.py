"""One Python-Markdown for all pages makes of each what MkDocs makes of it by one of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from mkdocs.structure.pages import Page

from conftest import TESTS
from rutine.conversion import Conversion
from test_quick_markdown import OTHERS, PIECES

TEXTS = st.lists(
    st.lists(st.one_of(PIECES, st.just("\n\n# h\n\n"), st.just("\n\n## h {#i}\n\n"))), min_size=2, max_size=6
)


def said(page: Page) -> tuple[Any, ...]:
    """All that a page's template can show of its text, and what links to it need."""
    links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
    return page.content, str(page.toc), page.title, page.present_anchor_ids, links


def converted(folder: Path, texts: list[str]) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """The texts as pages of a site, by us and by MkDocs."""
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text("site_name: Site\n")
    for number, text in enumerate(texts):
        (folder / "docs" / f"{number}.md").write_text(text, "utf-8")
    extensions: Any = [*OTHERS, {"toc": {"permalink": True}}]
    config = load_config(str(folder / "mkdocs.yml"), plugins=[], markdown_extensions=extensions)
    found = []
    for ours in (True, False):
        files = get_files(config)
        conversion = Conversion(config, files)
        pages = [Page(None, file, config) for file in files.documentation_pages()][: len(texts)]
        for page in pages:
            if ours:
                conversion.populate(page)
            else:
                page.read_source(config)
                page.render(config, files)
        found.append([said(page) for page in pages])
    return found[0], found[1]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_pages_come_out_the_same(tmp_path: Path, pieces: list[list[str]]) -> None:
    ours, theirs = converted(tmp_path, [" ".join(text) for text in pieces])
    assert ours == theirs


def test_documents_come_out_the_same(tmp_path: Path) -> None:
    texts = [path.read_text("utf-8") for path in sorted((TESTS.parent / "procedures").rglob("*.md"))]
    ours, theirs = converted(tmp_path, texts)
    assert len(ours) > 40
    assert ours == theirs


def test_a_page_that_fails_leaves_nothing_to_the_next(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    deep = "".join(f"{' ' * 4 * depth}1. x\n\n" for depth in range(2000))
    for name, text in (("a", f"[^k]\n\n[^k]: note\n\n{deep}"), ("b", "A page.\n")):
        (tmp_path / "docs" / f"{name}.md").write_text(text)
    (tmp_path / "mkdocs.yml").write_text("site_name: Site\n")
    config = load_config(str(tmp_path / "mkdocs.yml"), plugins=[], markdown_extensions=list(OTHERS))
    files = get_files(config)
    conversion = Conversion(config, files)
    first, second = (Page(None, file, config) for file in files.documentation_pages())
    with pytest.raises(RecursionError):
        conversion.populate(first)
    conversion.populate(second)
    assert second.content == "<p>A page.</p>"
