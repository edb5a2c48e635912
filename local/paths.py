"""Where things lie on the developer's machine. Everything made locally is under `.build/`."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build"
TEMPLATE = ROOT / "template.yaml"
CLOUD_PYTHON = ROOT / ".venv-cloud" / "bin" / "python"
