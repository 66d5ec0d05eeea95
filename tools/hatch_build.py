"""What a build adds to the package: compiled catalogues, and in a wheel the schemas of `schema/`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Additions(BuildHookInterface[Any]):
    """Compiles the catalogues where they lie; an editable installation reads both from the checkout."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the files are gathered."""
        sys.path.insert(0, str(Path(self.root, "tools")))
        from catalogues import compile_catalogues

        compile_catalogues()
        build_data["artifacts"].append("/tools/rutine/locale/**/*.mo")
        if version == "standard":
            build_data["force_include"]["schema"] = "rutine/schema"
