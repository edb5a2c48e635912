"""Specifications published by others, read where present: `OMS_SPECS` names their folder."""

from __future__ import annotations

import gzip
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

BESIDE_THE_CHECKOUT = Path(__file__).parents[2].parent / "shared" / "specs"
SPECS = Path(os.environ.get("OMS_SPECS", BESIDE_THE_CHECKOUT))


def spec_json(name: str) -> Any:
    """The parsed file (also .gz), or a skipped test."""
    path = SPECS / name
    if not path.exists():
        pytest.skip(f"{name} is not here: set OMS_SPECS")
    return _read(path)


@cache
def _read(path: Path) -> Any:
    data = path.read_bytes()
    return json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)


def plain_schema(node: Any) -> Any:
    """OpenAPI 3.0 as JSON Schema: `nullable` becomes a union with null."""
    if isinstance(node, list):
        return [plain_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: plain_schema(value) for key, value in node.items() if key != "nullable"}
    return {"anyOf": [made, {"type": "null"}]} if node.get("nullable") is True else made
