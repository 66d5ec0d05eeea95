"""To disk: the diagrams of the pages as pictures, each drawn once, and the pages with these in the place of their source.

A picture's name is made from all that it depends on, so one that is there is not drawn again. Where the engine is not
installed, or cannot draw a diagram, the page keeps the source.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from hashlib import blake2b, sha256
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rutine import __version__
from rutine.i18n import render
from rutine.markdown import Markup
from rutine.memory import recall, remember, state_of
from rutine.mermaid import Diagram, diagrams_of
from rutine.model import Message, Page, Settings, say
from rutine.pages._text import md
from rutine.parallel import spread
from rutine.site_paths import href
from rutine.write import write_file

if TYPE_CHECKING:
    from rutine.plain_drawing import Palette

FOLDER = "assets/rutine/diagrams"
_NARROW = 300  # pixels: no screen is so small that such a picture must be scrolled
_WIDE = 980  # pixels: a wider picture could not be read if it were made to fit a column
_NAME = "diagrams"


class _Shown(NamedTuple):
    """A diagram's two files, what it says in lines, its size, and the digests of its files."""

    light: str
    dark: str
    lines: tuple[str, ...]
    width: int
    height: int
    digests: tuple[bytes, ...]


class Pictured(NamedTuple):
    """The pages with their diagrams as pictures, the files of these, and the number of diagrams that have none."""

    pages: list[Page]
    files: frozenset[str]
    undrawn: int


def with_pictures(pages: Iterable[Page], root: Path, folder: Path, settings: Settings) -> Pictured:
    """Draw the diagrams of the pages into files below `folder`."""
    made = list(pages)
    found = {
        index: diagrams
        for index, page in enumerate(made)
        if page.source and (diagrams := list(diagrams_of(Markup(page.text))))
    }
    shown = _shown(root, folder, settings, {one.source for diagrams in found.values() for one in diagrams})
    for index, diagrams in found.items():
        made[index] = made[index]._replace(text=_replaced(made[index], diagrams, shown, settings))
    undrawn = sum(one.source not in shown for diagrams in found.values() for one in diagrams)
    return Pictured(made, frozenset(file for one in shown.values() for file in (one.light, one.dark)), undrawn)


def _shown(root: Path, folder: Path, settings: Settings, sources: Collection[str]) -> dict[str, _Shown]:
    """The diagrams that can be drawn, by source, each with its pictures in place. Those that are there are not drawn again."""
    if not sources:
        return {}
    from rutine.mermaid_engine import engine_version  # late: few handbooks have diagrams
    from rutine.mermaid_theme import palettes_of

    version, package = engine_version(), Path(__file__).parent
    if not version:
        return {}
    palettes = palettes_of(settings.look.colour)
    key = b"\0".join([__version__.encode(), version.encode(), repr(palettes).encode(), state_of(package)])
    remembered = recall(root, _NAME, key) or {}
    known = {source: _Shown(*remembered[source]) for source in sources if source in remembered}
    kept = {source: one for source, one in known.items() if one.digests == tuple(_digests(folder, one))}
    for source, light, dark, lines in spread(partial(_draw, palettes), sorted(set(sources) - kept.keys()), few=8):
        name = sha256("\0".join([__version__, version, repr(palettes), source]).encode()).hexdigest()[:20]
        one = _Shown(f"{FOLDER}/{name}.svg", f"{FOLDER}/{name}-dark.svg", lines, light[1], light[2], ())
        write_file(folder / one.light, light[0].encode())
        write_file(folder / one.dark, dark[0].encode())
        kept[source] = one._replace(digests=tuple(_digests(folder, one)))
    if kept != remembered:
        remember(root, _NAME, key, {source: tuple(one) for source, one in kept.items()})
    return kept


def _draw(palettes: tuple[Palette, Palette], sources: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    from rutine.mermaid_engine import Drawn, draw

    for source in sources:
        drawn = draw(source, *palettes)
        if isinstance(drawn, Drawn):
            yield source, tuple(drawn.light), tuple(drawn.dark), drawn.lines


def _digests(folder: Path, one: _Shown) -> Iterator[bytes]:
    for file in (one.light, one.dark):
        path = folder / file
        yield blake2b(path.read_bytes() if path.is_file() else b"", digest_size=20).digest()


def _replaced(page: Page, diagrams: Iterable[Diagram], drawn: Mapping[str, _Shown], settings: Settings) -> str:
    parts, position, names = [], 0, tuple[str, ...]()
    folders = settings.address == "folder"
    for diagram in diagrams:
        shown = drawn.get(diagram.source)
        if shown is None:
            continue
        addresses = [href(page.path, path, folders=folders) for path in (shown.light, shown.dark)]
        names = *names, _name(diagram, names, settings.language)
        figure = _figure(diagram, shown, addresses, names[-1], settings.language)
        parts += [page.text[position : diagram.start], f"\n{diagram.indent}{figure}\n"]
        position = diagram.end
    return "".join([*parts, page.text[position:]])


def _name(diagram: Diagram, taken: Collection[str], language: str) -> str:
    """What a diagram is called among those of its page."""
    title = diagram.title or diagram.caption
    name = render(say("Diagram: {title}", title=title) if title else say("Diagram"), language)
    return next(found for found in chain([name], (f"{name} ({number})" for number in count(2))) if found not in taken)


def _figure(diagram: Diagram, shown: _Shown, addresses: list[str], name: str, language: str) -> str:
    """The picture with its words, as HTML on one line, so that it may stand in a list too."""

    def words(message: Message) -> str:
        return md(render(message, language))

    described = md(diagram.description or diagram.caption or name)
    size = f'width="{shown.width}" height="{shown.height}" loading="lazy"'
    schemes = list(zip(("light", "dark"), addresses, strict=True))
    pictures = "".join(
        f'<img class="rutine-diagram-{scheme}" src="{address}" alt="{described}" {size}>' for scheme, address in schemes
    )
    focus = ' tabindex="0"' if shown.width > _NARROW else ""
    wide = " rutine-diagram-wide" if shown.width > _WIDE else ""
    opened = words(say("Open the picture"))
    links = "".join(f'<a class="rutine-diagram-{scheme}" href="{address}">{opened}</a>' for scheme, address in schemes)
    caption = " ".join(filter(None, [md(diagram.caption or diagram.title), links]))
    told = f"<p>{described}</p>" if diagram.description else ""
    lines = "".join(f"<li>{md(line)}</li>" for line in shown.lines)
    text = f"<ul>{lines}</ul>" if lines else f"<pre><code>{_source(diagram.source)}</code></pre>"
    return (
        f'<figure class="rutine-diagram"><div class="rutine-diagram-view{wide}" role="region" aria-label="{md(name)}"{focus}>'
        f"{pictures}</div><figcaption>{caption}</figcaption>"
        f"<details><summary>{words(say('The diagram as text'))}</summary>{told}{text}</details></figure>"
    )


def _source(text: str) -> str:
    """Lines of source as HTML on one line; each is indented as it was."""
    return "&#10;".join("&#160;" * (len(line) - len(line.lstrip())) + md(line) for line in text.split("\n"))
