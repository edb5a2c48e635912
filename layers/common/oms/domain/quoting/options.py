"""What an offer comes to with the stock there is: sourced as allocation would, not committed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from ..model.carriage import EXPRESS, NAMED_DAY, SHIP_TO_STORE, STANDARD, cheapest, level
from ..model.demand import Demand
from ..model.kits import short_of
from ..model.network import Network
from ..model.node import PICKUP, SHIP
from ..model.plan import Plan
from ..promising.promise import LOW, degraded, promise_of
from ..sourcing.source import source
from .backorder import backorder_promise, within_cap
from .delivery_questions import DeliveryQuestion, QuoteContext, to_store
from .named_days import days_of
from .quote import MAX_STORE_OPTIONS, MAX_TO_STORE, Option, QuoteRequest
from .substitutes import substitutes, units_to_replace

TOO_HEAVY = "TOO_HEAVY"
SAFE_DAYS = 7  # of a promise made without knowing the stock


def delivery_options(
    offers: Sequence[DeliveryQuestion], setting: QuoteContext, network: Network, now: int
) -> tuple[Option, ...]:
    """Each offer's option; those that lack something name the ones that do not."""
    found = [delivery_option(offer, setting, network, now) for offer in offers]
    found += [
        delivery_option(each, setting, network, now)
        for each in ship_to_store_questions(offers, found, setting)
    ]
    complete = tuple(each.id for each in found if each.available)[:MAX_STORE_OPTIONS]
    return sorted_for_shopper(
        [o if o.available else replace(o, alternatives=complete) for o in found]
    )


def ship_to_store_questions(
    offers: Sequence[DeliveryQuestion], found: Sequence[Option], setting: QuoteContext
) -> tuple[DeliveryQuestion, ...]:
    """The nearest stores that lack something now: the goods could be carried to them."""
    if SHIP_TO_STORE not in setting.channel.services:
        return ()
    pairs = zip(offers, found, strict=True)
    short = (to_store(offer) for offer, its in pairs if offer.store and not its.available)
    return tuple(islice(short, MAX_TO_STORE))


def delivery_option(
    offer: DeliveryQuestion, setting: QuoteContext, network: Network, now: int
) -> Option:
    """What allocation would decide now, told to a shopper."""
    demand = offer.demand
    days: tuple[str, ...] = ()
    if demand.service == NAMED_DAY:
        days = _days(demand, setting, network, now)
        demand = replace(demand, day=demand.day or next(iter(days), ""))
    plan = source(demand, network_for(demand, network), setting.rules, setting.services, now)
    missing = {} if demand.day and not plan.parts and days else _missing(plan, demand)
    found = replace(
        _blank(offer),
        promise=promise_of(plan),
        price=_price(plan, demand, setting) if plan.parts else None,
        parts=len(plan.parts),
        missing=missing,
        kits=_kits(plan, demand) if missing else {},
        backorder=backorder_promise(network, demand, missing, setting.services, now)
        if within_cap(network, demand, missing, setting.products, now)
        else None,
        days=days,
    )
    if _too_heavy(demand, setting):
        return replace(found, reason=TOO_HEAVY)
    return replace(found, substitutes=substitutes(offer, found, setting, network, now))


def _too_heavy(demand: Demand, setting: QuoteContext) -> bool:
    """Carriers go there, and none takes the heaviest piece."""
    if demand.method == PICKUP:
        return False
    return not any(
        cheapest(setting.services, level(demand.service), origin, demand.country, 0, demand.piece_g)
        for origin in {node.address.country for node in setting.nodes}
    )


def network_for(demand: Demand, network: Network) -> Network:
    """What is asked of one store only concerns no other node, unless demand waits that all of them
    serve: the same answer, and as many times less work as there are nodes.
    """
    alone = demand.method == PICKUP and demand.node and not demand.to_store
    store = network.node(demand.node) if alone else None
    if store is None or any(network.waiting.get(line.sku) for line in demand.lines):
        return network
    return replace(network, nodes=(store,))


def _days(demand: Demand, setting: QuoteContext, network: Network, now: int) -> tuple[str, ...]:
    soonest = replace(demand, day="")
    plan = source(soonest, network, setting.rules, setting.services, now)
    return () if plan.unfilled else days_of(plan, demand, network, setting.services, now)


def fallback_option(offer: DeliveryQuestion, now: int) -> Option:
    """The option while stock is unknown: complete, late enough, of low confidence."""
    promise = degraded(offer.demand.method, now, SAFE_DAYS, offer.demand.service)
    return replace(_blank(offer), promise=promise, parts=1)


def options_without_configuration(asked: QuoteRequest, now: int) -> tuple[Option, ...]:
    """What can be said while not even the configuration is known."""
    found = []
    if asked.country:
        found.append(Option(SHIP, STANDARD, promise=degraded(SHIP, now, SAFE_DAYS), parts=1))
    if asked.node:
        promise = degraded(PICKUP, now, SAFE_DAYS)
        found.append(Option(PICKUP, EXPRESS, asked.node, promise=promise, parts=1))
    return tuple(found)


def options_without_service(
    asked: QuoteRequest, setting: QuoteContext, now: int
) -> tuple[Option, ...]:
    """What can be said of shipping, and of the store asked for, while no carrier or no node is
    configured; () while both are.
    """
    if setting.nodes and setting.services:
        return ()
    methods, channel = [], setting.channel
    if asked.country and SHIP in channel.methods:
        methods += [Option(SHIP, name) for name in channel.services if name != SHIP_TO_STORE]
    if asked.node and PICKUP in channel.methods and not setting.nodes:
        methods.append(Option(PICKUP, EXPRESS, asked.node))
    return tuple(
        replace(each, promise=degraded(each.method, now, SAFE_DAYS, each.service), parts=1)
        for each in methods
    )


def with_low_confidence(found: Sequence[Option]) -> tuple[Option, ...]:
    """The same, said with less confidence."""
    return tuple(
        replace(
            each,
            promise=replace(each.promise, confidence=LOW) if each.promise else None,
            backorder=replace(each.backorder, confidence=LOW) if each.backorder else None,
        )
        for each in found
    )


def replaceable_skus(
    offers: Sequence[DeliveryQuestion], setting: QuoteContext, network: Network, now: int
) -> set[str]:
    """SKUs that some offer lacks and that others may replace."""
    found: set[str] = set()
    if any(product.substitutes for product in setting.products.values()):
        for offer in offers:
            its = network_for(offer.demand, network)
            plan = source(offer.demand, its, setting.rules, setting.services, now)
            missing, kits = _missing(plan, offer.demand), _kits(plan, offer.demand)
            found |= units_to_replace(missing, kits, setting.products).keys()
    return found


def sorted_for_shopper(found: Sequence[Option]) -> tuple[Option, ...]:
    """Stores that have everything come before those that lack something, each nearest first."""
    stores = [each for each in found if each.method == PICKUP]
    stores.sort(key=lambda each: not each.available)
    others = (each for each in found if each.method != PICKUP)
    return (*others, *stores[:MAX_STORE_OPTIONS])


def _blank(offer: DeliveryQuestion) -> Option:
    demand, store = offer.demand, offer.store
    name = store.name if store else ""
    return Option(demand.method, demand.service, demand.node, name, offer.km)


def _missing(plan: Plan, demand: Demand) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in demand.lines:
        if short := len(plan.unfilled.get(line.line, ())):
            found[line.sku] = found.get(line.sku, 0) + short
    return found


def _kits(plan: Plan, demand: Demand) -> dict[str, dict[str, int]]:
    """Kit → component → units that are missing."""
    return short_of(
        (line.kit, line.sku, len(plan.unfilled.get(line.line, ()))) for line in demand.lines
    )


def _price(plan: Plan, demand: Demand, setting: QuoteContext) -> int:
    """What the carriers ask for all parcels; a pickup is free."""
    if demand.method == PICKUP:
        return 0
    weights = {line.line: line.weight_g for line in demand.lines}
    country_of = {node.id: node.address.country for node in setting.nodes}
    total = 0
    for part in plan.parts:
        weight = sum(weights[no] * len(which) for no, which in part.lines.items())
        origin = country_of[part.node]
        carriage = cheapest(setting.services, level(demand.service), origin, demand.country, weight)
        assert carriage is not None, "the part was sourced with a carrier"
        total += carriage.price
    return total
