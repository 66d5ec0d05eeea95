"""Hold what the check found against the truth about the corpus. A finding too many is as wrong as one too few.

    verify.py CORPUS FINDINGS.json DUE.json [--on 2026-11-21]

FINDINGS.json is what `rutine check --format json` says, DUE.json what `rutine due --format json --on 2026-11-21` says.
--on is the day the check was run, for overdue-review findings; without it the day of the truth.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

OVERDUE = "overdue-review"
UNPLANNED = frozenset({"backdated-fact", "suspect-document"})  # what the truth says nothing of: which days lie between
Key = tuple[str, str]  # rule, path


def rows(data: Any, name: str) -> list[dict[str, Any]]:
    """The objects of a list, or of the list an object holds under this name."""
    found = data[name] if isinstance(data, dict) else data
    return [dict(row) for row in found]


def wrong_findings(truth: dict[str, Any], findings: list[dict[str, Any]], on: str) -> list[str]:
    """How the findings differ from the defects and from the reviews that are overdue on a day."""
    said = Counter((str(finding["rule"]), str(finding["path"])) for finding in findings)
    lines = {(finding["rule"], finding["path"], finding.get("line")) for finding in findings}
    wrong = []
    for defect in truth["defects"]:
        places = [(defect["rule"], path) for path in (defect["path"], *defect["also"])]
        if not any(place in said for place in places):
            wrong.append(f"not found: {defect['kind']} as {defect['rule']}: {defect['path']}")
        elif defect["line"] and (defect["rule"], defect["path"], defect["line"]) not in lines:
            wrong.append(f"found at another line than {defect['line']}: {defect['rule']}: {defect['path']}")
    allowed: Counter[Key] = Counter(
        {(defect["rule"], path) for defect in truth["defects"] for path in (defect["path"], *defect["also"])}
    )
    overdue = {path for path, day in truth["due"].items() if day < on}
    allowed.update((OVERDUE, path) for path in overdue)
    wrong += [f"not found: {OVERDUE}: {path}" for path in sorted(overdue) if (OVERDUE, path) not in said]
    extra = said - allowed
    wrong += [
        f"found though not there, {times} times: {rule}: {path}"
        for (rule, path), times in sorted(extra.items())
        if rule not in UNPLANNED
    ]
    return wrong


def wrong_due(truth: dict[str, Any], due: list[dict[str, Any]]) -> list[str]:
    """How the list of reviews differs from the truth."""
    listed = {str(row["path"]) for row in due if row["state"] == "overdue"}
    overdue = set(truth["overdue"])
    return [
        *(f"not listed as overdue: {path}" for path in sorted(overdue - listed)),
        *(f"listed as overdue, is not: {path}" for path in sorted(listed - overdue)),
    ]


def differences(corpus: Path, findings: Any, due: Any, on: str | None = None) -> list[str]:
    """Everything in which the tool's answers differ from the truth file beside the corpus."""
    truth = json.loads(Path(f"{corpus}.truth.json").read_text("utf-8"))
    return [
        *wrong_findings(truth, rows(findings, "findings"), on or truth["today"]),
        *wrong_due(truth, rows(due, "rows")),
    ]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("findings", type=Path)
    parser.add_argument("due", type=Path)
    parser.add_argument("--on", metavar="DAY")
    args = parser.parse_args()
    findings, due = (json.loads(path.read_text("utf-8")) for path in (args.findings, args.due))
    wrong = differences(args.corpus, findings, due, args.on)
    print("\n".join(wrong) if wrong else "no differences")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
