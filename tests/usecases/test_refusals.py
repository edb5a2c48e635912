"""Nodes that refused a line: not asked again, until their refusal ends."""

from __future__ import annotations

from typing import Any

import pytest

from oms.domain.errors import NodeCannotServe, ValidationFailed
from oms.domain.limits.orders import EXCLUDE_FOR_S
from oms.domain.model.fulfilment import FulfilmentOrder, rejected
from oms.domain.model.order import Order
from oms.domain.orders import progress
from oms.usecases.preparing.command import PartCommand
from oms.usecases.rerouting.move_to_node import move_to_node
from tests.cloud import World, receive
from tests.orders import allocate, assigned
from tests.parts import move
from tests.rerouting import rerouting
from tests.rerouting import swept as sweep
from tests.usecases.staff_floor import CSR

LILLE, LEIPZIG = "dc-lille", "dc-leipzig"


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
    assert "retry_sourcing" not in sweep(world)
    assert waiting.refused_by(1, world.now) == {"dc-lille"}
    world.now += 1
    assert sweep(world) == ["retry_sourcing"]
    assert sweep(world) == []
    assert allocate(world, order.id) == progress.FULFILLING
    assert world.orders.part(order.id, 2).node == "dc-lille"


# --- customer service asks it all the same ----------------------------------------------------


def stocked(world: World) -> Order:
    receive(world, "SKU-001", LILLE, 5)
    receive(world, "SKU-001", LEIPZIG, 5)
    return assigned(world, {"SKU-001": 2})


def ask(world: World, order: Order, node: str, number: int = 1, **more: Any) -> FulfilmentOrder:
    command, given = PartCommand(order.id, number, CSR), {"note": "asked by phone", **more}
    return move_to_node(command, node=node, **given, deps=rerouting(world))


def test_a_node_that_gave_a_line_back_is_asked_again_when_its_refusal_ends_or_with_a_reason(
    world: World,
) -> None:
    order = stocked(world)
    through_reject = rejected(world.orders.part(order.id, 1), {1: "NO_CAPACITY"})
    move(world, order.id, 1, "reject", through_reject)
    allocate(world, order.id)
    assert world.orders.part(order.id, 2).node == LEIPZIG
    with pytest.raises(NodeCannotServe) as refused:
        ask(world, order, LILLE, number=2)
    assert refused.value.extra["reason"] == "REJECTED_BEFORE"
    assert refused.value.extra["until"] == "2026-12-01T08:20:00+00:00"
    with pytest.raises(ValidationFailed) as silent:
        ask(world, order, LILLE, number=2, note=" ", override=True)
    assert list(silent.value.fields) == ["/note"]
    following = ask(world, order, LILLE, number=2, note="they found it", override=True)
    assert following == ask(world, order, LILLE, number=2, note="again", override=True)
    assert (following.number, following.node) == (3, LILLE)
    seen = world.orders.get(order.id)
    assert seen.state.timeline[-1].note == (
        "part 2: dc-leipzig to dc-lille; override: they found it"
    )
    assert seen.refused_by(1, world.now) == {LILLE}, "the others' rounds still know of it"


def test_a_refusal_that_has_ended_needs_no_override(world: World) -> None:
    order = stocked(world)
    gave_back = rejected(world.orders.part(order.id, 1), {1: "NO_CAPACITY"})
    move(world, order.id, 1, "reject", gave_back)
    allocate(world, order.id)
    world.now += EXCLUDE_FOR_S
    assert ask(world, order, LILLE, number=2).node == LILLE


def test_an_override_sets_aside_nothing_else(world: World) -> None:
    order = stocked(world)
    world.config.close_node(LEIPZIG, 0)
    with pytest.raises(NodeCannotServe) as refused:
        ask(world, order, LEIPZIG, override=True)
    assert refused.value.extra["reason"] == "OFFLINE"
