"""Each `$field` of each text that is sent has a value in some order that tells it."""

from __future__ import annotations

from dataclasses import replace
from string import Template

import pytest

from oms.domain.model.channel import Channel
from oms.domain.model.fulfilment import Package
from oms.domain.model.promise import Promise
from oms.domain.notifying.messages import OF_A_PART, TRUE, CustomerMessage
from oms.domain.orders import guest_token
from oms.domain.timeline import Entry
from oms.gateways.notifications.templates import LANGUAGES, render
from oms.stores.config.keys import carrier_pk, channel_pk
from oms.usecases.notifying.deps import Notifying
from oms.usecases.notifying.notify_customer import _data
from tests.cloud import NOW, World
from tests.domain.test_messages import pickup
from tests.usecases.orders import ID, order, part, payment, returned
from tests.usecases.test_notify_customer import Post

SHOP = Channel(
    "web",
    "Ada's shop",
    "EUR",
    order_url="https://shop.example/orders/$token",
    return_to="Ada's shop, 1 Rue, 59000 Lille",
)
CARRIER = {"id": "swift", "name": "Swift", "tracking_url": "https://swift.example/$tracking"}
ELSEWHERE = {"goods"}  # of digital goods: tests/usecases/test_digital.py


def deps(world: World) -> Notifying:
    world.config.put(channel_pk("web"), SHOP)
    world.config.put(carrier_pk("tariff"), CARRIER)
    post = Post()
    return Notifying(world.orders, world.config, post, post, render, world.goods, lambda: "s", NOW)


def told(world: World, status: str) -> dict[str, str]:
    """What a message of this status says of an order that has all of it."""
    if "PICKUP" in status:
        return _data(pickup(), CustomerMessage(status, 1), deps(world))
    boxes = (Package(1, 500, tracking="SW-1", carrier="swift", sent_back=True),)
    whole = order(
        parts=(part(1, "SHIPPED", {1: "0-2"}, packages=boxes, timeline=(Entry(2, "ship", NOW),)),),
        payments=(payment(captured=10987, refunded=4600),),
        returns=(returned(1, {2: "0"}, money="SUCCEEDED", amount=4500),),
        waiting={2: frozenset({0})},
        expected=Promise("SHIP", deliver_by="2026-12-02"),
        cancel_reason="CHANGED_MIND",
    )
    epoch = "2026-11-30" if status == "DELAYED" else ""
    number = 1 if status in OF_A_PART or status.startswith("RE") else 0
    return _data(whole, CustomerMessage(status, number, epoch), deps(world))


@pytest.mark.parametrize("status", sorted(TRUE))
def test_every_field_of_a_text_has_a_value(world: World, status: str) -> None:
    data = told(world, status)
    for language in LANGUAGES.values():
        _, body = language.TEXTS[status]
        lines = "\n".join((body, language.ORDER_LINK, language.CLOSING, language.HELLO_NAME))
        used = set(Template(lines).get_identifiers())
        assert used - ELSEWHERE <= set(data)


def test_the_link_is_the_guests(world: World) -> None:
    url = told(world, "SHIPPED")["order_url"]
    token = url.removeprefix("https://shop.example/orders/")
    assert guest_token.order_of(token, "s", NOW) == ID


def test_the_carriers_page_is_that_of_the_parcel(world: World) -> None:
    assert told(world, "SHIPPED")["tracking_url"] == "https://swift.example/SW-1"


def test_a_shop_without_pages_has_no_link(world: World) -> None:
    ready = deps(world)
    world.config.put(channel_pk("web"), replace(SHOP, order_url=""))
    assert "order_url" not in _data(order(), CustomerMessage("SUPPORT_WAITING"), ready)
