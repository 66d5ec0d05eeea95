"""YAML as it was written, with every key and value at its place."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rutine.fences import split
from rutine.frontmatter import Loaded


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2026-03-01", "2026-03-01"),
        ("NO", "NO"),
        ("1.10", "1.10"),
        ("0123", "0123"),
        ("12:30", "12:30"),
        ("2022:12", "2022:12"),
        ("1e3", "1e3"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("12", 12),
        ("-3", -3),
        ('"12"', "12"),
        ("'true'", "true"),
        ("", None),
        ("~", None),
        ('"  "', None),
        ("§ 2 A-1", "§ 2 A-1"),
    ],
)
def test_values_are_as_written(written: str, value: object) -> None:
    assert Loaded(f"field: {written}\n", 2).value == {"field": value}


def test_places() -> None:
    text = "id: HR-001\ndecision: {by: leder, date: 2026-03-01}\nroles:\n  - role: leder\n    duties: [En, To]\n"
    loaded = Loaded(text, 2)
    assert loaded.place(("id",)) == (2, 5)
    assert loaded.place(("id",), key=True) == (2, 1)
    assert loaded.place(("decision", "date")) == (3, 29)
    assert loaded.place(("roles", 0, "role"), key=True) == (5, 5)
    assert loaded.place(("roles", 0, "duties", 1)) == (6, 18)
    assert loaded.place(("roles", 0, "responsibility")) == (5, 5)  # missing: the item that lacks it
    assert loaded.place(("owner",)) == (2, 1)


def test_split() -> None:
    parts = split("---\nid: HR-001\n---\n# Tittel\n")
    assert parts.front == "id: HR-001\n"
    assert (parts.front_line, parts.body, parts.body_line) == (2, "# Tittel\n", 4)


def test_closing_line_without_newline() -> None:
    parts = split("---\nid: HR-001\n---")
    assert (parts.front, parts.body) == ("id: HR-001\n", "")


def test_empty_front_matter() -> None:
    assert split("---\n---\nText\n")[:4] == ("", 2, "Text\n", 3)


def test_a_rule_in_the_body_is_no_front_matter() -> None:
    assert split("# Tittel\n\n---\n\nMer\n")[:2] == (None, 1)


def test_deep_nesting_is_a_fault_and_no_crash() -> None:
    for text in (
        "[" * 100_000,
        "- " * 90_000,
        "? " * 90_000,
        "{a: " * 40_000,
        "\n".join(" " * n + "a:" for n in range(600)),
    ):
        faults = Loaded(text, 2).faults
        assert [fault.rule for fault in faults] == ["broken-front-matter"]


PLAIN = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).filter(str.strip)
    | st.booleans()
    | st.integers(-(10**16), 10**16),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.from_regex(r"[a-z][a-z-]{0,8}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.from_regex(r"[a-z][a-z-]{0,8}", fullmatch=True), PLAIN, min_size=1, max_size=4))
def test_what_yaml_writes_is_read_back(value: dict[str, object]) -> None:
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
    loaded = Loaded(text, 2)
    if not loaded.faults:
        assert loaded.value == value
