"""Nodes that refused a line: not asked again, until their refusal ends."""

from __future__ import annotations

from oms.domain.limits import EXCLUDE_FOR_S
from oms.domain.orders import progress
from oms.domain.parts.fulfilment import rejected
from oms.usecases.preparing.sweep_due import sweep_due
from tests.cloud import World, receive
from tests.orders import allocate, assigned
from tests.parts import move


def sweep(world: World) -> list[str]:
    found = sweep_due(orders=world.orders, config=world.config, nodes=world.nodes, now=world.now)
    assert not [each.error for each in found if each.error]
    return [each.event for each in found]


def test_a_refusal_ends_and_then_the_node_is_asked_again(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    order = assigned(world, {"SKU-001": 2})
    part = world.orders.part(order.id, 1)
    move(world, order.id, 1, "reject", rejected(part, {1: "NO_CAPACITY"}))
    assert allocate(world, order.id) == progress.BACKORDERED
    assert world.orders.case(order.id, "SOURCING", 1)["reason"] == "NO_NODE_LEFT"
    waiting = world.orders.get(order.id)
    [refusal] = waiting.exclusions
    assert (refusal.node, refusal.reason) == ("dc-lille", "NO_CAPACITY")
    assert refusal.thru == world.now + EXCLUDE_FOR_S
    assert waiting.state.again_at == refusal.thru
    world.now = refusal.thru - 1
    assert "look_again" not in sweep(world)
    assert waiting.refused_by(1, world.now) == {"dc-lille"}
    world.now += 1
    assert sweep(world) == ["look_again"]
    assert sweep(world) == []
    assert allocate(world, order.id) == progress.FULFILLING
    assert world.orders.part(order.id, 2).node == "dc-lille"
