"""Runs the suite of bad inputs against this checkout, its pages adopted by `examples/flat`.

    python tests/bad_inputs.py SUITE [--only Y01,G*] [--verbs validate,due] …

SUITE is the folder that holds `run_bad.py` and `cases/`; what follows is handed on to `run_bad.py`.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FLAT = ROOT / "examples" / "flat"


def adapter() -> dict[str, Any]:
    """What `run_bad.py` must know of rutine: how a fresh repository is prepared, and the command for each verb."""
    rutine = f"{shlex.quote(sys.executable)} -m rutine"
    lay_policy = (
        f"if [ -d .policy ]; then {shlex.quote(sys.executable)} {shlex.quote(__file__)} --lay-policy || exit; fi"
    )
    return {
        "env": {"PYTHONPATH": str(ROOT / "tools")},
        "prepare": f"cp -r {shlex.quote(str(FLAT / 'handbook.yml'))} {shlex.quote(str(FLAT / 'schema'))} .",
        "path_without_git": None,
        "verbs": {
            "validate": f"{lay_policy}; {rutine} check docs",
            "due": f"{rutine} due --on {{asof}} --all",
            "build": f"{rutine} build; status=$?; [ ! -d site ] || cp -r site {{out}}; exit $status",
            "history": None, "verify": None, "import": None, "write": None,
        },
    }  # fmt: skip


def lay_policy(root: Path) -> None:
    """An organisation's own schema, laid over the kind of the pages as one more kind that claims every page."""
    kind = json.loads((root / "schema" / "procedure.json").read_bytes())
    for path in sorted((root / ".policy").glob("*.json")):
        own = json.loads(path.read_bytes())
        properties = {**kind["properties"], **own.pop("properties", {})}
        (root / "schema" / path.name).write_text(json.dumps({**kind, **own, "properties": properties, "x-match": {}}))


def run(suite: Path, *arguments: str) -> tuple[int, str]:
    """Run the suite: the exit code and what was printed."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(adapter(), file)
        file.flush()
        command = [sys.executable, suite / "run_bad.py", "--suite", suite / "cases", "--adapter", file.name, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def main(arguments: list[str]) -> int:
    """Run the suite and print what came of it; or be called by it to lay a policy."""
    if arguments == ["--lay-policy"]:
        lay_policy(Path())
        return 0
    if not arguments or arguments[0].startswith("-"):
        sys.stderr.write(__doc__ or "")
        return 2
    code, text = run(Path(arguments[0]), *arguments[1:])
    sys.stdout.write(text)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
