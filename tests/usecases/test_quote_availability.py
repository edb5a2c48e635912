"""What a shopper is told before ordering."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from oms.domain.errors import Fault, LostRace, NotFound, ValidationFailed
from oms.domain.model.channel import Channel
from oms.domain.model.product import Product
from oms.domain.model.promise import Promise
from oms.domain.model.rules import SourcingRules
from oms.domain.model.supply import Supply
from oms.domain.quoting.quote import MAX_STORE_OPTIONS, Option, Quote, QuoteLine, QuoteRequest
from oms.domain.sourcing.source import source
from oms.usecases.quoting.deps import Quoting
from oms.usecases.quoting.quote_availability import quote_availability
from tests.fakes.networks import BERLIN, HAMBURG, MUNICH, POTSDAM, at, demand, node, service, stock
from tests.fakes.networks import network as network_of
from tests.fakes.readers import FakeConfig, FakeStock

NOW = at("2026-06-10T10:00+02:00")  # a Wednesday
NODES = (
    node("DC", HAMBURG, methods="SHIP"),
    node("S1", BERLIN),
    node("S2", POTSDAM),
    node("S3", MUNICH),
)
SERVICES = (service(days=2, price=490), service("express", days=1, price=990))
ASKED = QuoteRequest("web", (QuoteLine("A", 1),), "DE", *BERLIN)


def world(rows: str = "DC: A9 B9\nS1: A2\nS2: B2", **more: Any) -> dict[str, Any]:
    stock_more = {k: more.pop(k) for k in ("supplies", "waiting", "broken") if k in more}
    config = {
        "channels": [Channel("web", "Web", "EUR")],
        "nodes": NODES,
        "services": SERVICES,
        "products": [Product(sku, sku, 500) for sku in "ABC"],
    }
    return {
        "config": FakeConfig(**{**config, **more}),
        "stock": FakeStock(stock(rows), **stock_more),
    }


def quote(asked: QuoteRequest = ASKED, /, now: int = NOW, **around: Any) -> Quote:
    return quote_availability(asked, Quoting(**(around or world()), now=now))


def cart(wanted: str, **more: Any) -> QuoteRequest:
    lines = tuple(QuoteLine(line.sku, len(line.units)) for line in demand(wanted).lines)
    return replace(ASKED, lines=lines, **more)


def options(found: Quote) -> dict[str, Option]:
    return {option.id: option for option in found.options}


def test_a_product_is_offered_by_each_method_with_its_date_and_price() -> None:
    found = options(quote())
    assert list(found) == ["SHIP:standard", "SHIP:express", "PICKUP:S1", "PICKUP:S2"]
    standard, express, pickup = list(found.values())[:3]
    assert standard.promise == Promise(
        "SHIP", "standard", "2026-06-10", "2026-06-12", cutoff="2026-06-10T14:00:00+02:00"
    )
    assert (standard.price, standard.parts, standard.available) == (490, 1, True)
    assert express.promise is not None
    assert (express.promise.deliver_by, express.price) == ("2026-06-11", 990)
    assert pickup.promise is not None
    assert pickup.promise.ready_by == "2026-06-10T11:00:00+02:00"
    assert (pickup.price, pickup.distance_km, pickup.node_name) == (0, 0, "S1")


# now                    | until the cut-off of standard, of the pickup
WITHIN = [
    ("2026-06-10T10:00+02:00", 4 * 3600, 7 * 3600),
    ("2026-06-10T13:59+02:00", 60, 3 * 3600 + 60),
    ("2026-06-10T14:00+02:00", 0, 3 * 3600),
    ("2026-06-10T14:01+02:00", 24 * 3600 - 60, 3 * 3600 - 60),
]


@pytest.mark.parametrize(("now", "ship", "pickup"), WITHIN)
def test_it_counts_down_to_the_cutoff(now: str, ship: int, pickup: int) -> None:
    found = options(quote(now=at(now)))
    assert found["SHIP:standard"].order_within_s(at(now)) == ship
    assert found["PICKUP:S1"].order_within_s(at(now)) == pickup


def test_a_quote_is_what_allocation_would_decide() -> None:
    found = options(quote(cart("A3 B1 A1")))["SHIP:standard"]
    wanted = demand("A3 B1 A1")
    net = network_of(list(NODES), "DC: A9 B9\nS1: A2\nS2: B2")
    plan = source(wanted, net, SourcingRules(), SERVICES, NOW)
    assert found.parts == len(plan.parts)
    assert found.promise == plan.parts[0].promise


def test_a_cart_that_needs_two_nodes_says_so_and_arrives_with_the_last() -> None:
    nodes = (replace(NODES[0], prep_days=1), *NODES[1:])
    found = options(quote(cart("A2 B9"), **world("DC: B9\nS1: A2", nodes=nodes)))
    standard = found["SHIP:standard"]
    assert (standard.parts, standard.available, standard.price) == (2, True, 980)
    assert standard.promise is not None
    assert (standard.promise.ship_by, standard.promise.deliver_by) == ("2026-06-11", "2026-06-15")


def test_what_is_missing_has_a_backorder_date_and_alternatives() -> None:
    supplies = (Supply("po", "A", "S2", 5, "2026-06-22"),)
    found = options(quote(cart("A1 B1"), **world(supplies=supplies)))
    short = found["PICKUP:S2"]
    assert (short.available, dict(short.missing)) == (False, {"A": 1})
    assert short.backorder == Promise(
        "PICKUP",
        "express",
        ready_by="2026-06-22T10:00:00+02:00",
        cutoff="2026-06-22T09:00:00+02:00",
        confidence="LOW",
    )
    assert short.alternatives == ("SHIP:standard", "SHIP:express")
    assert found["PICKUP:S1"].backorder is None


def test_nothing_anywhere_is_an_answer_without_a_promise() -> None:
    found = quote(cart("C2"))
    assert [option.available for option in found.options] == [False] * 4
    standard = found.options[0]
    assert (standard.promise, standard.price, dict(standard.missing)) == (None, None, {"C": 2})
    assert standard.order_within_s(NOW) is None
    assert found.confidence == "HIGH"


def test_stock_that_others_wait_for_is_not_quoted() -> None:
    found = options(quote(**world("DC: A3", waiting={("o1", "A"): 3})))
    assert not found["SHIP:standard"].available


def test_stores_are_offered_within_the_radius_nearest_first() -> None:
    far = replace(ASKED, radius_km=600)
    ids = [o.node for o in quote(far).options if o.method == "PICKUP"]
    assert ids == ["S1", "S2", "S3"]
    nobody = replace(ASKED, lat="", lon="")
    assert [o.id for o in quote(nobody).options] == ["SHIP:standard", "SHIP:express"]
    chosen = replace(nobody, node="S3")
    assert [o.id for o in quote(chosen).options][2:] == ["PICKUP:S3"]


def test_stores_that_have_all_of_it_come_first_and_the_list_is_short() -> None:
    nodes = [node(f"S{n:02}", BERLIN) for n in range(30)]
    found = quote(**world("S29: A1\nS28: A1", nodes=nodes))
    stores = [o for o in found.options if o.method == "PICKUP"]
    assert len(stores) == MAX_STORE_OPTIONS
    assert [o.node for o in stores][:3] == ["S28", "S29", "S00"]


def test_a_channel_offers_its_own_methods_and_services_only() -> None:
    channel = Channel("web", "Web", "EUR", methods=("SHIP",), services=("express",))
    assert list(options(quote(**world(channels=[channel])))) == ["SHIP:express"]


def test_a_service_that_does_not_go_there_is_not_offered() -> None:
    services = (service(zones="domestic"), service("express", zones="domestic world"))
    found = quote(replace(ASKED, country="JP", lat="", lon=""), **world(services=services))
    assert [option.id for option in found.options] == ["SHIP:express"]


def test_public_holidays_count() -> None:
    holidays = {"DE": frozenset({"2026-06-12"})}
    promised = options(quote(**world(holidays=holidays)))["SHIP:standard"].promise
    assert promised is not None
    assert promised.deliver_by == "2026-06-15"


@pytest.mark.parametrize("broken", [Fault("throttled"), LostRace("moved"), TimeoutError()])
def test_a_safe_late_date_when_stock_cannot_be_read(broken: Exception) -> None:
    found = quote(**world(broken=broken))
    assert found.confidence == "LOW"
    standard = options(found)["SHIP:standard"]
    assert standard.promise == Promise(
        "SHIP", "standard", deliver_by="2026-06-17", confidence="LOW"
    )
    assert (standard.available, standard.price) == (True, None)
    assert standard.order_within_s(NOW) is None


def test_a_mistake_of_ours_is_not_taken_for_missing_stock() -> None:
    with pytest.raises(ZeroDivisionError):
        quote(**world(broken=ZeroDivisionError()))


def test_unknown_channels_and_products_are_refused() -> None:
    with pytest.raises(NotFound):
        quote(replace(ASKED, channel="nobody"))
    with pytest.raises(ValidationFailed) as refused:
        quote(cart("A1 X1"))
    assert list(refused.value.fields) == ["/lines/1/sku"]


def test_stock_is_read_once_whatever_is_offered() -> None:
    around = world()
    quote(cart("A1 B1 A2", radius_km=500), **around)
    assert around["stock"].reads == [("A", "B")]


def test_a_piece_heavier_than_any_parcel_is_not_offered_by_carriers() -> None:
    light, heavy = Product("A", "A", 500), Product("A", "A", 40_000)
    carried = (service(days=2, prices=((31_500, 490),)),)
    for product, available, reason in ((light, True, ""), (heavy, False, "TOO_HEAVY")):
        around = world(products=[product], services=carried)
        found = options(quote(**around))["SHIP:standard"]
        assert (found.available, found.reason) == (available, reason)
        assert (found.backorder is None, bool(found.promise)) == (True, available)
