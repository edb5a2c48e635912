"""Reorder points and transfers: the worked example of domain 4.6."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from oms.domain.stock.planning import (
    DailyDemand,
    PlanningTerms,
    Position,
    Reorder,
    TransferProposal,
    demand_of,
    reorder,
    transfers,
)

TERMS = PlanningTerms(Decimal(7), Decimal("1.5"), Decimal("1.645"))


def of(mean: int, deviation: int = 0) -> DailyDemand:
    return DailyDemand(Decimal(mean), Decimal(deviation))


def test_the_worked_example() -> None:
    """d 10, σd 4, L 7, σL 1.5, z 1.645: SS 30, ROP 100."""
    demand = of(10, 4)
    assert reorder(demand, TERMS, available=80, incoming=20) == Reorder(30, 100, 100, 140)
    assert reorder(demand, TERMS, available=81, incoming=20) == Reorder(30, 100, 101, 0)
    assert reorder(of(0), TERMS, available=0, incoming=0).quantity == 0


def test_demand_counts_days_without_a_shipment() -> None:
    found = demand_of({1: 3, 2: 5}, 4)  # 3, 5, 0, 0
    assert (found.mean, found.deviation) == (2, Decimal("4.5").sqrt())
    assert demand_of({}, 2) == of(0)


def test_a_surplus_goes_where_it_is_needed_over_the_cheapest_lane() -> None:
    idle = Position("idle", 100, of(1))
    near, far = (Position(node, 0, of(3)) for node in ("near", "far"))
    lanes = {("idle", "far"): 9, ("idle", "near"): 2, ("near", "far"): 1}
    assert transfers([idle, near, far], lanes, TERMS) == [
        TransferProposal("idle", "near", 42, 2),
        TransferProposal("idle", "far", 42, 9),
    ]
    assert transfers([near, far], lanes, TERMS) == []


NODES = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 9)), min_size=2, max_size=5)


@given(NODES, st.data())
def test_a_node_never_gives_what_it_needs_nor_gets_more_than_it_needs(rows, data) -> None:
    places = [Position(f"n{i}", units, of(d)) for i, (units, d) in enumerate(rows)]
    names = [place.node for place in places]
    lanes = {(a, b): data.draw(st.integers(1, 9)) for a in names for b in names if a != b}
    left = {place.node: place.available for place in places}
    for move in transfers(places, lanes, TERMS):
        left[move.source] -= move.quantity
        left[move.destination] += move.quantity
    for place in places:
        target = int(place.demand.mean) * TERMS.target_days
        assert left[place.node] >= min(place.available, target)
        assert left[place.node] <= max(place.available, target)
