"""Where each unit of a line is: I1, and one row a case."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oms.domain import lifecycle
from oms.domain.model import fulfilment as fo
from oms.domain.model import units
from oms.domain.model.order import Order, OrderLine, OrderState
from oms.domain.orders.buckets import (
    DISJOINT,
    OF_PART,
    buckets_of,
    cancelled_units,
    units_by_bucket,
)
from tests.usecases.orders import order, part, plan, returned, snapshot

FIRST = snapshot().lines[0]

# what holds the three units of line 1 → its buckets
CASES = """
open                       | unsourced 3
waiting 0-1                | backordered 2, unsourced 1
planned 0-2                | allocated 3
part ASSIGNED 0-2          | allocated 3
part PICKING 0-2           | allocated 3
part PICKED 0-1            | picked 2, unsourced 1
part PACKED 0-2            | packed 3
part READY_FOR_PICKUP 0-2  | packed 3
part SHIPPED 0-2           | shipped 3
part DELIVERED 0-2         | shipped 3, delivered 3
part PICKED_UP 0           | shipped 1, delivered 1, unsourced 2
part REJECTED 0-2          | unsourced 3
part EXPIRED 0-2           | unsourced 3
part UNCOLLECTED 0-2       | cancelled 3
part CANCELLED 0-1         | cancelled 2, unsourced 1
cancelled 2                | cancelled 1, unsourced 2
asked-to-cancel            | cancelled 3
"""


def holding(text: str) -> Order:
    kind, *words = text.split()
    if kind == "part":
        return order(parts=(part(1, words[0], {1: words[1]}),))
    if kind == "planned":
        return order(planned=(plan(1, {1: words[0]}),))
    if kind == "asked-to-cancel":
        return order(cancel_reason="NO_LONGER", planned=(plan(1, {1: "0"}),))
    return order(**{kind: {1: units.parse(words[0])}} if words else {})


@pytest.mark.parametrize("row", CASES.strip().splitlines())
def test_each_unit_is_in_its_bucket(row: str) -> None:
    given_, expected = (side.strip() for side in row.split("|"))
    found = asdict(buckets_of(holding(given_), FIRST))
    counts = {name: int(count) for name, count in map(str.split, expected.split(","))}
    assert found.pop("ordered") == 3
    assert {name: count for name, count in found.items() if count} == counts


def test_returned_units_are_shipped_ones() -> None:
    back = returned(1, {1: "0-1"}, money="DUE", amount=10)
    sent = order(parts=(part(1, "DELIVERED"),), returns=(back,))
    found = buckets_of(sent, FIRST)
    assert (found.shipped, found.delivered, found.returned) == (3, 3, 2)


def test_a_late_cancelled_part_does_not_take_units_from_a_live_one() -> None:
    double = order(parts=(part(1, "CANCELLED", {1: "0-2"}), part(2, "SHIPPED", {1: "0"})))
    found = buckets_of(double, FIRST)
    assert (found.shipped, found.cancelled) == (1, 2)


def test_every_status_that_holds_units_has_a_bucket() -> None:
    assert set(OF_PART) == set(lifecycle.FULFILMENT) - fo.LET_GO


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """Units of up to four lines spread over plans, parts, waiting, cancelled; some overlapping."""
    quantities = draw(st.lists(st.integers(1, 9), min_size=1, max_size=4))
    lines = tuple(OrderLine(no, f"S{no}", q, 100 * q) for no, q in enumerate(quantities, 1))
    some = st.fixed_dictionaries(
        {line.no: st.frozensets(st.sampled_from(sorted(line.units))) for line in lines}
    )
    statuses = draw(st.lists(st.sampled_from(sorted(lifecycle.FULFILMENT)), max_size=5))
    parts = tuple(
        replace(part(no, status), lines=draw(some), skus={line.no: line.sku for line in lines})
        for no, status in enumerate(statuses, 1)
    )
    state = OrderState(
        status=draw(st.sampled_from(sorted(lifecycle.ORDER))),
        planned=(replace(plan(len(parts) + 1, {}), lines=draw(some)),),
        waiting=draw(some),
        cancelled=draw(some),
        cancel_reason=draw(st.sampled_from(["", "NO_LONGER"])),
    )
    return Order(snapshot(lines=lines), state, parts)


@given(orders())
def test_i1_every_unit_is_in_exactly_one_bucket(some: Order) -> None:
    for line in some.snapshot.lines:
        found = buckets_of(some, line)
        counts = asdict(found)
        assert found.ordered == sum(counts[name] for name in DISJOINT)
        assert all(count >= 0 for count in counts.values())
        assert found.delivered <= found.shipped
        assert found.returned <= found.shipped
        where = units_by_bucket(some, line)
        assert sum(map(len, where.values())) == len(frozenset().union(*where.values()))
    assert set(cancelled_units(some)) <= {line.no for line in some.snapshot.lines}
