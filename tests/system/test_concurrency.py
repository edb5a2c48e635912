"""Many callers at once over HTTP: nothing is sold twice, nothing is lost, all get an answer."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import pytest

from local.actors.api import JSON, Api, Problem
from local.actors.patience import eventually
from local.actors.seen import Seen
from local.actors.service import Service
from local.actors.staff import Part, Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from oms.domain.model.order import COMPLETED
from oms.domain.model.stock_item import StockItem, problems
from tests.system.evidence import wait_for_shelf

pytestmark = pytest.mark.system

NODE = "dc-lille"  # keeps no safety stock
BUYERS, STOCK = 200, 50  # all buyers have their request in flight at the same moment
SAME, RACES, RACES_AT_ONCE = 16, 20, 4


class Answer(NamedTuple):
    status: int
    body: Any

    @property
    def type(self) -> str:
        return str(self.body.get("type", "")).rpartition("/")[2]


def test_two_hundred_buyers_of_fifty_get_fifty(world: World, shop: Storefront) -> None:
    sku = world.new_sku({NODE: STOCK})
    bodies = [shop.body({sku: 1}) for _ in range(BUYERS)]
    answers = at_once([buying(shop.api, body) for body in bodies], BUYERS)
    assert Counter(answer.status for answer in answers) == {201: STOCK, 409: BUYERS - STOCK}
    refusals = [answer for answer in answers if answer.status == 409]
    assert {answer.type for answer in refusals} == {"OutOfStock"}
    assert all(answer.body["missing"] == {sku: 1} for answer in refusals)
    assert all(answer.body["alternatives"]["available_now"] == {sku: 0} for answer in refusals)

    item = stored(world, sku)
    sold = {answer.body["id"] for answer in answers if answer.status == 201}
    assert problems(item) == []
    assert (item.on_hand, item.allocated, item.available) == (STOCK, STOCK, 0)
    assert {claim.partition(".")[0] for claim in item.claims} == sold
    assert len(sold) == len(item.claims) == STOCK

    lines = ledger(world, item)
    assert Counter(line["kind"] for line in lines) == {"RECEIVE": 1, "ALLOCATE": STOCK}
    assert [line["before"] for line in lines[1:]] == [line["after"] for line in lines[:-1]]
    moved = [line["quantity"] for line in lines if line["kind"] == "ALLOCATE"]
    assert (lines[-1]["after"]["on_hand"], sum(moved)) == (STOCK, item.allocated)
    assert lines[-1]["after"]["allocated"] == item.allocated


def test_an_order_sent_by_many_clients_at_once_is_one_order(world: World, shop: Storefront) -> None:
    sku = world.new_sku({NODE: STOCK})
    body = shop.body({sku: 2})
    answers = at_once([buying(shop.api, body)] * SAME, SAME)
    assert {answer.status for answer in answers} == {201}
    assert all(answer.body == answers[0].body for answer in answers)
    item = stored(world, sku)
    assert problems(item) == []
    assert dict(item.claims) == {f"{answers[0].body['id']}.1": "A2"}


def test_a_parcel_that_leaves_while_its_customer_cancels_has_left(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    """The customer's request and the handover race. The parcel is gone in either order, and is
    paid for; the customer is told that it is too late.
    """
    sku, parts = ready_to_ship(world, shop, staff)

    def race(part: Part) -> list[Answer]:
        cancel = said(shop.api, f"/orders/{part['order_id']}/cancel", {"reason": "NO_LONGER"})
        return at_once([cancel, doing(staff, "ship", part)], 2)

    for part, (cancelled, shipped) in zip(parts, each(race, parts), strict=True):
        assert shipped.status == 200, shipped
        assert cancelled.status == 200 or cancelled.type == "TooLateToCancel", cancelled
        seen = shop.wait(part["order_id"], lambda now: now.status == COMPLETED and paid(now))
        assert seen.customer_status == "SHIPPED"
    gone(world, sku, RACES)


def test_of_agreeing_to_cancel_and_shipping_one_comes_first(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    """Two people of the node: one agrees that the goods stay, the other hands them over."""
    sku, parts = ready_to_ship(world, shop, staff)
    for part in parts:
        assert service.cancel(part["order_id"])["outcome"] == "REQUESTED"

    def race(part: Part) -> list[Answer]:
        agree = doing(staff, "cancel-answer", part, answer="AGREE")
        return at_once([agree, doing(staff, "ship", part)], 2)

    for part, (agreed, shipped) in zip(parts, each(race, parts), strict=True):
        now = staff.at(NODE).see(part["order_id"], 1)
        assert shipped.status == 200, shipped  # what has left is a fact
        if now["status"] == "SHIPPED":
            assert agreed.type == "IllegalTransition", agreed
        else:
            assert (now["status"], now["flags"]) == ("CANCELLED", ["SHIPPED_AFTER_CANCEL"])
            assert agreed.status == 200
            kinds = [case["kind"] for case in service.see(part["order_id"]).raw["cases"]]
            assert kinds == ["SHIPPED_AFTER_CANCEL"]
    gone(world, sku, RACES)


def test_of_two_returns_of_the_same_units_at_once_one_is_taken(
    world: World, shop: Storefront, staff: Staff
) -> None:
    order = shop.place({world.new_sku({NODE: 2}): 2})
    staff.work_through(order)
    lines = [{"line": 1, "quantity": 2, "reason": "OTHER"}]
    answers = at_once(
        [
            said(shop.api, f"/orders/{order}/returns", {"key": f"r{n}", "lines": lines})
            for n in "12"
        ],
        2,
    )
    assert sorted(answer.status for answer in answers) == [201, 409]
    assert [a.type for a in answers if a.status == 409] == ["NothingToReturn"]
    again = at_once(
        [
            said(shop.api, f"/orders/{order}/returns", {"key": f"r{n}", "lines": lines})
            for n in "12"
        ],
        2,
    )
    assert [a.body.get("number") for a in again] == [a.body.get("number") for a in answers]


# --- at once ----------------------------------------------------------------------------------

Call = Callable[[], Answer]


def at_once(calls: Sequence[Call], clients: int) -> list[Answer]:
    """The answers, in the order of the calls; `clients` of them begin at the same moment."""
    start = threading.Barrier(clients)

    def call(numbered: tuple[int, Call]) -> Answer:
        number, what = numbered
        if number < clients:
            start.wait()
        return what()

    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(call, enumerate(calls)))


def each(do: Callable[[Part], Any], parts: Sequence[Part]) -> list[Any]:
    with ThreadPoolExecutor(RACES_AT_ONCE) as pool:
        return list(pool.map(do, parts))


def said(api: Api, path: str, body: object) -> Call:
    """One request, never repeated: what is busy would show as 503."""

    def call() -> Answer:
        try:
            answer = api._once("POST", path, json.dumps(body).encode(), JSON, None)
        except Problem as problem:
            return Answer(problem.status, problem.body)
        return Answer(answer.status, answer.body)

    return call


def buying(api: Api, body: object) -> Call:
    """A buyer whose request was not heard sends the same order again, as shops do."""

    def call() -> Answer:
        answer, _ = api.insist("/orders", body)
        return Answer(answer.status, answer.body)

    return call


def doing(staff: Staff, action: str, part: Part, **body: object) -> Call:
    crew = staff.at(part["node"])
    return said(
        crew.api, f"/orders/{part['order_id']}/fulfilment-orders/{part['part']}/{action}", body
    )


# --- before and after -------------------------------------------------------------------------


def ready_to_ship(world: World, shop: Storefront, staff: Staff) -> tuple[str, list[Part]]:
    """A SKU, and as many parts of one unit as there are races."""
    sku = world.new_sku({NODE: STOCK})

    def prepared(order: str) -> Part:
        part = staff.wait_for_part(order)
        for action in ("accept", "pick", "pack", "label"):
            part = staff.do(action, part)
        return part

    placed = [shop.place({sku: 1}) for _ in range(RACES)]
    return sku, [prepared(order) for order in placed]


def paid(seen: Seen) -> bool:
    return bool(seen.money["captured"] == seen.raw["totals"]["grand_total"])


def stored(world: World, sku: str) -> StockItem:
    item = world.loader.stock.items.get(sku, NODE)
    assert item is not None
    return item


def gone(world: World, sku: str, units: int) -> None:
    """So many units have left the books, no more and no less."""
    wait_for_shelf(world, sku, NODE, on_hand=STOCK - units, allocated=0, staged=0)
    item = stored(world, sku)
    assert (problems(item), dict(item.claims)) == ([], {})


def ledger(world: World, item: StockItem) -> list[dict[str, Any]]:
    """The lake's lines about this item, one for each version, once all have arrived."""
    s3, bucket = world.stack.client("s3"), world.stack.physical("LakeBucket")

    def lines() -> dict[int, dict[str, Any]]:
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="stock/")
        keys = [found["Key"] for page in pages for found in page.get("Contents", [])]
        bodies = [s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys]
        rows = [json.loads(row) for body in bodies for row in body.splitlines()]
        ours = [row for row in rows if (row["sku"], row["node"]) == (item.sku, item.node)]
        return {int(row["id"].rpartition(":")[2]): row for row in ours}

    found = eventually(
        lines,
        lambda rows: len(rows) == item.version,
        waiting_for=f"{item.version} lines of {item.sku} in the lake",
        describe=lambda rows: f"{len(rows)} lines",
    )
    return [found[version] for version in sorted(found)]
