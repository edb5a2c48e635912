"""A part of a drop-shipper is a purchase order: sent, acknowledged, shipped by one notice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain import lifecycle
from oms.domain.errors import IllegalTransition, LostRace, NotFound, ValidationFailed
from oms.domain.model import fulfilment as fo
from oms.domain.model.fulfilment import FulfilmentOrder, Package
from oms.domain.notifying.messages import messages_for
from oms.domain.orders import progress
from oms.domain.preparing.purchasing import WORDS, promise_when_shipped_later
from oms.domain.preparing.steps import actions
from oms.edge.principal import STAFF, Principal
from oms.ports import Worker
from oms.usecases.executing.deps import Executing
from oms.usecases.executing.follow_order import part_changed
from oms.usecases.executing.follow_part import follow_part
from oms.usecases.preparing.acknowledge_purchase import acknowledge_purchase
from oms.usecases.preparing.command import PartCommand
from oms.usecases.preparing.ship_purchase import ship_purchase
from oms.usecases.preparing.view_purchase import view_purchase
from tests.bundles import bundle
from tests.cloud import World, receive
from tests.orders import allocate, assigned
from tests.parts import capture, conclude, item, move
from tests.usecases.staff_floor import floor_with, preparing

MILANO, SKU = "drop-milano", "SKU-001"
PARCEL = (Package(1, 0, tracking="CO-1", carrier="Corriere"),)
OF_PICKUPS = {fo.READY_FOR_PICKUP, fo.IN_TRANSFER, fo.ARRIVED, fo.PICKED_UP, fo.UNCOLLECTED}
MACHINE = """
DRAFT        → SENT ACKNOWLEDGED CANCELLED
SENT         → ACKNOWLEDGED SHIPPED REJECTED CANCELLED
ACKNOWLEDGED → SHIPPED REJECTED CANCELLED
"""


def supplier(node: str = MILANO) -> Worker:
    return Principal(f"staff-{node}", frozenset({STAFF}), frozenset({node}))


def purchased(world: World, quantity: int = 3) -> str:
    """An order of SKU-001 that only the supplier has."""
    receive(world, SKU, MILANO, 10)
    order = assigned(world, {SKU: quantity})
    assert order.parts[0].purchase
    return order.id


def acknowledge(world: World, order: str, ship_by: str = "") -> FulfilmentOrder:
    command = PartCommand(order, 1, supplier())
    return acknowledge_purchase(command, ship_by=ship_by, deps=preparing(world))


def notice(world: World, order: str, *, follow: bool = True, **told: object) -> FulfilmentOrder:
    """Said twice, followed twice."""
    given = {"packages": PARCEL, "shipped": {}, "reasons": {}, **told}
    command, deps = PartCommand(order, 1, supplier()), preparing(world)
    part = ship_purchase(command, **given, deps=deps)
    assert ship_purchase(command, **given, deps=deps) == part
    for _ in range(2 if follow else 0):
        part_changed(part.timeline[-1].kind, part, deps=bundle(Executing, world))
    return part


def test_every_state_of_a_part_has_a_word_and_every_step_of_words_is_known() -> None:
    assert set(WORDS) == set(lifecycle.FULFILMENT) - OF_PICKUPS
    steps = {
        (WORDS[state], WORDS[after])
        for state in WORDS
        for after in lifecycle.FULFILMENT[state].values()
        if WORDS[state] != WORDS.get(after, WORDS[state])
    }
    rows = [line.split("→") for line in MACHINE.strip().splitlines()]
    assert steps == {(state.strip(), after) for state, many in rows for after in many.split()}


def test_a_purchase_order_is_sent_acknowledged_and_shipped_in_one_call(world: World) -> None:
    order = purchased(world)
    shown = view_purchase(order, 1, worker=supplier(), deps=preparing(world))
    assert (WORDS[shown.part.status], shown.ship_to is not None) == ("SENT", True)
    assert actions(shown.part) == ["accept", "acknowledge", "reject", "shipped-notice"]
    part = acknowledge(world, order)
    assert acknowledge(world, order) == part
    assert (WORDS[part.status], part.expected) == ("ACKNOWLEDGED", None)
    part = notice(world, order)
    assert (part.status, part.packages) == (fo.SHIPPED, PARCEL)
    gone = {"on_hand": 7, "allocated": 0, "staged": 0, "available": 7}
    assert item(world, SKU, MILANO) == gone
    told = messages_for(world.orders.get(order), "fulfilment.drop_shipped", 1)
    assert [message.status for message in told] == ["SHIPPED"]
    assert [capture(world, order, 1) for _ in range(2)] == ["SUCCEEDED", "NOTHING_TO_DO"]
    conclude(world, order)
    assert world.orders.get(order).state.status == "COMPLETED"


def test_a_supplier_that_ships_later_moves_the_expectation_and_the_customer_hears(
    world: World,
) -> None:
    order = purchased(world)
    promise = world.orders.part(order, 1).promise
    assert promise is not None
    part = acknowledge(world, order, "2026-12-24")
    assert acknowledge(world, order, "2026-12-24") == part
    assert part.promise == promise
    assert part.expected == promise_when_shipped_later(promise, "2026-12-24")
    assert part.expected is not None
    assert part.expected.deliver_by > promise.deliver_by
    told = messages_for(world.orders.get(order), "fulfilment.accepted", 1)
    assert [m.status for m in told] == ["IN_PREPARATION", "DELAYED"]
    with pytest.raises(IllegalTransition):
        acknowledge(world, order, "2026-12-28")


def test_what_the_supplier_did_not_ship_is_sourced_elsewhere(world: World) -> None:
    order = purchased(world)
    part = notice(world, order, shipped={1: 2}, reasons={1: "MISMATCH"})
    assert (part.quantity, {no: len(u) for no, u in part.short.items()}) == (2, {1: 1})
    left = {"on_hand": 7, "allocated": 0, "staged": 0, "available": 7}
    assert item(world, SKU, MILANO) == left
    receive(world, SKU, "dc-lille", 5)
    assert progress.situation(world.orders.get(order)) == "RESOURCE"
    allocate(world, order)
    assert [(p.node, p.quantity, p.purchase) for p in world.orders.get(order).parts] == [
        (MILANO, 2, True),
        ("dc-lille", 1, False),
    ]


def test_a_notice_of_nothing_is_a_rejection(world: World) -> None:
    order = purchased(world)
    part = notice(world, order, shipped={1: 0}, packages=(), reasons={1: "NO_VARIANCE"})
    assert (WORDS[part.status], part.packages) == ("REJECTED", ())
    assert item(world, SKU, MILANO)["available"] == 10
    shown = view_purchase(order, 1, worker=supplier(), deps=preparing(world))
    assert shown.ship_to is None, "nothing goes there any more"


def test_a_crash_between_staging_and_leaving_is_healed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = purchased(world)
    part = notice(world, order, follow=False, shipped={1: 2})
    book, done = world.stock.movements.move, []

    def dying(movement: object) -> bool:
        if done:
            raise LostRace("died half-way")
        done.append(movement)
        return book(movement)

    monkeypatch.setattr(world.stock.movements, "move", dying)
    with pytest.raises(LostRace):
        follow_part("drop_ship", part, stock=world.stock, now=world.now)
    assert item(world, SKU, MILANO)["staged"] == 2
    monkeypatch.undo()
    for _ in range(2):
        follow_part("drop_ship", part, stock=world.stock, now=world.now)
    empty = {"on_hand": 0, "allocated": 0, "staged": 0, "available": 0}
    assert item(world, SKU, MILANO) == empty, "its shelf was said to be empty"


def test_another_notice_another_supplier_and_no_parcel_are_refused(world: World) -> None:
    order = purchased(world)
    with pytest.raises(ValidationFailed) as missing:
        notice(world, order, packages=())
    assert missing.value.fields == {"/tracking": "at least one parcel"}
    notice(world, order)
    for other in ({"packages": (replace(PARCEL[0], tracking="CO-2"),)}, {"shipped": {1: 1}}):
        with pytest.raises(IllegalTransition):
            notice(world, order, **other)
    for use in (ship_purchase, acknowledge_purchase):
        told = {"packages": PARCEL, "shipped": {}, "reasons": {}}
        given = told if use is ship_purchase else {"ship_by": ""}
        with pytest.raises(NotFound):
            use(PartCommand(order, 1, supplier("store-lyon")), **given, deps=preparing(world))


def test_what_left_although_it_was_cancelled_is_a_case(world: World) -> None:
    order = purchased(world)
    part = world.orders.part(order, 1)
    move(world, order, 1, "cancel", part.moved("cancel", due=None))
    late = notice(world, order)
    assert (late.status, late.packages) == (fo.CANCELLED, PARCEL)
    assert [case["sk"] for case in world.orders.get(order).cases] == [
        "CASE#SHIPPED_AFTER_CANCEL#01"
    ]
    assert item(world, SKU, MILANO)["on_hand"] == 7


def test_only_a_drop_shippers_part_is_a_purchase_order() -> None:
    with floor_with(fo.ACCEPTED) as floor:
        assert not {"acknowledge", "shipped-notice"} & set(actions(floor.part))
        worker = Principal("csr", frozenset({"oms/service"}))
        with pytest.raises(NotFound):
            view_purchase(floor.order.id, 1, worker=worker, deps=floor.deps)
