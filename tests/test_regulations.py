"""Identifiers of acts and standards: spelling, addresses and the register."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rutine import regulations
from rutine.regulations import Malformed, Regulation, known, link, parse, parse_at, remark, title

LOVDATA = "https://lovdata.no"
DANISH = "https://www.retsinformation.dk/eli/lta"
SWEDISH = "https://rkrattsbaser.gov.se/sfst?bet="
EUROPEAN = "https://eur-lex.europa.eu/legal-content"
HOSTS = (f"{LOVDATA}/lov/", f"{LOVDATA}/forskrift/", f"{DANISH}/", SWEDISH, f"{EUROPEAN}/")
REGISTER = json.loads(Path(regulations.__file__).with_name("regulations.json").read_text(encoding="utf-8"))

WELL_FORMED = [
    ("LOV-2018-06-15-38", "no", f"{LOVDATA}/lov/2018-06-15-38"),
    ("LOV-1967-02-10", "no", f"{LOVDATA}/lov/1967-02-10"),
    ("LOV-1814-05-17", "no", f"{LOVDATA}/lov/1814-05-17"),
    ("LOV-2025-06-20-81", "no", f"{LOVDATA}/lov/2025-06-20-81"),
    ("FOR-2004-06-25-988", "no", f"{LOVDATA}/forskrift/2004-06-25-988"),
    ("FOR-2016-12-06-1721", "no", f"{LOVDATA}/forskrift/2016-12-06-1721"),
    ("LOV-2024-02-29-1", "no", f"{LOVDATA}/lov/2024-02-29-1"),
    ("LBK nr 433 af 22/04/2014", "dk", f"{DANISH}/2014/433"),
    ("LOV nr 502 af 23/05/2018", "dk", f"{DANISH}/2018/502"),
    ("BEK nr 1148 af 09/12/2011", "dk", f"{DANISH}/2011/1148"),
    ("CIR nr 9224 af 01/02/2021", "dk", None),
    ("eli/lta/2018/502", "dk", f"{DANISH}/2018/502"),
    ("SFS 2017:900", "se", f"{SWEDISH}2017:900"),
    ("SFS 1905:38 s. 1", "se", f"{SWEDISH}1905:38%20s.1"),
    ("32016R0679", "eu", f"{EUROPEAN}/EN/TXT/?uri=CELEX:32016R0679"),
    ("32022L2555", "eu", f"{EUROPEAN}/EN/TXT/?uri=CELEX:32022L2555"),
    ("02014R0910-20241018", "eu", f"{EUROPEAN}/EN/TXT/?uri=CELEX:02014R0910-20241018"),
    ("32016R0679R(02)", "eu", f"{EUROPEAN}/EN/TXT/?uri=CELEX:32016R0679R%2802%29"),
    ("ISO 9001:2015", "iso", None),
    ("ISO/IEC 27001:2022", "iso", None),
    ("ISO/TR 24971:2020", "iso", None),
    ("ISO 15489-1:2016", "iso", None),
    ("NS-EN ISO 9001:2015", "iso", None),
    ("DS/EN ISO 13485:2016", "iso", None),
    ("SS-EN ISO/IEC 17025:2018", "iso", None),
    ("NS-ISO 31000:2018", "iso", None),
    ("ISO/IEC TR 24028:2020", "iso", None),
]
MALFORMED = [
    ("", "unknown-form", None),
    ("arbeidsmiljøloven", "unknown-form", None),
    ("2022-12", "unknown-form", None),
    ("121332", "unknown-form", None),
    ("LOV-2023-02-29-1", "impossible-date", None),
    ("LOV-2005-13-17-62", "impossible-date", None),
    ("LOV-0000-00-00-1", "impossible-date", None),
    ("LBK nr 433 af 31/02/2014", "impossible-date", None),
    ("02014R0910-20241318", "impossible-date", None),
    ("LOV-1967-02-10-0", "number-zero", "LOV-1967-02-10"),
    ("lov 1967-02-10 nr. 0", "spelling", "LOV-1967-02-10"),
    ("eli/lta/2018/0", "number-zero", None),
    ("32016R0000", "number-zero", None),
    ("LOV-2005-06-17-62\n", "spelling", "LOV-2005-06-17-62"),
    (" LOV-2005-06-17-62", "spelling", "LOV-2005-06-17-62"),
    ("lov-2005-06-17-62", "spelling", "LOV-2005-06-17-62"),
    ("LOV 2005-06-17 nr. 62", "spelling", "LOV-2005-06-17-62"),
    ("LOV\u00a02005-06-17\u00a0nr.\u00a062", "spelling", "LOV-2005-06-17-62"),
    ("LOV\u20112005\u201106\u201117\u201162", "spelling", "LOV-2005-06-17-62"),
    ("LOV–2005–06–17–62", "spelling", "LOV-2005-06-17-62"),
    ("LOV-2005-06-17-062", "spelling", "LOV-2005-06-17-62"),
    ("lov 17. juni 2005 nr. 62", "spelling", "LOV-2005-06-17-62"),
    ("lov av 10. februar 1967", "spelling", "LOV-1967-02-10"),
    ("lov 30. februar 1967", "impossible-date", None),
    ("forskrift 2004-06-25-988", "spelling", "FOR-2004-06-25-988"),
    ("lov/2005-06-17-62", "spelling", "LOV-2005-06-17-62"),
    ("LOV-２００５-06-17-62", "unknown-form", None),
    ("LBK nr. 433 af 22/04/2014", "spelling", "LBK nr 433 af 22/04/2014"),
    ("lbk 433 af 22-4-2014", "spelling", "LBK nr 433 af 22/04/2014"),
    ("LBK\u00a0nr 433 af 22/04/2014", "spelling", "LBK nr 433 af 22/04/2014"),
    ("/eli/lta/2018/502/", "spelling", "eli/lta/2018/502"),
    ("2017:900", "spelling", "SFS 2017:900"),
    ("sfs 2017:900", "spelling", "SFS 2017:900"),
    ("SFS 1905:38 s.1", "spelling", "SFS 1905:38 s. 1"),
    ("2016R0679", "celex-without-sector", "32016R0679"),
    ("2016r0679", "spelling", "32016R0679"),
    ("CELEX:32016R0679", "spelling", "32016R0679"),
    ("02016R0679", "spelling", "32016R0679"),
    ("iso 9001:2015", "spelling", "ISO 9001:2015"),
    ("ISO9001:2015", "spelling", "ISO 9001:2015"),
    ("NS EN ISO 9001:2015", "spelling", "NS-EN ISO 9001:2015"),
    ("ds-en iso 9001:2015", "spelling", "DS/EN ISO 9001:2015"),
    ("ISO 9001", "no-edition", None),
    ("ISO 9001:2015 7.5.3", "place", "ISO 9001:2015"),
    ("ISO/IEC 27001:2022 A.5.1", "place", "ISO/IEC 27001:2022"),
    ("LOV-2005-06-17-62 § 2-1", "place", "LOV-2005-06-17-62"),
    ("arbeidsmiljøloven § 2-1", "unknown-form", None),
    ("https://lovdata.no/lov/2005-06-17-62/§25-1", "address", "LOV-2005-06-17-62"),
    ("https://lovdata.no/dokument/NL/lov/1967-02-10", "address", "LOV-1967-02-10"),
    ("https://lovdata.no/dokument/SF/forskrift/2004-06-25-988/KAPITTEL_3", "address", "FOR-2004-06-25-988"),
    ("https://lovdata.no/eli/lov/1997/02/28/19/nor", "address", "LOV-1997-02-28-19"),
    ("https://www.retsinformation.dk/eli/lta/2014/433/xml", "address", "eli/lta/2014/433"),
    ("https://eur-lex.europa.eu/legal-content/DA/TXT/?uri=CELEX:32016R0679", "address", "32016R0679"),
    ("https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX%3A32016R0679", "address", "32016R0679"),
    ("http://data.europa.eu/eli/reg/2024/903/oj", "address", "32024R0903"),
    ("https://rkrattsbaser.gov.se/sfst?bet=2018:218", "address", "SFS 2018:218"),
    ("https://lovdata.no@evil.example/lov/2005-06-17-62", "address", None),
    ("https://lovdata.no.evil.example/lov/2005-06-17-62", "address", None),
    ("https://lovdata.no:443@evil.example/lov/2005-06-17-62", "address", None),
    ("https://evil.example/lovdata.no/lov/2005-06-17-62", "address", None),
    ("//lovdata.no/lov/2005-06-17-62", "address", None),
    ("javascript:alert(1)", "address", None),
    ("www.lovdata.no", "address", None),
    ("lovdata.no/lov/2005-06-17-62", "address", None),
]
PLACES = [
    ("§ 2 A-1", "§ 2 A-1"),
    ("§25-1", "§ 25-1"),
    ("§ 25–1", "§ 25-1"),
    ("§\u00a025\u20111", "§ 25-1"),
    ("§§ 3–5", "§§ 3-5"),
    ("§§3 – 5", "§§ 3-5"),
    ("kapittel 3", "kapittel 3"),
    ("kap. II", "kap. II"),
    ("artikkel 33", "artikkel 33"),
    ("Article 33(1)", "Article 33(1)"),
    ("art. 6 nr. 1 bokstav c", "art. 6 nr. 1 bokstav c"),
    ("7.5.3", "7.5.3"),
    ("A.5.1", "A.5.1"),
    ("§ 4 første ledd", "§ 4 første ledd"),
    ("3 kap. 2 §", "3 kap. 2 §"),
    ("stk. 2", "stk. 2"),
    ("vedlegg", "vedlegg"),
    ("", None),
    ("   ", None),
    ("noe annet", None),
    ("§ 2\n§ 3", None),
    ("§ 2\x00", None),
    ("§ 2\u202e", None),
    ("https://lovdata.no/§2", None),
    ("§ 2 javascript:alert(1)", None),
    ("www.lovdata.no § 2", None),
    ("§ 1" * 100, None),
]
LINKS = [
    ("LOV-2005-06-17-62", "§ 14-7", "nb", f"{LOVDATA}/lov/2005-06-17-62/%C2%A714-7"),
    ("LOV-2005-06-17-62", "§14–7 første ledd", "nb", f"{LOVDATA}/lov/2005-06-17-62/%C2%A714-7"),
    ("LOV-1967-02-10", "§ 13", "nb", f"{LOVDATA}/lov/1967-02-10/%C2%A713"),
    ("LOV-1967-02-10", "§ 13 b", "nb", f"{LOVDATA}/lov/1967-02-10"),
    ("LOV-1967-02-10", "§ 13b", "nb", f"{LOVDATA}/lov/1967-02-10"),
    ("LOV-2005-06-17-62", "§ 2 A-1", "nb", f"{LOVDATA}/lov/2005-06-17-62"),
    ("LOV-2005-06-17-62", "§§ 3-5", "nb", f"{LOVDATA}/lov/2005-06-17-62"),
    ("LOV-2005-06-17-62", "vedlegg § 3", "nb", f"{LOVDATA}/lov/2005-06-17-62"),
    ("LOV-2005-06-17-62", None, "nb", f"{LOVDATA}/lov/2005-06-17-62"),
    ("LOV-2005-06-17-62", "https://evil.example/", "nb", f"{LOVDATA}/lov/2005-06-17-62"),
    ("LOV-2005-06-17-62", "kapittel 2", "nb", f"{LOVDATA}/lov/2005-06-17-62/KAPITTEL_2"),
    ("LOV-2005-06-17-62", "kapittel 2 A", "nb", f"{LOVDATA}/lov/2005-06-17-62/KAPITTEL_3"),
    ("LOV-2005-06-17-62", "kapittel 10", "nb", f"{LOVDATA}/lov/2005-06-17-62/KAPITTEL_11"),
    ("LOV-2005-06-17-62", "kap. 15", "nb", f"{LOVDATA}/lov/2005-06-17-62/KAPITTEL_17"),
    ("LOV-2005-06-17-62", "kapittel 99", "nb", f"{LOVDATA}/lov/2005-06-17-62"),
    ("LOV-1967-02-10", "kap. IV", "nb", f"{LOVDATA}/lov/1967-02-10/KAPITTEL_4"),
    ("LOV-1997-02-28-19", "kapittel 5", "nb", f"{LOVDATA}/lov/1997-02-28-19"),
    ("FOR-1999-01-01-1", "kapittel 5", "nb", f"{LOVDATA}/forskrift/1999-01-01-1"),
    ("FOR-2020-03-03-704", "artikkel 138", "nb", f"{LOVDATA}/forskrift/2020-03-03-704/ARTIKKEL_138"),
    ("LOV-2018-06-15-38", "artikkel 6", "nb", f"{LOVDATA}/lov/2018-06-15-38/gdpr/ARTIKKEL_6"),
    ("LOV-2005-06-17-62", "artikkel 6", "nb", f"{LOVDATA}/lov/2005-06-17-62"),
    ("LBK nr 433 af 22/04/2014", "§ 7", "da", f"{DANISH}/2014/433"),
    ("SFS 2017:900", "§ 5", "sv", f"{SWEDISH}2017:900"),
    ("32016R0679", "artikkel 33", "nb", f"{EUROPEAN}/EN/TXT/?uri=CELEX:32016R0679#art_33"),
    ("32016R0679", "art. 6 nr. 1", "da", f"{EUROPEAN}/DA/TXT/?uri=CELEX:32016R0679#art_6"),
    ("32016R0679", None, "sv-SE", f"{EUROPEAN}/SV/TXT/?uri=CELEX:32016R0679"),
    ("32016R0679", "kapittel 2", "en", f"{EUROPEAN}/EN/TXT/?uri=CELEX:32016R0679"),
    ("ISO 9001:2015", "7.5.3", "nb", None),
    ("VEJ nr 9000 af 01/02/2021", None, "da", None),
    ("lov-2005-06-17-62", None, "nb", None),
    ("https://evil.example/", None, "nb", None),
]
shaped = st.one_of(
    st.text(),
    st.text(alphabet="LOVFORSBKEISCx nraf§0123456789-–/:.()+\u00a0\u2011@#%\n", max_size=40),
    st.builds(
        lambda base, cut, extra: base[:cut] + extra + base[cut:],
        st.sampled_from([*REGISTER, *(text for text, *_ in MALFORMED)]),
        st.integers(0, 30),
        st.text(max_size=3),
    ),
)


@pytest.mark.parametrize(("text", "system", "url"), WELL_FORMED)
def test_well_formed(text: str, system: str, url: str | None) -> None:
    assert parse(text) == Regulation(system, text, url)


@pytest.mark.parametrize(("text", "reason", "suggestion"), MALFORMED)
def test_malformed(text: str, reason: str, suggestion: str | None) -> None:
    assert parse(text) == Malformed(reason, suggestion)


@given(shaped)
@settings(max_examples=400)
def test_parse_is_total_and_its_answers_are_fixed_points(text: str) -> None:
    found = parse(text)
    if isinstance(found, Regulation):
        assert found.identifier == text
        return
    assert found.reason in regulations.REASONS
    if found.suggestion is not None:
        mended = parse(found.suggestion)
        assert isinstance(mended, Regulation)
        assert mended.identifier == found.suggestion != text


@pytest.mark.parametrize(("text", "expected"), PLACES)
@pytest.mark.parametrize("system", ["no", "dk", "se", "eu", "iso"])
def test_places(text: str, expected: str | None, system: str) -> None:
    assert parse_at(text, system) == expected


@given(shaped)
def test_a_spelled_place_stays_as_it_is(text: str) -> None:
    spelled = parse_at(text, "no")
    if spelled is not None:
        assert spelled.isprintable()
        assert parse_at(spelled, "no") == spelled


@pytest.mark.parametrize(("identifier", "at", "language", "expected"), LINKS)
def test_links(identifier: str, at: str | None, language: str, expected: str | None) -> None:
    assert link(Regulation("no", identifier, "https://evil.example/"), at, language) == expected


@given(shaped, st.one_of(st.none(), shaped), st.one_of(st.sampled_from(["nb", "nn", "da", "sv", "en"]), st.text()))
@settings(max_examples=400)
def test_every_link_leads_to_an_official_host(text: str, at: str | None, language: str) -> None:
    address = link(Regulation("no", text, text), at, language)
    if address is not None:
        assert address.startswith(HOSTS)
        assert re.fullmatch(r"[A-Za-z0-9:/?=.#%_-]+", address)


@pytest.mark.parametrize("place", ["§ 14-7", "kapittel 2", "artikkel 6"])
@given(st.sampled_from(sorted(REGISTER)), st.text(max_size=6))
@settings(max_examples=60)
def test_text_after_a_place_adds_nothing_foreign_to_the_link(place: str, identifier: str, extra: str) -> None:
    address = link(Regulation("no", identifier, None), place + extra, "nb")
    assert address is None or (address.startswith(HOSTS) and re.fullmatch(r"[A-Za-z0-9:/?=.#%_-]+", address))


@pytest.mark.parametrize("identifier", REGISTER)
def test_register(identifier: str) -> None:
    entry = REGISTER[identifier]
    assert isinstance(parse(identifier), Regulation)
    assert known(identifier)
    assert title(identifier, "xx") == entry["title"]
    assert set(entry) <= {"title", "titles", "replaced-by", "note", "chapters", "articles"}
    assert remark(identifier) == (entry.get("replaced-by"), entry.get("note"))
    assert entry.get("replaced-by", identifier) in REGISTER
    assert entry.get("replaced-by") != identifier
    assert set(entry.get("titles", {})) <= {"nb", "da", "sv"}
    chapters = entry.get("chapters", "").split()
    assert len(chapters) == len(set(chapters))


def test_register_is_sorted_and_says_nothing_twice() -> None:
    text = Path(regulations.__file__).with_name("regulations.json").read_text(encoding="utf-8")
    keys = [key for key, _ in json.loads(text, object_pairs_hook=list)]
    assert keys == sorted(set(keys))


def test_titles_and_remarks() -> None:
    assert title("LOV-2005-06-17-62", "en") == "arbeidsmiljøloven"
    assert title("32016R0679", "nn") == "personvernforordningen (GDPR)"
    assert title("32016R0679", "sv-SE") == "dataskyddsförordningen (GDPR)"
    assert title("02016R0679-20160504", "en") == "General Data Protection Regulation (GDPR)"
    assert title("32016R0679R(02)", "da") == "databeskyttelsesforordningen (GDPR)"
    assert title("FOR-2016-12-06-1721", "nb") is None
    assert not known("FOR-2016-12-06-1721")
    assert not known("LOV-1967-02-10-0")
    assert remark("LOV-1992-12-04-126") == ("LOV-2025-06-20-96", None)
    assert remark("nothing") == (None, None)


def test_importing_reads_nothing_and_compiles_nothing() -> None:
    code = "import rutine.regulations as r; assert not any(f.cache_info().currsize for f in (r._compiled, r._register))"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(regulations.__file__).parents[1])
