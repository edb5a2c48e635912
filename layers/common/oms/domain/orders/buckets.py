"""Quantity buckets of an order line, derived from who holds which units (invariant I1):

    ordered = unsourced + backordered + allocated + picked + packed + shipped + cancelled

Beside them: delivered and returned units are shipped ones. "Shipped" includes picked up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import fulfilment as fo
from ..model import order as o
from ..model.fulfilment import FulfilmentOrder
from ..model.order import Order, OrderLine
from ..model.units import NO_UNITS, LineUnits, Units

UNSOURCED, BACKORDERED, ALLOCATED, PICKED = "unsourced", "backordered", "allocated", "picked"
PACKED, SHIPPED, CANCELLED = "packed", "shipped", "cancelled"
DISJOINT = (UNSOURCED, BACKORDERED, ALLOCATED, PICKED, PACKED, SHIPPED, CANCELLED)
OF_PART = {
    fo.ASSIGNED: ALLOCATED,
    fo.OFFERED: ALLOCATED,
    fo.ACCEPTED: ALLOCATED,
    fo.PICKING: ALLOCATED,
    fo.PICKED: PICKED,
    fo.PACKED: PACKED,
    fo.IN_TRANSFER: PACKED,
    fo.ARRIVED: PACKED,
    fo.READY_TO_SHIP: PACKED,
    fo.READY_FOR_PICKUP: PACKED,
    fo.SHIPPED: SHIPPED,
    fo.DELIVERED: SHIPPED,
    fo.DELIVERY_FAILED: SHIPPED,
    fo.RETURNED_TO_SENDER: SHIPPED,
    fo.PICKED_UP: SHIPPED,
    fo.UNCOLLECTED: CANCELLED,
    fo.CANCELLED: CANCELLED,
}
WITH_THE_CUSTOMER = frozenset({fo.DELIVERED, fo.PICKED_UP})


@dataclass(frozen=True, slots=True)
class Buckets:
    ordered: int
    unsourced: int
    backordered: int
    allocated: int
    picked: int
    packed: int
    shipped: int
    cancelled: int
    delivered: int
    returned: int


def buckets_of(order: Order, line: OrderLine) -> Buckets:
    found = units_by_bucket(order, line)
    shipped = found[SHIPPED]
    delivered = _with_the_customer(order, line.no) & shipped
    return Buckets(
        ordered=line.quantity,
        delivered=len(delivered),
        returned=len(_returned(order, line.no) & shipped),
        **{bucket: len(which) for bucket, which in found.items()},
    )


def units_by_bucket(order: Order, line: OrderLine) -> dict[str, Units]:
    """Each unit of the line in exactly one bucket: the first that claims it."""
    found = dict.fromkeys(DISJOINT, NO_UNITS)
    left = line.units
    for bucket, lines in _claims(order):
        taken = left & lines.get(line.no, NO_UNITS)
        found[bucket] |= taken
        left -= taken
    found[CANCELLED if _given_up(order) else UNSOURCED] |= left
    return found


def cancelled_units(order: Order) -> dict[int, Units]:
    """What the customer will not get, per line."""
    found = {line.no: units_by_bucket(order, line)[CANCELLED] for line in order.snapshot.lines}
    return {no: which for no, which in found.items() if which}


def _claims(order: Order) -> Iterator[tuple[str, LineUnits]]:
    """Live parts before dead ones: a unit that goes to the customer is not a cancelled one."""
    for part in sorted(order.parts, key=_dead_last):
        if part.status not in fo.LET_GO:
            yield OF_PART[part.status], part.lines
    yield CANCELLED, order.state.cancelled
    for part in order.parts:
        yield CANCELLED, part.dropped
    if _given_up(order):
        return
    for planned in order.planned:
        yield ALLOCATED, planned.lines
    yield BACKORDERED, order.state.waiting


def _dead_last(part: FulfilmentOrder) -> tuple[bool, int]:
    return part.status in fo.DEAD, part.number


def _given_up(order: Order) -> bool:
    """Nothing more is sourced: what no part holds is cancelled."""
    return bool(order.state.cancel_reason) or order.state.status in (o.CANCELLED, o.COMPLETED)


def _with_the_customer(order: Order, no: int) -> Units:
    delivered = [part.lines.get(no, NO_UNITS) for part in order.parts
             if part.status in WITH_THE_CUSTOMER]  # fmt: skip
    return NO_UNITS.union(*delivered)


def _returned(order: Order, no: int) -> Units:
    return NO_UNITS.union(*(ret.received.get(no, NO_UNITS) for ret in order.returns))
