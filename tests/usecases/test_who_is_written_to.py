"""Nothing is mailed that is not ours to tell: held orders, and channels that write themselves."""

from __future__ import annotations

import pytest

from oms.domain.model.channel import Channel
from oms.domain.model.order import Hold
from oms.domain.notifying.may_write import may_write
from oms.stores.config.keys import channel_pk
from tests.cloud import World
from tests.usecases.orders import order, part, write
from tests.usecases.test_notify_customer import tell

SILENT = (
    "CANCELLED_BY_CHANNEL",
    "CANCELLED_BY_CHANNEL: line 1",
    "FINANCIAL_STATUS: voided",
    "TEST_ORDER",
    "ALREADY_SHIPPED",
    "FULFILLED_BY_CHANNEL",
    "UNREADABLE_LINE: line 2",
)
SPOKEN = ("FINANCIAL_STATUS: pending", "INCOMPLETE_ADDRESS: city", "NO_SKU: line 1")


def confirmed(world: World, *reasons: str) -> None:
    holds = tuple(Hold("MANUAL", reason) for reason in reasons)
    write(world, order("CONFIRMED", (part(1, "ACCEPTED"),), holds=holds))


@pytest.mark.parametrize("reason", SILENT)
def test_nothing_is_mailed_while_the_order_is_held_as_not_ours(world: World, reason: str) -> None:
    confirmed(world, "NO_SKU: line 1", reason)
    assert tell(world, "order.confirmed") == []
    assert tell(world, "fulfilment.accepted", 1) == []
    assert world.orders.get(order().id).messages == ()


@pytest.mark.parametrize("reason", SPOKEN)
def test_an_order_that_waits_for_a_repair_is_thanked_for(world: World, reason: str) -> None:
    confirmed(world, reason)
    assert tell(world, "order.confirmed") == ["SUPPORT_WAITING"]


def test_what_was_kept_back_is_told_when_the_hold_goes_and_only_then(world: World) -> None:
    confirmed(world)
    assert tell(world, "order.hold_released") == ["SUPPORT_WAITING"]
    assert tell(world, "order.hold_released") == []


def test_a_hold_that_goes_before_the_payment_thanks_for_nothing(world: World) -> None:
    write(world, order("RECEIVED"))
    assert tell(world, "order.hold_released") == []


def test_a_marketplace_writes_to_its_customers_itself(world: World) -> None:
    confirmed(world)
    channel = Channel("web", "Web", "EUR", marketplace="amazon")
    world.config.put(channel_pk("web"), channel)
    assert tell(world, "order.confirmed") == []


def test_a_channel_says_which_messages_we_send(world: World) -> None:
    confirmed(world)
    channel = Channel("web", "Web", "EUR", marketplace="amazon", messages=("IN_PREPARATION",))
    world.config.put(channel_pk("web"), channel)
    assert tell(world, "order.confirmed") == []
    assert tell(world, "fulfilment.accepted", 1) == ["IN_PREPARATION"]


def test_a_shop_may_write_nothing_at_all(world: World) -> None:
    confirmed(world)
    world.config.put(channel_pk("web"), Channel("web", "Web", "EUR", messages=()))
    assert tell(world, "order.confirmed") == []


def test_codes_are_sent_wherever_the_goods_were_sold() -> None:
    marketplace = Channel("a", "A", "EUR", marketplace="amazon")
    assert may_write("READY_FOR_PICKUP", order(), marketplace)
    assert may_write("DIGITAL_DELIVERED", order(), marketplace)
    assert not may_write("SHIPPED", order(), marketplace)
