"""Scenario 17: goods on their way are promised as far as their supplier is believed, arrive in
parts and not always whole, and serve who waits for them.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from local.actors.storefront import Storefront
from local.actors.supplier import NOTICES, ORDERS, TRANSFERS
from local.actors.world import World
from local.seed.suppliers import HASTY, RELIABLE
from tests.system.evidence import shelf, wait_for_state

pytestmark = pytest.mark.system
NODE, OTHER = "dc-leipzig", "dc-lille"


def day(ahead: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=ahead)).isoformat()


def test_an_order_waits_for_a_purchase_order_and_goes_on_when_it_arrives(
    world: World, shop: Storefront
) -> None:
    sku, id, buyer = world.new_sku(), world.new_id("PO"), world.logistics(NODE)
    buyer.make(ORDERS, id, {sku: 5}, supplier=RELIABLE, node=NODE, eta=day(9))
    buyer.do(ORDERS, id, "send")
    placed = shop.send(shop.body({sku: 3}, channel="patient"))
    assert placed["promise"]["ship_by"] >= day(10), "a day more to receive it"
    wait_for_state(world, placed["id"], "AwaitStock")

    def deliver(_: int) -> str:
        came = buyer.receive(ORDERS, id, "note-1", {sku: 4}, DAMAGED={sku: 1})
        return str(came["status"])

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(deliver, range(4))) == {"RECEIVED"}, "one delivery, told four times"
    (part,) = world.staff.wait_for_parts(placed["id"])
    assert part["node"] == NODE
    found = shelf(world, sku, NODE)
    assert (found.on_hand, found.available) == (5, 1)


def test_a_supplier_is_believed_as_far_as_it_deserves(world: World, shop: Storefront) -> None:
    sku, id, buyer = world.new_sku(), world.new_id("ASN"), world.logistics(NODE)
    buyer.make(NOTICES, id, {sku: 4}, supplier=HASTY, node=NODE, eta=day(5))
    sure = shop.send(shop.body({sku: 3}, channel="patient"))
    assert sure["promise"]["ship_by"] >= day(7)
    wait_for_state(world, sure["id"], "AwaitStock")
    beyond = shop.send(shop.body({sku: 1}, channel="patient"))
    assert not beyond["promise"], "the fourth unit is not believed in"


def test_a_transfer_moves_stock_and_is_supply_while_it_is_in_transit(world: World) -> None:
    sku = world.new_sku({OTHER: 6})
    id, source, target = world.new_id("T"), world.logistics(OTHER), world.logistics(NODE)
    source.make(TRANSFERS, id, {sku: 4}, source=OTHER, node=NODE, eta=day(2))
    source.do(TRANSFERS, id, "ready")
    assert source.do(TRANSFERS, id, "ship")["status"] == "IN_TRANSIT"
    assert shelf(world, sku, OTHER).available == 2
    expected = target.api.get(f"/nodes/{NODE}/documents")["documents"]
    assert id in [doc["id"] for doc in expected]
    part = target.receive(TRANSFERS, id, "lorry-1", {sku: 2})
    assert (part["status"], part["lines"][0]["outstanding"]) == ("PARTIALLY_RECEIVED", 2)
    ended = target.do(TRANSFERS, id, "close")
    assert (ended["status"], ended["lines"][0]["discrepancies"]) == ("CLOSED_SHORT", {"SHORT": 2})
    assert shelf(world, sku, NODE).available == 2
