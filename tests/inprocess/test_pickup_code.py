"""A pickup has a way to tell its code, or it is refused with the reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.stores.config.keys import channel_pk

from . import web
from .channels import case
from .story import STOREFRONT, Story
from .world import World

BODY = case("pickup_with_phone_only")
SKU = BODY["lines"][0]["sku"].replace("-", "_")


@pytest.fixture
def world() -> World:
    built = World()
    Story(built).stocked("store-paris", **{SKU: 2})
    return built


def test_a_phone_alone_is_refused_where_nothing_is_sent_to_it(world: World) -> None:
    status, problem = web.call(world, "POST /orders", BODY, scope=STOREFRONT)
    assert status == 422
    assert "code of a pickup" in str(problem)
    assert "/customer/email" in str(problem)


@pytest.mark.parametrize(("phone", "status"), [(BODY["customer"]["phone"], 201), ("0600", 422)])
def test_where_codes_are_sent_by_sms_an_international_number_does(
    world: World, phone: str, status: int
) -> None:
    channel = world.config.channel("web")
    world.config.put(channel_pk("web"), replace(channel, sms=True))
    body = BODY | {"customer": BODY["customer"] | {"phone": phone}}
    assert web.call(world, "POST /orders", body, scope=STOREFRONT)[0] == status
