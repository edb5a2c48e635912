"""Reports about nodes: one row of the configuration, so that a decision reads it with the rest.

SIGNALS / ACTIVE: `told_at`, by the auditor; `rated_at` and `rejected` {node: permille}, by the
function that prices scarcity. Each writes its own attributes, the newer time stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from ...domain.errors import LostRace
from ...domain.model.signals import Reports
from ..dynamo.table import Table
from . import keys


class ReportStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def last(self) -> Reports:
        return reports_of(self.table.get(keys.SIGNALS, keys.ACTIVE) or {})

    def caught_up(self, now: int) -> None:
        self._set("SET told_at = :now", "told_at", {":now": now})

    def rate(self, rejected: Mapping[str, int], now: int) -> None:
        values = {":now": now, ":rejected": dict(rejected)}
        self._set("SET rated_at = :now, rejected = :rejected", "rated_at", values)

    def _set(self, change: str, name: str, values: dict[str, Any]) -> None:
        condition = f"attribute_not_exists({name}) OR {name} < :now"
        with suppress(LostRace):  # somebody knows it newer
            self.table.update(keys.SIGNALS, keys.ACTIVE, change, condition, {}, values)


def reports_of(row: Mapping[str, Any]) -> Reports:
    return Reports(row.get("told_at", 0), row.get("rated_at", 0), row.get("rejected"))
