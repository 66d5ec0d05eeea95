"""What makes a finding the same one tomorrow: not its line, not its language, and no number that changes with the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from rutine.model import Finding


def fingerprints(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with its fingerprint, stable when lines move; those otherwise alike are counted."""
    seen: Counter[str] = Counter()
    for finding in findings:
        identity = _identity(finding)
        seen[identity] += 1
        yield finding, sha256(f"{identity}\0{seen[identity]}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _identity(finding: Finding) -> str:
    """Rule, path and message. Numbers in a message count days or lines: with them its wording may change too."""
    text, values = finding.message
    numbers = any(isinstance(value, int) for value in values.values())
    named = (f"{name}={value}" for name, value in sorted(values.items()) if isinstance(value, str))
    return "\0".join((finding.rule, finding.place.path, "" if numbers else text, *named))
