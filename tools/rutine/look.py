"""How the site looks: the style sheet in the organisation's colours, and what the templates show around each page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rutine.colours import Palette, palettes
from rutine.i18n import render, translate
from rutine.model import Handbook, Message, Report, Settings, say
from rutine.published import is_public
from rutine.site_paths import href, page_path

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

THEME = Path(__file__).parent / "theme"
ASSETS = "assets/rutine"
TEMPLATES = THEME / "templates"
_SERVED = (".css", ".js", ".woff2")
_MARK = "M10 12.2l2.4 2.4 4-4.6M10 25.2l2.4 2.4 4-4.6M21 13h9M21 20h9M21 27h5"
_LINK = say("Link to this section")
FAVICON = f"{ASSETS}/favicon.svg"
_THEMES_FAVICON = "assets/images/favicon.png"
_SCHEMES = (("default", "light", "moon", say("Dark colours")), ("slate", "dark", "sun", say("Light colours")))
_TEXTS = {
    "menu": say("Menu"),
    "search": say("Search"),
    "search_label": say("Search the handbook"),
    "search_failed": say("The search does not work here. Find your way by the lists instead."),
    "close": say("Close"),
    "contents": say("On this page"),
    "front": say("To the front page"),
    "accessibility_title": say("Accessibility statement"),
    "missing": say("There is no page here"),
    "missing_advice": say(
        "The page may have been moved, or the address may be misspelt. Search for it, or begin again."
    ),
}


def assets(settings: Settings) -> Iterator[tuple[str, bytes]]:
    """The theme's files below `ASSETS`: name and content."""
    yield "handbook.css", style_sheet(settings).encode()
    yield "favicon.svg", _favicon(palettes(settings.look.colour)[0]).encode()
    for file in sorted(file for file in (*THEME.iterdir(), *THEME.glob("fonts/*")) if file.suffix in _SERVED):
        yield file.relative_to(THEME).as_posix(), file.read_bytes()


def style_sheet(settings: Settings) -> str:
    """The colours, then the style sheets of `theme/styles/` in the order of their names."""
    light, dark = palettes(settings.look.colour)
    colours = [
        _rule('body, [data-md-color-scheme="default"]', light, "light"),
        _rule('[data-md-color-scheme="slate"]', dark, "dark"),
        # Before the theme's script has run, or where none does.
        f"@media (prefers-color-scheme: dark) {{\n{_rule('.no-js body:not([data-md-color-media])', dark, 'dark')}}}\n",
        f"@media print {{\n{_rule('body[data-md-color-scheme]', light, 'light')}}}\n",
    ]
    sheets = (file.read_text("utf-8") for file in sorted(THEME.glob("styles/*.css")))
    return "\n".join([*colours, *sheets])


def _rule(selector: str, palette: Palette, scheme: str) -> str:
    lines = "".join(f"  --rutine-{name}: {value};\n" for name, value in palette.items())
    return f"{selector} {{\n  color-scheme: {scheme};\n{lines}}}\n"


def _favicon(light: Palette) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" rx="9" '
        f'fill="{light["brand"]}"/><path d="{_MARK}" fill="none" stroke="{light["on-brand"]}" stroke-width="3" '
        f'stroke-linecap="round" stroke-linejoin="round"/></svg>\n'
    )


def dress(config: MkDocsConfig, report: Report) -> None:
    """Our templates before the theme's, our colours, and what both show, in the handbook's language."""
    theme, settings = config.theme, report.handbook.settings
    language = settings.language
    theme.dirs = [str(TEMPLATES), *(folder for folder in theme.dirs if folder != str(TEMPLATES))]
    theme["palette"] = schemes(theme.get("palette"), language)
    if theme.get("favicon") == _THEMES_FAVICON:
        theme["favicon"] = settings.look.logo or FAVICON
    config.extra["rutine"] = around(report, theme.get("logo"))
    config.mdx_configs.setdefault("toc", {}).setdefault("permalink_title", link_title(language))


def link_title(language: str) -> str:
    """What a heading's link to itself is called."""
    return translate(_LINK.text, language)


def schemes(given: Any, language: str) -> list[Any]:
    """The schemes of colours of `mkdocs.yml`, or else ours; the switches between them are named in the language."""
    found = given if isinstance(given, list) else [given] if given else palette(language)
    for scheme in found:
        if isinstance(scheme, dict) and isinstance(toggle := scheme.get("toggle"), dict):
            toggle["name"] = translate(str(toggle.get("name", "")), language)
    return found


def palette(language: str) -> list[dict[str, Any]]:
    """The theme's schemes, each with the switch to the other."""
    return [
        {
            "media": f"(prefers-color-scheme: {media})",
            "scheme": scheme,
            "primary": "custom",
            "accent": "custom",
            "toggle": {"icon": f"rutine/{icon}", "name": render(name, language)},
        }
        for scheme, media, icon, name in _SCHEMES
    ]


def around(report: Report, logo: str | None = None) -> dict[str, str]:
    """What the templates show around each page, by name; all of it is HTML. `logo` is that of the theme's own settings."""
    from rutine.pages._words import Words  # with the site's generator

    settings = report.handbook.settings
    words, statement = Words(settings.language), statement_of(report.handbook)
    owner, logo = settings.organisation, settings.look.logo or logo
    published = say("Published by rutine on {date}", date=words.day(report.today))
    return {
        **{name: _html(text, settings.language) for name, text in _TEXTS.items()},
        "published": _html(published, settings.language),
        "owner": escape(owner),
        "search_page": "search/" if settings.address == "folder" else "search.html",
        "organisation": "" if owner.casefold() in settings.name.casefold() else escape(owner),
        "accessibility": href("index.md", statement, folders=settings.address == "folder") if statement else "",
        "logo": quote(logo, safe="/-._~") if logo else "",
    }


def statement_of(handbook: Handbook) -> str | None:
    """The page that states how accessible the site is, if the settings name a document that is published."""
    settings = handbook.settings
    entry = handbook.entry_of(settings.accessibility_statement or "")
    if entry is None or entry.kind is None or not is_public(entry.path, entry.kind, settings):
        return None
    return page_path(entry.path, settings)


def _html(text: Message, language: str) -> str:
    return escape(render(text, language))
