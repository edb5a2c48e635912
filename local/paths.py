"""Where things lie on the developer's machine. Everything made locally is under `.build/`."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build"
TEMPLATE = ROOT / "template.yaml"
CLOUD_PYTHON = ROOT / ".venv-cloud" / "bin" / "python"
_KEPT = 12
_UNUSED_S = 3600.0


def prune(folder: Path) -> None:
    """Delete what was made long ago in a cache folder: all but _KEPT, idle for _UNUSED_S."""
    made = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in made[_KEPT:]:
        if path.stat().st_mtime < time.time() - _UNUSED_S:
            shutil.rmtree(path, ignore_errors=True)
