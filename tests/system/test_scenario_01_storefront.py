"""Scenario 1: an order of the web shop, from `POST /orders` to the customer's door."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pypdfium2
import pytest
import zxingcpp

from local.actors.api import JSON, Problem
from local.actors.lines import DEFAULT_CENTS
from local.actors.seen import Seen
from local.actors.service import Service
from local.actors.staff import Part, Staff
from local.actors.storefront import SHIPPING_CENTS, Storefront
from local.actors.world import World
from tests.system.evidence import (
    Shelf,
    Told,
    download,
    refused,
    shelf,
    wait_for_end,
    wait_for_shelf,
    wait_for_state,
    wait_until_told,
)

pytestmark = pytest.mark.system
NODE = "dc-lille"
PRINTER_SCALE = 2.8  # × 72 dots per inch: a 203 dpi label printer


def scanned(pdf: bytes) -> list[str]:
    """What a scanner reads on the page."""
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=PRINTER_SCALE).to_pil()
    found = zxingcpp.read_barcodes(image)
    assert {code.format for code in found} == {zxingcpp.BarcodeFormat.Code128}
    return [code.text for code in found]


@dataclass(frozen=True)
class Placed:
    """An order of three lines, and the SKU of each."""

    id: str
    skus: list[str]
    part: Part


@pytest.fixture
def placed(world: World, shop: Storefront, staff: Staff) -> Placed:
    skus = [world.new_sku({NODE: 5}) for _ in range(3)]
    order = shop.place(dict(zip(skus, (2, 1, 1), strict=True)))
    return Placed(order, skus, staff.wait_for_part(order))


def test_the_answer_says_what_was_agreed_and_its_stock_is_held(
    world: World, shop: Storefront
) -> None:
    skus = [world.new_sku({NODE: 5}) for _ in range(3)]
    body = shop.body(dict(zip(skus, (2, 1, 1), strict=True)))
    answer = shop.api.call("POST", "/orders", json.dumps(body).encode(), JSON)
    held = [shelf(world, sku, NODE) for sku in skus]  # at once: nothing is waited for

    assert answer.status == 201, answer
    order = answer.body
    assert answer.headers["location"] == f"/orders/{order['id']}"
    assert (order["status"], order["customer_status"]) == ("RECEIVED", "SUPPORT_WAITING")
    assert order["totals"]["items"] == 4 * DEFAULT_CENTS
    assert order["totals"]["grand_total"] == 4 * DEFAULT_CENTS + SHIPPING_CENTS
    assert order["promise"]["deliver_by"] > order["promise"]["ship_by"], order["promise"]
    assert order["promise"]["confidence"] == "HIGH"
    assert (order["parts"], order["holds"]) == (1, [])
    assert held == [
        Shelf(on_hand=5, allocated=quantity, available=5 - quantity) for quantity in (2, 1, 1)
    ]


def test_its_execution_has_the_orders_id_and_waits_for_the_node(
    world: World, shop: Storefront, placed: Placed
) -> None:
    went = wait_for_state(world, placed.id, "Fulfil")
    assert went == ["Authorise", "Allocate", "ByAllocation", "Fulfil"]
    assert placed.part["node"] == NODE
    seen = shop.see(placed.id)
    assert (seen.money["authorised"], seen.money["captured"]) == ("FULL", 0), seen.raw
    assert seen.status == "IN_FULFILMENT"


def test_every_step_is_seen_told_once_and_paid_when_it_ships(
    world: World, shop: Storefront, staff: Staff, service: Service, placed: Placed
) -> None:
    order, part = placed.id, placed.part
    total = 4 * DEFAULT_CENTS + SHIPPING_CENTS
    assert customers_view(shop, order) == ("SUPPORT_WAITING", ["SUPPORT_WAITING"], 0)
    wait_until_told(world, order, "SUPPORT_WAITING")

    part = staff.do("accept", part, version=part["version"])
    assert customers_view(shop, order) == ("IN_PREPARATION", ["IN_PREPARATION"], 0)
    wait_until_told(world, order, "IN_PREPARATION")

    part = staff.do("pick", part, scans=[placed.skus[0], *placed.skus])
    assert [line["quantities"]["picked"] for line in shop.see(order).raw["lines"]] == [2, 1, 1]
    wait_for_shelf(world, placed.skus[0], NODE, on_hand=5, allocated=0, staged=2, available=3)
    part = staff.do("pack", part)
    assert customers_view(shop, order) == ("IN_PREPARATION", ["IN_PREPARATION"], 0)

    part = staff.do("label", part)
    assert customers_view(shop, order) == ("READY_TO_SHIP", ["READY_TO_SHIP"], 0)
    wait_until_told(world, order, "READY_TO_SHIP")

    part = staff.do("ship", part)
    assert customers_view(shop, order)[:2] == ("SHIPPED", ["SHIPPED"])
    service.wait(order, lambda seen: seen.money["captured"] == total, waiting_for="its capture")
    wait_for_shelf(world, placed.skus[0], NODE, on_hand=3, staged=0, available=3)
    wait_until_told(world, order, "SHIPPED")

    assert world.carrier.scan("IN_TRANSIT", part)["accepted"] == 1
    assert customers_view(shop, order)[0] == "SHIPPED"
    assert world.carrier.scan("DELIVERED", part)["accepted"] == 1
    assert customers_view(shop, order)[:2] == ("DELIVERED", ["DELIVERED"])
    seen = service.wait(order, lambda seen: seen.status == "COMPLETED", waiting_for="COMPLETED")

    assert wait_until_told(world, order, "DELIVERED") == Counter(ONE_MESSAGE_EACH)
    assert wait_for_end(world, order) == WAY
    assert of(seen, "order") == "placed confirm route complete".split()
    assert of(seen, "fulfilment") == "assign accept pick pack label ship deliver".split()


WAY = ["Authorise", "Allocate", "ByAllocation", "Fulfil", "ByProgress", "Conclude"]
ONE_MESSAGE_EACH = (
    Told("SUPPORT_WAITING", 0),
    Told("IN_PREPARATION", 0),
    Told("READY_TO_SHIP", 1),
    Told("SHIPPED", 1),
    Told("DELIVERED", 1),
)


def of(seen: Seen, noun: str) -> list[str]:
    """What the timeline tells of one noun."""
    return [event.partition(".")[2] for event in seen.events if event.startswith(f"{noun}.")]


def customers_view(shop: Storefront, order: str) -> tuple[str, list[str], int]:
    """What the customer sees now: of the order, of each part, and the money taken."""
    seen: Seen = shop.see(order)
    return seen.customer_status, [part["status"] for part in seen.parts], seen.money["captured"]


def test_the_labels_are_a_pdf_and_a_zpl_that_scan_to_the_tracking_number(
    staff: Staff, placed: Placed
) -> None:
    part = placed.part
    for action in ("accept", "pick"):
        part = staff.do(action, part)
    packages = [{"weight_g": 900, "length_mm": 300}, {"weight_g": 1400}]
    for action, body in (("pack", {"packages": packages}), ("label", {})):
        part = staff.do(action, part, **body)
    labels = staff.at(NODE).labels(placed.id, 1)
    assert [label["tracking"] for label in labels] == [p["tracking"] for p in part["packages"]]
    assert len({label["tracking"] for label in labels}) == len(packages)
    for label in labels:
        pdf, zpl = download(label["pdf"]), download(label["zpl"]).decode()
        assert pdf.startswith(b"%PDF-")
        assert scanned(pdf) == [label["tracking"]]
        assert zpl.startswith("^XA")
        assert f"^FD{label['tracking']}^FS" in zpl, zpl


def test_a_scan_of_something_else_is_refused_and_changes_nothing(
    staff: Staff, placed: Placed
) -> None:
    part = staff.do("accept", placed.part)
    for scans in (["SKU-001"], [placed.skus[1], placed.skus[2]]):
        body = refused(lambda s=scans: staff.do("pick", part, scans=s), 422, "ValidationFailed")
        assert body["errors"][0]["pointer"].startswith("/scans"), body
    assert staff.at(NODE).see(placed.id, 1)["version"] == part["version"]


def test_what_cannot_be_held_is_refused_with_what_is_missing_and_what_could_be_promised(
    world: World, shop: Storefront
) -> None:
    plenty, scarce = world.new_sku({NODE: 9}), world.new_sku({NODE: 2})
    body = shop.body({plenty: 1, scarce: 3})
    problem = refused(lambda: shop.send(body), 409, "OutOfStock")
    assert problem["missing"] == {scarce: 1}
    assert problem["alternatives"]["available_now"] == {plenty: 1, scarce: 2}
    assert problem["errors"] == [{"pointer": "/lines/1", "detail": "1 short"}]
    assert shelf(world, plenty, NODE) == Shelf(9, available=9), "nothing stays held"
    accepted = shop.send({**body, "channel": "patient", "external_id": shop.new_id()})
    assert [line["backordered"] for line in accepted["lines"]] == [0, 1]


def test_no_more_is_accepted_than_there_is(world: World, shop: Storefront) -> None:
    sku, there, asked = world.new_sku({NODE: 3}), 3, 9

    def buy(_: int) -> str:
        try:
            return shop.place({sku: 1})
        except Problem as problem:
            if problem.type != "OutOfStock":
                raise
            return ""

    with ThreadPoolExecutor(3) as pool:
        orders = list(filter(None, pool.map(buy, range(asked))))
    assert len(orders) == there
    assert shelf(world, sku, NODE) == Shelf(there, allocated=there, available=0)
    for order in orders:
        assert wait_for_state(world, order, "Fulfil").count("Fulfil") == 1
