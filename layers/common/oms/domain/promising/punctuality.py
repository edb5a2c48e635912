"""How punctual the lanes of carriers are, and the margin that a promise takes where they are not.

A lane is a carrier's service from a country to a country. A parcel is on time on its lane when it
arrives by the day that its hand-over led to expect, without any margin: what its node lost before
is not the lane's, and a margin that helps does not take itself away again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..limits.promises import MAX_LANE_MARGINS
from ..model.carriage import between


@dataclass(frozen=True, slots=True)
class MarginTerms:
    """A lane of at least `least_parcels`, of which fewer than `target_percent` were on time, gets
    `margin_days` of the carrier's working days.
    """

    target_percent: int = 90
    least_parcels: int = 30
    margin_days: int = 1


@dataclass(frozen=True, slots=True)
class LaneRecord:
    """Parcels that were carried, and how many of them on time."""

    parcels: int = 0
    on_time: int = 0

    @property
    def permille(self) -> int:
        return 1000 * self.on_time // self.parcels if self.parcels else 0


@dataclass(frozen=True, slots=True)
class Margin:
    """`days` more than planned, and the record that they follow from."""

    days: int
    record: LaneRecord


def lane_of(carrier: str, service: str, origin: str, destination: str) -> str:
    """ "swift/standard/FR-DE": countries as ISO 3166-1 alpha-2."""
    return f"{carrier}/{service}/{between(origin, destination)}"


def margins(records: Mapping[str, LaneRecord], terms: MarginTerms) -> dict[str, Margin]:
    """Lane → its margin; the least punctual ones where they are more than may be kept."""
    late = [lane for lane, record in records.items() if _late(record, terms)]
    late.sort(key=lambda lane: (records[lane].permille, lane))
    return {lane: Margin(terms.margin_days, records[lane]) for lane in late[:MAX_LANE_MARGINS]}


def _late(record: LaneRecord, terms: MarginTerms) -> bool:
    enough = record.parcels >= max(1, terms.least_parcels)
    return enough and 100 * record.on_time < terms.target_percent * record.parcels
