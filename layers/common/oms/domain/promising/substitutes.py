"""What could be had instead of a product that is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from .. import units
from ..sourcing.network import Network
from ..sourcing.plan import DemandLine
from ..sourcing.rules import Product
from ..sourcing.source import source
from .offers import Offer, Setting
from .promise import promise_of
from .quote import Option, Substitute

MAX_SUBSTITUTES = 3  # of one product


def wanted(missing: Iterable[str], products: Mapping[str, Product]) -> dict[str, tuple[str, ...]]:
    """SKU that is missing → SKUs that could replace it."""
    named = {sku: products[sku].substitutes[:MAX_SUBSTITUTES] for sku in missing}
    return {sku: others for sku, others in named.items() if others}


def substitutes(
    offer: Offer, option: Option, setting: Setting, network: Network, now: int
) -> dict[str, tuple[Substitute, ...]]:
    """Each that serves all missing units by the option's own way of delivery."""
    found = {}
    for sku, others in wanted(option.missing, setting.products).items():
        each = [
            one
            for other in others
            if other in setting.products
            and (one := _instead(other, option.missing[sku], offer, setting, network, now))
        ]
        if each:
            found[sku] = tuple(each)
    return found


def _instead(
    sku: str, quantity: int, offer: Offer, setting: Setting, network: Network, now: int
) -> Substitute | None:
    product = setting.products[sku]
    line = DemandLine(1, sku, units.of(quantity), product.weight_g, release_at=product.release_at)
    demand = replace(offer.demand, lines=(line,))
    plan = source(demand, network, setting.rules, setting.services, now)
    promised = promise_of(plan)
    return Substitute(sku, product.name, promised) if promised and not plan.unfilled else None
