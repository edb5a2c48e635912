"""Memory in a dictionary, as strict about versions as the table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from threading import Lock
from typing import Any

from oms.domain.errors import LostRace


class InMemory:
    """Keeps JSON text, so what could not be stored fails here too."""

    def __init__(self) -> None:
        self._items: dict[str, tuple[str, int]] = {}
        self._lock = Lock()

    def get(self, key: str) -> tuple[dict[str, Any] | None, int]:
        text, version = self._items.get(key, ("null", 0))
        return json.loads(text), version

    def put(self, key: str, value: Mapping[str, Any], *, expected_version: int) -> None:
        with self._lock:
            if self.get(key)[1] != expected_version:
                raise LostRace(f"{key} is not at version {expected_version}")
            self._items[key] = (json.dumps(value), expected_version + 1)
