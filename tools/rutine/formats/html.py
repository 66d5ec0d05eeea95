"""A page of HTML that stands alone: nothing is loaded, and nothing runs."""

from __future__ import annotations

from html import escape

from rutine.formats import Comparison
from rutine.formats._comparison import fields, heading, message_of, unchanged
from rutine.formats._plain import printable
from rutine.i18n import render
from rutine.redline import Passage, Piece, redline

_STYLE = (
    "body{font:1rem/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1f1e;background:#fff}"
    "del{color:#9b1c1c;background:#fdecec}ins{color:#0b5c53;background:#e3f4f0;text-decoration-thickness:2px}"
    "p{margin:.6rem 0;overflow-wrap:anywhere}.same{color:#5a6462}.told{position:absolute;clip-path:inset(50%);height:1px;width:1px;overflow:hidden}"
    "@media(prefers-color-scheme:dark){body{color:#e6ebea;background:#151918}del{color:#ffb4b4;background:#3b1d1d}"
    "ins{color:#8fe0d2;background:#12332e}.same{color:#a3aeac}}"
)


def comparison(found: Comparison) -> str:
    """What is gone and what is new between two versions."""
    language, title = found.settings.language, escape(printable(heading(found)))
    lines = [
        f'<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n<style>{_STYLE}</style>\n<h1>{title}</h1>',
    ]
    skipped = 0
    for passage in (*fields(found), *redline(*(text.body for text in found.texts)), None):
        if passage and passage.kind == "same":
            skipped += 1
            continue
        if skipped:
            lines.append(f'<p class="same">{escape(unchanged(skipped, language))}</p>')
        skipped = 0
        if passage:
            lines.append(_paragraph(passage, language))
    return "\n".join(lines) + "\n"


def _paragraph(passage: Passage, language: str) -> str:
    return f"<p>{''.join(_marked(piece, language) for piece in passage.pieces)}</p>"


def _marked(piece: Piece, language: str) -> str:
    text = escape(printable(piece.text))
    if piece.kind == "same":
        return text
    told = f'<span class="told">{escape(render(message_of(piece.kind), language))} </span>'
    return f"<del>{told}{text}</del>" if piece.kind == "gone" else f"<ins>{told}{text}</ins>"
