"""The description of the whole API, as generated."""

from __future__ import annotations

from importlib import resources

from ..domain.errors import NotFound


def description() -> str:
    file = resources.files("oms.contracts") / "openapi.json"
    if not file.is_file():
        raise NotFound("the API's description was not generated")
    return file.read_text()
