"""A link to a file outside the handbook's folder, or on somebody's own disk.

What lies outside is not published, so the reader meets an error; and a handbook must not lead out of its repository.

Put the file into the handbook's folder and link to it there, or link to its web address.
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Place, Problem, Settings, say
from rutine.references import resolve

SEVERITY = "error"


def check(document: Document, settings: Settings) -> Iterator[Problem]:
    """Links that lead out of the documents' folder."""
    depth = document.path.count("/") - settings.folder.strip("/").count("/") - 1
    for reference in document.markup.references if document.body else ():
        target = reference.target
        may_leave = target.count("..") > depth or any(mark in target for mark in ("%", ":", "\\", "&"))
        if may_leave and resolve(document, reference, settings).leads == "outside":
            message = say(
                "The link leads outside the handbook: {target}. Put the file into it, or link to a web address.",
                target=target,
            )
            yield Problem(Place(document.path, *document.markup.place(reference.offset)), message)
