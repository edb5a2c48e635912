"""Margins of carrier lanes: one row of the configuration, so that a decision reads them with the
rest.

LANES / ACTIVE: `at` and `lanes`, {"<carrier>/<service>": {"FR-DE": [days, parcels, on time]}}.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...domain.promising.punctuality import LaneRecord, Margin
from ..dynamo.table import Table
from . import keys

Row = Mapping[str, Any]


class LaneStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def publish(self, margins: Mapping[str, Margin], at: int) -> None:
        """They follow from what was delivered: of two runs at once, either may be the last."""
        lanes: dict[str, dict[str, list[int]]] = {}
        for lane, margin in sorted(margins.items()):
            service, _, countries = lane.rpartition("/")
            record = margin.record
            evidence = [margin.days, record.parcels, record.on_time]
            lanes.setdefault(service, {})[countries] = evidence
        self.table.put_always({"pk": keys.LANES, "sk": keys.ACTIVE, "at": at, "lanes": lanes})

    def margins(self) -> tuple[int, dict[str, Margin]]:
        """When they were learned (0: never), and lane → margin."""
        row = self.table.get(keys.LANES, keys.ACTIVE) or {}
        found = {
            f"{service}/{countries}": Margin(days, LaneRecord(parcels, on_time))
            for service, lanes in row.get("lanes", {}).items()
            for countries, (days, parcels, on_time) in lanes.items()
        }
        return int(row.get("at", 0)), found


def days_of(row: Row, carrier: str, service: str) -> dict[str, int]:
    """ "FR-DE" → days, of one service, from the row as it is read."""
    lanes = row.get("lanes", {}).get(f"{carrier}/{service}", {})
    return {countries: evidence[0] for countries, evidence in lanes.items()}
