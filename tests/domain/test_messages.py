"""Which message follows from which event, and which does not any more."""

from __future__ import annotations

from typing import Any

import pytest

from oms.domain.consequences.table import messages_of, types_for_customers
from oms.domain.model.channel import Channel
from oms.domain.model.order import Order
from oms.domain.model.units import of
from oms.domain.notifying.message_data import data_of, email_of
from oms.domain.notifying.messages import (
    OF_A_PART,
    OF_A_RETURN,
    TRUE,
    WHOLE_ORDER,
    CustomerMessage,
    messages_for,
)
from oms.domain.timeline import Entry
from oms.gateways.notifications.templates import FIELDS, STATUSES
from tests.cloud import NODES, NOW
from tests.usecases.orders import order, part, payment, returned

CHANNEL = Channel("web", "Ada's shop", "EUR")

# status of part 1, of what was told before → event → message
ONE_PART = """
ASSIGNED         |                          | order.confirmed               | SUPPORT_WAITING 0
ACCEPTED         | SUPPORT_WAITING          | fulfilment.accepted           | IN_PREPARATION 0
PICKED           | SUPPORT_WAITING          | fulfilment.accepted           | IN_PREPARATION 0
REJECTED         | SUPPORT_WAITING          | fulfilment.accepted           | -
READY_TO_SHIP    | IN_PREPARATION           | fulfilment.labelled           | READY_TO_SHIP 1
SHIPPED          | IN_PREPARATION           | fulfilment.labelled           | READY_TO_SHIP 1
SHIPPED          | SHIPPED                  | fulfilment.labelled           | -
SHIPPED          | SHIPPED                  | fulfilment.accepted           | -
ACCEPTED         | IN_PREPARATION           | order.confirmed               | -
SHIPPED          | READY_TO_SHIP            | fulfilment.shipped            | SHIPPED 1
DELIVERED        | SHIPPED                  | fulfilment.delivered          | DELIVERED 1
DELIVERED        | DELIVERED                | fulfilment.shipped            | -
RETURNED_TO_SENDER | SHIPPED DELIVERY_FAILED | fulfilment.returned_to_sender | RETURNED_TO_SENDER 1
RETURNED_TO_SENDER | DELIVERED              | fulfilment.returned_to_sender | RETURNED_TO_SENDER 1
RETURNED_TO_SENDER | SHIPPED                | fulfilment.delivered          | -
RETURNED_TO_SENDER | IN_PREPARATION         | fulfilment.shipped            | -
DELIVERY_FAILED  | SHIPPED                  | fulfilment.delivery_failed    | DELIVERY_FAILED 1
DELIVERED        | SHIPPED                  | fulfilment.delivery_failed    | -
READY_FOR_PICKUP | IN_PREPARATION           | fulfilment.ready_for_pickup   | READY_FOR_PICKUP 1
UNCOLLECTED      | IN_PREPARATION           | fulfilment.ready_for_pickup   | -
READY_FOR_PICKUP | READY_FOR_PICKUP         | fulfilment.pickup_reminded    | PICKUP_REMINDER 1
PICKED_UP        | READY_FOR_PICKUP         | fulfilment.pickup_reminded    | -
PICKED_UP        | READY_FOR_PICKUP         | fulfilment.collected          | PICKED_UP 1
UNCOLLECTED      | READY_FOR_PICKUP         | fulfilment.pickup_expired     | UNCOLLECTED 1
CANCELLED        | READY_TO_SHIP            | fulfilment.shipped            | -
ACCEPTED         |                          | fulfilment.picked             | -
ACCEPTED         |                          | stock_item.depleted           | -
"""


@pytest.mark.parametrize("row", ONE_PART.strip().splitlines())
def test_a_part_tells_what_is_true_and_not_late(row: str) -> None:
    status, told, event, expected = (cell.strip() for cell in row.split("|"))
    before = tuple((word, 1 if word in OF_A_PART else 0) for word in told.split())
    found = messages_for(order(parts=(part(1, status),), messages=before), event, 1)
    assert " ".join(f"{m.status} {m.part}" for m in found) == (expected if expected != "-" else "")


ORDERS: list[tuple[str, dict[str, Any], str, list[str]]] = [
    ("confirmed", {"status": "CONFIRMED"}, "order.confirmed", ["SUPPORT_WAITING"]),
    (
        "confirmed and short",
        {"status": "CONFIRMED", "waiting": {2: of(1)}},
        "order.confirmed",
        ["SUPPORT_WAITING", "BACKORDERED"],
    ),
    ("partly short", {"waiting": {2: of(1)}}, "order.routed", ["BACKORDERED"]),
    ("routed", {}, "order.routed", []),
    ("cancelled since", {"status": "CANCELLED"}, "order.confirmed", []),
    ("being cancelled", {"cancel_reason": "NO_LONGER"}, "order.confirmed", []),
    ("cancelled", {"status": "CANCELLED"}, "order.cancelled", ["CANCELLED"]),
    (
        "declined",
        {"status": "CANCELLED", "cancel_reason": "PAYMENT_DECLINED"},
        "order.payment_declined",
        ["PAYMENT_DECLINED"],
    ),
    (
        "nobody came",
        {"status": "CANCELLED", "parts": (part(1, "UNCOLLECTED"),)},
        "order.cancelled",
        [],
    ),
    (
        "the rest was cancelled",
        {
            "status": "COMPLETED",
            "cancel_reason": "NO_LONGER",
            "parts": (part(1, "SHIPPED", {1: "0-2"}), part(2, "CANCELLED", {2: "0"})),
        },
        "order.completed",
        ["CANCELLED"],
    ),
    ("completed", {"status": "COMPLETED", "parts": (part(1, "SHIPPED"),)}, "order.completed", []),
    (
        "undelivered money",
        {"payments": (payment(captured=10987, refunded=4600),)},
        "payment.refunded",
        ["REFUNDED"],
    ),
    ("a return's money", {"payments": (payment(captured=10987),)}, "payment.refunded", []),
    (
        "refunded",
        {"returns": (returned(1, {2: "0"}, money="SUCCEEDED", amount=4500),)},
        "return.refunded",
        ["REFUNDED"],
    ),
    (
        "refund in doubt",
        {"returns": (returned(1, {2: "0"}, money="IN_DOUBT", amount=4500),)},
        "return.refunded",
        [],
    ),
]


@pytest.mark.parametrize("case", ORDERS, ids=lambda case: case[0])
def test_the_order_tells_what_is_true(case: Any) -> None:
    _, given, event, expected = case
    number = 1 if event.startswith("return.") else 0
    given = dict(given)
    found = messages_for(order(given.pop("status", "IN_FULFILMENT"), **given), event, number)
    assert [message.status for message in found] == expected
    assert all(message.part == number for message in found)


def test_after_re_sourcing_nothing_below_is_told_again() -> None:
    parts = (part(1, "SHIPPED", {1: "0-2"}), part(2, "ACCEPTED", {2: "0"}))
    told = (("IN_PREPARATION", 0), ("SHIPPED", 1))
    assert messages_for(order(parts=parts, messages=told), "fulfilment.accepted", 2) == ()


def test_each_part_tells_its_own_progress() -> None:
    parts = (part(1, "SHIPPED", {1: "0-2"}), part(2, "READY_TO_SHIP", {2: "0"}))
    told = (("IN_PREPARATION", 0), ("SHIPPED", 1))
    found = messages_for(order(parts=parts, messages=told), "fulfilment.labelled", 2)
    assert found == (CustomerMessage("READY_TO_SHIP", 2),)


def test_every_status_has_its_condition_its_subject_and_a_text() -> None:
    statuses = {status for type in types_for_customers() for status in messages_of(type)}
    assert statuses == set(TRUE)
    assert statuses <= STATUSES
    assert statuses - {"PAYMENT_DECLINED"} <= WHOLE_ORDER | OF_A_PART | OF_A_RETURN


def pickup() -> Order:
    shelved = (Entry(5, "shelve", NOW, "ann"),)
    ready = part(
        1, "READY_FOR_PICKUP", node="store-paris", method="PICKUP", code="4711", timeline=shelved
    )
    return order(parts=(ready,))


def test_who_collects_reads_where_until_when_and_the_code() -> None:
    data = data_of(pickup(), CustomerMessage("READY_FOR_PICKUP", 1), CHANNEL, NODES[2])
    assert data == {
        "order": "WEB-1",
        "name": "Zoé",
        "shop": "Ada's shop",
        "items": "3 × T-shirt, 1 × Backpack",
        "node": "store-paris",
        "address": "1 Rue, 1 Paris",
        "collect_by": "2026-12-01",
        "code": "4711",
    }


@pytest.mark.parametrize("status", sorted(TRUE))
def test_the_texts_know_every_field(status: str) -> None:
    whole = order(
        parts=(part(1, "SHIPPED"),),
        returns=(returned(1, {2: "0"}, money="SUCCEEDED", amount=4500),),
        waiting={2: of(1)},
    )
    data = data_of(whole, CustomerMessage(status, 1), CHANNEL, NODES[0])
    assert set(data) <= FIELDS
    assert all(data.values())
    if status == "REFUNDED":
        assert data["amount"] == "45.00 EUR"


def test_a_message_goes_to_the_customer() -> None:
    assert email_of(order()) == "zoe@mail.example"
