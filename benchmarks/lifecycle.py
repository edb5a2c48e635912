"""One order from the cart to the door, through the public API, as everybody in it would act.

placed → authorised → allocated → accepted → picked → packed → labelled → shipped → captured →
delivered. Between the steps the stack is left to come to rest, as it does where people work. What
is waited for is looked up around the API, so that looking costs nothing.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from benchmarks.world import Metered, MeteredWorld
from local.actors.patience import eventually
from local.actors.staff import TO_SHIP
from oms.stores.dynamo.table import Table
from oms.stores.orders.store import OrderStore

ONE_PART = {"SKU-001": 1, "SKU-002": 2, "SKU-003": 1}
TWO_PARTS = {"SKU-031": 1, "SKU-032": 1}  # each lies in another warehouse only
BETWEEN_STEPS_S = 0.5
MESSAGES_AT_LEAST = 3
CLAIM_CHECK = "ClaimCheckQueue"


@dataclass(frozen=True, slots=True)
class Story:
    """An order that came to its end, and what that took."""

    order_id: str
    began_ms: int  # of the wall clock
    ended_ms: int
    metered: Metered


def live_through(world: MeteredWorld, cart: dict[str, int], *, parts: int) -> Story:
    """Raises NotInTime where the order does not get there."""
    actors = world.actors
    world.settle()
    began, began_ms = world.now(), _wall_ms()
    order = actors.shop.place(cart)
    found = eventually(
        lambda: _parts(world, order),
        lambda seen: len(seen) == parts,
        waiting_for=f"{parts} parts of order {order}",
    )
    shipped = [_work(world, order, part.number, part.node) for part in found]
    actors.carrier.deliver(*shipped)
    eventually(lambda: _ended(world, order), waiting_for=f"the end of order {order}")
    world.settle()
    _check_claims(world, began)
    world.settle()
    return Story(order, began_ms, _wall_ms(), world.since(began).of_orders)


def _wall_ms() -> int:
    return int(time.time() * 1000)


def _work(world: MeteredWorld, order: str, number: int, node: str) -> dict[str, Any]:
    """All steps of one part; its staff look at their list of work once."""
    crew = world.actors.crew(node)
    world.settle(BETWEEN_STEPS_S)
    part = next(p for p in crew.work() if (p["order_id"], p["part"]) == (order, number))
    for action in TO_SHIP:
        part = crew.do(action, order, number, version=part["version"])
        world.settle(BETWEEN_STEPS_S)
    return part


def _store(world: MeteredWorld) -> OrderStore:
    stack = world.stack
    return OrderStore(Table(stack.client("dynamodb"), stack.physical("OrdersTable")))


def _parts(world: MeteredWorld, order: str) -> Any:
    return _store(world).get(order).parts


def _ended(world: MeteredWorld, order: str) -> bool:
    """Concluded, delivered, paid, and the customer was told."""
    now = _store(world).get(order)
    captured = now.payment is not None and now.payment.captured > 0
    delivered = all(part.status == "DELIVERED" for part in now.parts)
    told = len(now.messages) >= MESSAGES_AT_LEAST
    return now.state.status == "COMPLETED" and captured and delivered and told


def _check_claims(world: MeteredWorld, began: float) -> None:
    """The check of fresh claims comes many minutes later: here its messages are handed over now."""
    url = world.stack.physical(CLAIM_CHECK)
    sent = [
        call.request["MessageBody"]
        for call in world.since(began).calls
        if call.operation == "SendMessage" and call.request.get("QueueUrl", "").endswith(url)
    ]
    arn = world.arn_of_queue(url)
    for number, body in enumerate(sent):
        record = {"messageId": str(number), "body": body, "eventSource": "aws:sqs"}
        event = {"Records": [record | {"eventSourceARN": arn, "messageAttributes": {}}]}
        answer = world.stack.client("lambda").invoke(
            FunctionName=world.stack.physical("FollowStockFunction"),
            Payload=json.dumps(event).encode(),
        )
        assert "FunctionError" not in answer, answer["Payload"].read()
