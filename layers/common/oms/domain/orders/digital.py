"""Lines that nobody picks or carries: gift cards, licence keys, downloads (ADR 0032).

They need no stock, node, carrier or capacity, and bear no shipping. All of an order are one part at
the place DIGITAL, which waits for no other part, and no other part waits for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from ..model.node import DIGITAL
from ..model.order import OrderSnapshot
from ..model.plan import Plan, PlannedPart
from ..model.product import Product
from ..model.promise import Promise
from ..model.units import LineUnits

AT_ONCE = "immediate"  # the service that a digital part is promised with


def is_final(product: Product | None) -> bool:
    """What was revealed cannot be given back, unless the product says so."""
    return bool(product and product.digital and not product.takes_back)


def kind_of(product: Product | None) -> str:
    """As `Line.digital` says it; "" also for what is not known (yet)."""
    return product.digital if product else ""


def shipping_weights(totals: Sequence[int], products: Sequence[Product | None]) -> list[int]:
    """The weights by which lines bear the shipping charge: nothing for what is not carried."""
    pairs = zip(totals, products, strict=True)
    found = [0 if product and product.digital else total for total, product in pairs]
    return found if any(found) else list(totals)


def plan_with_digital_part(
    plan: Plan, snapshot: OrderSnapshot, lines: LineUnits, now: int, first_part: int
) -> Plan:
    """The plan, with one more part for those of `lines` that are digital."""
    units = snapshot.digital(lines)
    if not units:
        return plan
    number = max((part.number + 1 for part in plan.parts), default=first_part)
    released = max(snapshot.line(no).release_at for no in units)
    part = PlannedPart(number, DIGITAL, units, digital_promise(now, released))
    how = plan.how if plan.parts or plan.unfilled else DIGITAL
    return replace(plan, parts=(*plan.parts, part), how=how)


def digital_promise(now: int, released: str = "") -> Promise:
    """On the day that it is ordered, in UTC, or when it is released: an ISO date."""
    today = datetime.fromtimestamp(now, UTC).date().isoformat()
    return Promise(method=DIGITAL, service=AT_ONCE, deliver_by=max(today, released))


def released_at(snapshot: OrderSnapshot, lines: LineUnits) -> int:
    """Before this none of them may be delivered, epoch seconds; 0: at once."""
    day = max((snapshot.line(no).release_at for no in lines), default="")
    if not day:
        return 0
    start = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    return int(start.timestamp())
