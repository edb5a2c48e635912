"""What a channel may sell, over HTTP: the demo's stores keep one of everything."""

from __future__ import annotations

from typing import Any

import pytest

from local.actors.lines import DEFAULT_CENTS
from local.actors.storefront import Storefront
from local.actors.world import World
from oms.domain.sourcing.rules import Product
from tests.system.evidence import refused

pytestmark = pytest.mark.system


def ask(shop: Storefront, sku: str) -> dict[str, Any]:
    found: dict[str, Any] = shop.api.get(f"/stock/{sku}/sellable", channel="web")["methods"]
    return found


def test_what_others_hold_and_what_is_kept_back_is_not_sold(world: World, shop: Storefront) -> None:
    sku = world.new_sku({"dc-lille": 6, "store-paris": 3})
    assert ask(shop, sku)["SHIP"] == {"units": 8, "shown": 8, "band": "IN_STOCK"}
    assert ask(shop, sku)["PICKUP"] == {"units": 2, "shown": 2, "band": "LOW"}
    shop.place({sku: 2})
    shop.reserve({sku: 4})
    assert ask(shop, sku)["SHIP"]["units"] == 2
    shop.place({sku: 2})
    assert ask(shop, sku)["SHIP"] == {"units": 0, "shown": 0, "band": "OUT"}
    refused(lambda: ask(shop, world.new_id("NONE")), 422, "ValidationFailed")
    refused(lambda: shop.api.get(f"/stock/{sku}/sellable"), 422, "ValidationFailed")


def test_a_kit_sells_what_its_components_make_up(world: World, shop: Storefront) -> None:
    body, lid = world.new_sku({"dc-lille": 7}), world.new_sku({"dc-leipzig": 3})
    kit = world.new_id("KIT")
    price = {"EUR": DEFAULT_CENTS}
    world.loader.product(Product(kit, "Kit", price=price, components={body: 2, lid: 1}))
    assert ask(shop, kit)["SHIP"]["units"] == 3
    assert ask(shop, kit)["PICKUP"]["units"] == 0
