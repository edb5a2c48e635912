"""A product that is asked for, as a line of a sourcing question."""

from __future__ import annotations

from .. import units
from .plan import DemandLine
from .rules import Product


def line_of(no: int, product: Product, quantity: int, currency: str = "") -> DemandLine:
    """`currency`: of the value, which is 0 where the product has no price in it."""
    return DemandLine(
        no,
        product.sku,
        units.of(quantity),
        product.weight_g,
        release_at=product.release_at,
        value=product.price.get(currency, 0),
        category=product.category,
        hazmat=product.hazmat,
    )
