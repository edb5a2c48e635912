"""The demand that is expected: what was ordered lately, at the same pace.

Orders that ask for the same things, for the same country by the same service, are of one kind. A
simple moving rate: of a kind that was ordered n times in the days looked back on, n · ahead / back
are expected. Only the most frequent kinds are kept, and stand for the others too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..limits.sourcing import MAX_FORECAST_KINDS


@dataclass(frozen=True, slots=True)
class OrderKind:
    """`lines`: (SKU, units), sorted, each SKU once. `country`: ISO 3166-1 alpha-2."""

    country: str
    service: str
    lines: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Horizon:
    """Whole days: how far to look back, and for how many to expect the same again."""

    back_days: int = 7
    ahead_days: int = 7

    def __post_init__(self) -> None:
        assert 0 < self.back_days <= 31
        assert 0 < self.ahead_days <= 366


def kind_of(country: str, service: str, lines: Iterable[tuple[str, int]]) -> OrderKind:
    units: dict[str, int] = {}
    for sku, quantity in lines:
        units[sku] = units.get(sku, 0) + quantity
    return OrderKind(country, service, tuple(sorted(units.items())))


def forecast(
    seen: Mapping[OrderKind, int], horizon: Horizon, most: int = MAX_FORECAST_KINDS
) -> dict[OrderKind, int]:
    """Thousandths of an order per kind. `seen`: thousandths, too, since history may be sampled."""
    ranked = sorted(seen.items(), key=lambda each: (-each[1], each[0].country, each[0].lines))
    kept = ranked[:most]
    total, of_kept = sum(seen.values()), sum(count for _, count in kept)
    return {
        kind: count * total * horizon.ahead_days // (of_kept * horizon.back_days)
        for kind, count in kept
        if count
    }
