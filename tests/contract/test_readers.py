"""What use cases may expect of configuration and stock, of the fakes and of the tables alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from oms.domain.errors import NotFound
from oms.domain.model import units
from oms.domain.model.carriage import CarrierService
from oms.domain.model.channel import Channel
from oms.domain.model.customer import Customer
from oms.domain.model.network import Network
from oms.domain.model.order import Order, OrderLine, OrderSnapshot, OrderState
from oms.domain.model.payment import PaymentMeans
from oms.domain.model.product import Product
from oms.domain.model.rules import SourcingRules
from oms.domain.model.supply import Supply
from oms.domain.promising.work_day import Slot
from oms.domain.sourcing.outlook import Outlook
from oms.ports import Availability, ConfigReader
from tests import cloud
from tests.fakes.networks import node, service
from tests.fakes.readers import FakeConfig, FakeStock

DC = node("dc", holidays="DE-BY", safety_by_sku={"A": 2}, closures=frozenset({"2026-06-11"}))
SHOP = node("shop", country="FR")
CARRIER: CarrierService = service(region=frozenset({"DE", "FR"}))
RULES = SourcingRules("near", criteria=("distance_km",), max_parts=2)
CHANNELS = (Channel("all", "All", "EUR"), Channel("one", "One", "EUR", nodes=("shop", "gone")))
PRODUCT = Product("A", "Product", 700, price={"EUR": 1999})
HOLIDAYS = {"DE-BY": frozenset({"2026-06-04"}), "FR": frozenset({"2026-07-14"})}
SUPPLY = Supply("po1", "A", "dc", 5, "2026-06-20")
NOW = 1_781_078_400
TODAY, LATER = "2026-06-10", "2026-06-20"


@dataclass
class Readers:
    config: ConfigReader
    stock: Availability


def waiting_order(id: str, sku: str, quantity: int) -> Order:
    line = OrderLine(1, sku, quantity, 1000)
    snapshot = OrderSnapshot(
        id,
        "all",
        id,
        NOW,
        "EUR",
        Customer("c"),
        (line,),
        1000,
        0,
        PaymentMeans("card", "x"),
        "SHIP",
    )
    return Order(snapshot, OrderState(waiting={1: units.of(quantity)}))


@pytest.fixture(params=["fake", "tables"])
def readers(request: pytest.FixtureRequest) -> Iterator[Readers]:
    if request.param == "fake":
        yield fakes()
    else:
        with cloud.world(seeded=False) as world:
            fill(world)
            yield Readers(world.config, world.stock.availability)


def fakes() -> Readers:
    config = FakeConfig(
        channels=CHANNELS,
        nodes=(DC, SHOP),
        services=(CARRIER,),
        rules=(RULES,),
        products=(PRODUCT,),
        holidays=HOLIDAYS,
    )
    held = {("A", "dc"): 3, ("A", "shop"): 1, ("B", "dc"): 7}
    waiting = {("o1", "A"): 2, ("o2", "A"): 1}
    stock = FakeStock(held, supplies=(SUPPLY,), waiting=waiting)
    stock.taken = {("dc", TODAY): 2, ("dc", LATER): 1}
    return Readers(config, stock)


def fill(world: Any) -> None:
    from oms.stores.dynamo.codec import encode

    config, stock = world.config, world.stock
    config.calendar = lambda code, years: HOLIDAYS.get(code, frozenset())
    for channel in CHANNELS:
        config.put(f"CHANNEL#{channel.id}", channel)
    for each in (DC, SHOP):
        config.put_node(each)
    config.put("CARRIERS", {"services": [encode(CARRIER)]})
    config.put("RULES#near", RULES)
    config.put("PRODUCT#A", PRODUCT)
    for sku, place, quantity in (("A", "dc", 3), ("A", "shop", 1), ("B", "dc", 7)):
        cloud.receive(world, sku, place, quantity)
    stock.supply.put(SUPPLY)
    places = (("a.1", TODAY), ("b.1", TODAY), ("a.2", LATER))
    stock.days.take_all([Slot("dc", day, claim, 9) for claim, day in places])
    for order in (waiting_order("o1", "A", 2), waiting_order("o2", "A", 1)):
        stock.waiting.put(order, NOW)


def test_configuration_is_what_was_put(readers: Readers) -> None:
    config = readers.config
    assert config.channel("all") == CHANNELS[0]
    assert config.node("dc") == DC
    assert config.services() == (CARRIER,)
    assert config.rules("near") == RULES


def test_a_channel_sees_the_whole_network_or_its_own_nodes(readers: Readers) -> None:
    config = readers.config
    assert config.nodes(config.channel("all")) == (DC, SHOP)
    assert config.nodes(config.channel("one")) == (SHOP,)


def test_what_is_unknown_is_refused_absent_or_the_default(readers: Readers) -> None:
    with pytest.raises(NotFound):
        readers.config.channel("nobody")
    with pytest.raises(NotFound):
        readers.config.node("nowhere")
    assert readers.config.products(["A", "X"]) == {"A": PRODUCT}
    assert readers.config.rules("unheard") == SourcingRules("unheard")


def test_holidays_are_those_of_the_nodes_and_of_the_destination(readers: Readers) -> None:
    found = readers.config.holidays((DC, SHOP), "AT", NOW)
    assert found == {**HOLIDAYS, "AT": frozenset()}


def test_nothing_is_published_before_it_was_computed(readers: Readers) -> None:
    assert readers.config.outlook() == Outlook()


@pytest.mark.parametrize("consistent", [True, False])
def test_a_network_holds_stock_supply_and_waiting_demand(readers: Readers, consistent) -> None:
    assert readers.stock.network(["A", "C", "A"], (DC, SHOP), consistent=consistent) == Network(
        nodes=(DC, SHOP),
        available={("A", "dc"): 3, ("A", "shop"): 1},
        on_hand={("A", "dc"): 3, ("A", "shop"): 1},
        waiting={"A": 3},
        supplies=(SUPPLY,),
    )


def test_what_an_order_waits_for_does_not_stand_in_its_own_way(readers: Readers) -> None:
    network = readers.stock.network(["A"], (DC,), consistent=True, order_id="o1")
    assert network.waiting == {"A": 1}


def test_places_are_counted_on_the_days_that_are_asked_for(readers: Readers) -> None:
    load = readers.stock.load([TODAY, "2026-06-11"], consistent=True)
    assert load == {("dc", TODAY): 2}
    network = readers.stock.network(["A"], (DC,), consistent=False, days=[LATER])
    assert network.load == {("dc", LATER): 1}
