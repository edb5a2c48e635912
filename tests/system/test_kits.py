"""Kits over HTTP: sold as one thing, held, shipped, paid and returned as what they are made of."""

from __future__ import annotations

import pytest

from local.actors.lines import DEFAULT_CENTS
from local.actors.service import Service
from local.actors.staff import Staff
from local.actors.storefront import SHIPPING_CENTS, Storefront
from local.actors.world import World
from oms.domain.model.product import Product
from tests.system.evidence import refused, shelf

pytestmark = pytest.mark.system
NODE, FAR = "dc-lille", "dc-leipzig"


def new_kit(world: World, components: dict[str, int]) -> str:
    kit = world.new_id("KIT")
    price = {"EUR": DEFAULT_CENTS}
    world.loader.product(Product(kit, f"Kit {kit}", price=price, components=components))
    return kit


def test_a_kit_is_quoted_held_ordered_shipped_and_paid_to_the_cent(
    world: World, shop: Storefront, staff: Staff, service: Service
) -> None:
    body, lid = world.new_sku({NODE: 4}), world.new_sku({NODE: 2})
    kit, plain = new_kit(world, {body: 2, lid: 1}), world.new_sku({NODE: 1})
    options = {each["id"]: each for each in shop.availability({kit: 1})["options"]}
    assert options["SHIP:standard"]["available"]
    cart = shop.reserve({kit: 1, plain: 1})
    assert {(at["sku"], at["quantity"]) for at in cart["holds"]} == {
        (body, 2), (lid, 1), (plain, 1),
    }  # fmt: skip

    sent = shop.body({kit: 1, plain: 1}, reservation=cart["id"])
    answer = shop.send(sent)
    assert shop.send(sent) == answer
    total = 2 * DEFAULT_CENTS + SHIPPING_CENTS
    assert answer["totals"]["grand_total"] == total
    shares = [(at["sku"], at["quantity"], at["total"], at["kit_line"]) for at in answer["lines"]]
    assert shares == [(body, 2, 1333, 1), (lid, 1, 666, 1), (plain, 1, DEFAULT_CENTS, None)]
    assert [at["kit"] for at in answer["lines"]] == [kit, kit, None]
    assert (shelf(world, body, NODE).available, shelf(world, lid, NODE).available) == (2, 1)

    staff.finish(staff.wait_for_part(answer["id"]))
    seen = service.wait(
        answer["id"], lambda seen: seen.money["captured"] == total, waiting_for="its capture"
    )
    assert [line.get("kit") for line in seen.raw["lines"]] == [kit, kit, None]


def test_what_a_kit_lacks_is_named_by_component_and_by_the_line_that_was_sent(
    world: World, shop: Storefront
) -> None:
    body, lid = world.new_sku({NODE: 2}), world.new_sku({NODE: 1, FAR: 1})
    kit, plain = new_kit(world, {body: 2, lid: 1}), world.new_sku({NODE: 1})
    problem = refused(lambda: shop.place({plain: 1, kit: 2}), 409, "OutOfStock")
    assert problem["errors"] == [{"pointer": "/lines/1", "detail": f"2 short of {body}"}]
    assert problem["missing"] == {body: 2}
    assert problem["kits"] == {kit: {body: 2}}
    options = {each["id"]: each for each in shop.availability({kit: 2})["options"]}
    assert options["SHIP:standard"]["kits"] == {kit: {body: 2}}
    refused(lambda: shop.reserve({kit: 2}), 409, "OutOfStock")
    refused(lambda: shop.place({kit: 50_000}), 422, "ValidationFailed")
    assert shelf(world, lid, NODE).available == 1
