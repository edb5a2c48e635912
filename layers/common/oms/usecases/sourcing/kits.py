"""The products that a basket names, and what the kits among them are made of.

What a kit is made of is known with its own row; what its components weigh and cost is in theirs.
Stock of the components can be asked for at once, so both are read side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...domain.model.kits import components_in
from ...domain.model.product import Product
from ...ports import ConfigReader


def with_components(products: Mapping[str, Product], config: ConfigReader) -> dict[str, Product]:
    """Unknown ones are absent. Only a basket with a kit takes a read, where not cached."""
    more = sorted(components_in(products.values()) - set(products))
    return {**products, **config.products(more)} if more else dict(products)


def products_with_components(skus: Iterable[str], config: ConfigReader) -> dict[str, Product]:
    """One after the other, where nobody waits for it."""
    return with_components(config.products(skus), config)
