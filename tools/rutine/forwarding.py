"""A page that leads on to another: by itself, without a script, and by a link."""

from __future__ import annotations

from html import escape

from rutine.i18n import render
from rutine.model import Settings, say
from rutine.site_paths import href

_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<meta http-equiv="refresh" content="0; url={address}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="canonical" href="{address}">
<title>{title}</title>
</head>
<body>
<main>
<h1 lang="{tongue}">{title}</h1>
<p><a href="{address}">{told}</a></p>
</main>
</body>
</html>
"""


def forward(here: str, there: str, title: str, tongue: str, settings: Settings) -> str:
    """The page `here`, which leads on to the page `there` of that title and language. All of it is escaped."""
    return _PAGE.format(
        language=settings.language,
        address=escape(href(here, there, folders=settings.address == "folder")),
        title=escape(" ".join(title.split())),
        tongue=escape(tongue),
        told=escape(render(say("Go to the page"), settings.language)),
    )
