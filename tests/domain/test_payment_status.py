"""The payment roll-up: what is owed, what is held, what was taken."""

from __future__ import annotations

from typing import Any

import pytest

from oms.domain.model.order import Order
from oms.domain.orders.payment_status import roll_up
from tests.usecases.orders import order, part, payment, returned

SENT = (part(1, "SHIPPED"),)
TWO = (part(1, "SHIPPED", {1: "0-2"}), part(2, "CANCELLED", {2: "0"}))
LINE_1, LINE_2 = 6387, 4600  # with their shares of shipping

CASES: list[tuple[str, dict[str, Any], str, str, int, int]] = [
    ("nothing yet", {"status": "RECEIVED"}, "NONE", "NONE", 10987, 0),
    ("declined", {"status": "CANCELLED", "payments": (payment("DECLINED"),)}, "NONE", "NONE", 0, 0),
    ("pending", {"payments": (payment("PENDING"),)}, "NONE", "NONE", 10987, 0),
    ("authorised", {"payments": (payment(),)}, "FULL", "NONE", 10987, 0),
    (
        "some captured",
        {"parts": SENT, "payments": (payment(captured=LINE_1),)},
        "FULL",
        "PARTIAL",
        10987,
        0,
    ),
    (
        "all captured",
        {"parts": SENT, "payments": (payment(captured=10987),), "status": "COMPLETED"},
        "FULL",
        "FULL",
        10987,
        0,
    ),
    (
        "the rest cancelled",
        {"parts": TWO, "payments": (payment(captured=LINE_1),)},
        "FULL",
        "FULL",
        LINE_1,
        0,
    ),
    (
        "taken and then cancelled",
        {"parts": TWO, "payments": (payment(captured=10987),)},
        "FULL",
        "OVER",
        LINE_1,
        LINE_2,
    ),
    (
        "given back",
        {"parts": TWO, "payments": (payment(captured=10987, refunded=LINE_2),)},
        "FULL",
        "FULL",
        LINE_1,
        0,
    ),
    (
        "a refund is granted, not paid",
        {
            "parts": SENT,
            "payments": (payment(captured=10987),),
            "returns": (returned(1, {2: "0"}, money="DUE", amount=4500),),
        },
        "FULL",
        "OVER",
        6487,
        4500,
    ),
    (
        "a refund is denied",
        {
            "parts": SENT,
            "payments": (payment(captured=10987),),
            "returns": (returned(1, {2: "0"}, money="DENIED", amount=0),),
        },
        "FULL",
        "FULL",
        10987,
        0,
    ),
    (
        "all cancelled, all released",
        {"status": "CANCELLED", "payments": (payment("VOIDED"),)},
        "NONE",
        "NONE",
        0,
        0,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_the_roll_up_follows_from_the_records(case: Any) -> None:
    _, given, authorised, charged, target, due = case
    rolled = roll_up(_order(**given))
    assert (rolled.authorised_status, rolled.charge_status) == (authorised, charged)
    assert (rolled.target, rolled.refund_due) == (target, due)


def test_a_concluded_order_holds_no_money_open() -> None:
    parts, paid = TWO, (payment(captured=LINE_1),)
    assert roll_up(_order(parts=parts, payments=paid)).open == LINE_2
    assert roll_up(_order("COMPLETED", parts=parts, payments=paid)).open == 0


def _order(status: str = "IN_FULFILMENT", **more: Any) -> Order:
    return order(status, more.pop("parts", ()), **more)
