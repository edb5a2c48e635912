"""The lake of a running system is sourced again: the same rules find the same nodes, others not."""

from __future__ import annotations

import time

import pytest

from local.actors.patience import eventually
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from oms.domain.model.rules import SourcingRules
from oms.domain.replaying.history import ReplayHistory
from oms.domain.replaying.past import PastOrder
from oms.gateways.reports.compare import compare, nodes_of
from oms.gateways.reports.replay_page import page
from tools.replay.connection import source

pytestmark = pytest.mark.system
RANKED = SourcingRules("draft", 9, criteria=("priority", "distance_km"))


def of(past: ReplayHistory, order: str) -> PastOrder | None:
    found = (each for each in past.past if isinstance(each, PastOrder) and each.id == order)
    return next(found, None)


def test_the_last_days_are_sourced_again_and_compared(
    world: World, shop: Storefront, staff: Staff
) -> None:
    sku = world.new_sku({"store-paris": 3, "dc-lille": 3})
    order = shop.place({sku: 1})
    part = staff.wait_for_part(order)
    assert part["node"] == "store-paris"
    staff.finish(part)
    lake, _ = source(world.stack.client, world.stack.deployment.stack_name)

    def now() -> ReplayHistory:
        return lake.history(int(time.time()), 2, lambda _: None)

    past = eventually(
        now,
        lambda past: (known := of(past, order)) is not None and known.sent,
        waiting_for="the order and its part in the lake",
    )
    seen = of(past, order)
    assert seen is not None
    assert (seen.country, seen.lat, seen.lon) == ("FR", "48.9", "2.4")
    assert [(sent.node, dict(sent.lines)) for sent in seen.sent] == [("store-paris", {1: 1})]

    mine = ReplayHistory(
        past.place, tuple(each for each in past.past if _about(each, sku)), stocked=True
    )
    usual = compare(mine, SourcingRules(), lambda _: None)
    ranked = compare(mine, RANKED, lambda _: None)
    assert (usual.rules.orders, usual.moved, ranked.moved) == (1, 0, 1)
    [(was, would_be)] = ranked.changed
    assert (nodes_of(was), nodes_of(would_be)) == (["store-paris"], ["dc-lille"])
    names = {node.id: node.name for node in past.place.nodes}
    assert "Lille distribution centre 1" in page(ranked, "Replay", names, stocked=True)


def _about(each: object, sku: str) -> bool:
    skus = [line.sku for line in each.lines] if isinstance(each, PastOrder) else [each.sku]  # type: ignore[attr-defined]
    return sku in skus
