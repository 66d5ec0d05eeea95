"""What rutine raises. Faults in documents are findings and never exceptions."""

from __future__ import annotations

from collections.abc import Sequence

from rutine.model import Message, Place


class RutineError(Exception):
    """Something that stops the whole run, said in a message that tells what to do."""

    exit_code = 3

    def __init__(self, message: Message) -> None:
        super().__init__(message.text.format_map(message.values))
        self.message = message


class UsageError(RutineError):
    """The command was given something that it cannot work with."""

    exit_code = 2


class ConfigurationError(UsageError):
    """`handbook.yml` or a schema is wrong; holds every fault that was found, each with its place."""

    def __init__(self, message: Message, faults: Sequence[tuple[Place, Message]]) -> None:
        super().__init__(message)
        self.faults = tuple(faults)
