"""Delivery options for a product or a cart: allocation's own sourcing, without commit.

Two rounds at the most: configuration, which is cached, then stock, all SKUs in parallel. One more
reads the components of kits that are not cached; where a product is missing that others may
replace, two more read theirs. What cannot be read, or not in time, is answered by a date that is
safe and says so, never by an error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Protocol, TypeVar

from ...domain.errors import Fault, ValidationFailed
from ...domain.promising.offers import Offer, Setting, offers
from ...domain.promising.options import blind, missing_of, options, safe
from ...domain.promising.quote import Quote, QuoteRequest
from ...domain.promising.substitutes import wanted
from ...domain.promising.work_day import days_ahead
from ...domain.sourcing.basket import demanded
from ...domain.sourcing.kits import unknown_in
from ...domain.sourcing.network import Network
from ...domain.sourcing.outlook import with_outlook
from ...domain.sourcing.plan import DemandLine
from ...domain.sourcing.rules import Product
from ...domain.stock.availability import fresh
from ...ports import ConfigReader, StockReader
from .kits import products_with_components
from .reading import looked_further

T = TypeVar("T")
UNREADABLE = (Fault, OSError)  # TimeoutError is an OSError


class InTime(Protocol):
    """Makes a read, or raises TimeoutError."""

    def __call__(self, read: Callable[[], T]) -> T: ...


def patiently(read: Callable[[], T]) -> T:
    """However long it takes."""
    return read()


def quote_availability(
    request: QuoteRequest,
    *,
    stock: StockReader,
    config: ConfigReader,
    now: int,
    in_time: InTime = patiently,
) -> Quote:
    """Raises NotFound for an unknown channel, ValidationFailed for unknown SKUs."""
    try:
        setting = in_time(lambda: _setting(request, config, now))
    except UNREADABLE:
        return Quote("", now, blind(request, now))
    currency = setting.channel.currency
    lines = _lines(request, setting.products, currency)
    asked = offers(request, lines, setting)
    skus = {line.sku for line in lines}
    try:
        network = in_time(lambda: _network(sorted(skus), setting, stock, now, request.day))
    except UNREADABLE:
        return Quote(currency, now, tuple(safe(offer, now) for offer in asked))
    with suppress(*UNREADABLE):  # without substitutes, then
        setting, network = in_time(lambda: _wider(asked, setting, network, stock, config, now))
    return Quote(currency, now, options(asked, setting, network, now))


def _setting(request: QuoteRequest, config: ConfigReader, now: int) -> Setting:
    """All that is configured, in one round trip when nothing is cached."""
    skus = [line.sku for line in request.lines]
    config.warm(request.channel, skus)
    channel = config.channel(request.channel)
    nodes = config.nodes(channel)
    return Setting(
        channel,
        nodes,
        config.services(),
        config.rules(channel.profile),
        products_with_components(skus, config),
        config.holidays(nodes, request.country, now),
        config.outlook(),
    )


def _network(
    skus: list[str], setting: Setting, stock: StockReader, now: int, day: str = ""
) -> Network:
    days = days_ahead(setting.nodes, now, day)
    found = stock.network(skus, setting.nodes, consistent=False, days=days)
    categories = {sku: product.category for sku, product in setting.products.items()}
    known = replace(found, holidays=setting.holidays, categories=categories)
    known = looked_further(known, days, now, lambda more: stock.load(more, consistent=False))
    return with_outlook(fresh(known, now), setting.outlook, setting.products, now)


def _wider(
    asked: list[Offer],
    setting: Setting,
    network: Network,
    stock: StockReader,
    config: ConfigReader,
    now: int,
) -> tuple[Setting, Network]:
    """With the products and the stock that could replace what is missing; nothing is, nothing
    is read.
    """
    missing = missing_of(asked, setting, network, now)
    others = {sku for named in wanted(missing, setting.products).values() for sku in named}
    if not (others := others - set(setting.products)):
        return setting, network
    products = config.products(sorted(others))
    more = _network(sorted(products), setting, stock, now)
    return (
        replace(setting, products={**setting.products, **products}),
        replace(
            network,
            available={**network.available, **more.available},
            waiting={**network.waiting, **more.waiting},
            supplies=(*network.supplies, *more.supplies),
            wanted={**network.wanted, **more.wanted},
            backordered={**network.backordered, **more.backordered},
            lately={**network.lately, **more.lately},
        ),
    )


def _lines(
    request: QuoteRequest, products: Mapping[str, Product], currency: str
) -> tuple[DemandLine, ...]:
    if unknown := [n for n, line in enumerate(request.lines) if unknown_in(line.sku, products)]:
        fields = {f"/lines/{n}/sku": "there is no such product" for n in unknown}
        raise ValidationFailed("not every product is known", fields=fields)
    return demanded([(line.sku, line.quantity) for line in request.lines], products, currency)
