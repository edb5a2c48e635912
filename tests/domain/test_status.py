"""What the customer reads: lowest rank over the live parts, and how far the others are."""

from __future__ import annotations

from typing import Any

import pytest

from oms.domain import lifecycle
from oms.domain.model import fulfilment as fo
from oms.domain.orders.status import OF_PART, RANK, customer_status
from tests.usecases.orders import order, part

# statuses of two parts (line 1, line 2) → status, partial, text
TWO_PARTS = """
ASSIGNED  ASSIGNED       | SUPPORT_WAITING  | no  | awaiting preparation
ASSIGNED  ACCEPTED       | SUPPORT_WAITING  | yes | awaiting preparation (1 of 2 in preparation)
PICKING   SHIPPED        | IN_PREPARATION   | yes | in preparation (1 of 2 shipped)
PICKED    PACKED         | IN_PREPARATION   | no  | in preparation
PACKED    READY_TO_SHIP  | IN_PREPARATION   | yes | in preparation (1 of 2 ready to ship)
READY_TO_SHIP SHIPPED    | READY_TO_SHIP    | yes | ready to ship (1 of 2 shipped)
SHIPPED   SHIPPED        | SHIPPED          | no  | shipped
SHIPPED   DELIVERY_FAILED| SHIPPED          | no  | shipped
SHIPPED   DELIVERED      | SHIPPED          | yes | shipped (1 of 2 delivered)
SHIPPED   CANCELLED      | SHIPPED          | no  | shipped
DELIVERED DELIVERED      | DELIVERED        | no  | delivered
PICKED_UP UNCOLLECTED    | PICKED_UP        | no  | picked up
CANCELLED CANCELLED      | CANCELLED        | no  | cancelled
UNCOLLECTED CANCELLED    | UNCOLLECTED      | no  | uncollected
"""


@pytest.mark.parametrize("row", TWO_PARTS.strip().splitlines())
def test_the_lowest_rank_of_the_live_parts_counts(row: str) -> None:
    statuses, status, partial, text = (cell.strip() for cell in row.split("|"))
    first, second = statuses.split()
    both = order(parts=(part(1, first, {1: "0-2"}), part(2, second, {2: "0"})))
    found = customer_status(both)
    assert (found.status, found.partial, found.text) == (status, partial == "yes", text)


WITHOUT_PARTS: list[tuple[dict[str, Any], str]] = [
    ({"status": "RECEIVED"}, "SUPPORT_WAITING"),
    ({"status": "CONFIRMED"}, "SUPPORT_WAITING"),
    ({"status": "CONFIRMED", "waiting": {1: frozenset({0})}}, "SUPPORT_WAITING"),
    ({"status": "CANCELLED"}, "CANCELLED"),
    ({"status": "CONFIRMED", "cancel_reason": "NO_LONGER"}, "CANCELLED"),
]


@pytest.mark.parametrize(("given", "expected"), WITHOUT_PARTS)
def test_what_no_part_holds_is_waiting_or_cancelled(given: dict[str, Any], expected: str) -> None:
    assert customer_status(order(**given)).status == expected


def test_units_given_back_wait_again() -> None:
    found = customer_status(
        order(parts=(part(1, "REJECTED", {1: "0-2"}), part(2, "SHIPPED", {2: "0"})))
    )
    assert found.status == "SUPPORT_WAITING"
    assert found.partial
    assert [(p.number, p.units) for p in found.parts] == [(2, 1), (0, 3)]


def test_units_given_back_after_a_cancellation_do_not_wait() -> None:
    parts = (part(1, "REJECTED", {1: "0-2"}), part(2, "SHIPPED", {2: "0"}))
    assert customer_status(order(parts=parts, cancel_reason="NO_LONGER")).text == "shipped"


def test_every_part_status_that_holds_units_means_something_to_the_customer() -> None:
    assert set(OF_PART) == set(lifecycle.FULFILMENT) - fo.LET_GO
    assert set(RANK) <= set(OF_PART.values())
