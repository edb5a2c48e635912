"""Lines that nobody picks or carries: gift cards, licence keys, downloads, services (ADR 0032).

They need no stock, node, carrier or capacity, and bear no shipping. All of an order are one part at
the place DIGITAL, which waits for no other part, and no other part waits for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from ..model import fulfilment as fo
from ..model.node import DIGITAL
from ..model.order import Order, OrderSnapshot
from ..model.plan import Plan, PlannedPart
from ..model.product import SERVICE, Product
from ..model.promise import Promise
from ..model.units import LineUnits

AT_ONCE = "immediate"  # the service that a digital part is promised with


def is_final(product: Product | None) -> bool:
    """What was revealed cannot be given back, unless the product says so."""
    return bool(product and product.digital and not product.takes_back)


def kind_of(product: Product | None, *, service: bool = False) -> str:
    """As `Line.digital` says it; "" also for what is not known (yet)."""
    if service:
        return SERVICE
    return product.digital if product else ""


def shipping_weights(totals: Sequence[int], kinds: Sequence[str]) -> list[int]:
    """The weights by which lines bear the shipping charge: nothing for what is not carried."""
    found = [0 if kind else total for total, kind in zip(totals, kinds, strict=True)]
    return found if any(found) else list(totals)


def plan_with_digital_part(
    plan: Plan, snapshot: OrderSnapshot, lines: LineUnits, now: int, first_part: int
) -> Plan:
    """The plan, with one more part for `lines`, none of them goods, and one for services among
    them: these wait for the goods.
    """
    served = {no: which for no, which in lines.items() if snapshot.line(no).digital == SERVICE}
    given = {no: which for no, which in lines.items() if no not in served}
    parts = plan.parts
    for some in filter(None, (given, served)):
        number = max((part.number + 1 for part in parts), default=first_part)
        released = max(snapshot.line(no).release_at for no in some)
        parts = (*parts, PlannedPart(number, DIGITAL, some, digital_promise(now, released)))
    how = plan.how if plan.parts or plan.unfilled else DIGITAL
    return replace(plan, parts=parts, how=how)


def of_services(snapshot: OrderSnapshot, lines: LineUnits) -> bool:
    """Whether these lines are services alone."""
    return all(snapshot.line(no).digital == SERVICE for no in lines)


def goods_are_awaited(order: Order) -> bool:
    """Some goods have neither left nor ended: services are delivered with the last of them."""
    held = order.snapshot.goods(order.open) or any(
        order.snapshot.goods(plan.lines) for plan in order.planned
    )
    parts = (part for part in order.parts if not part.digital)
    return bool(held) or any(part.status not in fo.TERMINAL for part in parts)


def services_to_deliver(order: Order) -> list[int]:
    """Numbers of parts that waited for the goods, and do no longer."""
    waiting = [
        part.number
        for part in order.parts
        if part.digital and part.status == fo.ASSIGNED and of_services(order.snapshot, part.lines)
    ]
    return [] if not waiting or goods_are_awaited(order) else waiting


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
