"""Waiting, waking and healing: what happens beside and after the tasks of an execution."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.errors import Fault
from oms.domain.model import fulfilment as fo
from oms.domain.model.fulfilment import rejected
from oms.domain.model.payment import PaymentMeans
from oms.domain.orders import progress
from oms.domain.timeline import Entry
from oms.usecases.executing.await_progress import await_progress, wake_order
from oms.usecases.executing.deps import Executing
from oms.usecases.executing.follow_order import part_changed
from oms.usecases.executing.park_execution import park_execution, resume_executions
from oms.usecases.following_stock.release_orphan_claim import release_orphan_claim
from oms.usecases.paying.apply_provider_event import apply_provider_event
from oms.usecases.paying.deps import Paying
from tests.bundles import bundle
from tests.cloud import World, receive
from tests.orders import assigned, authorise, place
from tests.parts import capture, item, move, through
from tests.stock_deps import following_stock


def test_a_waiting_execution_is_woken_when_its_situation_changes(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    order_id = assigned(world, {"SKU-001": 2}).id
    await_progress(order_id, "token", progress.FULFILLING, deps=bundle(Executing, world))
    assert world.workflows.resumed == {}
    through(world, order_id, 1, "accept", "pick", "pack", "label", "ship")
    assert world.workflows.resumed == {}
    capture(world, order_id, 1)
    wake_order(world.orders.get(order_id), deps=bundle(Executing, world))
    assert world.workflows.resumed == {"token": {"outcome": "DONE", "situation": "DONE"}}


def test_progress_before_the_token_was_stored_is_not_lost(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    order = assigned(world, {"SKU-001": 2})
    move(world, order.id, 1, "reject", rejected(order.parts[0], {}))
    await_progress(order.id, "token", progress.FULFILLING, deps=bundle(Executing, world))
    assert world.workflows.resumed["token"]["outcome"] == "RESOURCE"


def test_a_parked_execution_waits_for_a_human_whatever_happens(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    order = assigned(world, {"SKU-001": 2})
    park_execution(
        order.id, "ORDER", "parked", {"error": {"Error": "x"}}, deps=bundle(Executing, world)
    )
    move(world, order.id, 1, "reject", rejected(order.parts[0], {}))
    assert world.workflows.resumed == {}
    for _ in range(2):
        done = resume_executions(order.id, deps=bundle(Executing, world))
        assert done == ["ORDER"]
    assert world.workflows.resumed == {"parked": {"outcome": "RETRY"}}


def test_a_part_assigned_beside_a_cancellation_is_cancelled_as_well(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    order = assigned(world, {"SKU-001": 2})
    state = replace(order.state, cancel_reason="CUSTOMER")
    world.orders.save_state(order, state, Entry(state.version + 1, "request_cancel", world.now))
    part_changed("assign", order.parts[0], deps=bundle(Executing, world))
    assert world.orders.part(order.id, 1).status == fo.CANCELLED


def test_money_approved_after_the_order_was_cancelled_is_let_go(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    means = PaymentMeans("card", "sandbox", "tok_late")
    order_id = place(world, {"SKU-001": 2}, means=means).snapshot.id
    assert authorise(world, order_id) == "PENDING"
    order = world.orders.get(order_id)
    state = replace(order.state, status="CANCELLED", cancel_reason="CUSTOMER")
    world.orders.save_state(order, state, Entry(1, "cancel", world.now))
    assert order.payment
    headers, body = world.gateways.sandbox.complete_late(order.payment.ref, approve=True)
    for _ in range(2):
        event = world.gateways.sandbox.event(headers, body)
        said = apply_provider_event(event, deps=bundle(Paying, world))
        assert said == "VOIDED"


def test_a_claim_whose_order_was_never_written_is_released(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(world, "SKU-001", "dc-lille", 5)

    def crash(*_: object) -> object:
        raise Fault("died before the order was written")

    with monkeypatch.context() as patched:
        patched.setattr(world.orders, "create", crash)
        with pytest.raises(Fault):
            place(world, {"SKU-001": 2}, external_id="lost")
    assert item(world, "SKU-001")["available"] == 3
    kept = assigned(world, {"SKU-001": 1}, external_id="kept")
    found = world.stock.items.get("SKU-001", "dc-lille")
    assert found
    for claim in found.claims:
        release_orphan_claim(claim, "SKU-001", "dc-lille", following_stock(world))  # fmt: skip
    assert item(world, "SKU-001")["available"] == 4
    assert kept.parts[0].quantity == 1
