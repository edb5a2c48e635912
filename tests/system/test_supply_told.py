"""Goods on their way and cycle counts on the bus: each step once, for whoever listens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from local.actors.listener import Listener
from local.actors.patience import eventually
from local.actors.supplier import ORDERS, TRANSFERS
from local.actors.world import World
from local.seed.suppliers import RELIABLE

pytestmark = pytest.mark.system
HERE, THERE = "dc-lille", "dc-leipzig"


def wait_for(bus: Listener, *types: str) -> list[dict[str, Any]]:
    """All that was told, in the order of versions, once these have come."""
    eventually(
        lambda: sorted(bus.heard()),
        lambda found: found == sorted(types),
        waiting_for=f"the bus to tell {types}",
    )
    told = sorted(bus.events.values(), key=lambda each: int(each["version"]))
    assert [each["type"] for each in told] == list(types)
    return told


def test_a_purchase_order_and_a_transfer(world: World) -> None:
    sku, order, transfer = world.new_sku({THERE: 2}), world.new_id("PO"), world.new_id("TR")
    eta = (datetime.now(UTC).date() + timedelta(days=3)).isoformat()
    ordered, moved = (
        Listener(world.stack, world.new_id("HEARS"), id, "document") for id in (order, transfer)
    )
    buyer, sender = world.logistics(HERE), world.logistics(THERE)
    buyer.make(ORDERS, order, {sku: 5}, supplier=RELIABLE, node=HERE, eta=eta)
    for _ in range(2):  # said again, it is no step
        buyer.do(ORDERS, order, "send")
    for _ in range(2):
        buyer.receive(ORDERS, order, "note-1", {sku: 3}, DAMAGED={sku: 1})
    told = wait_for(ordered, *(f"purchase_order.{n}" for n in ("created", "sent", "received")))
    assert [each["status"] for each in told] == ["DRAFT", "SENT", "PARTIAL"]
    last = told[-1]
    assert (last["expected"], last["received"], last["discrepancies"]) == (5, 3, {"DAMAGED": 1})

    sender.make(TRANSFERS, transfer, {sku: 2}, source=THERE, node=HERE, eta=eta)
    for step in ("ready", "ship"):
        sender.do(TRANSFERS, transfer, step)
    buyer.receive(TRANSFERS, transfer, "lorry", {sku: 2})
    steps = ("created", "ready", "shipped", "received")
    told = wait_for(moved, *(f"transfer.{step}" for step in steps))
    assert [each["status"] for each in told] == ["DRAFT", "READY", "IN_TRANSIT", "RECEIVED"]
    assert {(each["source"], each["node"]) for each in told} == {(THERE, HERE)}


def test_a_cycle_count(world: World) -> None:
    sku, id = world.new_sku({HERE: 4}), world.new_id("COUNT")
    bus, api = Listener(world.stack, world.new_id("HEARS"), id, "document"), world.crew(HERE).api
    api.post("/counts", {"id": id, "node": HERE, "skus": [sku]})
    api.post(f"/counts/{id}/assign", {"assignee": "Ines"})
    api.post(f"/counts/{id}/count", {"lines": [{"sku": sku, "counted": 3}]})
    for step in ("review", "post"):
        api.post(f"/counts/{id}/{step}")
    steps = ("created", "assigned", "counted", "reviewed", "posted", "booked")
    told = wait_for(bus, *(f"count.{step}" for step in steps))
    assert [each["counted"] for each in told] == [0, 0, 1, 1, 1, 1]
    assert (told[2]["variance"], told[3]["variance"]) == ({}, {sku: -1})
    assert "Ines" not in str(told), "who counts is a person"
