"""The ways of delivery a channel offers for a quote: each is a sourcing question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..model.carriage import NAMED_DAY, SHIP_TO_STORE, CarrierService, cheapest, level
from ..model.channel import Channel
from ..model.demand import Demand, DemandLine
from ..model.geo import distance_km
from ..model.node import PICKUP, SHIP, Node
from ..model.product import Product
from ..model.rules import SourcingRules
from ..sourcing.outlook import NO_OUTLOOK, Outlook
from .quote import MAX_STORES, QuoteRequest


@dataclass(frozen=True, slots=True)
class QuoteContext:
    """The configuration a quote is decided with."""

    channel: Channel
    nodes: tuple[Node, ...]
    services: tuple[CarrierService, ...]
    rules: SourcingRules
    products: Mapping[str, Product] = field(default_factory=dict)
    holidays: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unknown_holidays: bool = False  # of a node's calendar, or of the destination
    outlook: Outlook = NO_OUTLOOK


@dataclass(frozen=True, slots=True)
class DeliveryQuestion:
    """`store` and its distance for a pickup."""

    demand: Demand
    store: Node | None = None
    km: int | None = None


def delivery_questions(
    asked: QuoteRequest, lines: tuple[DemandLine, ...], setting: QuoteContext
) -> list[DeliveryQuestion]:
    methods = setting.channel.methods
    return [
        *(shipping(asked, lines, setting) if SHIP in methods else ()),
        *(pickups(asked, lines, setting) if PICKUP in methods else ()),
    ]


def shipping(
    asked: QuoteRequest, lines: tuple[DemandLine, ...], setting: QuoteContext
) -> list[DeliveryQuestion]:
    """The channel's service levels that some carrier offers to the destination."""
    if not asked.country:
        return []
    origins = {node.address.country for node in setting.nodes if SHIP in node.methods}
    return [
        DeliveryQuestion(_demand(asked, lines, setting, SHIP, name))
        for name in setting.channel.services
        if name != SHIP_TO_STORE
        and any(cheapest(setting.services, level(name), o, asked.country, 0) for o in origins)
    ]


def pickups(
    asked: QuoteRequest, lines: tuple[DemandLine, ...], setting: QuoteContext
) -> list[DeliveryQuestion]:
    """The store asked for, then the nearest ones within the radius."""
    found = []
    for node in setting.nodes:
        at = node.address
        km = distance_km(asked.lat, asked.lon, at.lat, at.lon)
        within = node.id == asked.node or (km is not None and km <= asked.radius_km)
        if within and node.online and PICKUP in node.methods:
            demand = _demand(asked, lines, setting, PICKUP, "express", node.id)
            found.append(DeliveryQuestion(demand, node, km))
    found.sort(key=lambda each: (each.demand.node != asked.node, each.km or 0, each.demand.node))
    return found[:MAX_STORES]


def to_store(offer: DeliveryQuestion) -> DeliveryQuestion:
    """The same store, with the goods carried there first."""
    return replace(offer, demand=replace(offer.demand, service=SHIP_TO_STORE))


def _demand(
    asked: QuoteRequest,
    lines: tuple[DemandLine, ...],
    setting: QuoteContext,
    method: str,
    service: str,
    node: str = "",
) -> Demand:
    return Demand(
        lines=lines,
        country=asked.country,
        lat=asked.lat,
        lon=asked.lon,
        method=method,
        service=service,
        node=node,
        max_parts=setting.rules.most_parts,
        channel=setting.channel.id,
        value=sum(line.value * len(line.units) for line in lines),
        day=asked.day if service == NAMED_DAY else "",
    )
