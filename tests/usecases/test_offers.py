"""Offers: several nodes see a part, the first to claim it has it, its stock is held once."""

from __future__ import annotations

from typing import Any

import pytest

from oms.domain.errors import IllegalTransition, NotFound, OutOfStock
from oms.domain.model import fulfilment as fo
from oms.domain.model.channel import KEEP, WAIT, Channel
from oms.domain.model.fulfilment import FulfilmentOrder
from oms.domain.model.order import Order
from oms.domain.orders import progress
from oms.stores.config.keys import channel_pk
from oms.usecases.outages.set_standing import set_standing
from oms.usecases.preparing.claim_part import claim_part
from oms.usecases.preparing.command import PartCommand
from oms.usecases.preparing.list_work import list_work
from tests.cloud import World, receive
from tests.orders import allocate, assigned
from tests.parts import at, follow, item
from tests.rerouting import outages
from tests.rerouting import swept as sweep
from tests.usecases.staff_floor import preparing

WIDEN_S = 600
LILLE, LEIPZIG, PARIS = "dc-lille", "dc-leipzig", "store-paris"


def offered(world: World, first: int = 2) -> Order:
    channel = Channel("web", "Web", "EUR", offers=first, offer_widen_s=WIDEN_S)
    world.config.put(channel_pk("web"), channel)
    for node in (LILLE, LEIPZIG, PARIS):
        receive(world, "SKU-001", node, 5)
    order = assigned(world, {"SKU-001": 2})
    follow(world, world.orders.part(order.id, 1), "assign")
    return order


def claim(world: World, order: Order, node: str) -> FulfilmentOrder:
    return claim_part(PartCommand(order.id, 1, at(node)), node=node, deps=preparing(world))


def seen_at(world: World, node: str) -> list[str]:
    found, _ = list_work(node, worker=at(node), limit=20, deps=preparing(world))
    return [work.part.status for work in found]


def held(world: World) -> dict[str, int]:
    nodes = (LILLE, LEIPZIG, PARIS)
    return {n: item(world, "SKU-001", n)["allocated"] for n in nodes}


def test_the_first_to_claim_has_it_and_the_others_see_it_vanish(world: World) -> None:
    order = offered(world)
    holder, other = world.orders.part(order.id, 1).offered
    assert held(world)[holder] == 2
    assert sum(held(world).values()) == 2
    assert (seen_at(world, holder), seen_at(world, other)) == ([fo.OFFERED], [fo.OFFERED])
    won = claim(world, order, other)
    assert (won.node, won.status) == (other, fo.ACCEPTED)
    assert claim(world, order, other) == won
    assert (seen_at(world, holder), seen_at(world, other)) == ([], [fo.ACCEPTED])
    follow(world, won, "claim")
    assert held(world) == dict.fromkeys((LILLE, LEIPZIG, PARIS), 0) | {other: 2}
    with pytest.raises(IllegalTransition) as late:
        claim(world, order, holder)
    assert late.value.extra["offer"] == "OVER"
    assert held(world)[holder] == 0


def test_what_a_supplier_claims_is_a_purchase_order_and_what_another_claims_is_none(
    world: World,
) -> None:
    receive(world, "SKU-001", "drop-milano", 5)
    order = offered(world, first=4)
    assert not world.orders.part(order.id, 1).purchase
    part = claim(world, order, "drop-milano")
    assert (part.node, part.status, part.purchase) == ("drop-milano", fo.ACCEPTED, True)
    assert claim(world, order, "drop-milano") == part


def test_who_does_not_see_it_cannot_claim_it(world: World) -> None:
    order = offered(world)
    [blind] = {LILLE, LEIPZIG, PARIS} - set(world.orders.part(order.id, 1).offered)
    with pytest.raises(NotFound):
        claim(world, order, blind)


def test_two_that_claim_at_once_are_one_winner_and_one_refusal(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = offered(world)
    holder, other = world.orders.part(order.id, 1).offered
    save = world.orders.save_part

    def faster(part: FulfilmentOrder, entry: Any, *more: Any) -> FulfilmentOrder:
        monkeypatch.setattr(world.orders, "save_part", save)
        claim(world, order, holder)
        return save(part, entry, *more)

    monkeypatch.setattr(world.orders, "save_part", faster)
    with pytest.raises(IllegalTransition):
        claim(world, order, other)
    assert held(world) == dict.fromkeys((LILLE, LEIPZIG, PARIS), 0) | {holder: 2}
    assert world.orders.part(order.id, 1).node == holder


def test_a_claim_needs_the_goods(world: World) -> None:
    order = offered(world)
    other = world.orders.part(order.id, 1).offered[1]
    channel = Channel("direct", "Direct", "EUR", nodes=(other,))
    world.config.put(channel_pk("direct"), channel)
    assigned(world, {"SKU-001": 4}, channel="direct", external_id="e2")
    with pytest.raises(OutOfStock):
        claim(world, order, other)
    assert world.orders.part(order.id, 1).status == fo.OFFERED


def test_time_widens_an_offer_and_then_assigns_it(world: World) -> None:
    order = offered(world, first=1)
    assert len(world.orders.part(order.id, 1).offered) == 1
    world.now += WIDEN_S
    assert sweep(world) == ["widen"]
    wider = world.orders.part(order.id, 1)
    follow(world, wider, "widen")
    assert [seen_at(world, node) for node in wider.offered] == [[fo.OFFERED]] * 2
    world.now += WIDEN_S
    assert sweep(world) == ["widen"]
    world.now += WIDEN_S
    assert sweep(world) == ["fall_back"]
    part = world.orders.part(order.id, 1)
    follow(world, part, "fall_back")
    assert (part.status, part.node) == (fo.ASSIGNED, part.offered[0])
    assert seen_at(world, part.offered[1]) == []
    world.now = part.due or 0
    assert sweep(world) == ["expire"]


# --- the node that holds an offer takes no orders ------------------------------------------------


def closed(world: World, node: str) -> None:
    set_standing(node, online=False, until=0, reason="flooded", actor="ops", deps=outages(world))


def test_an_offer_whose_holder_goes_down_is_offered_anew_by_the_best_of_the_others(
    world: World,
) -> None:
    order = offered(world)
    holder, other = world.orders.part(order.id, 1).offered
    closed(world, holder)
    assert sweep(world) == ["looked"]
    follow(world, world.orders.part(order.id, 1), "recall")
    first, second = world.orders.get(order.id).parts
    follow(world, first, "move")
    assert (first.status, second.status) == (fo.SUPERSEDED, fo.OFFERED)
    assert second.offered[0] == other
    assert holder not in second.ranked
    assert held(world) == dict.fromkeys((LILLE, LEIPZIG, PARIS), 0) | {other: 2}
    assert (seen_at(world, holder), seen_at(world, other)) == ([], [fo.OFFERED])
    with pytest.raises(IllegalTransition):
        claim(world, order, other)  # of the offer that is over


def test_an_offer_that_another_node_claimed_is_not_called_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = offered(world)
    holder, other = world.orders.part(order.id, 1).offered
    closed(world, holder)
    work = world.orders.work

    def slow(ids: Any) -> Any:
        found = work(ids)
        claim(world, order, other)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(world.orders, "work", slow)
        sweep(world)
    part = world.orders.part(order.id, 1)
    assert (part.node, part.status, part.timeline[-1].kind) == (other, fo.ACCEPTED, "claim")


@pytest.mark.parametrize("without_node", [KEEP, WAIT])
def test_an_offer_that_nobody_else_can_take_stays_or_waits(world: World, without_node: str) -> None:
    channel = Channel("web", "Web", "EUR", offers=2, offer_widen_s=WIDEN_S,
                      without_node=without_node)  # fmt: skip
    world.config.put(channel_pk("web"), channel)
    receive(world, "SKU-001", LILLE, 5)
    order = assigned(world, {"SKU-001": 2})
    follow(world, world.orders.part(order.id, 1), "assign")
    closed(world, LILLE)
    sweep(world)
    follow(world, world.orders.part(order.id, 1), "recall")
    part = world.orders.part(order.id, 1)
    if without_node == KEEP:
        assert (part.status, part.due) == (fo.OFFERED, world.now + WIDEN_S)
        assert world.orders.case(order.id, "NODE_OUTAGE", 1)["status"] == "OPEN"
        return
    follow(world, part, "withdraw")
    assert (part.status, held_there(world, LILLE), seen_at(world, LILLE)) == (fo.SUPERSEDED, 0, [])
    assert allocate(world, order.id) == progress.BACKORDERED


def held_there(world: World, node: str) -> int:
    return item(world, "SKU-001", node)["allocated"]
