"""What planners are proposed for one SKU: what to order, what to move (domain 4.6).

    safety stock  SS  = z √(L σd² + d² σL²)         demand d a day (spread σd), lead time L (σL)
    reorder point ROP = d L + SS
    cover         days for which a node's free stock lasts

A surplus is what a node has beyond its target cover and band; it goes to nodes below their target,
over the cheapest lane first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class DailyDemand:
    """Units a day: mean and standard deviation."""

    mean: Decimal
    deviation: Decimal


@dataclass(frozen=True, slots=True)
class PlanningTerms:
    """How supply behaves and how sure it has to be; days, `z` of the service level."""

    lead_days: Decimal = Decimal(7)
    lead_deviation: Decimal = Decimal("1.5")
    z: Decimal = Decimal("1.645")  # 95 % of cycles without a stock-out
    target_days: int = 14
    band_days: int = 14


@dataclass(frozen=True, slots=True)
class Position:
    """A node's free units and its own demand."""

    node: str
    available: int
    demand: DailyDemand


@dataclass(frozen=True, slots=True)
class Reorder:
    """`quantity` 0: enough is there or on its way."""

    safety_stock: int
    reorder_point: int
    position: int
    quantity: int


@dataclass(frozen=True, slots=True)
class TransferProposal:
    source: str
    destination: str
    quantity: int
    cost: int  # of the lane, in the unit that lanes are compared by


@dataclass(frozen=True, slots=True)
class Proposals:
    demand: DailyDemand
    reorder: Reorder
    transfers: Sequence[TransferProposal]


def demand_of(shipped: Mapping[int, int], days: int) -> DailyDemand:
    """`shipped`: day number → units, of the last `days` days; a day without is a day of 0."""
    mean = Decimal(sum(shipped.values())) / Decimal(days)
    missing = days - len(shipped)
    squares = sum((units - mean) ** 2 for units in shipped.values()) + missing * mean**2
    return DailyDemand(mean, (squares / Decimal(days)).sqrt())


def reorder(demand: DailyDemand, terms: PlanningTerms, *, available: int, incoming: int) -> Reorder:
    """Order when the position falls to the reorder point, up to the target cover beyond it."""
    spread = terms.lead_days * demand.deviation**2 + demand.mean**2 * terms.lead_deviation**2
    safety = nearest(terms.z * spread.sqrt())
    point = nearest(demand.mean * terms.lead_days) + safety
    position = available + incoming
    wanted = point + ceil(demand.mean * terms.target_days)
    quantity = wanted - position if demand.mean and position <= point else 0
    return Reorder(safety, point, position, quantity)


def nearest(units: Decimal) -> int:
    return int(units.to_integral_value(ROUND_HALF_UP))


def ceil(units: Decimal) -> int:
    return int(units.to_integral_value(ROUND_CEILING))


def cover_days(position: Position) -> Decimal:
    """Infinite for stock that nobody asks for."""
    mean = position.demand.mean
    return Decimal(position.available) / mean if mean else Decimal("Infinity")


def transfers(
    positions: Iterable[Position], lanes: Mapping[tuple[str, str], int], terms: PlanningTerms
) -> list[TransferProposal]:
    """Surpluses to needs, the cheapest lane first; `lanes`: (from, to) → cost."""
    places = list(positions)
    surplus = {p.node: _surplus(p, terms) for p in places}
    need = {p.node: _need(p, terms) for p in places}
    found = []
    for cost, source, destination in sorted((c, a, b) for (a, b), c in lanes.items()):
        quantity = min(surplus.get(source, 0), need.get(destination, 0))
        if quantity > 0:
            surplus[source] -= quantity
            need[destination] -= quantity
            found.append(TransferProposal(source, destination, quantity, cost))
    return found


def _surplus(position: Position, terms: PlanningTerms) -> int:
    most = terms.target_days + terms.band_days
    if cover_days(position) <= most:
        return 0
    return max(0, position.available - ceil(position.demand.mean * terms.target_days))


def _need(position: Position, terms: PlanningTerms) -> int:
    if cover_days(position) >= terms.target_days:
        return 0
    return ceil(position.demand.mean * terms.target_days) - position.available
