"""Delivery options for a product or a cart: allocation's own sourcing, without commit.

One parallel read of stock; configuration is cached. When stock cannot be read the answer is a
date that is safe and says so, not an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..domain import units
from ..domain.backorder import backorder_promise
from ..domain.carriage import cheapest
from ..domain.errors import Fault, ValidationFailed
from ..domain.geo import distance_km
from ..domain.network import PICKUP, SHIP, Network, Node
from ..domain.plan import Demand, DemandLine, Plan
from ..domain.promise import degraded, overall
from ..domain.quote import MAX_STORE_OPTIONS, MAX_STORES, Option, Quote, QuoteRequest
from ..domain.rules import CarrierService, Channel, SourcingRules
from ..domain.sourcing import source
from ..ports import ConfigReader, StockReader

SAFE_DAYS = 7  # of a promise made without knowing the stock


@dataclass(frozen=True, slots=True)
class _View:
    """All that the decision reads."""

    request: QuoteRequest
    channel: Channel
    nodes: tuple[Node, ...]
    services: tuple[CarrierService, ...]
    rules: SourcingRules
    lines: tuple[DemandLine, ...]
    now: int


def quote_availability(
    request: QuoteRequest, *, stock: StockReader, config: ConfigReader, now: int
) -> Quote:
    """Raises NotFound for an unknown channel, ValidationFailed for unknown SKUs."""
    view = _view(request, config, now)
    offers = [*_shipping(view), *_pickups(view)]
    try:
        skus = dict.fromkeys(line.sku for line in view.lines)
        network = stock.network(skus, view.nodes, consistent=False)
    except (Fault, OSError):
        return Quote(view.channel.currency, now, tuple(_safe(offer, now) for offer in offers))
    holidays = config.holidays(view.nodes, request.country, now)
    network = replace(network, holidays=holidays)
    options = _with_alternatives([_option(offer, view, network) for offer in offers])
    return Quote(view.channel.currency, now, _shown(options))


def _view(request: QuoteRequest, config: ConfigReader, now: int) -> _View:
    channel = config.channel(request.channel)
    return _View(
        request,
        channel,
        config.nodes(channel),
        config.services(),
        config.rules(channel.profile),
        _lines(request, config),
        now,
    )


def _lines(request: QuoteRequest, config: ConfigReader) -> tuple[DemandLine, ...]:
    products = config.products([line.sku for line in request.lines])
    if unknown := [n for n, line in enumerate(request.lines) if line.sku not in products]:
        fields = {f"/lines/{n}/sku": "there is no such product" for n in unknown}
        raise ValidationFailed("not every product is known", fields=fields)
    return tuple(
        DemandLine(no, line.sku, units.of(line.quantity), products[line.sku].weight_g)
        for no, line in enumerate(request.lines, 1)
    )


# --- what is offered ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Offer:
    demand: Demand
    store: Node | None = None
    km: int | None = None


def _demand(view: _View, method: str, service: str, node: str = "") -> Demand:
    asked, rules = view.request, view.rules
    return Demand(
        view.lines, asked.country, asked.lat, asked.lon, method, service, node, rules.max_parts
    )


def _shipping(view: _View) -> list[_Offer]:
    """The channel's service levels that some carrier offers to the destination."""
    if SHIP not in view.channel.methods:
        return []
    origins = {node.address.country for node in view.nodes if SHIP in node.methods}
    return [
        _Offer(_demand(view, SHIP, name))
        for name in view.channel.services
        if any(cheapest(view.services, name, o, view.request.country, 0) for o in origins)
    ]


def _pickups(view: _View) -> list[_Offer]:
    """The store asked for, and the nearest ones within the radius."""
    if PICKUP not in view.channel.methods:
        return []
    asked = view.request
    near = []
    for node in view.nodes:
        at = node.address
        km = distance_km(asked.lat, asked.lon, at.lat, at.lon)
        within = node.id == asked.node or (km is not None and km <= asked.radius_km)
        if within and node.online and PICKUP in node.methods:
            near.append(_Offer(_demand(view, PICKUP, "express", node.id), node, km))
    near.sort(key=lambda each: (each.demand.node != asked.node, each.km or 0, each.demand.node))
    return near[:MAX_STORES]


# --- what can be promised ---------------------------------------------------------------------


def _option(offer: _Offer, view: _View, network: Network) -> Option:
    demand = offer.demand
    plan = source(demand, network, view.rules, view.services, view.now)
    missing = _missing(plan, demand)
    return replace(
        _blank(offer),
        promise=overall([part.promise for part in plan.parts if part.promise]),
        price=_price(plan, demand, view),
        parts=len(plan.parts),
        missing=missing,
        backorder=backorder_promise(network, demand, missing, view.services, view.now),
    )


def _blank(offer: _Offer) -> Option:
    demand, store = offer.demand, offer.store
    name = store.name if store else ""
    return Option(demand.method, demand.service, demand.node, name, offer.km)


def _missing(plan: Plan, demand: Demand) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in demand.lines:
        if short := len(plan.unfilled.get(line.line, ())):
            found[line.sku] = found.get(line.sku, 0) + short
    return found


def _price(plan: Plan, demand: Demand, view: _View) -> int | None:
    """What the carriers ask for all parcels; a pickup is free."""
    if demand.method == PICKUP or not plan.parts:
        return 0 if plan.parts else None
    weights = {line.line: line.weight_g for line in demand.lines}
    country_of = {node.id: node.address.country for node in view.nodes}
    total = 0
    for part in plan.parts:
        weight = sum(weights[no] * len(which) for no, which in part.lines.items())
        origin = country_of[part.node]
        carriage = cheapest(view.services, demand.service, origin, demand.country, weight)
        total += carriage.price if carriage else 0
    return total


def _safe(offer: _Offer, now: int) -> Option:
    demand = offer.demand
    return replace(
        _blank(offer), promise=degraded(demand.method, now, SAFE_DAYS, demand.service), parts=1
    )


# --- what is shown ------------------------------------------------------------------------------


def _with_alternatives(options: Sequence[Option]) -> list[Option]:
    """Options that lack something name the ones that do not."""
    complete = tuple(option.id for option in options if option.available)
    shown = complete[:MAX_STORE_OPTIONS]
    return [o if o.available else replace(o, alternatives=shown) for o in options]


def _shown(options: Sequence[Option]) -> tuple[Option, ...]:
    """Stores that have everything before those that lack something, each nearest first."""
    shipping = [option for option in options if option.method != PICKUP]
    stores = [option for option in options if option.method == PICKUP]
    stores.sort(key=lambda option: not option.available)
    return (*shipping, *stores[:MAX_STORE_OPTIONS])
