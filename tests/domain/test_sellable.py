"""What a channel may sell: domain 4.1 with its worked example, safety rules, buffers, kits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oms.domain.model.channel import Channel
from oms.domain.model.network import Network
from oms.domain.model.node import PICKUP, SHIP
from oms.domain.model.product import Product
from oms.domain.model.safety import SafetyRule
from oms.domain.model.stock_item import StockItem
from oms.domain.stock.availability import at_node
from oms.domain.stock.sellable import Sellable, band, sellable
from tests.fakes.networks import network, node

CHANNEL = Channel("web", "Web", "EUR", low_below=5)
PLAIN = Product("A", "Plain")


def test_the_worked_example() -> None:
    """On hand 20, allocated 5, soft 1, unavailable 2, staged 2, safety 3: ATP 7. In the network
    120 + 7 + 0, 9 waiting, buffer of 5 or 10 %: 106.
    """
    item = StockItem("A", "S1", 20, 5, 2, 1, {"damaged": 2})
    store = node("S1", safety_rules=(SafetyRule(3),))
    nodes = [node("DC"), store, node("S2")]
    net = network(nodes, f"DC: A120\nS1: A{item.available}\nS2: A0", waiting={"A": 9})
    assert at_node(net, store, "A", SHIP) == 7
    web = replace(CHANNEL, buffer=5, buffer_percent=10)
    assert sellable(PLAIN, web, net, SHIP) == Sellable(106, 106, "IN_STOCK")
    assert sellable(PLAIN, replace(web, display_max=20), net, SHIP).shown == 20


RULES = [
    (SafetyRule(4), SHIP, 4),
    (SafetyRule(4, sku="B"), SHIP, 0),
    (SafetyRule(4, category="shoes"), SHIP, 4),
    (SafetyRule(4, category="hats"), SHIP, 0),
    (SafetyRule(4, sku="A", method=PICKUP), SHIP, 0),
    (SafetyRule(4, sku="A", method=PICKUP), PICKUP, 4),
    (SafetyRule(percent=10), SHIP, 3),
    (SafetyRule(2, percent=10), SHIP, 3),
    (SafetyRule(9, percent=10), SHIP, 9),
]


@pytest.mark.parametrize(("rule", "method", "kept"), RULES)
def test_a_safety_rule_is_about_what_it_names(rule: SafetyRule, method: str, kept: int) -> None:
    store = node("S", safety_rules=(rule,))
    net = replace(network([store], "S: A20"), on_hand={("A", "S"): 21}, categories={"A": "shoes"})
    assert at_node(net, store, "A", method) == 20 - kept


def test_the_most_cautious_rule_wins() -> None:
    rules = (SafetyRule(2), SafetyRule(5, sku="A"), SafetyRule(percent=10))
    store = node("S", safety=1, safety_by_sku={"A": 4}, safety_rules=rules)
    assert store.safety_of("A", on_hand=30) == 5
    assert store.safety_of("A", on_hand=80) == 8
    assert store.safety_of("B", on_hand=0) == 2


def test_a_node_off_for_sale_and_one_off_for_fulfilment_sell_nothing() -> None:
    for off in ({"sells": False}, {"online": False}):
        net = network([node("S", **off), node("DC")], "S: A5\nDC: A1")
        assert sellable(PLAIN, CHANNEL, net, SHIP).units == 1


KIT = Product("KIT", "Kit", components={"A": 2, "B": 1})


@pytest.mark.parametrize(("method", "units"), [(SHIP, 4), (PICKUP, 2)])
def test_a_kit_is_what_its_scarcest_component_makes_up(method: str, units: int) -> None:
    """9 A and 4 B in the network; to collect, no store has more than 2 of both."""
    net: Network = network([node("S1"), node("S2")], "S1: A5 B2\nS2: A4 B2")
    assert sellable(KIT, CHANNEL, net, method).units == units


@pytest.mark.parametrize(("units", "name"), [(0, "OUT"), (1, "LOW"), (4, "LOW"), (5, "IN_STOCK")])
def test_bands(units: int, name: str) -> None:
    assert band(units, low_below=5) == name
