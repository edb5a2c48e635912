"""Delivery options for a product or a cart: allocation's own sourcing, without commit.

Two rounds as a rule: configuration, which is cached, then stock, all SKUs in parallel, in short
where that is enough (quote_reading.py), and beside it the components of kits. One more reads
exactly what the short form leaves in doubt; where a product is missing that others may replace, two
more read theirs. What cannot be read, or not in time, is answered by a date that is safe and says
so, never by an error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

from ...domain.errors import ValidationFailed
from ...domain.model.demand import DemandLine
from ...domain.model.kits import components_in, taken_apart, unknown_in
from ...domain.model.network import Network
from ...domain.model.product import Product
from ...domain.quoting.delivery_questions import DeliveryQuestion, QuoteContext, delivery_questions
from ...domain.quoting.digital import divided
from ...domain.quoting.options import (
    delivery_options,
    fallback_option,
    options_without_configuration,
    options_without_service,
    replaceable_skus,
    with_low_confidence,
)
from ...domain.quoting.quote import Option, Quote, QuoteRequest
from ...domain.quoting.substitutes import possible_substitutes
from ...domain.sourcing.basket import demanded
from ..sourcing.reading import with_components
from .deps import UNREADABLE, Quoting, patiently
from .quote_digital import quote_digital
from .quote_reading import QuoteReading


def quote_availability(request: QuoteRequest, deps: Quoting) -> Quote:
    """Raises NotFound for an unknown channel, ValidationFailed for unknown SKUs. Digital lines are
    an option of their own; the others are about what lies on shelves.
    """
    reading, in_time, now = QuoteReading(deps), deps.in_time, deps.now
    try:
        setting = in_time(lambda: reading.setting(request))
    except UNREADABLE:
        return Quote("", now, options_without_configuration(request, now))
    _refuse([line.sku not in setting.products for line in request.lines])
    of_kits = in_time if components_in(setting.products.values()) else patiently
    currency = setting.channel.currency
    with ThreadPoolExecutor(2) as pool:
        found = pool.submit(reading.stock_of, _skus(request, setting), request, setting)
        try:
            products = of_kits(lambda: with_components(setting.products, deps.config))
        except UNREADABLE:
            return Quote("", now, options_without_configuration(request, now))
        lines, bits = divided(_lines(request, products, currency), products)
        counted = pool.submit(quote_digital, bits, products, deps)
    if not lines:
        return Quote(currency, now, counted.result())
    setting = replace(setting, products=products)
    carried_options = _carried(request, lines, found, setting, reading)
    return Quote(currency, now, (*counted.result(), *carried_options))


def _carried(
    request: QuoteRequest,
    lines: tuple[DemandLine, ...],
    found: Future[Network],
    setting: QuoteContext,
    reading: QuoteReading,
) -> tuple[Option, ...]:
    """The ways to get what lies on shelves; `found` is its stock as the rows say."""
    now = reading.deps.now
    known = options_without_service(request, setting, now)
    asked = delivery_questions(request, lines, setting)
    try:
        network = reading.network(found.result(), _units(lines), request, setting)
    except UNREADABLE:
        return (*known, *(fallback_option(offer, now) for offer in asked))
    with suppress(*UNREADABLE):  # without substitutes, then
        setting, network = _wider(request, asked, setting, network, reading)
    answer = delivery_options(asked, setting, network, now)
    if setting.unknown_holidays:
        answer = with_low_confidence(answer)
    return (*known, *answer)


def _skus(request: QuoteRequest, setting: QuoteContext) -> list[str]:
    """What is asked for, and what the kits in it are made of."""
    asked = ((line.sku, line.quantity) for line in request.lines)
    pieces, known = taken_apart(asked, setting.products), setting.products
    return sorted({at.sku for at in pieces if at.sku not in known or not known[at.sku].digital})


def _units(lines: tuple[DemandLine, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        found[line.sku] = found.get(line.sku, 0) + len(line.units)
    return found


def _wider(
    request: QuoteRequest,
    asked: list[DeliveryQuestion],
    setting: QuoteContext,
    network: Network,
    reading: QuoteReading,
) -> tuple[QuoteContext, Network]:
    """With the products and the stock that could replace what is missing; nothing is, nothing
    is read.
    """
    replaced = replaceable_skus(asked, setting, network, reading.deps.now)
    others = {
        sku
        for instead in possible_substitutes(replaced, setting.products).values()
        for sku in instead
    }
    if not (others := others - set(setting.products)):
        return setting, network
    setting = reading.with_products(setting, sorted(others))
    most = max(sum(_units(offer.demand.lines).values()) for offer in asked)
    units = {
        each: most * count
        for sku in others & setting.products.keys()
        for each, count in (setting.products[sku].components or {sku: 1}).items()
    }
    found = reading.stock_of(sorted(units), request, setting)
    return setting, network.merged_with(reading.network(found, units, request, setting))


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
