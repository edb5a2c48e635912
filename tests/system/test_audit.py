"""The auditor over HTTP: silent while all is well, both values of what is not, once."""

from __future__ import annotations

from typing import Any

import pytest

from local.actors.patience import eventually
from local.actors.staff import Staff
from local.actors.storefront import Storefront
from local.actors.world import World
from tests.system.books import AuditBooks
from tests.system.evidence import wait_for_shelf

pytestmark = pytest.mark.system

NODE = "dc-lille"


def audit(world: World, subject: str, **body: object) -> list[dict[str, Any]]:
    """What a run tells of this subject; others are of other tests."""
    report = world.ops.post("/audit", body)
    return [case for case in report["cases"] if case["subject"] == subject]


def cases(world: World, sku: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.ops.get(f"/stock/{sku}/cases")["cases"]
    return found


def test_what_was_sold_and_shipped_leaves_nothing_to_tell(
    world: World, shop: Storefront, staff: Staff
) -> None:
    sku = world.new_sku({NODE: 5})
    cart = shop.reserve({sku: 2})["id"]
    order = shop.place({sku: 2}, reservation=cart)
    staff.work_through(order)
    wait_for_shelf(world, sku, NODE, on_hand=3, available=3)
    shop.place({sku: 1})
    books = AuditBooks(world)
    books.wait_until_folded(sku)
    told = [each["kind"] for each in cases(world, sku) if each["kind"].startswith("AUDIT_")]
    assert (told, books.suspected(sku)) == ([], [])
    assert books.balance(sku) == {"on_hand": "3", "allocated": "1"}
    proposed = world.ops.get(f"/stock/{sku}/proposals")
    assert proposed["daily_demand"] == f"{2 / 28:.3f}", "two were shipped in four weeks"
    assert proposed["reorder"]["position"] == 2


def test_what_does_not_add_up_becomes_a_case_with_both_values_once(
    world: World, shop: Storefront
) -> None:
    sku = world.new_sku({NODE: 5})
    subject = f"stock/{NODE}/{sku}"
    order = shop.place({sku: 1})
    books = AuditBooks(world)
    books.wait_until_folded(sku)  # nothing else happens: the change itself has to be noticed
    books.break_item(sku)  # one more is on hand than any movement says
    told: list[dict[str, Any]] = []

    def look() -> list[dict[str, Any]]:
        """The schedule's own run may be the one that finds it."""
        told.extend(audit(world, subject, grace_s=0))
        return [each for each in cases(world, sku) if each["kind"] == "AUDIT_I2"]

    (kept,) = eventually(look, waiting_for="the auditor to find it")
    assert (kept["node"], kept["status"]) == (NODE, "OPEN")
    detail = kept["detail"]
    assert (detail["reason"], detail["expected"], detail["found"]) == (
        "I2: ledger on_hand",
        "5",
        "6",
    )
    assert len([case for case in told if case["what"] == "ledger on_hand"]) <= 1, "told once"
    assert audit(world, subject, grace_s=0) == [], "told once"
    assert books.item(sku)["oh"]["N"] == "6", "nothing is repaired"
    everything = world.ops.get("/stock-cases")["cases"]
    assert sku in {each["sku"] for each in everything}
    path = f"/stock/{sku}/cases/AUDIT_I2/{NODE}/resolve"
    assert world.ops.post(path, {"note": "counted"})["status"] == "RESOLVED"
    assert shop.see(order).raw["id"] == order
