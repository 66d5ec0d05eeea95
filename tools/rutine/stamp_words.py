"""Words for how reviews are done: what the figures are called, and what they can mean. No figure accuses anybody. Pure."""

from __future__ import annotations

from rutine.model import Message, Settings, say
from rutine.stamps import Batch, Program, Stamps

HEADS = {
    "reviews": say("Reviews"),
    "records": say("With a record"),
    "bare": say("Without a remark"),
    "together": say("In one commit, median"),
    "most": say("In one commit, most"),
    "seconds": say("Since the one before, median"),
    "own": say("Of one's own text"),
    "programs": say("By a program"),
}
BATCH_HEADS = {
    "commit": say("Commit"),
    "day": say("Day"),
    "who": say("Who"),
    "documents": say("Documents"),
    "bare": say("Without a remark"),
    "dates": say("Only the date"),
    "program": say("Program"),
}
MEANINGS = (
    say(
        "A review is a record of one, or a date of review that was set later in the document. One without a remark is a date that was set with nothing else, or a record that says “still right” and no more."
    ),
    say(
        "Many without a remark in one commit can be a meeting at which all of them were gone through, or dates that were set without reading. Git cannot tell; a record of what was looked at can."
    ),
    say(
        "The time since the one before is from one review of the same person to the next, as they came to the default branch. In one commit it is nothing, however long the reading took."
    ),
    say(
        "Who approved is not told by Git: where the forge itself put a commit there, anybody may have pressed the button. Records of decisions tell."
    ),
)
CANNOT_TELL = say("How the reviews came there cannot be told, and dates that were set are not counted. {reason}")
_PROGRAMS: dict[Program, Message] = {
    "wrote": say("wrote it"),
    "put": say("put it there"),
    "": say("none"),
}


def program(batch: Batch) -> Message:
    """What programs had to do with a commit."""
    return _PROGRAMS[batch.program]


def spent(seconds: float) -> Message:
    """A time in the largest unit that there is one of, rounded down."""
    if seconds < 60:
        return say("{count} seconds", one="1 second", count=int(seconds))
    if seconds < 60 * 60:
        return say("{count} minutes", one="1 minute", count=int(seconds // 60))
    if seconds < 24 * 60 * 60:
        return say("{count} hours", one="1 hour", count=int(seconds // 3600))
    return say("{count} days", one="1 day", count=int(seconds // 86400))


def share(part: int, whole: int) -> str:
    """A number with its share of the whole: 67 (96 %)."""
    return f"{part} ({round(100 * part / whole)} %)" if whole else str(part)


def number(value: float | None) -> str:
    """A figure; a dash where nobody can tell."""
    return "–" if value is None else f"{value:g}"


def names(settings: Settings, batch: Batch) -> str:
    """Who wrote what came in a commit, persons of `handbook.yml` by their full names."""
    return ", ".join([*(settings.people[person].full_name for person in batch.people), *batch.others])


def summary(found: Stamps) -> Message:
    """How many reviews there were, in a sentence."""
    return say(
        "Reviews from {since} to {until}: {count}. Without a remark: {bare}.",
        since=found.since.isoformat(),
        until=found.today.isoformat(),
        count=found.total.reviews,
        bare=found.total.bare,
    )
