"""Changing an order, on the real stores: at once, by request, too late, previewed, and twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.errors import IdempotencyConflict, ValidationFailed
from oms.domain.model.order import Order
from oms.domain.model.order_change import (
    CancelUnits,
    ChangeAddress,
    ChangeContact,
    Operation,
    OrderChange,
)
from oms.domain.orders.buckets import buckets_of
from oms.domain.orders.payment_status import roll_up
from oms.domain.timeline import Entry
from oms.usecases.changing.apply_change import ChangeRequest, apply_change, preview_change
from oms.usecases.executing.deps import Executing
from oms.usecases.executing.follow_order import part_changed, state_changed
from oms.usecases.serving.deps import Serving
from tests.bundles import bundle
from tests.cloud import NOW, World, receive
from tests.orders import PARIS, allocate, assigned, authorise, place
from tests.usecases.orders import ID, order, part, payment, plan, write

PAID = (payment(),)


def asked(*operations: Operation, id: str = ID, key: str = "k1", nodes: bool = True) -> ChangeRequest:  # fmt: skip
    return ChangeRequest(id, operations, key, "agent", "NO_LONGER", "SERVICE", ask_nodes=nodes)


def change(world: World, *operations: Operation, **more: object) -> tuple[Order, OrderChange]:
    request = asked(*operations, **more)  # type: ignore[arg-type]
    return apply_change(request, bundle(Serving, world, now=NOW + 60))


def said(found: OrderChange) -> list[tuple[str, int, int, str]]:
    return [(each.outcome, each.part, each.units, each.reason) for each in found.results]


def test_units_go_where_the_least_work_is_done(world: World) -> None:
    parts = (part(1, "ACCEPTED", {1: "0"}), part(2, "ASSIGNED", {1: "1"}))
    write(world, order(parts=parts, payments=PAID))
    found, done = change(world, CancelUnits(1, 3))
    assert said(done) == [("APPLIED", 0, 1, ""), ("APPLIED", 2, 1, ""), ("REQUESTED", 1, 1, "")]
    assert done.outcome == "REQUESTED"
    assert found == world.orders.get(ID)
    assert [each.status for each in found.parts] == ["ACCEPTED", "CANCELLED"]
    assert found.parts[0].request == "CANCEL_REQUESTED"


def test_what_has_left_is_refused_with_the_reason_and_nothing_is_written(world: World) -> None:
    write(world, order(parts=(part(1, "SHIPPED", {1: "0-2", 2: "0"}),), payments=PAID))
    found, done = change(world, CancelUnits(1, 1), ChangeAddress(PARIS))
    assert said(done) == [("REFUSED", 0, 1, "HAS_LEFT"), ("REFUSED", 0, 0, "HAS_LEFT")]
    assert (found.state.version, found.changes) == (1, ())


def test_the_same_key_again_answers_what_was_done_then(world: World) -> None:
    write(world, order(parts=(part(1, "ASSIGNED", {1: "0-2"}),), payments=PAID))
    first = change(world, CancelUnits(1, 1))
    assert change(world, CancelUnits(1, 1)) == first
    assert len(first[0].parts[0].lines[1]) == 2
    with pytest.raises(IdempotencyConflict):
        change(world, CancelUnits(1, 2))


def test_a_preview_writes_nothing(world: World) -> None:
    write(world, order(parts=(part(1, "ASSIGNED", {1: "0-2"}),), payments=PAID))
    before = world.orders.get(ID)
    _, seen = preview_change(asked(CancelUnits(1, 1)), bundle(Serving, world, now=NOW + 60))
    assert said(seen) == [("APPLIED", 1, 1, "")]
    assert world.orders.get(ID) == before
    assert said(change(world, CancelUnits(1, 1))[1]) == said(seen)


def test_a_shopper_takes_back_what_no_node_works_on_only(world: World) -> None:
    parts = (part(1, "ACCEPTED", {1: "0"}), part(2, "ASSIGNED", {1: "1-2"}))
    write(world, order(parts=parts, payments=PAID))
    _, done = change(world, CancelUnits(1, 3), nodes=False)
    assert said(done) == [("APPLIED", 2, 2, ""), ("REFUSED", 0, 1, "NODE_WORKS_ON_IT")]


def test_units_of_a_plan_go_before_its_part_is_made(world: World) -> None:
    write(world, order("CONFIRMED", planned=(plan(1, {1: "0-2", 2: "0"}),), payments=PAID))
    found, _ = change(world, CancelUnits(1, 1))
    assert [len(each.lines[1]) for each in found.planned] == [2]
    assert found.open == {}
    counts = buckets_of(found, found.snapshot.line(1))
    assert (counts.ordered, counts.cancelled, counts.allocated) == (3, 1, 2)


def test_an_address_and_a_contact_are_new_everywhere_and_the_old_ones_are_kept(
    world: World,
) -> None:
    write(world, order(parts=(part(1, "ACCEPTED", {1: "0-2"}),), payments=PAID))
    old = world.orders.get(ID).snapshot
    new = replace(PARIS, line1="2 Rue Neuve", country=old.ship_to.country if old.ship_to else "FR")
    found, done = change(world, ChangeAddress(new), ChangeContact(phone="+33 1"))
    assert (found.snapshot.ship_to, found.snapshot.customer.phone) == (new, "+33 1")
    assert found.snapshot.customer.email == old.customer.email
    assert (done.ship_to, done.customer["phone"]) == (old.ship_to, old.customer.phone)
    assert world.orders.get(ID) == found
    assert [seen.ship_to for _, seen in world.orders.work([(ID, 1)])] == [new]
    assert world.orders.find(ID) == old


def test_another_country_is_refused_once_nodes_were_chosen(world: World) -> None:
    write(world, order(parts=(part(1, "ASSIGNED", {1: "0-2"}),), payments=PAID))
    _, done = change(world, ChangeAddress(replace(PARIS, country="IT")))
    assert said(done) == [("REFUSED", 0, 0, "OTHER_COUNTRY")]


def test_a_line_that_is_not_there_is_named(world: World) -> None:
    write(world, order())
    with pytest.raises(ValidationFailed) as refused:
        change(world, CancelUnits(9, 1))
    assert refused.value.fields == {"/operations/0/line": "not a line of this order"}


def test_every_unit_cancelled_before_payment_is_an_order_cancelled(world: World) -> None:
    write(world, order("RECEIVED"))
    found, _ = change(world, CancelUnits(1, 3), CancelUnits(2, 1))
    assert (found.state.status, found.state.cancel_reason) == ("CANCELLED", "NO_LONGER")


def claimed(world: World, found: Order) -> int:
    node = found.parts[0].node if found.parts else found.planned[0].node
    item = world.stock.items.get("SKU-001", node)
    assert item is not None
    return item.allocated


@pytest.mark.parametrize("times", [1, 2])
def test_the_claim_of_a_part_follows_however_often_the_stream_says_so(
    world: World, times: int
) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    before = assigned(world, {"SKU-001": 3})
    found, _ = change(world, CancelUnits(1, 2), id=before.id)
    for _ in range(times):
        part_changed("amend", found.parts[0], bundle(Executing, world))
    assert claimed(world, found) == 1
    assert roll_up(found).target == found.snapshot.line(1).amount_of(frozenset({0}))


def test_the_claim_of_a_plan_follows(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    id = place(world, {"SKU-001": 3}).snapshot.id
    before = world.orders.get(id)
    found, _ = change(world, CancelUnits(1, 1), id=id)
    for _ in range(2):
        state_changed(id, before.state, bundle(Executing, world))
    assert claimed(world, found) == 2
    assert authorise(world, id) == "AUTHORISED"
    allocate(world, id)
    assert [each.by_sku for each in world.orders.get(id).parts] == [{"SKU-001": 2}]


def test_a_part_made_of_a_plan_that_lost_units_meanwhile_loses_them(world: World) -> None:
    receive(world, "SKU-001", "dc-lille", 5)
    before = assigned(world, {"SKU-001": 3})
    late = replace(before.state, cancelled={1: frozenset({2})})
    entry = Entry(before.state.version + 1, "change", NOW, "t")
    world.orders.save_state(before, late, entry)
    part_changed("assign", before.parts[0], bundle(Executing, world))
    assert world.orders.get(before.id).parts[0].lines == {1: frozenset({0, 1})}
