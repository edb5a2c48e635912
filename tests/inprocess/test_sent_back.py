"""A parcel that its carrier sends back is at the sender's when it is "delivered", in whatever order
that is told; the money is due, a person knows, and the customer reads no "delivered".
"""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from local.seed.secrets import SECRETS
from oms.domain.model import fulfilment as fo
from oms.gateways.carriers.tariff import SIGNATURE_HEADER
from oms.gateways.signatures import hex_signature

from . import web
from .story import Story
from .world import World

SCANS = Path(__file__).parents[2] / "events/webhooks/returned_to_sender_then_delivered.json"
BACK, DELIVERED = json.loads(SCANS.read_text())["events"]
NODE = "dc-lille"


@pytest.fixture
def story() -> Story:
    story = Story(World())
    story.stocked(NODE, SKU_001=3)
    story.order_placed({"SKU-001": 2})
    story.ships(1)
    return story


def hear(story: Story, *scans: dict[str, Any]) -> None:
    """One signed body of the carrier."""
    (box,) = story.order.parts[0].packages
    body = json.dumps({"events": [{**scan, "tracking": box.tracking} for scan in scans]})
    headers = {SIGNATURE_HEADER: hex_signature(SECRETS["carrier"], body.encode())}
    key = "POST /webhooks/carriers/{carrier}"
    web.ok(story.world, key, body, headers=headers, carrier="swift")
    story.world.settle()


def told(story: Story) -> set[str]:
    return {str(row["status"]) for row in story.order.messages}


def test_back_at_the_sender_is_not_delivered(story: Story) -> None:
    hear(story, BACK)
    hear(story, DELIVERED)
    (part,), (ret,) = story.order.parts, story.order.returns
    assert part.status == fo.RETURNED_TO_SENDER
    assert told(story) >= {"SHIPPED", "DELIVERY_FAILED", "RETURNED_TO_SENDER"}
    assert not told(story) & {"DELIVERED", "RETURN_REQUESTED"}
    [case] = [each for each in story.order.cases if each["status"] == "OPEN"
              and "RETURNED_TO_SENDER" in str(each["sk"])]  # fmt: skip
    assert (case["return"], case["refund_due"]) == (ret.number, 2 * 1999)
    shown = web.ok(
        story.world, "GET /orders/{order_id}", scope="oms/storefront", order_id=story.order_id
    )
    assert shown["customer_status"] == "RETURNED_TO_SENDER"


def test_the_sender_receives_it_and_the_money_goes_back(story: Story) -> None:
    hear(story, BACK, DELIVERED)
    story.arrives(NODE, {1: 2})
    story.judged(NODE, {1: (2, "RESTOCK")})
    assert story.order.returns[0].money == "SUCCEEDED"
    assert "REFUNDED" in told(story)
    assert "RETURNED" not in told(story), "the customer sent nothing"


TRANSIT = {"event_id": "t1", "status": "IN_TRANSIT", "at": "2026-11-30T12:00:05Z"}


@pytest.mark.parametrize("scans", permutations([BACK, TRANSIT, DELIVERED]))
def test_the_end_is_the_same_in_whatever_order_scans_come(story: Story, scans: Any) -> None:
    for scan in scans:
        hear(story, scan)
    seen = story.order
    assert seen.parts[0].status == fo.RETURNED_TO_SENDER
    assert len(seen.returns) == 1
    hear(story, *scans)
    assert story.order.returns == seen.returns
    assert story.order.cases == seen.cases


def test_a_second_attempt_that_succeeds_is_delivered(story: Story) -> None:
    hear(story, {**BACK, "status": "FAILURE"})
    hear(story, DELIVERED)
    assert story.order.parts[0].status == fo.DELIVERED
    assert "DELIVERED" in told(story)


def test_one_that_is_sent_back_after_it_was_delivered_is_a_case(story: Story) -> None:
    hear(story, {**DELIVERED, "at": "2026-11-30T11:00:00Z"})
    hear(story, BACK)
    assert story.order.parts[0].status == fo.DELIVERED
    assert [str(case["sk"]).split("#")[1] for case in story.order.cases] == ["DELIVERY_FAILED"]


def test_a_resolved_case_is_not_opened_by_the_same_scan(story: Story) -> None:
    hear(story, BACK, DELIVERED)
    path = {"order_id": story.order_id, "kind": "RETURNED_TO_SENDER", "part": 1}
    route = "POST /orders/{order_id}/cases/{kind}/{part}/resolve"
    web.ok(story.world, route, {"note": "called"}, scope="oms/service", **path)
    hear(story, BACK, DELIVERED)
    case = story.world.orders.case(story.order_id, "RETURNED_TO_SENDER", 1)
    assert case["status"] == "RESOLVED"


def test_a_return_across_the_counter_is_one_message(story: Story) -> None:
    hear(story, DELIVERED)
    line = {"line": 1, "quantity": 1, "reason": "DOES_NOT_FIT"}
    judged = {"line": 1, "accepted": 1, "disposition": "RESTOCK"}
    node = "store-lyon"
    story._staff(
        "POST /orders/{order_id}/returns/counter",
        {"key": "till", "lines": [line | judged], "node": node},
        node,
    )
    assert "REFUNDED" in told(story)
    assert not told(story) & {"RETURN_REQUESTED", "RETURNED"}
