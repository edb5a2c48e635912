"""Delivery options for a product or a cart: allocation's own sourcing, without commit.

One parallel read of stock; configuration is cached. When stock cannot be read the answer is a
date that is safe and says so, not an error.
"""

from __future__ import annotations

from dataclasses import replace

from ...domain import units
from ...domain.errors import Fault, ValidationFailed
from ...domain.promising.offers import Setting, offers
from ...domain.promising.options import options, safe
from ...domain.promising.quote import Quote, QuoteRequest
from ...domain.sourcing.plan import DemandLine
from ...domain.stock.availability import fresh
from ...ports import ConfigReader, StockReader


def quote_availability(
    request: QuoteRequest, *, stock: StockReader, config: ConfigReader, now: int
) -> Quote:
    """Raises NotFound for an unknown channel, ValidationFailed for unknown SKUs."""
    config.warm(request.channel, (line.sku for line in request.lines))
    channel = config.channel(request.channel)
    nodes, rules = config.nodes(channel), config.rules(channel.profile)
    setting = Setting(channel, nodes, config.services(), rules)
    asked = offers(request, _lines(request, config), setting)
    try:
        skus = dict.fromkeys(line.sku for line in request.lines)
        network = stock.network(skus, nodes, consistent=False)
    except (Fault, OSError):
        return Quote(channel.currency, now, tuple(safe(offer, now) for offer in asked))
    network = replace(fresh(network, now), holidays=config.holidays(nodes, request.country, now))
    return Quote(channel.currency, now, options(asked, setting, network, now))


def _lines(request: QuoteRequest, config: ConfigReader) -> tuple[DemandLine, ...]:
    products = config.products([line.sku for line in request.lines])
    if unknown := [n for n, line in enumerate(request.lines) if line.sku not in products]:
        fields = {f"/lines/{n}/sku": "there is no such product" for n in unknown}
        raise ValidationFailed("not every product is known", fields=fields)
    return tuple(
        DemandLine(no, line.sku, units.of(line.quantity), products[line.sku].weight_g)
        for no, line in enumerate(request.lines, 1)
    )
