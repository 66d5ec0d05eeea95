"""Identifiers of acts, regulations and standards: their spelling, official address and a small offline register.

The forms are those of Lovdata, Retsinformation, Regeringskansliets rättsdatabaser, EUR-Lex and ISO. Every address is
built from a parsed identifier, never from what an author wrote.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple


class Regulation(NamedTuple):
    """One act, regulation or standard: its system, canonical identifier and the address of the whole (None: none)."""

    system: str
    identifier: str
    url: str | None


class Malformed(NamedTuple):
    """Text that is no canonical identifier: why (one of `REASONS`), and the identifier it mechanically mends to."""

    reason: str
    suggestion: str | None


_FAULTS = (
    (r"(?:LOV|FOR)-\d{4}-\d\d-\d\d-0+|[A-Z]{3} nr 0+ af [\d/]+|eli/lta/\d{4}/0+|[03]\d{4}[RLD]0000.*", "number-zero"),
    (r"(?:19|20)\d\d[RLD]\d{4}", "celex-without-sector"),
    (r"(?:[A-Z]{2}[-/])?(?:EN )?ISO(?:/[A-Z]{2,3})? \d{1,5}(?:-\d{1,2})?", "no-edition"),
)
REASONS = frozenset({"unknown-form", "spelling", "impossible-date", "address", "place", *(name for _, name in _FAULTS)})

_LONGEST = 200
_PLAIN = {
    **dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D], "-"),
    **dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x3000], " "),
    **dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF]),
}
_MONTHS = ("", "jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")

_NO = r"(LOV|FOR)-(\d{4})-(\d\d)-(\d\d)(?:-[1-9]\d{0,4})?"
_DK = r"(LOV|LBK|BEK|VEJ|CIR) nr ([1-9]\d{0,4}) af (\d\d)/(\d\d)/(\d{4})"
_ELI = r"eli/lta/(?:19|20)\d\d/[1-9]\d{0,4}"
_SFS = r"SFS ((?:1[6-9]|20)\d\d:[1-9]\d{0,4})(?: s\. ([1-9]\d{0,3}))?"
_ACT = r"(?:19|20)\d\d[RLD](?!0000)\d{4}"
_EU = rf"3{_ACT}(?:R\(\d\d\))?|0{_ACT}-(\d{{4}})(\d\d)(\d\d)"
_ISO = (
    r"(?:(?:NS-|DS/|SS-)?EN |NS-|DS/|SS-)?ISO(?:/IEC(?: TR| TS)?|/TR|/TS|/PAS)?"
    r" [1-9]\d{0,4}(?:-[1-9]\d?)?:(?:19|20)\d\d(?:[+/]A\d\d?:(?:19|20)\d\d)?"
)
_ADDRESS = (
    r"[a-z][a-z0-9+.-]*://|\A//|\bwww\.|\b(?:javascript|data|vbscript|mailto|file|https?|ftp):"
    r"|[a-z0-9-]\.(?:no|dk|se|eu|com|org|net)(?:[/:@]|\Z)"
)
_BEFORE_PLACE = r"[ ,/]+(?=§|kap|chapter|art|vedlegg|bilag|annex|clause|punkt|pkt|\d+(?:\.\d+)+|A\.\d|\d+ (?:kap|§))"
_PLACE = r"§|\d|\b(?:kap|chapter|art|ledd|stk|stycke|bokstav|litra|punkt|pkt|vedlegg|bilag|annex|appendi|del\b|hele\b)"


@cache
def _compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | flags)


def _full(pattern: str, text: str) -> re.Match[str] | None:
    return _compiled(rf"(?:{pattern})\Z").match(text)


def _loose(pattern: str, text: str) -> re.Match[str] | None:
    return _compiled(rf"(?:{pattern})\Z", re.IGNORECASE).match(text)


def _possible(year: str, month: str, day: str) -> bool:
    try:
        return date(int(year), int(month), int(day)).year >= 1600
    except ValueError:
        return False


def _strict(text: str) -> Regulation | Malformed:
    impossible = Malformed("impossible-date", None)
    if match := _full(_NO, text):
        folder = "lov" if match[1] == "LOV" else "forskrift"
        regulation = Regulation("no", text, f"https://lovdata.no/{folder}/{text[4:]}")
        return regulation if _possible(*match.group(2, 3, 4)) else impossible
    if match := _full(_DK, text):
        # Guidance and circulars are not in Lovtidende A: their address does not follow from number and year.
        listed = match[1] in ("LOV", "LBK", "BEK")
        url = f"https://www.retsinformation.dk/eli/lta/{match[5]}/{match[2]}" if listed else None
        return Regulation("dk", text, url) if _possible(*match.group(5, 4, 3)) else impossible
    if _full(_ELI, text):
        return Regulation("dk", text, f"https://www.retsinformation.dk/{text}")
    if match := _full(_SFS, text):
        page = f"%20s.{match[2]}" if match[2] else ""
        return Regulation("se", text, f"https://rkrattsbaser.gov.se/sfst?bet={match[1]}{page}")
    if match := _full(_EU, text):
        possible = not match[1] or _possible(*match.groups())
        return Regulation("eu", text, _eurlex(text, "EN")) if possible else impossible
    if _full(_ISO, text):
        return Regulation("iso", text, None)
    return Malformed(next((name for pattern, name in _FAULTS if _full(pattern, text)), "unknown-form"), None)


def _eurlex(celex: str, language: str) -> str:
    quoted = celex.replace("(", "%28").replace(")", "%29")
    return f"https://eur-lex.europa.eu/legal-content/{language}/TXT/?uri=CELEX:{quoted}"


def _mended(text: str) -> str:
    """The canonical spelling of `text` as far as a rule leads there; the caller checks that it is an identifier."""
    numbered = r"(?:(?:NL|SF|LF)/)?(lov|for)(?:skrift)?[ /-]*(\d{4}-\d\d-\d\d)(?:(?:-| nr\.? ?| )0*(\d*))?"
    if match := _loose(numbered, text):
        return f"{match[1].upper()}-{match[2]}" + (f"-{match[3]}" if match[3] else "")
    if match := _loose(r"(lov|for)(?:skrift)?(?: av)? (\d\d?)\. ?([a-z]{3})[a-z]* (\d{4})(?: nr\.? ?(\d+))?", text):
        month = _MONTHS.index(match[3].lower()) if match[3].lower() in _MONTHS else 0
        return _mended(f"{match[1]}-{match[4]}-{month:02}-{match[2]:0>2}-{match[5] or 0}")
    danish = r"(lov|lbk|bek|vej|cir)(?: nr\.?)? ?0*(\d+) af (\d\d?)[/.-](\d\d?)[/.-](\d{4})"
    if match := _loose(danish, text):
        return f"{match[1].upper()} nr {match[2]} af {match[3]:0>2}/{match[4]:0>2}/{match[5]}"
    if match := _loose(r"/?eli/lta/(\d{4})/0*(\d+)(?:/(?:xml|pdf|dan)?)?", text):
        return f"eli/lta/{match[1]}/{match[2]}"
    if match := _loose(r"(?:sfs[ -]*)?(\d{4}) ?: ?0*(\d+)(?: s\. ?(\d+))?", text):
        return f"SFS {match[1]}:{match[2]}" + (f" s. {match[3]}" if match[3] else "")
    if match := _loose(r"(?:celex(?:[: ]|%3a) ?)?([03]?)(\d{4}[rld]\d{4})(-\d{8}|R\(\d\d\))?", text):
        return ((match[1] if match[3] else "") or "3") + (match[2] + (match[3] or "")).upper()
    body = r"(NS|DS|SS)?[ /-]?(EN)?[ -]?(ISO)(/IEC)?(?:([ /])(TR|TS|PAS))?"
    if match := _loose(body + r"[ -]?(\d+(?:-\d+)?) ?: ?(\d{4}(?:[+/]A\d+:\d{4})?)", text):
        national, european, iso, iec, mark, kind, number, year = (part.upper() for part in match.groups(""))
        prefix = national and national + ("/" if national == "DS" else "-")
        return f"{prefix}{european and european + ' '}{iso}{iec}{mark}{kind} {number}:{year}"
    return text


def _addressed(text: str) -> str:
    """The identifier in an official address, for `_mended` to spell; nothing where there is none."""
    host = r"https?://(?:www\.)?(lovdata\.no|retsinformation\.dk|(?:eur-lex|data)\.europa\.eu|rkrattsbaser\.gov\.se)/"
    if not (official := _compiled(host, re.IGNORECASE).match(text)):
        return ""
    path = text[official.end() - 1 :]
    if official[1].lower() == "lovdata.no":
        if match := _compiled(r"/eli/(lov|forskrift)/(\d{4})/(\d\d)/(\d\d)/(\d+)(?:/|\Z)").match(path):
            return "-".join(match.groups())
        match = _compiled(r".*?/((?:lov|forskrift)/\d{4}-\d\d-\d\d(?:-\d+)?)(?:[/?#]|\Z)").match(path)
        return match[1] if match else ""
    if match := _compiled(r"/eli/(reg|dir|dec)(?:_impl|_del)?/(\d{4})/(\d{1,4})(?:/|\Z)").match(path):
        return f"3{match[2]}{ {'reg': 'R', 'dir': 'L', 'dec': 'D'}[match[1]] }{match[3]:0>4}"
    found = r"/(eli/lta/\d{4}/\d+)|.*?(?:CELEX(?::|%3A)|/sfst\?bet=)([0-9A-Z:()-]+)"
    match = _compiled(found, re.IGNORECASE).match(path)
    return (match[1] or match[2]) if match else ""


def parse(text: str) -> Regulation | Malformed:
    """Read one identifier; only the canonical spelling is a `Regulation`. Never raises, whatever the text."""
    strict = _strict(text)
    if isinstance(strict, Regulation) or len(text) > _LONGEST:
        return strict
    reason, plain = strict.reason, " ".join(text.translate(_PLAIN).split())
    if _compiled(_ADDRESS, re.IGNORECASE).search(plain):
        reason, plain = "address", _addressed(plain)
    elif place := _compiled(_BEFORE_PLACE, re.IGNORECASE).search(plain):
        reason, plain = "place", plain[: place.start()]
    candidate = _strict(_mended(plain))
    if isinstance(candidate, Regulation):
        return Malformed("spelling" if reason == "unknown-form" else reason, candidate.identifier)
    return Malformed(candidate.reason if reason in ("unknown-form", "place") else reason, None)


def parse_at(text: str, system: str) -> str | None:
    """Spell a place in an act ("§25–1" becomes "§ 25-1"); None for an address, control characters or no place at all.

    The text is for people, and handbooks mix the countries' ways of naming places: every `system` allows them all.
    """
    del system
    plain = text.translate(_PLAIN)
    if len(plain) > _LONGEST or not plain.isprintable() or _compiled(_ADDRESS, re.IGNORECASE).search(plain):
        return None
    if not _compiled(_PLACE, re.IGNORECASE).search(plain):
        return None
    plain = _compiled(r"§ *(?=[0-9A-Za-z])").sub("§ ", " ".join(plain.split()))
    return _compiled(r"(?<=\d) ?- ?(?=\d)").sub("-", plain)


def link(regulation: Regulation, at: str | None, language: str) -> str | None:
    """The official address: of the place `at` where its form is known, else of the whole; in `language` if possible.

    Built anew from the identifier alone: None when that is not canonical, or has no public address.
    """
    whole = _strict(regulation.identifier)
    if isinstance(whole, Malformed) or whole.url is None:
        return None
    place = (parse_at(at, whole.system) if at else None) or ""
    if whole.system == "no":
        return whole.url + _at_lovdata(whole.identifier, place)
    if whole.system != "eu":
        return whole.url
    article = _compiled(r"art(?:ikkel|ikel|icle|\.)? (\d{1,3})(?![\w-])", re.IGNORECASE).match(place)
    chosen = {"da": "DA", "sv": "SV"}.get(language.lower()[:2], "EN")
    return _eurlex(whole.identifier, chosen) + (f"#art_{article[1]}" if article else "")


def _at_lovdata(identifier: str, place: str) -> str:
    """The end of an address at Lovdata; nothing for places like "§ 12 a" and "§ 2 A-1", whose form is not confirmed."""
    whole_number = r"(?![\w-])(?! [A-Za-z](?![a-zæøå]))"
    if match := _compiled(r"§ (\d{1,4}(?:-\d{1,4}){0,3})" + whole_number).match(place):
        return f"/%C2%A7{match[1]}"
    entry = _entry(identifier)
    if match := _compiled(r"kap(?:ittel|\.)? (\d\d?|[ivx]+)(?: ?([a-z]))?(?![\w-])", re.IGNORECASE).match(place):
        # Lovdata counts: where there is a chapter "2 A", chapter 10 is KAPITTEL_11. The register lists them in order.
        number = _ROMAN.index(match[1].lower()) if match[1].lower() in _ROMAN else match[1]
        label, labels = f"{number}{(match[2] or '').upper()}", entry.get("chapters", "").split()
        return f"/KAPITTEL_{labels.index(label) + 1}" if label in labels else ""
    article = _compiled(r"art(?:ikkel|\.)? (\d{1,3})(?![\w-])", re.IGNORECASE).match(place)
    linked = identifier.startswith("FOR") or "articles" in entry
    return f"/{entry.get('articles', '')}ARTIKKEL_{article[1]}" if article and linked else ""


@cache
def _register() -> dict[str, dict[str, Any]]:
    import json

    entries: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("regulations.json").read_bytes())
    return entries


def _entry(identifier: str) -> dict[str, Any]:
    """The register's entry; a consolidated text or a corrigendum of an EU act shares the act's own."""
    match = _full(rf"3({_ACT})R\(\d\d\)|0({_ACT})-\d{{8}}", identifier)
    return _register().get("3" + (match[1] or match[2]) if match else identifier, {})


def known(identifier: str) -> bool:
    """Whether the register knows this identifier; that it does not is a reason to check it, not an error."""
    return bool(_entry(identifier))


def title(identifier: str, language: str) -> str | None:
    """The usual name of the act, in `language` if the register has one, else in the act's own; None when unknown."""
    entry, code = _entry(identifier), language.lower()[:2]
    found: str | None = entry.get("titles", {}).get("nb" if code in ("nn", "no") else code) or entry.get("title")
    return found


def remark(identifier: str) -> tuple[str | None, str | None]:
    """The identifier that has replaced this one, and a note in English, as far as the register has them."""
    return _entry(identifier).get("replaced-by"), _entry(identifier).get("note")
