"""Scenario 2: of ten messages of a marketplace one is malformed and one a duplicate: eight orders,
and a dead letter that says why and works once it is repaired.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from local.actors import marketplace as amazon
from local.actors.patience import eventually
from local.actors.service import Service
from local.actors.storefront import Storefront
from local.actors.world import World
from local.seed.channels import AMAZON
from oms.domain.ids import order_id
from tests.system.evidence import Shelf, dead_letters, shelf, wait_for_shelf, wait_for_state

pytestmark = pytest.mark.system
NODE = "dc-leipzig"
STOCK, ORDERS = 20, 8


def dead_letter(world: World, containing: str) -> dict[str, Any]:
    """The one dead letter whose body contains this; others stay."""

    def look() -> list[dict[str, Any]]:
        return [m for m in dead_letters(world, "MarketplaceDeadLetters") if containing in m["Body"]]

    [found] = eventually(look, waiting_for=f"a dead letter with {containing}")
    return dict(found)


def redrive(world: World, letter: dict[str, Any]) -> None:
    """As `start-message-move-task` does, which the local cloud lacks: the same message again."""
    sqs = world.stack.client("sqs")
    sqs.send_message(
        QueueUrl=world.stack.physical("MarketplaceQueue"),
        MessageBody=letter["Body"],
        MessageAttributes=letter["MessageAttributes"],
    )
    dead = world.stack.physical("MarketplaceDeadLetters")
    sqs.delete_message(QueueUrl=dead, ReceiptHandle=letter["ReceiptHandle"])


def test_a_batch_of_ten_becomes_eight_orders_and_a_dead_letter(
    world: World, shop: Storefront, service: Service
) -> None:
    run, sku = world.new_id("BATCH"), world.new_sku({NODE: STOCK})
    orders = [amazon.order(f"{run}-{n}", {sku: 1}) for n in range(ORDERS + 1)]
    malformed = orders.pop()
    del malformed["orderItems"]
    ids = world.marketplace.send(*orders, orders[3], malformed)
    assert len(ids) == 10
    assert len(set(ids)) == ORDERS + 1

    for order in ids[:ORDERS]:
        seen = shop.wait(order, bool, waiting_for="it to come in")
        assert (seen.raw["channel"], seen.raw["external_id"][: len(run)]) == ("amazon", run)
        wait_for_state(world, order, "Fulfil")
    letter = dead_letter(world, malformed["orderId"])
    assert shelf(world, sku, NODE) == Shelf(STOCK, allocated=ORDERS, available=STOCK - ORDERS)
    happened = service.see(ids[3]).events
    assert (happened.count("order.placed"), happened.count("fulfilment.assign")) == (1, 1)

    reason = letter["MessageAttributes"]["reason"]["StringValue"]
    assert reason == "ValidationFailed: The order has no lines (/orderItems: no lines)"
    [repaired] = world.marketplace.send(
        {**json.loads(letter["Body"]), "orderItems": amazon.order("", {sku: 1})["orderItems"]}
    )
    assert repaired == ids[-1]
    shop.wait(repaired, bool, waiting_for="the repaired order")
    wait_for_shelf(world, sku, NODE, allocated=ORDERS + 1)


def test_what_is_no_json_is_a_dead_letter_at_once(world: World) -> None:
    mark = world.new_id("NOJSON")
    world.marketplace.raw(f'{{"orderId": "{mark}", ')
    reason = dead_letter(world, mark)["MessageAttributes"]["reason"]["StringValue"]
    assert reason == "ValidationFailed: the message is not valid JSON (: JSON)"


def test_a_dead_letter_is_redriven_once_its_cause_is_repaired(
    world: World, shop: Storefront
) -> None:
    """Here the message is right and the system was not: nobody had set up its channel."""
    id, sku, name = world.new_id("EARLY"), world.new_sku({NODE: 2}), world.new_id("bazaar")
    replace(world.marketplace, channel=name).send(amazon.order(id, {sku: 1}))
    letter = dead_letter(world, id)
    assert "there is no channel" in letter["MessageAttributes"]["reason"]["StringValue"]

    world.loader.config.put(f"CHANNEL#{name}", replace(AMAZON, id=name))
    redrive(world, letter)
    order = order_id(name, id)
    assert shop.wait(order, bool, waiting_for="the redriven order").raw["channel"] == name
    wait_for_shelf(world, sku, NODE, allocated=1)
