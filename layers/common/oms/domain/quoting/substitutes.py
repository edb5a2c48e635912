"""What could be had instead of a product that is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..errors import ValidationFailed
from ..model.kits import unknown_in
from ..model.network import Network
from ..model.product import Product
from ..promising.promise import promise_of
from ..sourcing.basket import demanded
from ..sourcing.source import source
from .delivery_questions import DeliveryQuestion, QuoteContext
from .quote import Option, Substitute

MAX_SUBSTITUTES = 3  # of one product


def units_to_replace(
    missing: Mapping[str, int],
    kits: Mapping[str, Mapping[str, int]],
    products: Mapping[str, Product],
) -> dict[str, int]:
    """SKU → units for which others may be offered. A kit that lacks a component is replaced whole
    where the merchant named something for it; else the component is.
    """
    found: dict[str, int] = {}
    rest = dict(missing)
    for kit, short in kits.items():
        if kit in products and products[kit].substitutes:
            holds = products[kit].components
            found[kit] = max(-(-units // holds[sku]) for sku, units in short.items())
            rest |= {sku: rest[sku] - units for sku, units in short.items()}
    return found | {
        sku: units
        for sku, units in rest.items()
        if units > 0 and sku in products and products[sku].substitutes
    }


def possible_substitutes(
    replaced: Iterable[str], products: Mapping[str, Product]
) -> dict[str, tuple[str, ...]]:
    """SKU that is replaced → SKUs that could stand in."""
    return {sku: products[sku].substitutes[:MAX_SUBSTITUTES] for sku in replaced}


def substitutes(
    offer: DeliveryQuestion, option: Option, setting: QuoteContext, network: Network, now: int
) -> dict[str, tuple[Substitute, ...]]:
    """Each that serves all missing units by the option's own way of delivery."""
    replaced = units_to_replace(option.missing, option.kits, setting.products)
    found = {}
    for sku, others in possible_substitutes(replaced, setting.products).items():
        each = [
            one
            for other in others
            if not unknown_in(other, setting.products)
            and (one := _instead(other, replaced[sku], offer, setting, network, now))
        ]
        if each:
            found[sku] = tuple(each)
    return found


def _instead(
    sku: str,
    quantity: int,
    offer: DeliveryQuestion,
    setting: QuoteContext,
    network: Network,
    now: int,
) -> Substitute | None:
    product = setting.products[sku]
    try:
        lines = demanded([(sku, quantity)], setting.products, setting.channel.currency)
    except ValidationFailed:  # so many of a kit have more components than an order may
        return None
    plan = source(replace(offer.demand, lines=lines), network, setting.rules, setting.services, now)
    promised = promise_of(plan)
    return Substitute(sku, product.name, promised) if promised and not plan.unfilled else None
