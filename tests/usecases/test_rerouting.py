"""Moving what no node has accepted: by customer service, and when a node stops taking orders."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from oms.domain.errors import IllegalTransition, NodeCannotServe, OutOfStock
from oms.domain.limits.preparing import MAX_RECALLS
from oms.domain.limits.sourcing import CONFIG_TTL_S
from oms.domain.model import fulfilment as fo
from oms.domain.model.channel import WAIT, Channel
from oms.domain.model.order import Order
from oms.domain.orders import progress
from oms.domain.orders.buckets import buckets_of
from oms.stores.config.keys import channel_pk
from oms.usecases.executing.deps import Executing
from oms.usecases.executing.follow_order import part_changed
from oms.usecases.following_stock.release_orphan_claim import release_orphan_claim
from oms.usecases.outages.set_standing import set_standing
from oms.usecases.preparing.command import PartCommand
from oms.usecases.rerouting.move_to_node import move_to_node
from tests.bundles import bundle
from tests.cloud import World, receive
from tests.orders import allocate, assigned
from tests.parts import item, through
from tests.rerouting import outages, rerouting
from tests.rerouting import swept as sweep
from tests.stock_deps import following_stock
from tests.usecases.staff_floor import CSR

LILLE, LEIPZIG = "dc-lille", "dc-leipzig"


def stocked(world: World, **more: Any) -> Order:
    """Two pieces, assigned to one of two warehouses that both have five."""
    receive(world, "SKU-001", LILLE, 5)
    receive(world, "SKU-001", LEIPZIG, 5)
    order = assigned(world, {"SKU-001": 2}, **more)
    assert [part.node for part in order.parts] == [LILLE]
    return order


def move(world: World, order: Order, node: str, number: int = 1, **more: Any) -> Any:
    command = PartCommand(order.id, number, CSR, more.pop("version", None))
    note = more.pop("note", "asked by phone")
    return move_to_node(command, node=node, note=note, deps=rerouting(world), **more)


def follow(world: World, order: Order, number: int, event: str) -> None:
    """The stream tells of the part's last change, twice."""
    for _ in range(2):
        part = world.orders.part(order.id, number)
        part_changed(event, part, deps=bundle(Executing, world))


def test_a_move_claims_at_the_new_node_before_it_releases_the_old(world: World) -> None:
    order = stocked(world)
    following = move(world, order, LEIPZIG)
    assert (following.number, following.node, following.status) == (2, LEIPZIG, fo.ASSIGNED)
    assert (item(world, "SKU-001")["allocated"], item(world, "SKU-001", LEIPZIG)["allocated"]) == (
        2,
        2,
    )
    follow(world, order, 1, "move")
    assert item(world, "SKU-001")["allocated"] == 0
    assert item(world, "SKU-001", LEIPZIG)["allocated"] == 2
    seen = world.orders.get(order.id)
    assert [(p.number, p.status, p.successors) for p in seen.parts] == [
        (1, fo.SUPERSEDED, (2,)),
        (2, fo.ASSIGNED, ()),
    ]
    assert buckets_of(seen, seen.snapshot.lines[0]).allocated == 2
    assert (seen.attempts, seen.refused_by(1)) == (0, frozenset())
    entry = seen.state.timeline[-1]
    assert (entry.kind, entry.actor) == ("move", "csr")
    assert entry.note == "part 1: dc-lille to dc-leipzig; asked by phone"
    assert progress.situation(seen) == progress.FULFILLING


def test_a_move_asked_twice_is_one_move(world: World) -> None:
    order = stocked(world)
    first = move(world, order, LEIPZIG)
    assert move(world, order, LEIPZIG) == first
    assert move(world, order, LEIPZIG, number=2) == first
    assert len(world.orders.get(order.id).parts) == 2


@pytest.mark.parametrize("stock_at", [0, 1])
def test_a_move_without_stock_is_refused_and_the_old_claim_stands(
    world: World, stock_at: int
) -> None:
    receive(world, "SKU-001", LILLE, 5)
    if stock_at:
        receive(world, "SKU-001", LEIPZIG, stock_at)
    order = assigned(world, {"SKU-001": 2})
    with pytest.raises(OutOfStock) as refused:
        move(world, order, LEIPZIG)
    assert refused.value.extra["missing"] == {"SKU-001": 2 - stock_at}
    assert item(world, "SKU-001")["allocated"] == 2
    assert [p.status for p in world.orders.get(order.id).parts] == [fo.ASSIGNED]


def test_a_move_past_acceptance_is_refused(world: World) -> None:
    order = stocked(world)
    through(world, order.id, 1, "accept")
    with pytest.raises(IllegalTransition) as refused:
        move(world, order, LEIPZIG)
    assert refused.value.extra["state"] == fo.ACCEPTED


def test_a_move_to_a_closed_node_says_why(world: World) -> None:
    order = stocked(world)
    world.config.close_node(LEIPZIG, 0)
    with pytest.raises(NodeCannotServe) as refused:
        move(world, order, LEIPZIG)
    assert refused.value.extra["reason"] == "OFFLINE"


def test_a_move_that_dies_after_its_claim_is_healed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Done again it lives on its own claim; never done again, the orphan check releases it."""
    order = stocked(world)

    def die(*_: Any, **__: Any) -> Any:
        raise RuntimeError

    with monkeypatch.context() as patched, suppress(RuntimeError):
        patched.setattr(world.orders, "supersede", die)
        move(world, order, LEIPZIG)
    assert item(world, "SKU-001", LEIPZIG)["allocated"] == 2
    move(world, order, LEIPZIG)
    assert item(world, "SKU-001", LEIPZIG)["allocated"] == 2

    other = stocked(world, external_id="e2")
    with monkeypatch.context() as patched, suppress(RuntimeError):
        patched.setattr(world.orders, "supersede", die)
        move(world, other, LEIPZIG)
    claim = f"{other.id}.2"
    assert release_orphan_claim(claim, "SKU-001", LEIPZIG, following_stock(world))
    assert item(world, "SKU-001", LEIPZIG)["allocated"] == 2


def test_a_node_that_accepts_meanwhile_keeps_its_part(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = stocked(world)
    save = world.orders.supersede

    def late(*given: Any, **named: Any) -> Any:
        through(world, order.id, 1, "accept")
        monkeypatch.setattr(world.orders, "supersede", save)
        return save(*given, **named)

    monkeypatch.setattr(world.orders, "supersede", late)
    with pytest.raises(IllegalTransition):
        move(world, order, LEIPZIG)
    assert [p.status for p in world.orders.get(order.id).parts] == [fo.ACCEPTED]


# --- a node that takes no orders ------------------------------------------------------------


def stand(world: World, node: str, *, online: bool = False, until: int = 0) -> Any:
    return set_standing(
        node, online=online, until=until, reason="flooded", actor="ops", deps=outages(world)
    )


def kinds(world: World, order: Order) -> list[str]:
    return [part.status for part in world.orders.get(order.id).parts]


def test_an_outage_moves_what_is_not_accepted_and_nothing_else(world: World) -> None:
    waiting, taken = stocked(world), assigned(world, {"SKU-001": 1}, external_id="e2")
    through(world, taken.id, 1, "accept")
    standing = stand(world, LILLE)
    assert (standing.status, standing.timeline[-1].actor) == ("OFFLINE", "ops")
    assert stand(world, LILLE) == standing
    assert sweep(world) == ["looked"]
    follow(world, waiting, 1, "recall")
    assert kinds(world, waiting) == [fo.SUPERSEDED, fo.ASSIGNED]
    assert world.orders.part(waiting.id, 2).node == LEIPZIG
    assert kinds(world, taken) == [fo.ACCEPTED]


def test_what_no_other_node_can_take_stays_with_a_case(world: World) -> None:
    receive(world, "SKU-001", LILLE, 5)
    order = assigned(world, {"SKU-001": 2})
    stand(world, LILLE)
    sweep(world)
    follow(world, order, 1, "recall")
    assert kinds(world, order) == [fo.ASSIGNED]
    assert world.orders.case(order.id, "NODE_OUTAGE", 1)["status"] == "OPEN"
    assert item(world, "SKU-001")["allocated"] == 2


def test_or_it_waits_for_stock_where_its_channel_says_so(world: World) -> None:
    world.config.put(channel_pk("web"), Channel("web", "Web", "EUR", without_node=WAIT))
    receive(world, "SKU-001", LILLE, 5)
    order = assigned(world, {"SKU-001": 2})
    stand(world, LILLE)
    sweep(world)
    follow(world, order, 1, "recall")
    follow(world, order, 1, "withdraw")
    assert kinds(world, order) == [fo.SUPERSEDED]
    assert item(world, "SKU-001")["allocated"] == 0
    assert allocate(world, order.id) == progress.BACKORDERED


def test_the_work_list_is_gone_through_page_by_page_and_again(world: World) -> None:
    receive(world, "SKU-001", LILLE, 100)
    many = MAX_RECALLS + 2
    orders = [assigned(world, {"SKU-001": 1}, external_id=f"e{n}") for n in range(many)]
    stand(world, LILLE)

    def recalled() -> int:
        parts = [world.orders.part(order.id, 1) for order in orders]
        return sum(1 for part in parts if any(e.kind == "recall" for e in part.timeline))

    assert sweep(world) == ["looked"]
    assert recalled() == MAX_RECALLS
    assert sweep(world) == ["looked"]
    assert recalled() == many
    assert sweep(world) == []
    world.now += CONFIG_TTL_S
    assert (sweep(world), world.nodes.standing(LILLE).recalls) == (["looked"], 2)


def test_a_pause_ends_by_itself_and_gives_time_after_it(world: World) -> None:
    receive(world, "SKU-001", LILLE, 5)
    order = assigned(world, {"SKU-001": 2})
    due = world.orders.part(order.id, 1).due or 0
    until = due + 60
    stand(world, LILLE, until=until)
    for _ in range(3):
        sweep(world)
        world.now += CONFIG_TTL_S
    assert not world.config.node(LILLE).online
    assert (
        world.orders.part(order.id, 1).due
        == until + due - world.orders.part(order.id, 1).assigned_at
    )
    world.now = until
    assert "open" in sweep(world)
    assert world.nodes.standing(LILLE).online
    assert world.config.node(LILLE).online


@pytest.mark.parametrize("die_at", ["save", "close_node"])
def test_a_stop_that_dies_half_way_is_finished_by_the_sweep(
    world: World, monkeypatch: pytest.MonkeyPatch, die_at: str
) -> None:
    target: Any = world.nodes if die_at == "save" else world.config

    def die(*_: Any) -> Any:
        raise RuntimeError

    with monkeypatch.context() as patched, suppress(RuntimeError):
        patched.setattr(target, die_at, die)
        stand(world, LILLE)
    sweep(world)
    assert world.config.node(LILLE).online == (die_at == "save")
