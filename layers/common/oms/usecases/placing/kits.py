"""The products that a basket names, and what the kits among them are made of."""

from __future__ import annotations

from collections.abc import Iterable

from ...domain.sourcing.kits import components_in
from ...domain.sourcing.rules import Product
from ...ports import ConfigReader


def products_with_components(skus: Iterable[str], config: ConfigReader) -> dict[str, Product]:
    """Unknown ones are absent. Only a basket with a kit takes a second read, where not cached."""
    found = config.products(skus)
    more = sorted(components_in(found.values()) - set(found))
    return {**found, **config.products(more)} if more else found
