"""What is in a cart, and what it costs."""

from __future__ import annotations

from collections.abc import Mapping

from local.seed.products import DIGITAL, KITS, PRODUCTS

Cart = Mapping[str, int]  # SKU → quantity
DEFAULT_CENTS = 1999  # of products that tests make
SOLD = (*PRODUCTS, *KITS, *DIGITAL)
PRICES = {product.sku: product.price["EUR"] for product in SOLD}
NAMES = {product.sku: product.name for product in SOLD}


def cents(sku: str) -> int:
    return PRICES.get(sku, DEFAULT_CENTS)


def total(cart: Cart) -> int:
    return sum(cents(sku) * quantity for sku, quantity in cart.items())


def amount(minor: int) -> str:
    """As other systems write money: "19.99"."""
    return f"{minor // 100}.{minor % 100:02d}"
