"""Orders for tests, in any state a customer can meet: plain values, and written to a world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from oms.domain.ids import order_id
from oms.domain.model import units
from oms.domain.model.address import Address
from oms.domain.model.customer import Customer
from oms.domain.model.fulfilment import FulfilmentOrder
from oms.domain.model.money import Money
from oms.domain.model.order import Order, OrderLine, OrderSnapshot, OrderState
from oms.domain.model.payment import MoneyMove, Payment, PaymentMeans
from oms.domain.model.plan import PlannedPart
from oms.domain.model.promise import Promise
from oms.domain.model.returns import Receipt, Return
from oms.domain.timeline import Entry
from tests.cloud import NOW, World

ID = order_id("web", "WEB-1")
CUSTOMER = Customer("c-1", "zoe@mail.example", "Zoé Durand", "+33100000001", "en")
HOME = Address("Zoé Durand", "1 rue des Exemples", "Paris", "FR", "75011", phone="+33100000001")
PROMISE = Promise("SHIP", deliver_by="2026-11-27")
CARD = PaymentMeans("card", "sandbox", "tok_visa")
LINES = (
    OrderLine(1, "SKU-001", 3, 5997, tax=999, shipping=390, name="T-shirt"),
    OrderLine(2, "SKU-002", 1, 4500, tax=750, shipping=100, name="Backpack"),
)


def snapshot(**changes: Any) -> OrderSnapshot:
    agreed = OrderSnapshot(
        id=ID,
        channel="web",
        external_id="WEB-1",
        placed_at=NOW,
        currency="EUR",
        customer=CUSTOMER,
        lines=LINES,
        grand_total=10987,
        shipping=490,
        means=CARD,
        method="SHIP",
        ship_to=HOME,
        promise=PROMISE,
    )
    return replace(agreed, **changes)


def part(number: int = 1, status: str = "ASSIGNED", lines: Any = None, **more: Any) -> Any:
    """`lines`: line number → units as text; all of the order unless said."""
    held = {no: units.parse(text) for no, text in (lines or {1: "0-2", 2: "0"}).items()}
    return FulfilmentOrder(
        order_id=ID,
        number=number,
        node=more.pop("node", "dc-lille"),
        method=more.pop("method", "SHIP"),
        lines=held,
        skus={no: LINES[no - 1].sku for no in held},
        status=status,
        assigned_at=NOW,
        **more,
    )


def plan(number: int, lines: Mapping[int, str], node: str = "dc-lille") -> PlannedPart:
    return PlannedPart(number, node, {no: units.parse(text) for no, text in lines.items()})


def payment(status: str = "AUTHORISED", *, captured: int = 0, refunded: int = 0) -> Payment:
    captures = {"1": MoneyMove(captured, "SUCCEEDED")} if captured else {}
    refunds = {"undelivered": MoneyMove(refunded, "SUCCEEDED")} if refunded else {}
    id = f"{ID}:authorise:1"
    amount = Money(10987, "EUR")
    return Payment(1, id, CARD, status, amount, captures=captures, refunds=refunds)


def returned(number: int, lines: Mapping[int, str], *, money: str, amount: int) -> Return:
    which = {no: units.parse(text) for no, text in lines.items()}
    reasons = dict.fromkeys(which, "DOES_NOT_FIT")
    return Return(
        ID, number, f"key-{number}", which, reasons, status="INSPECTED", money=money,
        receipts=(Receipt("store-paris", which),), amount=amount,
    )  # fmt: skip


def order(
    status: str = "IN_FULFILMENT",
    parts: tuple[FulfilmentOrder, ...] = (),
    *,
    payments: tuple[Payment, ...] = (),
    returns: tuple[Return, ...] = (),
    messages: tuple[tuple[str, int], ...] = (),
    **state: Any,
) -> Order:
    rows = tuple({"status": status, "part": number, "at": NOW} for status, number in messages)
    return Order(
        snapshot(), OrderState(status=status, **state), parts, payments, returns, messages=rows
    )


def write(world: World, order: Order) -> Order:
    """Put the order into the tables as if it had come this far; answers it as read."""
    world.orders.create(order.snapshot, Entry(1, "placed", NOW, "channel:web"))
    if order.state != OrderState():
        world.orders.save_state(order, order.state, Entry(1, "confirm", NOW, "payments"))
    for each in order.parts:
        world.orders.save_part(each, Entry(1, "assign", NOW, "sourcing"))
    for paid in order.payments:
        world.orders.save_payment(order.id, paid, Entry(1, "authorised", NOW, "payments"))
    for ret in order.returns:
        world.orders.save_return(ret, Entry(1, "request", NOW, "c-1"))
    return world.orders.get(order.id)
