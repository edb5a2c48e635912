"""Gift cards, licence keys and downloads over HTTP: delivered at once, paid, and each code once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from local.actors.lines import DEFAULT_CENTS
from local.actors.patience import eventually
from local.actors.service import Service
from local.actors.staff import Staff
from local.actors.storefront import SHIPPING_CENTS, Storefront
from local.actors.world import World
from oms.domain.model.product import DOWNLOAD, LICENCE_KEY
from tests.system.evidence import refused, wait_for_end, wait_until_told

pytestmark = pytest.mark.system
BUYERS, CODES = 12, 8


def codes_for(sku_or_run: str, count: int) -> list[str]:
    return [f"{sku_or_run}-{number:04d}-XYZW" for number in range(count)]


def test_a_gift_card_is_delivered_at_once_without_an_address(
    world: World, shop: Storefront, service: Service
) -> None:
    codes = codes_for(world.new_id("CODE"), 3)
    sku = world.new_digital(codes=codes)
    [option] = shop.availability({sku: 2})["options"]
    assert (option["id"], option["available"], option["price"]) == ("DIGITAL:immediate", True, 0)
    [short] = shop.availability({sku: 4})["options"]
    assert (short["available"], short["missing"]) == (False, {sku: 1})
    nowhere = {**shop.body({sku: 2}, carried=False), "customer": {"name": "Nobody"}}
    problem = refused(lambda: shop.send(nowhere), 422, "ValidationFailed")
    assert [error["pointer"] for error in problem["errors"]] == ["/customer/email"]

    body = shop.body({sku: 2}, carried=False)
    answer = shop.send(body)
    assert shop.send(body) == answer
    order = answer["id"]
    assert answer["promise"]["method"] == "DIGITAL"
    seen = shop.wait_for(order, "DELIVERED")
    assert [(part["method"], part["status"]) for part in seen.parts] == [("DIGITAL", "DELIVERED")]
    wait_for_end(world, order)
    assert service.see(order).money["captured"] == 2 * DEFAULT_CENTS
    given = world.code_room.codes(order)
    assert len(set(given)) == 2
    assert set(given) < set(codes)
    assert max(wait_until_told(world, order, "DIGITAL_DELIVERED").values()) == 1
    said = str(shop.api.get(f"/orders/{order}/messages"))
    assert "••••XYZW" in said
    assert not any(code in said for code in codes), "kept messages tell codes apart, no more"
    hidden = world.ops.get(f"/orders/{order}"), service.api.get(f"/orders/{order}/decisions")
    assert "needs no node" not in str(hidden[0])
    assert "2 units need no node" in str(hidden[1])
    refused(lambda: service.api.get(f"/orders/{order}/digital-goods"), 403, "")
    assert world.code_room.load(sku, codes)["left"] == 1, "what was sold is not loaded again"

    refused(lambda: shop_returns(shop, order), 409, "NothingToReturn")
    ask = {"key": "r1", "lines": [{"line": 1, "quantity": 1, "reason": "OTHER"}]}
    back = service.api.post(f"/orders/{order}/returns", {**ask, "ignore_window": True})
    assert service.wait_for_refund(back)["amount"] == DEFAULT_CENTS


def shop_returns(shop: Storefront, order: str) -> object:
    lines = [{"line": 1, "quantity": 1, "reason": "CHANGED_MIND"}]
    return shop.api.post(f"/orders/{order}/returns", {"key": "r0", "lines": lines})


def test_a_mixed_order_waits_for_codes_and_its_parcel_does_not(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    card, thing = world.new_digital(), world.new_sku({"dc-lille": 1})
    file = world.new_digital(DOWNLOAD, link="https://shop.example/$sku?o=$order&n=$unit")
    refused(lambda: shop.place({card: 1, thing: 1}, carried=False), 422, "ValidationFailed")
    body = shop.body({thing: 1, card: 2, file: 1})
    order = str(shop.send(body)["id"])
    parcel = staff.wait_for_part(order)
    assert (parcel["node"], parcel["lines"][0]["sku"]) == ("dc-lille", thing)
    service.wait(order, lambda seen: seen.raw["cases"], waiting_for="the case about codes")
    staff.finish(parcel)
    paid = DEFAULT_CENTS + SHIPPING_CENTS
    service.wait(order, lambda seen: seen.money["captured"] == paid, waiting_for="the parcel paid")
    assert world.code_room.pool(card)["waiting"] == 1
    assert world.code_room.goods(order) == []

    codes = codes_for(world.new_id("CODE"), 2)
    world.code_room.load(card, codes)
    seen = service.wait(
        order,
        lambda seen: seen.money["captured"] == seen.raw["totals"]["grand_total"],
        waiting_for="all of it paid",
    )
    assert [case["status"] for case in seen.raw["cases"]] == ["RESOLVED"]
    assert sorted(world.code_room.codes(order)) == codes
    link = f"https://shop.example/{file}?o={order}&n=1"
    assert link in [good.get("link") for good in world.code_room.goods(order)]
    wait_for_end(world, order)
    told = wait_until_told(world, order, "SHIPPED", "DIGITAL_DELIVERED")
    assert max(told.values()) == 1, told


def test_many_buyers_of_few_codes_share_none_and_cancelled_ones_take_none(
    world: World, shop: Storefront, service: Service
) -> None:
    codes = codes_for(world.new_id("KEY"), BUYERS)
    sku = world.new_digital(LICENCE_KEY, codes[:CODES])
    bodies = [shop.body({sku: 1}, carried=False) for _ in range(BUYERS)]
    with ThreadPoolExecutor(8) as pool:
        orders = [str(answer["id"]) for answer in pool.map(shop.send, [*bodies, *bodies])][:BUYERS]
    eventually(
        lambda: world.code_room.pool(sku),
        lambda pool: (pool["left"], pool["waiting"]) == (0, BUYERS - CODES),
        waiting_for="all codes given and the others waiting",
    )
    waits = [order for order in orders if service.see(order).customer_status != "DELIVERED"]
    service.cancel(waits[0])
    shop.wait_for(waits[0], "CANCELLED")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: world.code_room.load(sku, codes[CODES:]), range(2)))
    for order in set(orders) - {waits[0]}:
        shop.wait_for(order, "DELIVERED")
    given = [code for order in orders for code in world.code_room.codes(order)]
    assert len(given) == len(set(given)) == BUYERS - 1
    assert world.code_room.pool(sku) == {"sku": sku, "left": 1, "waiting": 0, "accepted": 0}
