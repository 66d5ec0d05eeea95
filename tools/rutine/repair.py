"""Mechanical repairs: the edits that findings carry, written into the files with nothing else changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from rutine.inside import leads_through_link
from rutine.model import Edit, Finding
from rutine.read import read_bytes
from rutine.write import write_file


def repair(root: Path, findings: Iterable[Finding]) -> dict[str, int]:
    """Apply the edits of these findings; how many were made, by path. Files that no edit fits are left alone."""
    edits: dict[str, set[Edit]] = {}
    for finding in findings:
        edits.setdefault(finding.place.path, set()).update(finding.edits)
    made: dict[str, int] = {}
    for path, wanted in sorted(edits.items()):
        if leads_through_link(root, path):
            continue
        content = read_bytes(root, path) if wanted else b""
        mended, count = apply(content, wanted)
        if count:
            write_file(root / path, mended)
            made[path] = count
    return made


def apply(content: bytes, edits: Iterable[Edit]) -> tuple[bytes, int]:
    """The content with the edits made, and how many. Line ends, byte order mark and all other bytes stay as they are.

    An edit whose `old` does not stand at its place, or that overlaps one already made, is passed over.
    """
    bom = content.startswith(b"\xef\xbb\xbf")
    lines = _lines(content.decode("utf-8-sig"))
    line_end = "\r\n" if b"\r\n" in content else "\n"
    count, free = 0, dict.fromkeys(range(len(lines) + 1), 1 << 30)
    for edit in sorted(edits, reverse=True):
        row, start = edit.line - 1, edit.column - 1
        end = start + len(edit.old)
        if row >= len(lines) or lines[row][start:end] != edit.old or end > free[row]:
            continue
        lines[row] = lines[row][:start] + edit.new.replace("\n", line_end) + lines[row][end:]
        free[row] = start
        count += 1
    return (b"\xef\xbb\xbf" if bom else b"") + "".join(lines).encode(), count


def _lines(text: str) -> list[str]:
    """Lines with their ends; only line feeds and carriage returns end a line, as for the reader."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", text)
