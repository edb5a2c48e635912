"""Deliver a digital part: take what each unit is given, then say that it is delivered.

    take      pool → unit, one transaction; a unit that has its code keeps it
    deliver   ASSIGNED → DELIVERED, one conditional write; money and the message follow from it

A crash between the two is healed by doing both again. A part that was cancelled between them gives
back what it took: nobody has seen it. Where codes run out the part waits under their SKU, a case
tells the merchant, and whoever loads codes has it delivered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from ...domain.digital.digital_goods import goods_with_links, units_with_codes
from ...domain.model import fulfilment as fo
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.order import Order
from ...domain.orders.digital import goods_are_awaited, of_services, released_at
from ...domain.timeline import Entry
from ...ports import Orders
from ..retrying import retrying
from ..serving.resolve_case import resolve_case
from .deps import DigitalDelivery

ACTOR = "digital"
OUT_OF_CODES = "OUT_OF_CODES"  # kind of exception case
DeliveryOutcome = Literal["DELIVERED", "WAITING", "NOT_YET", "NOTHING"]
DELIVERED: Final = "DELIVERED"
WAITING: Final = "WAITING"
NOT_YET: Final = "NOT_YET"
NOTHING: Final = "NOTHING"


def deliver_digital_part(order_id: str, number: int, *, deps: DigitalDelivery) -> DeliveryOutcome:
    """DELIVERED, also before; WAITING for codes; NOT_YET released; NOTHING to deliver."""

    def attempt() -> DeliveryOutcome:
        order = deps.orders.get(order_id)
        part = order.part(number)
        if part is None or not part.digital:
            return NOTHING
        if part.status != fo.ASSIGNED:
            return _ended(order, part, deps)
        if released_at(order.snapshot, part.lines) > deps.now:
            return NOT_YET
        if of_services(order.snapshot, part.lines) and goods_are_awaited(order):
            return NOT_YET
        if short := _take(order, part, deps):
            return _wait(part, short, deps)
        after = part.moved("deliver_digital", due=None)
        entry = Entry(part.version + 1, "deliver_digital", deps.now, ACTOR)
        part = deps.orders.save_part(after, entry)
        return _ended(order, part, deps)

    return retrying(attempt)


def _take(order: Order, part: FulfilmentOrder, deps: DigitalDelivery) -> dict[str, int]:
    """SKU → missing codes. Who waits says so before looking once more: whoever loads codes looks
    for who waits after that, so that one of the two sees the other.
    """
    snapshot, goods = order.snapshot, deps.goods
    wanted = units_with_codes(snapshot, part.lines)
    if len(wanted) < part.quantity:
        products = deps.config.products(part.by_sku)
        goods.put_links(order.id, goods_with_links(snapshot, part.lines, products))
    short = goods.take(order.id, wanted, deps.now) if wanted else {}
    if not short:
        return {}
    for sku in short:
        goods.wait(sku, order.id, part.number, part.assigned_at)
    return dict(goods.take(order.id, wanted, deps.now))


def _wait(part: FulfilmentOrder, short: dict[str, int], deps: DigitalDelivery) -> DeliveryOutcome:
    detail = {"reason": OUT_OF_CODES, "missing": short, "at": deps.now}
    deps.orders.open_case(part.order_id, OUT_OF_CODES, part.number, detail)
    return WAITING


def _ended(order: Order, part: FulfilmentOrder, deps: DigitalDelivery) -> DeliveryOutcome:
    """What nobody will see goes back. The case is closed while the part is still known to wait: who
    dies between the two is called again.
    """
    if part.status == fo.CANCELLED:
        deps.goods.give_back(order.id, part.lines)
    if any(_is_about(case, part.number) for case in order.cases):
        _closed(part, deps.orders, deps.now)
        for sku in set(units_with_codes(order.snapshot, part.lines).values()):
            deps.goods.waits_no_more(sku, order.id, part.number, part.assigned_at)
    return DELIVERED if part.status == fo.DELIVERED else NOTHING


def _is_about(case: Mapping[str, object], number: int) -> bool:
    _, kind, of = str(case["sk"]).split("#")
    return kind == OUT_OF_CODES and int(of) == number


def _closed(part: FulfilmentOrder, orders: Orders, now: int) -> None:
    note = f"the part is {part.status}"
    case = (OUT_OF_CODES, part.number)
    resolve_case(part.order_id, case, note, actor=ACTOR, orders=orders, now=now)
