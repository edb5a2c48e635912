"""What an offer comes to with the stock there is: sourced as allocation would, not committed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..sourcing.network import PICKUP, Network
from ..sourcing.plan import Demand, Plan
from ..sourcing.services import level
from ..sourcing.source import source
from .backorder import backorder_promise
from .carriage import cheapest
from .offers import Offer, Setting
from .promise import degraded, overall
from .quote import MAX_STORE_OPTIONS, Option

SAFE_DAYS = 7  # of a promise made without knowing the stock


def options(
    offers: Sequence[Offer], setting: Setting, network: Network, now: int
) -> tuple[Option, ...]:
    """Each offer's option; those that lack something name the ones that do not."""
    found = [option(offer, setting, network, now) for offer in offers]
    complete = tuple(each.id for each in found if each.available)[:MAX_STORE_OPTIONS]
    return shown([o if o.available else replace(o, alternatives=complete) for o in found])


def option(offer: Offer, setting: Setting, network: Network, now: int) -> Option:
    demand = offer.demand
    plan = source(demand, network, setting.rules, setting.services, now)
    missing = _missing(plan, demand)
    return replace(
        _blank(offer),
        promise=overall([part.promise for part in plan.parts if part.promise]),
        price=_price(plan, demand, setting) if plan.parts else None,
        parts=len(plan.parts),
        missing=missing,
        backorder=backorder_promise(network, demand, missing, setting.services, now),
    )


def safe(offer: Offer, now: int) -> Option:
    """The option while stock is unknown: complete, late enough, of low confidence."""
    promise = degraded(offer.demand.method, now, SAFE_DAYS, offer.demand.service)
    return replace(_blank(offer), promise=promise, parts=1)


def shown(found: Sequence[Option]) -> tuple[Option, ...]:
    """Stores that have everything come before those that lack something, each nearest first."""
    stores = [each for each in found if each.method == PICKUP]
    stores.sort(key=lambda each: not each.available)
    others = (each for each in found if each.method != PICKUP)
    return (*others, *stores[:MAX_STORE_OPTIONS])


def _blank(offer: Offer) -> Option:
    demand, store = offer.demand, offer.store
    name = store.name if store else ""
    return Option(demand.method, demand.service, demand.node, name, offer.km)


def _missing(plan: Plan, demand: Demand) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in demand.lines:
        if short := len(plan.unfilled.get(line.line, ())):
            found[line.sku] = found.get(line.sku, 0) + short
    return found


def _price(plan: Plan, demand: Demand, setting: Setting) -> int:
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
