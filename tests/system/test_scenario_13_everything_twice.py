"""Scenario 13: the same order, message, webhook, task or callback delivered again gives the same
answer and changes nothing.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import pytest

from local.actors import marketplace as amazon
from local.actors import shopify
from local.actors.patience import eventually
from local.actors.service import Service
from local.actors.staff import Part, Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from local.seed.secrets import SECRETS
from oms.domain.ids import operation_id
from oms.gateways.payments import ledger
from oms.gateways.payments.simulator import SimulatedPayments
from oms.stores.sandbox.memory import DynamoMemory
from tests.system.evidence import (
    Shelf,
    invoke,
    refused,
    shelf,
    states,
    token_of,
    told,
    wait_for_end,
    wait_for_shelf,
    wait_for_state,
    wait_until_told,
)

pytestmark = pytest.mark.system
NODE = "dc-lille"
T = TypeVar("T")


def twice(call: Callable[[], T]) -> T:
    """The answer, which is the same both times."""
    first, again = call(), call()
    assert again == first
    return first


class Everything(NamedTuple):
    """All that an order consists of."""

    order: dict[str, Any]
    messages: dict[Any, int]
    stock: Shelf
    states: list[str]


def everything(world: World, order: str, sku: str, node: str = NODE) -> Everything:
    seen = dict(world.service.see(order).raw)
    return Everything(seen, told(world, order), shelf(world, sku, node), states(world, order))


def unchanged(world: World, order: str, sku: str, call: Callable[[], object]) -> None:
    """The call has no effect, also none that comes later: another order overtakes it."""
    before = everything(world, order, sku)
    call()
    witness = world.new_sku({NODE: 1})
    wait_for_state(world, world.shop.place({witness: 1}), "Fulfil")
    assert everything(world, order, sku) == before


@pytest.fixture
def sku(world: World) -> str:
    return world.new_sku({NODE: 9})


def deliver(world: World, service: Service, order: str, *, written: bool = True) -> Part:
    """All the way; the part as its node sees it at the end. `written`: the customer hears of us."""
    [part] = world.staff.work_through(order)
    if written:  # of what was shipped nobody hears who heard of the delivery
        wait_until_told(world, order, "SHIPPED")
    world.carrier.deliver(part)
    service.wait(order, lambda seen: seen.status == "COMPLETED", waiting_for="COMPLETED")
    if written:
        wait_until_told(world, order, "SUPPORT_WAITING", "SHIPPED", "DELIVERED")
    wait_for_end(world, order)
    return world.staff.at(part["node"]).see(order, part["part"])


def test_every_call_of_an_orders_life_may_come_twice(
    world: World, shop: Storefront, staff: Staff, service: Service, sku: str
) -> None:
    body = shop.body({sku: 2})
    order = twice(lambda: shop.send(body))["id"]
    part = staff.wait_for_part(order)
    for action in ("accept", "start-pick", "pick", "pack", "label", "ship"):
        given = {"version": part["version"]}  # the second call's version is stale: no matter
        part = twice(lambda a=action, p=part, g=given: staff.do(a, p, **g))
    twice(lambda: service.see(order).raw["customer_status"])
    events = [world.carrier.event("DELIVERED", p["tracking"]) for p in part["packages"]]
    assert twice(lambda: world.carrier.send(events)) == {"accepted": 1, "not_ours": 0}
    seen = service.wait(order, lambda seen: seen.status == "COMPLETED", waiting_for="COMPLETED")
    assert [e for e in seen.events if e.startswith("fulfilment.")] == [
        f"fulfilment.{each}"
        for each in ("assign", "accept", "start_pick", "pick", "pack", "label", "ship", "deliver")
    ]
    wait_for_shelf(world, sku, NODE, on_hand=7, allocated=0, staged=0, available=7)
    assert shop.send(body)["id"] == order
    assert shop.send(body)["status"] == "RECEIVED", "the answer of then"
    other = body | {"lines": [body["lines"][0] | {"quantity": 1}], "total": None}
    refused(lambda: shop.send(other), 409, "IdempotencyConflict")
    assert max(wait_until_told(world, order, "DELIVERED").values()) == 1


def test_a_marketplace_message_and_a_webhook_may_come_twice(
    world: World, service: Service, sku: str
) -> None:
    message = amazon.order(world.new_id("TWICE"), {sku: 1})
    hook = shopify.order(world.new_id("TWICE"), {sku: 1})
    [ours] = world.marketplace.send(message)
    theirs = str(twice(lambda: world.shopify.send(hook))["id"])
    for order in (ours, theirs):
        deliver(world, service, order, written=False)  # marketplaces write themselves
    unchanged(world, ours, sku, lambda: world.marketplace.send(message, message))
    unchanged(world, theirs, sku, lambda: world.shopify.send(hook))


def test_every_task_and_queued_event_may_come_twice(
    world: World, shop: Storefront, service: Service, sku: str
) -> None:
    order = shop.place({sku: 2})
    wait_for_state(world, order, "Fulfil")
    wait_until_told(world, order, "SUPPORT_WAITING")

    def tasks(*calls: tuple[str, str]) -> list[str]:
        return [
            invoke(world, f"{function}Function", {"task": task, "order_id": order})["outcome"]
            for function, task in calls
        ]

    early = (("Pay", "authorise"), ("Allocate", "allocate"))
    unchanged(world, order, sku, lambda: same(tasks(*early), ["AUTHORISED", "FULFILLING"]))
    part = deliver(world, service, order)
    late = (*early, ("Pay", "conclude"))
    outcomes = ["AUTHORISED", "DONE", "COMPLETED"]
    unchanged(world, order, sku, lambda: same(tasks(*late), outcomes))
    event = {"order_id": order, "number": part["part"], "event": "shipped", "status": "SHIPPED"}
    for queue in ("CaptureQueue", "NotifyQueue"):
        body = json.dumps({"detail-type": "fulfilment.shipped", "detail": event})
        url = world.stack.physical(queue)
        send = world.stack.client("sqs").send_message
        unchanged(world, order, sku, lambda s=send, u=url, b=body: s(QueueUrl=u, MessageBody=b))


def same(found: list[str], expected: list[str]) -> None:
    assert found == expected


def test_the_providers_webhook_may_come_twice(
    world: World, shop: Storefront, staff: Staff, service: Service, sku: str
) -> None:
    """A payer who decides late: the order waits, and goes on once."""
    order = shop.place({sku: 2}, pay_with="tok_late")
    wait_for_state(world, order, "AwaitPayment")
    memory = DynamoMemory(world.stack.client("dynamodb"), world.stack.physical("SandboxTable"))
    provider = SimulatedPayments(memory, lambda: int(time.time()), SECRETS["sandbox"])
    ref = ledger.reference("sim", operation_id(order, "authorise", 1))
    headers, body = provider.complete_late(ref)
    hook = "/webhooks/payments/sandbox"
    answers = [world.api().call("POST", hook, body, headers).status for _ in range(2)]
    assert answers == [204, 204]
    assert len(staff.wait_for_parts(order)) == 1
    forged = headers | {"sandbox-signature": "t=1,v1=00"}
    refused(lambda: world.api().call("POST", hook, body, forged), 401, "Unauthenticated")
    wait_for_state(world, order, "Fulfil")
    unchanged(world, order, sku, lambda: world.api().call("POST", hook, body, headers))
    assert service.see(order).events.count("order.confirm") == 1


def test_a_task_token_answered_twice_moves_the_execution_once(
    world: World, shop: Storefront, sku: str
) -> None:
    """RESOURCE without a reason: Allocate finds nothing to do and waits again."""
    order = shop.place({sku: 2})
    went, token = wait_for_state(world, order, "Fulfil"), token_of(world, order)
    machines = world.stack.client("stepfunctions")
    answer = json.dumps({"outcome": "RESOURCE"})
    machines.send_task_success(taskToken=token, output=answer)
    again = [*went, "ByProgress", "Allocate", "ByAllocation", "Fulfil"]
    eventually(lambda: states(world, order), lambda s: s == again, waiting_for="it to wait again")
    gone = (
        machines.exceptions.TaskTimedOut,
        machines.exceptions.InvalidToken,
        machines.exceptions.TaskDoesNotExist,
    )
    with pytest.raises(gone):
        machines.send_task_success(taskToken=token, output=answer)
    assert states(world, order) == again
    assert shelf(world, sku, NODE) == Shelf(9, allocated=2, available=7)


def test_cancelling_and_sweeping_may_come_twice(
    world: World, shop: Storefront, staff: Staff, service: Service, sku: str
) -> None:
    order = shop.place({sku: 2})
    part = staff.do("accept", staff.wait_for_part(order))
    twice(lambda: service.cancel(order))
    twice(lambda: staff.do("cancel-answer", part, answer="AGREE"))
    service.wait(order, lambda seen: seen.status == "CANCELLED", waiting_for="CANCELLED")
    wait_until_told(world, order, "CANCELLED")
    wait_for_end(world, order)
    wait_for_shelf(world, sku, NODE, on_hand=9, allocated=0, staged=0, available=9)
    unchanged(world, order, sku, lambda: service.cancel(order))
    unchanged(world, order, sku, world.clock.sweep)


def test_every_call_of_a_return_may_come_twice(
    world: World, shop: Storefront, service: Service, sku: str
) -> None:
    order = shop.place({sku: 2})
    deliver(world, service, order)
    back = twice(lambda: service.request_return(order, {1: 2}, key="k"))
    back = twice(lambda: service.receive_return(back, NODE))
    service.inspect_return(back, NODE)
    done = service.wait_for_refund(back)
    wait_until_told(world, order, "REFUNDED")
    wait_for_shelf(world, sku, NODE, on_hand=9, unavailable=0, available=9)
    done = eventually(
        lambda: service.see_return(order, 1), lambda r: r["status"] == "COMPLETED"
    )  # fmt: skip

    def all_again() -> None:
        assert service.request_return(order, {1: 2}, key="k") == done
        assert service.receive_return(back, NODE) == done
        assert service.inspect_return(back, NODE) == done
        task = {"task": "refund", "order_id": order, "number": 1}
        assert invoke(world, "RefundFunction", task)["outcome"] == "SUCCEEDED"
        invoke(world, "RefundFunction", task | {"task": "conclude"})

    unchanged(world, order, sku, all_again)


def test_a_receipt_a_count_and_an_adjustment_are_booked_once(world: World, sku: str) -> None:
    api, known = world.crew(NODE).api, {"sku": sku, "node": NODE}
    reports = (
        ("receipts", {"quantity": 4}, 13),
        ("adjustments", {"delta": -2, "reason": "broken"}, 11),
        ("counts", {"counted": 20}, 20),
    )
    for path, what, on_hand in reports:
        body = {"id": world.new_id("REPORT"), **known, **what}
        first, again = (api.post(f"/stock/{path}", body) for _ in range(2))
        assert (first["booked"], again["booked"]) == (True, False), path
        assert first["on_hand"] == again["on_hand"] == on_hand, path
