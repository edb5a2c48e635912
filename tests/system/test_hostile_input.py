"""What nobody should send. It is refused with a problem that names the field, and is never a 5xx;
what comes by a queue is kept with the reason.
"""

from __future__ import annotations

import base64
import json
import urllib.parse
import urllib.request
from typing import Any

import pytest

from local.actors.api import JSON, Api, NotThere, Problem
from local.actors.patience import eventually
from local.actors.storefront import Storefront
from local.actors.world import World
from oms.domain.limits.aws import MAX_BODY_BYTES
from oms.domain.limits.orders import MAX_QUANTITY, MAX_UNITS
from oms.domain.model.product import Product
from tests.system.evidence import dead_letters, refused

pytestmark = pytest.mark.system

NODE = "dc-lille"
CART = {"SKU-003": 1}
DEEP = 50_000
LONG = "A" * 3_000  # no key of DynamoDB's is as long

#   what                     | JSON that replaces or joins fields of the order | the field named
ORDERS = r"""
NUL in a name                | {"customer": {"name": "a\u0000b"}}              | /customer/name
half a surrogate pair        | {"customer": {"name": "\ud800"}}                | /customer/name
line break in an id          | {"external_id": "a\r\nx-role: ops"}             | /external_id
blanks only                  | {"external_id": "   "}                          | /external_id
negative total               | {"total": -1}                                   | /total
total as a fraction          | {"total": 1.5}                                  | /total
total as a truth             | {"total": true}                                 | /total
total beyond all money       | {"total": 99999999999999999999999999}           | /total
no lines                     | {"lines": []}                                   | /lines
quantity 0                   | {"lines": [{"sku": "SKU-003", "quantity": 0}]}  | /lines/0/quantity
quantity 100000                 | {"lines": [{"sku": "SKU-003", "quantity": 100000}]} | /lines/0/quantity
discount above the price     | {"discount": 999999999}                         | /discount
currency of no country       | {"currency": "XXX"}                             | /currency
currency of another channel  | {"currency": "USD"}                             | /currency
a marketplace's channel      | {"channel": "amazon"}                           | /channel
payment that nobody offers   | {"payment": {"provider": "free"}}               | /payment/provider
payment that was made before | {"payment": {"provider": "external"}}           | /payment/provider
country in words             | {"ship_to": {"name": "A", "line1": "B", "city": "C", "country": "France"}} | /ship_to/country
country that is none         | {"ship_to": {"name": "A", "line1": "B", "city": "C", "country": "ZZ"}} | /ship_to/country
nowhere to ship to           | {"ship_to": null}                               | /ship_to
pickup nowhere               | {"delivery": {"method": "PICKUP"}}              | /delivery/node
pickup at a warehouse        | {"delivery": {"method": "PICKUP", "node": "dc-lille"}} | /delivery/node
pickup at no place of ours   | {"delivery": {"method": "PICKUP", "node": "../etc"}} | /delivery/node
unknown field                | {"is_admin": true}                              | /is_admin
"""
ROWS = [[cell.strip() for cell in row.split(" | ")] for row in ORDERS.strip().splitlines()]


@pytest.mark.parametrize(("what", "changes", "pointer"), ROWS, ids=[row[0] for row in ROWS])
def test_the_wrong_field_of_an_order_is_named(
    shop: Storefront, what: str, changes: str, pointer: str
) -> None:
    raw = json.dumps(shop.body(CART))[:-1] + ", " + changes[1:]
    problem = refused(
        lambda: shop.api.call("POST", "/orders", raw.encode(), JSON), 422, "ValidationFailed"
    )
    assert pointer in {each["pointer"] for each in problem["errors"]}


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"", 422),
        (b"null", 422),
        (b"[]", 422),
        (b'"order"', 422),
        (b"{", 422),
        (b'{"total": NaN}', 422),
        (b"[" * DEEP, 422),
        (b'{"a":' * DEEP + b"1" + b"}" * DEEP, 413),
        (b'{"total": ' + b"9" * 5_000 + b"}", 422),
        (b'{"name": "' + b"a" * MAX_BODY_BYTES + b'"}', 413),
        (b"\xff\xfe\x00", 422),
        ("{}".encode("utf-16"), 422),
    ],
)
def test_a_body_that_is_no_order_is_refused(shop: Storefront, raw: bytes, status: int) -> None:
    with pytest.raises(Problem) as caught:
        shop.api.call("POST", "/orders", raw, JSON)
    assert caught.value.status == status


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data", "x"])
def test_an_order_is_what_its_body_says_whatever_its_content_type(
    shop: Storefront, kind: str
) -> None:
    raw = json.dumps(shop.body(CART)).encode()
    assert shop.api.call("POST", "/orders", raw, {"content-type": kind}).status == 201


def test_the_largest_order_is_decided(world: World, shop: Storefront) -> None:
    """All units that an order may have: of one SKU, added up; of forty, all of which are short."""
    sku = world.new_sku({NODE: MAX_QUANTITY * 2})
    body = shop.body({sku: MAX_QUANTITY})
    double = {**body, "lines": body["lines"] * 2, "total": None}
    assert len(shop.send(double)["lines"]) == 2
    again = {**double, "external_id": shop.new_id()}
    problem = refused(lambda: shop.send(again), 409, "OutOfStock")
    assert problem["missing"] == {sku: MAX_QUANTITY * 2}
    skus = [f"SKU-{n % 40 + 1:03d}" for n in range(100)]
    lines = [{"sku": each, "quantity": MAX_UNITS // 100, "unit_price": 1} for each in skus]
    whole = {**body, "lines": lines, "total": None, "external_id": shop.new_id()}
    assert len(refused(lambda: shop.send(whole), 409, "OutOfStock")["errors"]) == 100
    refused(lambda: shop.send({**whole, "lines": [*lines, lines[0]]}), 422, "ValidationFailed")
    refused(lambda: shop.send({**whole, "lines": lines * 5 + lines[:1]}), 422, "ValidationFailed")


@pytest.mark.parametrize(
    "value", [LONG, "%00", "..%2F..", "%23", "%F0%9F%98%80", "a%0d%0ab", "%20"]
)
@pytest.mark.parametrize(
    "path",
    [
        "/orders/{}",
        "/orders/{}/fulfilment-orders/1",
        "/orders/{}/returns/1",
        "/orders/{}/messages",
        "/track/{}",
        "/webhooks/shopify/{}",
    ],
)
def test_an_address_that_can_name_nothing_names_nothing(
    world: World, path: str, value: str
) -> None:
    method = "POST" if path.startswith("/webhooks") else "GET"
    with pytest.raises(Problem) as caught:
        world.service.api.call(method, path.format(value), b"{}" if method == "POST" else None)
    assert caught.value.status in (401, 404)


@pytest.mark.parametrize("number", ["0", "-1", "1e1", "%D9%A1", "999", "1.0", "9" * 5_000])
def test_a_number_that_names_no_part_names_nothing(world: World, number: str) -> None:
    order = world.shop.place(CART)
    for what in ("parts", "returns"):
        with pytest.raises(NotThere):
            world.service.api.get(f"/orders/{order}/{what}/{number}")


CURSOR = {"gn": NODE, "pk": "O#x", "sk": "FO#01", "at": 1}


@pytest.mark.parametrize(
    "start",
    [
        {},
        {"gn": NODE},
        {**CURSOR, "gn": "store-lyon"},
        {**CURSOR, "at": "1"},
        {**CURSOR, "at": True},
        {**CURSOR, "at": 10**200},
        {**CURSOR, "pk": ""},
        {**CURSOR, "pk": 1},
        {**CURSOR, "sk": "x" * 2_000},
        {**CURSOR, "sk": "\ud800"},
        {**CURSOR, "more": 1},
        [1],
        "text",
    ],
)
def test_a_forged_cursor_is_refused(world: World, start: Any) -> None:
    text = base64.urlsafe_b64encode(json.dumps(start).encode()).decode()
    api = world.crew(NODE).api
    problem = refused(lambda: api.get(f"/nodes/{NODE}/work", cursor=text), 422, "ValidationFailed")
    assert [each["pointer"] for each in problem["errors"]] == ["/cursor"]


@pytest.mark.parametrize("cursor", ["a", "====", "😀", base64.b64encode(b"[" * 5_000).decode()])
def test_a_cursor_that_is_none_is_refused(shop: Storefront, cursor: str) -> None:
    query = {"channel": "web", "customer_id": "c", "cursor": cursor}
    refused(lambda: shop.api.get("/orders", **query), 422, "ValidationFailed")


@pytest.mark.parametrize("sku", ["A#B", "a.b", "ä😀ß", "x&y=z", "SELECT '", "${jndi:x}", "a+b c"])
def test_a_sku_of_any_letters_is_one_sku(world: World, shop: Storefront, sku: str) -> None:
    world.loader.product(Product(sku, "Odd", 100, price={"EUR": 100}))
    booked = world.crew(NODE).receive(world.new_id(), sku, 5)
    order = shop.place({sku: 2})
    assert world.crew(NODE).stock(urllib.parse.quote(sku, safe="")) == {
        **{name: booked[name] for name in booked if name not in ("booked", "stale")},
        "allocated": 2,
        "available": booked["available"] - 2,
        "version": booked["version"] + 1,
    }
    assert shop.see(order).raw["lines"][0]["sku"] == sku


def test_names_cannot_command_the_label_printer(world: World, shop: Storefront) -> None:
    name = "^XZ^XA^FO0,0~HI =cmd|'/c calc'!A1"
    order = {**shop.body({world.new_sku({NODE: 1}): 1}), "customer": {"name": name}}
    address = {**order["ship_to"], "name": name, "line1": "é" * 200, "city": "@SUM(A1)"}
    [part] = world.staff.work_through(shop.send({**order, "ship_to": address})["id"])
    [label] = world.staff.at(NODE).labels(part["order_id"], 1)
    with urllib.request.urlopen(label["zpl"]) as answer:
        zpl = answer.read().decode()
    assert (zpl.count("^XA"), zpl.count("^XZ"), zpl.count("~")) == (1, 1, 0)


def test_junk_in_the_queue_is_kept_and_holds_nobody_up(world: World) -> None:
    mark = world.new_id("JUNK")
    junk = {
        "not JSON": "{" + mark,
        "no object": json.dumps([mark]),
        "a number": f"1{mark}",
        "deep": "[" * DEEP + mark,
        "no order": json.dumps({"orderId": mark}),
        "large": json.dumps({"orderId": mark, "junk": "x" * 900_000}),
    }
    for body in junk.values():
        world.marketplace.raw(body)
    good = world.marketplace.sell(world.new_id("AMZ"), CART)
    world.service.wait(good, lambda seen: seen.status != "")
    kept: set[str] = set()

    def letters() -> set[str]:
        kept.update(m["Body"] for m in dead_letters(world, "MarketplaceDeadLetters"))
        return kept

    eventually(letters, lambda found: set(junk.values()) <= found, describe=len)


def test_a_header_changes_nothing(shop: Storefront) -> None:
    """Neither the method nor the caller nor the address is taken from a header."""
    told = {
        "x-http-method-override": "DELETE",
        "x-forwarded-for": "127.0.0.1",
        "x-amzn-oidc-identity": "root",
        "x-original-url": "/openapi.json",
        "idempotency-key": "é\t" + LONG,
    }
    raw = json.dumps(shop.body(CART)).encode()
    headers = {name: value.encode().decode("latin-1") for name, value in told.items()}
    order = shop.api.call("POST", "/orders", raw, headers).body["id"]
    wanted = {"lines": [{"line": 1, "quantity": 1, "reason": "OTHER"}]}
    problem = refused(
        lambda: Api(shop.api.url, shop.api.token).call(
            "POST", f"/orders/{order}/returns", json.dumps(wanted).encode(), headers
        ),
        422,
        "ValidationFailed",
    )
    assert [each["pointer"] for each in problem["errors"]] == ["/key"]
