"""Bytes as text: what a document's file must be, and what is said of it when it is not."""

from __future__ import annotations

from rutine.model import Fault, Message, say


def decode(content: bytes) -> str | Fault:
    """Text with `\\n` line ends and without byte order mark; or what keeps the bytes from being text (UTF-8)."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _bad_text(say("The file is saved as UTF-16. Save it anew with the encoding UTF-8."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in content[:1000]:
            return _bad_text(say("This is not a text file. Documents are text files saved as UTF-8."))
        before = error.object[: error.start]  # without the byte order mark
        line, column = before.count(b"\n") + 1, len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        return _bad_text(
            say(
                "The file is not saved as UTF-8; the first wrong character is here. Save it anew with the encoding UTF-8."
            ),
            line,
            column,
        )
    if not text.strip():
        return _bad_text(say("The file is empty. Fill it in, or delete it."))
    if text.startswith("version https://git-lfs.github.com/spec/"):
        return _bad_text(say("This is a pointer of Git LFS and not the text itself. Run git lfs pull."))
    if "\0" in text:
        before_nul = text[: text.index("\0")]
        line, column = before_nul.count("\n") + 1, len(before_nul) - before_nul.rfind("\n")
        return _bad_text(
            say("A NUL character (U+0000) stands here, so this is not a text file. Delete it."), line, column
        )
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _bad_text(message: Message, line: int = 1, column: int = 1) -> Fault:
    return Fault("unreadable-file", line, column, message)
