"""Collected at a store, sent from elsewhere: ready when all of it has arrived, then as any pickup."""

from __future__ import annotations

import pytest

from local.actors.service import Service
from local.actors.staff import Part, Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from tests.system.evidence import refused, wait_for_end, wait_for_shelf

pytestmark = pytest.mark.system
STORE = "store-paris"


def send(staff: Staff, part: Part) -> Part:
    """From its source to the store."""
    for action in ("accept", "pick", "pack", "label", "dispatch"):
        sent = staff.do(action, part)
    assert staff.do("dispatch", part) == sent, "said again by the source"
    return sent


def test_a_pickup_is_ready_when_all_its_transfers_have_arrived(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    near, far = world.new_sku({"dc-lille": 5}), world.new_sku({"dc-leipzig": 5})
    cart, wishes = {near: 1, far: 1}, {"collect_at": STORE, "service": "ship_to_store"}
    order = shop.place(cart, channel="to-store", **wishes)
    parts = staff.wait_for_parts(order, 2)
    assert {part["node"] for part in parts} == {"dc-lille", "dc-leipzig"}
    sent = [send(staff, part) for part in parts]
    for part in sent:
        assert part["packages"][0]["tracking"], "labelled to the store"
        [label] = world.crew(STORE).labels(order, part["part"])
        assert label["tracking"] == part["packages"][0]["tracking"]
    assert {(part["status"], part["node"]) for part in sent} == {("IN_TRANSFER", STORE)}
    assert shop.see(order).customer_status == "IN_PREPARATION"
    wait_for_shelf(world, near, "dc-lille", on_hand=4, staged=0, allocated=0)

    staff.do("arrive", sent[0])
    body = refused(lambda: staff.do("shelve", sent[0]), 409, "IllegalTransition")
    assert body["waiting_for"] == [sent[1]["part"]]
    staff.do("arrive", sent[1])
    for sku in (near, far):
        wait_for_shelf(world, sku, STORE, on_hand=1, staged=1, available=0)
    for part in sent:
        staff.do("shelve", part)
    ready = shop.wait_for(order, "READY_FOR_PICKUP")
    codes = {part["number"]: part["pickup_code"] for part in ready.parts}
    for part in sent:
        staff.do("collect", part, code=codes[part["part"]])
    shop.wait_for(order, "PICKED_UP")
    wait_for_end(world, order)
    seen = service.see(order)
    assert seen.money["captured"] == seen.raw["totals"]["grand_total"]
    wait_for_shelf(world, far, STORE, on_hand=0, staged=0)


def test_what_is_lost_on_its_way_comes_from_another_node(
    world: World, shop: Storefront, staff: Staff
) -> None:
    sku = world.new_sku({"dc-lille": 5, "dc-leipzig": 5})
    wishes = {"collect_at": STORE, "service": "ship_to_store"}
    order = shop.place({sku: 1}, channel="to-store", **wishes)
    lost = send(staff, staff.wait_for_part(order))
    staff.do("arrive", lost, arrived={"1": 0})
    again = staff.wait_for_part(order, after=lost["part"])
    assert again["node"] not in (STORE, "dc-lille")
    staff.do("arrive", send(staff, again))
    staff.do("shelve", {**again, "node": STORE})
    shop.wait_for(order, "READY_FOR_PICKUP")
