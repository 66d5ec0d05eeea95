"""Identifiers of acts, regulations and standards: their spelling, their official address and a small offline register.

The forms are those that Lovdata, Retsinformation, Regeringskansliets rättsdatabaser, EUR-Lex and ISO use. Every address
is built from a parsed identifier, never from what an author wrote. Nothing here opens a connection, and only the
register is read from disk, once, when it is first asked for.
"""

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple


class Regulation(NamedTuple):
    """One act, regulation or standard: its system, its canonical identifier, the address of the whole (None: none)."""

    system: str
    identifier: str
    url: str | None


class Malformed(NamedTuple):
    """Text that is no canonical identifier: a reason out of `REASONS`, and the identifier it mechanically mends to."""

    reason: str
    suggestion: str | None


REASONS = frozenset(
    ("unknown-form", "spelling", "impossible-date", "number-zero", "address", "celex-without-sector", "no-edition", "place")
)

_LONGEST = 200
_DASHES = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D), "-")
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), "")
_PLAIN = {**_DASHES, **_INVISIBLE}
_MONTHS = "jan feb mar apr mai jun jul aug sep okt nov des".split()

_NO = r"(LOV|FOR)-(\d{4})-(\d\d)-(\d\d)(?:-([1-9]\d{0,4}))?"
_DK = r"(LOV|LBK|BEK|VEJ|CIR) nr ([1-9]\d{0,4}) af (\d\d)/(\d\d)/(\d{4})"
_ELI = r"eli/lta/((?:19|20)\d\d)/([1-9]\d{0,4})"
_SFS = r"SFS ((?:1[6-9]|20)\d\d:[1-9]\d{0,4})( s\. [1-9]\d{0,3})?"
_EU = r"(?:3(?:19|20)\d\d[RLD]\d{4}(?:R\(\d\d\))?|0(?:19|20)\d\d[RLD]\d{4}-(\d{4})(\d\d)(\d\d))"
_ISO = (
    r"(?:NS-EN |DS/EN |SS-EN |EN |NS-|DS/|SS-)?ISO(?:/IEC)?(?:/(?:TR|TS|PAS)|(?<=IEC) (?:TR|TS))? "
    r"[1-9]\d{0,4}(?:-[1-9]\d?)?:(?:19|20)\d\d(?:[+/]A\d\d?:(?:19|20)\d\d)?"
)
_ADDRESS = (
    r"[a-z][a-z0-9+.-]*://|\A//|\bwww\.|\b(?:javascript|data|vbscript|mailto|file|https?|ftp):"
    r"|(?:[a-z0-9-]+\.)+(?:no|dk|se|eu|com|org|net)(?:[/:@]|\Z)"
)
_PLACE = r"[ ,/]+(?=§|kap|chapter|art|vedlegg|bilag|annex|clause|punkt|pkt|\d+(?:\.\d+)+|A\.\d|\d+ (?:kap|§))"


@cache
def _compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | flags)


def _full(pattern: str, text: str, flags: int = 0) -> re.Match[str] | None:
    return _compiled(rf"(?:{pattern})\Z", flags).match(text)


def _possible(year: str, month: str, day: str) -> bool:
    try:
        return date(int(year), int(month), int(day)).year >= 1600
    except ValueError:
        return False


def _norwegian(text: str) -> Regulation | Malformed | None:
    if not (match := _full(_NO, text)):
        return Malformed("number-zero", None) if _full(r"(?:LOV|FOR)-\d{4}-\d\d-\d\d-0+", text) else None
    if not _possible(*match.group(2, 3, 4)):
        return Malformed("impossible-date", None)
    folder = "lov" if match[1] == "LOV" else "forskrift"
    return Regulation("no", text, f"https://lovdata.no/{folder}/{text[4:]}")


def _danish(text: str) -> Regulation | Malformed | None:
    if match := _full(_ELI, text):
        return Regulation("dk", text, f"https://www.retsinformation.dk/{text}")
    if not (match := _full(_DK, text)):
        zero = _full(r"(?:LOV|LBK|BEK|VEJ|CIR) nr 0+ af [\d/]+|eli/lta/\d{4}/0+", text)
        return Malformed("number-zero", None) if zero else None
    if not _possible(*match.group(5, 4, 3)):
        return Malformed("impossible-date", None)
    # Guidance and circulars are not in Lovtidende A, so their address does not follow from number and year.
    listed = match[1] in ("LOV", "LBK", "BEK")
    return Regulation("dk", text, f"https://www.retsinformation.dk/eli/lta/{match[5]}/{match[2]}" if listed else None)


def _european(text: str) -> Regulation | Malformed | None:
    if not (match := _full(_EU, text)):
        return Malformed("celex-without-sector", None) if _full(r"(?:19|20)\d\d[RLD]\d{4}", text) else None
    if text[6:10] == "0000":
        return Malformed("number-zero", None)
    if match[1] and not _possible(*match.group(1, 2, 3)):
        return Malformed("impossible-date", None)
    return Regulation("eu", text, _eurlex(text, "EN"))


def _eurlex(celex: str, language: str) -> str:
    quoted = celex.replace("(", "%28").replace(")", "%29")
    return f"https://eur-lex.europa.eu/legal-content/{language}/TXT/?uri=CELEX:{quoted}"


def _strict(text: str) -> Regulation | Malformed:
    if len(text) > _LONGEST:
        return Malformed("unknown-form", None)
    if found := _norwegian(text) or _danish(text) or _european(text):
        return found
    if match := _full(_SFS, text):
        page = (match[2] or "").replace(" s. ", "%20s.")
        return Regulation("se", text, f"https://rkrattsbaser.gov.se/sfst?bet={match[1]}{page}")
    if _full(_ISO, text):
        return Regulation("iso", text, None)
    return Malformed("no-edition" if _full(_ISO.partition(":(?:19")[0], text) else "unknown-form", None)


def _mended(text: str) -> str:
    """Give `text` the canonical spelling as far as a rule does; the caller checks that the result is an identifier."""
    flags = re.IGNORECASE
    spelled = r"(lov|for|forskrift|lbk|bek|vej|cir)(?: av| af)?(?: nr\.? ?(\d+) a[fv])? (\d\d?)\. ?([a-zæøå]{3})[a-z]*\.? (\d{4})"
    if match := _full(spelled + r"(?: nr\.? ?(\d+))?", text, flags):
        name = {"maj": "mai", "dec": "des"}.get(match[4].lower(), match[4].lower())
        month = _MONTHS.index(name) + 1 if name in _MONTHS else 0
        if match[2]:
            return f"{match[1].upper()} nr {int(match[2])} af {int(match[3]):02}/{month:02}/{match[5]}"
        return _mended(f"{match[1]}-{match[5]}-{month:02}-{int(match[3]):02}-{match[6] or 0}")
    norwegian = r"(?:(?:NL|SF|LF)/)?(lov|for)(?:skrift)?[ /-]*(\d{4}-\d\d-\d\d)(?:(?: ?- ?| nr\.? ?| )0*(\d*))?"
    if match := _full(norwegian, text, flags):
        return f"{match[1].upper()}-{match[2]}" + (f"-{match[3]}" if match[3] else "")
    danish = r"(lov|lbk|bek|vej|cir)(?:ekendtgørelse)?(?: nr\.?)? ?0*(\d+) af (\d\d?)[/.-](\d\d?)[/.-](\d{4})"
    if match := _full(danish, text, flags):
        return f"{match[1].upper()} nr {match[2]} af {match[3]:0>2}/{match[4]:0>2}/{match[5]}"
    if match := _full(r"/?eli/lta/(\d{4})/0*(\d+)(?:/(?:xml|pdf|dan)?)?", text, flags):
        return f"eli/lta/{match[1]}/{match[2]}"
    if match := _full(r"(?:sfs[ -]*)?(\d{4}) ?: ?0*(\d+)(?: s\. ?(\d+))?", text, flags):
        return f"SFS {match[1]}:{match[2]}" + (f" s. {match[3]}" if match[3] else "")
    if match := _full(r"(?:celex(?:[: ]|%3a)* ?)?([03]?)(\d{4}[rld]\d{4})(-\d{8}|R\(\d\d\))?", text, flags):
        return ((match[1] if match[3] else "") or "3") + (match[2] + (match[3] or "")).upper()
    iso = r"(NS|DS|SS)?[ /-]?(EN)?[ -]?(ISO)(/IEC)?(?:([ /])(TR|TS|PAS))?[ -]?(\d+(?:-\d+)?) ?: ?(\d{4}(?:[+/]A\d+:\d{4})?)"
    return _standard(match) if (match := _full(iso, text, flags)) else text


def _standard(match: re.Match[str]) -> str:
    body, european, iso, iec, mark, kind, number, year = (part.upper() for part in match.groups(""))
    prefix = (body + ("/" if body == "DS" else "-") if body else "") + (european + " " if european else "")
    kind = (mark if iec else "/") + kind if kind else ""
    return f"{prefix}{iso}{iec}{kind} {number}:{year}"


def _addressed(text: str) -> str:
    """The identifier in an official address, or text that is none."""
    host = r"https?://(?:www\.)?(?:lovdata\.no|retsinformation\.dk|(?:eur-lex|data)\.europa\.eu|rkrattsbaser\.gov\.se)/"
    if not (official := _compiled(host, re.IGNORECASE).match(text)):
        return ""
    path = text[official.end() - 1 :]
    if "lovdata" in official[0].lower():
        if match := _compiled(r"/eli/(lov|forskrift)/(\d{4})/(\d\d)/(\d\d)/(\d+)(?:/|\Z)").match(path):
            return "{}-{}-{}-{}-{}".format(*match.groups())
        match = _compiled(r".*?/((?:lov|forskrift)/\d{4}-\d\d-\d\d(?:-\d+)?)(?:[/?#]|\Z)").match(path)
        return match[1] if match else ""
    if match := _compiled(r"/eli/(reg|dir|dec)(?:_impl|_del)?/(\d{4})/(\d{1,4})(?:/|\Z)").match(path):
        kind = {"reg": "R", "dir": "L", "dec": "D"}[match[1]]
        return f"3{match[2]}{kind}{int(match[3]):04}"
    found = r"/(eli/lta/\d{4}/\d+)|.*?(?:CELEX(?::|%3A)|/sfst\?bet=)([0-9A-Z:()-]+)"
    match = _compiled(found, re.IGNORECASE).match(path)
    return (match[1] or match[2]) if match else ""


def parse(text: str) -> Regulation | Malformed:
    """Read one identifier; only the canonical spelling is a `Regulation`. Never raises, whatever the text."""
    strict = _strict(text)
    if isinstance(strict, Regulation):
        return strict
    plain = " ".join(text[: 2 * _LONGEST].translate(_PLAIN).split())
    if len(text) > 2 * _LONGEST:
        return strict
    reason = strict.reason
    if _compiled(_ADDRESS, re.IGNORECASE).search(plain):
        reason, plain = "address", _addressed(plain)
    elif place := _compiled(_PLACE, re.IGNORECASE).search(plain):
        if isinstance(_strict(_mended(plain[: place.start()])), Regulation):
            reason, plain = "place", plain[: place.start()]
    candidate = _strict(_mended(plain))
    if isinstance(candidate, Regulation):
        return Malformed("spelling" if reason == "unknown-form" else reason, candidate.identifier)
    return Malformed(candidate.reason if reason == "unknown-form" else reason, None)


def parse_at(text: str, system: str) -> str | None:
    """Spell a place within an act ("§25–1" is "§ 25-1"); None for an address, control characters or no place at all.

    The text is for people and of any of the systems' kinds, so `system` narrows nothing but a bare number: only the
    standards of "iso", the articles of "eu" and the paragraphs of the rest begin with one, and all are let through.
    """
    del system
    if len(text) > _LONGEST or any(not char.isprintable() and not char.isspace() for char in text.translate(_INVISIBLE)):
        return None
    if _compiled(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]").search(text):
        return None
    plain = " ".join(text.translate(_PLAIN).split())
    words = (
        r"§|[0-9]|\b(?:kap|kapit|chapter|art|artik|ledd|stk|stycke|bokstav|litra|punkt|pkt|vedlegg|bilag|bilaga|annex|"
        r"appendi|del|part|section|clause|recital|fortale|innledning|hele)"
    )
    if _compiled(_ADDRESS, re.IGNORECASE).search(plain) or not _compiled(words, re.IGNORECASE).search(plain):
        return None
    return _compiled(r"(?<=\d) ?- ?(?=\d)").sub("-", _compiled(r"§ ?(?=[0-9A-Za-z])").sub("§ ", plain))


def link(regulation: Regulation, at: str | None, language: str) -> str | None:
    """The official address, at the place where its form is known, in `language` where there is one; else of the whole.

    It is built anew from the identifier alone: None when that is not canonical, or has no public address.
    """
    whole = _strict(regulation.identifier)
    if isinstance(whole, Malformed) or whole.url is None:
        return None
    place = (parse_at(at, whole.system) if at else None) or ""
    article = _compiled(r"(?:artikkel|artikel|article|art\.?) (\d{1,3})(?![\w-])", re.IGNORECASE).match(place)
    if whole.system == "eu":
        chosen = {"da": "DA", "sv": "SV"}.get(language.lower()[:2], "EN")
        return _eurlex(whole.identifier, chosen) + (f"#art_{article[1]}" if article else "")
    if whole.system != "no" or whole.url is None:
        return whole.url
    # How Lovdata writes "§ 12 a" and "§ 2 A-1" in an address could not be confirmed: those lead to the act.
    if match := _compiled(r"§ (\d{1,4}(?:-\d{1,4}){0,3})(?![\w-])(?! ?[A-Za-z](?![a-zæøå.]))").match(place):
        return f"{whole.url}/%C2%A7{match[1]}"
    if match := _compiled(r"kap(?:ittel|itel|\.)? (\d{1,3})(?![\w-])(?! ?[A-Z](?![a-z]))", re.IGNORECASE).match(place):
        return f"{whole.url}/KAPITTEL_{match[1]}"
    return f"{whole.url}/ARTIKKEL_{article[1]}" if article else whole.url


@cache
def _register() -> dict[str, dict[str, Any]]:
    text = Path(__file__).with_name("regulations.json").read_text(encoding="utf-8")
    entries: dict[str, dict[str, Any]] = json.loads(text)
    return entries


def _entry(identifier: str) -> dict[str, Any]:
    """The register's entry; a consolidated text or a corrigendum of an EU act shares the act's own."""
    match = _full(r"(?:3(\d{4}[RLD]\d{4})R\(\d\d\)|0(\d{4}[RLD]\d{4})-\d{8})", identifier)
    return _register().get("3" + (match[1] or match[2]) if match else identifier, {})


def known(identifier: str) -> bool:
    """Whether the register knows this identifier; that it does not is a reason to check it, not an error."""
    return bool(_entry(identifier))


def title(identifier: str, language: str) -> str | None:
    """The usual name of the act, in `language` if the register has one, else in the act's own; None when unknown."""
    entry = _entry(identifier)
    code = language.lower()[:2]
    found: str | None = entry.get("titles", {}).get("nb" if code in ("nn", "no") else code) or entry.get("title")
    return found


def replaced_by(identifier: str) -> str | None:
    """The identifier of the act that has taken this one's place, if the register says so."""
    found: str | None = _entry(identifier).get("replaced-by")
    return found


def note(identifier: str) -> str | None:
    """The register's remark on the act, in English, for example that it is passed but not in force."""
    found: str | None = _entry(identifier).get("note")
    return found
