"""The order of the alphabet: as the dictionaries of each language have it."""

from __future__ import annotations

from itertools import groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rutine.pages._alphabet import ALPHABETS, DIGITS, OTHERS, anchor, key, letter

NORSE = "nb nn da".split()
ORDERED = {  # by the dictionaries and library rules of each country
    "nb": ["§ 2", "2 timer", "§ 10", "11 uker", "a-melding", "AAP", "akutt", "arv", "Àrv", "b", "Über", "yrke", "z", "Ämbete", "ære", "Ö", "øl", "ål", "Aalesund", "år", "Жук"],
    "nn": ["avvik", "Avvik i drifta", "avviksmelding", "æra", "øy", "å"],
    "da": ["adgang", "zone", "æg", "øre", "Aalborg", "åre", "Aarhus"],
    "sv": ["arbete", "vård", "wiki", "zon", "å", "ål", "ära", "æra", "öga", "øre"],
    "en": ["11 days", "Aalborg", "access", "Ærø", "after", "Ångström", "orbit", "Østfold", "zoo"],
}  # fmt: skip


@pytest.mark.parametrize("language", ORDERED)
def test_titles_stand_as_in_a_dictionary(language: str) -> None:
    assert sorted(set(ORDERED[language]), key=lambda text: key(text, language)) == ORDERED[language]


def test_the_last_letters_of_each_alphabet() -> None:
    assert {language: alphabet[25:] for language, alphabet in ALPHABETS.items()} == {
        "nb": "zæøå", "nn": "zæøå", "da": "zæøå", "sv": "zåäö", "en": "z",
    }  # fmt: skip


def test_the_letter_that_a_title_stands_under() -> None:
    assert [letter(text, "nb") for text in ("Årlig", "«avvik»", "§ 3", "Š", "Ørn", "Đ", "", "…", "中")] == [
        "å", "a", DIGITS, "s", "ø", "d", OTHERS, OTHERS, OTHERS,
    ]  # fmt: skip
    assert [letter("Aabenraa", language) for language in ("nb", "nn", "da", "sv", "en")] == ["å", "å", "å", "a", "a"]
    assert [letter("Änglar", language) for language in ("nb", "da", "sv", "en")] == ["æ", "æ", "ä", "a"]


def test_every_letter_has_an_anchor_of_its_own() -> None:
    for alphabet in ALPHABETS.values():
        anchors = [anchor(found) for found in (*alphabet, DIGITS, OTHERS)]
        assert len(set(anchors)) == len(anchors)
        assert all(found.isascii() and found.isalpha() for found in anchors)


@settings(deadline=None)
@given(st.lists(st.text(max_size=12), max_size=12), st.sampled_from(list(ALPHABETS)))
def test_letters_come_in_the_order_of_the_alphabet_and_each_once(texts: list[str], language: str) -> None:
    order = [DIGITS, *ALPHABETS[language], OTHERS]
    found = [letter(text, language) for text in sorted(texts, key=lambda text: key(text, language))]
    assert all(order.index(a) < order.index(b) for a, b in pairwise(one for one, _ in groupby(found)))


@settings(deadline=None)
@given(st.text(max_size=12), st.sampled_from(NORSE))
def test_capitals_and_signs_around_a_title_do_not_move_it(text: str, language: str) -> None:
    if not any(char in "Aa" for char in text):  # AAP is no Åp
        assert key(text.upper(), language)[0] == key(f"«{text.upper().lower()}", language)[0]
