"""What a diagram says, in lines of text: each arrow with where it comes from and leads to. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_TAG = re.compile(r"<[^<>]*>")
_NO_STEP = ("stateStart", "stateEnd")
MOST = 200  # lines; nobody listens to more


def lines_of(model: Mapping[str, Any]) -> list[str]:
    """The arrows of a flowchart or of states, the messages of a sequence; nothing for other kinds of diagram."""
    if "edges" in model and "nodes" in model:
        return list(_arrows(model))[:MOST]
    if model.get("type") == "sequence":
        return list(_messages(model))[:MOST]
    return []


def _arrows(model: Mapping[str, Any]) -> Iterator[str]:
    nodes = {node.get("id"): node for node in _rows(model, "nodes")}
    names = {
        key: _plain(node.get("label")) or str(key) for key, node in nodes.items() if node.get("shape") not in _NO_STEP
    }
    told: set[str] = set()
    for edge in _rows(model, "edges"):
        ends = edge.get("from", edge.get("start")), edge.get("to", edge.get("end"))
        if all(end in names for end in ends):
            label = _plain(edge.get("label"))
            yield f"{names[ends[0]]} → {f'{label} → ' if label else ''}{names[ends[1]]}"
            told.update(map(str, ends))
    yield from (name for key, name in names.items() if str(key) not in told and not nodes[key].get("isGroup"))


def _messages(model: Mapping[str, Any]) -> Iterator[str]:
    actors: Any = model.get("actors")
    names = (
        {key: _plain(actor.get("description")) or key for key, actor in actors.items()}
        if isinstance(actors, dict)
        else {}
    )
    for message in _rows(model, "messages"):
        said, ends = _plain(message.get("message")), (message.get("from"), message.get("to"))
        if ends[0] in names and ends[1] in names and message.get("placement") is None:
            yield f"{names[ends[0]]} → {names[ends[1]]}{f': {said}' if said else ''}"
        elif ends[0] in names and said:
            yield f"{names[ends[0]]}: {said}"
        elif said:
            yield f"[{said}]"


def _rows(model: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    rows = model.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _plain(label: Any) -> str:
    return " ".join(_TAG.sub(" ", label).split()) if isinstance(label, str) else ""
