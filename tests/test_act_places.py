"""Which places in an act touch one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rutine.act_places import spot, touches

SAME = [
    ("§ 2 A-1", "§2 A–1"),
    ("§ 2 A-1", "§ 2a-1"),
    ("§ 14-1 b", "§ 14–1b"),
    ("§ 2 første ledd", "§ 2 (1)"),
    ("§ 2 first paragraph", "§ 2 første ledd"),
    ("§ 12 stk. 2, nr. 3", "§ 12 (2) nr 3"),
    ("3 a §", "§ 3 a"),
    ("artikkel 6 nr. 1 bokstav f", "Article 6(1)(f)"),
    ("kap. 4", "kapittel IV"),
    ("kapittel 2 A", "chapter 2a"),
    ("vedlegg II", "Annex 2"),
    ("punkt 7.5", "7.5"),
]
WITHIN = [
    ("§ 2", "§ 2 (1)"),
    ("§ 2 første ledd", "§ 2 første ledd bokstav b"),
    ("kapittel 2 A", "§ 2 A-1"),
    ("kapittel 14", "§ 14-15"),
    ("2 kap.", "2 kap. 3 §"),
    ("kapittel 3", "kapittel 3 § 12"),
    ("artikkel 32", "artikkel 32 nr. 1"),
    ("7.5", "7.5.3"),
    ("7", "7.5.3"),
    ("kapittel 7", "7.5.3"),
    ("A.5", "A.5.1"),
]
# Nobody can tell: a paragraph whose number does not name its chapter, and what cannot be read.
UNKNOWN = [
    ("kapittel 3", "§ 12"),
    ("kapittel IV", "artikkel 32"),
    ("§§ 3 og 4", "§ 9"),
    ("§ 3 og 4", "§ 9"),
    ("del 2", "§ 9"),
    ("kapittel 2 og 3", "§ 9-1"),
]
APART = [
    ("§ 2 A-1", "§ 2 A-2"),
    ("§ 2 A-1", "§ 2-1"),
    ("§ 2 A-1", "§ 2 A-10"),
    ("§ 2", "§ 2-1"),
    ("§ 2", "§ 2 a"),
    ("§ 2", "§ 22"),
    ("§ 14-1", "§ 14-1 b"),
    ("§ 2 (1)", "§ 2 (2)"),
    ("§ 2 første ledd", "§ 2 andre ledd"),
    ("§ 4 bokstav b", "§ 4 b"),
    ("kapittel 2", "§ 2 A-1"),
    ("kapittel 2", "kapittel 2 A"),
    ("kapittel 2", "§ 12-1"),
    ("2 kap. 3 §", "3 kap. 3 §"),
    ("artikkel 6", "artikkel 60"),
    ("artikkel 6", "vedlegg 6"),
    ("kapittel 1", "vedlegg 1"),
    ("7.5", "7.50"),
    ("7.5", "8.5"),
    ("§ 5 nr. 1", "§ 5 nr. 2"),
]


@pytest.mark.parametrize(("one", "other"), [*SAME, *WITHIN, *UNKNOWN])
def test_touches(one: str, other: str) -> None:
    assert touches(one, other)
    assert touches(other, one)


@pytest.mark.parametrize(("one", "other"), APART)
def test_touches_not(one: str, other: str) -> None:
    assert not touches(one, other)
    assert not touches(other, one)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same(one: str, other: str) -> None:
    assert spot(one) == spot(other)


def test_the_first_of_several_within_a_paragraph_does_not_stand_for_all() -> None:
    assert touches("§ 5 nr 1 og 2", "§ 5 nr 2")
    assert not touches("§ 5 nr 1 og 2", "§ 6")


@given(st.text(st.sampled_from("§ 0123aAbB-–.()kapittel,og vedlegg"), max_size=25), st.text(max_size=25))
def test_any_text_touches_itself_and_works_both_ways(one: str, other: str) -> None:
    assert touches(one, one)
    assert touches(one, other) == touches(other, one)
