"""Repairs change what they name and nothing else."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from rutine.model import Edit
from rutine.repair import apply
from rutine.write import write_file


def test_all_other_bytes_stay() -> None:
    content = "\ufeffid: 1.10  # kommentar\r\ntittel: x\r\n\r\n* a\r\n".encode()
    mended, count = apply(content, [Edit(1, 5, "1.10", '"1.10"')])
    assert (mended, count) == ('\ufeffid: "1.10"  # kommentar\r\ntittel: x\r\n\r\n* a\r\n'.encode(), 1)


def test_an_edit_that_no_longer_fits_is_passed_over() -> None:
    assert apply(b"a: b\n", [Edit(1, 4, "c", "d"), Edit(7, 1, "", "x")]) == (b"a: b\n", 0)


def test_overlapping_edits() -> None:
    mended, count = apply(b"abcdef\n", [Edit(1, 1, "abc", "X"), Edit(1, 3, "cd", "Y"), Edit(1, 5, "ef", "Z")])
    assert (mended, count) == (b"abYZ\n", 2)


def test_a_new_line_takes_the_files_line_end() -> None:
    assert apply(b"tekst:\r\n- a\r\n", [Edit(2, 1, "", "\n")]) == (b"tekst:\r\n\r\n- a\r\n", 1)


@given(st.text(st.characters(codec="utf-8")))
def test_no_edits_no_change(text: str) -> None:
    content = text.encode()
    assert apply(content, []) == (content, 0)


def test_writing_keeps_the_mode_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("gammel")
    path.chmod(0o640)
    write_file(path, b"ny")
    assert path.read_bytes() == b"ny"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [found.name for found in tmp_path.iterdir()] == ["x.md"]
