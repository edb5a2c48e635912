"""Ship-to-store: the goods travel first, and the order is ready when all of them have arrived."""

from __future__ import annotations

import pytest

from oms.domain.errors import IllegalTransition, NotFound, ValidationFailed
from oms.domain.model import fulfilment as fo
from oms.domain.model.channel import Channel
from oms.domain.model.fulfilment import FulfilmentOrder
from oms.domain.model.shipping import DELIVERED, TrackingUpdate
from oms.domain.notifying.messages import messages_for
from oms.domain.orders import progress
from oms.domain.preparing.steps import actions
from oms.domain.preparing.tracking import label_request_id
from oms.stores.config.keys import channel_pk
from oms.usecases.preparing.command import PartCommand
from oms.usecases.preparing.list_work import get_labels
from oms.usecases.preparing.shelve_part import shelve_part
from oms.usecases.preparing.track_parcel import track_parcel
from oms.usecases.preparing.transfer_part import arrive_part, dispatch_part
from tests.cloud import World, receive
from tests.orders import allocate, assigned
from tests.parts import at, follow, item, through
from tests.usecases.staff_floor import Floor, preparing

STORE, LILLE, LEIPZIG = "store-paris", "dc-lille", "dc-leipzig"


def dispatch(world: World, order: str, number: int, node: str = LILLE) -> FulfilmentOrder:
    command, deps = PartCommand(order, number, at(node)), preparing(world)
    part = dispatch_part(command, deps=deps)
    assert dispatch_part(command, deps=deps) == part
    follow(world, part, "dispatch")
    return part


def arrive(world: World, order: str, number: int, **arrived: int) -> FulfilmentOrder:
    counts = {int(no.removeprefix("line")): count for no, count in arrived.items()}
    command, deps = PartCommand(order, number, at(STORE)), preparing(world)
    part = arrive_part(command, arrived=counts, deps=deps)
    assert arrive_part(command, arrived=counts, deps=deps) == part
    follow(world, part, "lose" if part.status == fo.REJECTED else "arrive")
    return part


def shelve(world: World, order: str, number: int) -> FulfilmentOrder:
    return shelve_part(PartCommand(order, number, at(STORE)), deps=preparing(world))


def ordered(world: World, **quantities: int) -> str:
    services = ("standard", "ship_to_store")
    world.config.put(channel_pk("web"), Channel("web", "Web", "EUR", services=services))
    cart = {sku.replace("_", "-"): quantity for sku, quantity in quantities.items()}
    order = assigned(
        world, cart, method="PICKUP", node=STORE, service="ship_to_store", ship_to=None
    )
    return order.id


def test_goods_travel_to_the_store_and_are_collected_there(world: World) -> None:
    receive(world, "SKU-001", LILLE, 5)
    order = ordered(world, SKU_001=2)
    part = world.orders.part(order, 1)
    assert (part.node, part.to, part.method) == (LILLE, STORE, "PICKUP")
    through(world, order, 1, "accept", "pick", "pack")
    with pytest.raises(IllegalTransition):
        shelve_part(PartCommand(order, 1, at(LILLE)), deps=preparing(world))
    sent = dispatch(world, order, 1)
    assert (sent.status, sent.node, sent.sent_from) == (fo.IN_TRANSFER, STORE, LILLE)
    assert item(world, "SKU-001") == {"on_hand": 3, "allocated": 0, "staged": 0, "available": 3}
    with pytest.raises(IllegalTransition):
        shelve(world, order, 1)
    assert arrive(world, order, 1).status == fo.ARRIVED
    here = {"on_hand": 2, "allocated": 0, "staged": 2, "available": 0}
    assert item(world, "SKU-001", STORE) == here
    assert shelve(world, order, 1).status == fo.READY_FOR_PICKUP
    through(world, order, 1, "collect")
    gone = {"on_hand": 0, "allocated": 0, "staged": 0, "available": 0}
    assert item(world, "SKU-001", STORE) == gone
    follow(world, world.orders.part(order, 1), "arrive")
    assert item(world, "SKU-001", STORE) == gone, "told again, nothing comes back"


def test_the_order_is_ready_when_all_transfers_have_arrived(world: World) -> None:
    receive(world, "SKU-001", LILLE, 5)
    receive(world, "SKU-002", LEIPZIG, 5)
    order = ordered(world, SKU_001=1, SKU_002=1)
    nodes = {part.number: part.node for part in world.orders.get(order).parts}
    assert set(nodes.values()) == {LILLE, LEIPZIG}
    for number, node in nodes.items():
        through(world, order, number, "accept", "pick", "pack")
        dispatch(world, order, number, node)
    arrive(world, order, 1)
    with pytest.raises(IllegalTransition) as refused:
        shelve(world, order, 1)
    assert refused.value.extra["waiting_for"] == [2]
    arrive(world, order, 2)
    for number in nodes:
        assert shelve(world, order, number).status == fo.READY_FOR_PICKUP


def test_what_does_not_arrive_is_sourced_anew(world: World) -> None:
    receive(world, "SKU-001", LILLE, 5)
    receive(world, "SKU-001", LEIPZIG, 5)
    order = ordered(world, SKU_001=3)
    through(world, order, 1, "accept", "pick", "pack")
    dispatch(world, order, 1)
    part = arrive(world, order, 1, line1=2)
    assert (part.status, part.quantity) == (fo.ARRIVED, 2)
    assert progress.situation(world.orders.get(order)) == progress.RESOURCE
    allocate(world, order)
    again = world.orders.part(order, 2)
    assert (again.node, again.to, again.quantity) == (LEIPZIG, STORE, 1)
    with pytest.raises(IllegalTransition):
        shelve(world, order, 1)


def test_a_transfer_that_is_lost_is_sourced_anew(world: World) -> None:
    receive(world, "SKU-001", LILLE, 5)
    receive(world, "SKU-001", LEIPZIG, 5)
    order = ordered(world, SKU_001=1)
    through(world, order, 1, "accept", "pick", "pack")
    dispatch(world, order, 1)
    assert arrive(world, order, 1, line1=0).status == fo.REJECTED
    allocate(world, order)
    assert world.orders.part(order, 2).node == LEIPZIG
    assert [e.node for e in world.orders.get(order).exclusions] == [LILLE]


def test_only_the_store_receives_and_counts_are_checked(world: World) -> None:
    receive(world, "SKU-001", LILLE, 5)
    order = ordered(world, SKU_001=1)
    through(world, order, 1, "accept", "pick", "pack")
    dispatch(world, order, 1)
    with pytest.raises(NotFound):
        arrive_part(PartCommand(order, 1, at(LILLE)), arrived={}, deps=preparing(world))
    for wrong in ({1: 2}, {7: 1}):
        with pytest.raises(ValidationFailed):
            arrive_part(PartCommand(order, 1, at(STORE)), arrived=wrong, deps=preparing(world))


def test_the_leg_to_the_store_has_a_label_and_the_customer_hears_nothing_of_it(
    world: World,
) -> None:
    receive(world, "SKU-001", LILLE, 5)
    order = ordered(world, SKU_001=2)
    floor = Floor(world, now=world.now)
    for action in ("accept", "pick", "pack"):
        floor.act(action, at(LILLE), order_id=order)
    part = world.orders.part(order, 1)
    assert "label" in actions(part)
    with pytest.raises(NotFound):
        floor.act("label", at(STORE), order_id=order)
    labelled = floor.act("label", at(LILLE), order_id=order)
    assert floor.act("label", at(LILLE), order_id=order) == labelled, "one label, however often"
    [package] = labelled.packages
    assert (labelled.status, labelled.node) == (fo.PACKED, LILLE)
    assert package.tracking
    assert labelled.timeline[-1].kind == "label_transfer"
    [label] = get_labels(order, 1, worker=at(LILLE), deps=floor.deps)
    assert (label["tracking"], bool(label["pdf"]), bool(label["zpl"])) == (
        package.tracking,
        True,
        True,
    )
    zpl = floor.documents.kept[f"labels/{order}/1-1.zpl"][0].decode()
    assert STORE in zpl, "that is whom it is sent to"
    assert not messages_for(world.orders.get(order), "fulfilment.labelled_for_transfer", 1)

    dispatch(world, order, 1)
    reference = label_request_id(labelled, 1)
    scan = TrackingUpdate("s1", package.tracking, DELIVERED, world.now, reference=reference)
    assert track_parcel(scan, deps=preparing(world)).events == ("track",)
    there = world.orders.part(order, 1)
    assert (there.status, there.packages[0].scan) == (fo.IN_TRANSFER, DELIVERED)
    arrive(world, order, 1)
    assert shelve(world, order, 1).status == fo.READY_FOR_PICKUP
