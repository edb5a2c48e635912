"""Delivery options for a product or a cart: allocation's own sourcing, without commit.

Two rounds at the most: configuration, which is cached, then stock, all SKUs in parallel. One more
reads the components of kits that are not cached; where a product is missing that others may
replace, two more read theirs. What cannot be read, or not in time, is answered by a date that is
safe and says so, never by an error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Protocol, TypeVar

from ...domain.errors import Fault, ValidationFailed
from ...domain.promising.offers import Offer, Setting, offers
from ...domain.promising.options import blind, missing_of, options, safe
from ...domain.promising.quote import Quote, QuoteRequest
from ...domain.promising.substitutes import wanted
from ...domain.promising.work_day import days_ahead
from ...domain.sourcing.basket import demanded
from ...domain.sourcing.kits import components_in, taken_apart, unknown_in
from ...domain.sourcing.network import Load, Network
from ...domain.sourcing.outlook import with_outlook
from ...domain.sourcing.plan import DemandLine
from ...domain.sourcing.rules import Product
from ...domain.stock.availability import fresh
from ...ports import ConfigReader, StockReader
from .kits import with_components
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
    _refuse([line.sku not in setting.products for line in request.lines])
    of_kits = in_time if components_in(setting.products.values()) else patiently
    with ThreadPoolExecutor(1) as beside:
        found = beside.submit(in_time, lambda: _stocked(request, setting, stock, now))
        try:
            products = of_kits(lambda: with_components(setting.products, config))
        except UNREADABLE:
            return Quote("", now, blind(request, now))
    setting, currency = replace(setting, products=products), setting.channel.currency
    asked = offers(request, _lines(request, products, currency), setting)
    load = partial(_load, stock=stock, in_time=in_time)
    try:
        network = _configured(found.result(), setting, load, now, request.day)
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
        config.products(skus),
        config.holidays(nodes, request.country, now),
        config.outlook(),
    )


def _stocked(request: QuoteRequest, setting: Setting, stock: StockReader, now: int) -> Network:
    """As the rows say, of what is asked for and what the kits in it are made of."""
    asked = ((line.sku, line.quantity) for line in request.lines)
    skus = sorted({piece.sku for piece in taken_apart(asked, setting.products)})
    days = days_ahead(setting.nodes, now, request.day)
    return stock.network(skus, setting.nodes, consistent=False, days=days)


def _load(days: Sequence[str], *, stock: StockReader, in_time: InTime) -> Load:
    return in_time(lambda: stock.load(days, consistent=False))


def _configured(
    found: Network,
    setting: Setting,
    load: Callable[[Sequence[str]], Load],
    now: int,
    day: str = "",
) -> Network:
    """`load` reads how full further days are, where the ones that were read are."""
    categories = {sku: product.category for sku, product in setting.products.items()}
    known = replace(found, holidays=setting.holidays, categories=categories)
    known = looked_further(known, days_ahead(setting.nodes, now, day), now, load)
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
    days = days_ahead(setting.nodes, now)
    found = stock.network(sorted(products), setting.nodes, consistent=False, days=days)
    more = _configured(found, setting, partial(_load, stock=stock, in_time=patiently), now)
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
    _refuse([bool(unknown_in(line.sku, products)) for line in request.lines])
    return demanded([(line.sku, line.quantity) for line in request.lines], products, currency)


def _refuse(unknown: Sequence[bool]) -> None:
    """Raises ValidationFailed, naming the lines whose product is not known."""
    if any(unknown):
        wrong = [n for n, is_so in enumerate(unknown) if is_so]
        fields = {f"/lines/{n}/sku": "there is no such product" for n in wrong}
        raise ValidationFailed("not every product is known", fields=fields)
