"""A regulation that is well-formed but not in the register of known acts, or one that has been replaced.

A single wrong digit makes a well-formed identifier of an act that does not exist, and replaced acts stay in procedures for years.

Compare the identifier with the source. If it is right, add it under regulations in handbook.yml with its title.
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Problem, Settings, say
from rutine.regulations import Regulation, known, parse, remark

SEVERITY = "warning"


def check(document: Document, settings: Settings) -> Iterator[Problem]:
    """Regulations that neither the register nor the handbook knows, and those that are replaced."""
    for pointer, value in document.values("regulation"):
        if value in settings.regulations or not isinstance(parse(value), Regulation):
            continue
        if not known(value):
            message = say(
                "{value} is not in the register of known acts. Check the number, or add it under regulations in handbook.yml.",
                value=value,
            )
            yield Problem(document.place(pointer), message)
        elif successor := (remark(value) or (None, None))[0]:
            message = say(
                "{value} has been replaced by {successor}. Check which of them applies.",
                value=value,
                successor=successor,
            )
            yield Problem(document.place(pointer), message)
