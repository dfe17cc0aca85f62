"""Compiles the shipped terms when a wheel is built; the build fails where a reading is doubtful and not reviewed."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTerms(BuildHookInterface):  # type: ignore[type-arg]
    """Adds `glossary/terms.glossary` to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the terms and name the file to the builder."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from glossary.builtin import ship

        self._folder = tempfile.TemporaryDirectory()
        target = Path(self._folder.name, "terms.glossary")
        ship(target)
        build_data["force_include"][str(target)] = "glossary/terms.glossary"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Delete what was compiled, which is in the wheel now."""
        if version != "editable":
            self._folder.cleanup()
