"""A product that is asked for, as a line of a sourcing question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..model import money, units
from ..model.demand import DemandLine
from ..model.kits import taken_apart
from ..model.product import Product


def line_of(
    no: int, product: Product, quantity: int, currency: str = "", kit: Product | None = None
) -> DemandLine:
    """`currency`: of the value, which is 0 where the product has no price in it; `kit`: what it is
    a component of.
    """
    return DemandLine(
        no,
        product.sku,
        units.of(quantity),
        product.weight_g,
        release_at=max(product.release_at, kit.release_at if kit else ""),
        value=product.price.get(currency, 0),
        category=product.category,
        hazmat=product.hazmat or bool(kit and kit.hazmat),
        kit=kit.sku if kit else "",
    )


def demanded(
    asked: Sequence[tuple[str, int]], products: Mapping[str, Product], currency: str
) -> tuple[DemandLine, ...]:
    """`asked`: SKU and quantity; kits as their components, valued as an order divides their price.

    Raises ValidationFailed when the components are too many.
    """
    found = []
    pieces = taken_apart(asked, products, currency)
    for no, piece in enumerate(pieces, 1):
        kit = products[piece.kit] if piece.kit else None
        line = line_of(no, products[piece.sku], piece.quantity, currency, kit)
        if kit and currency in kit.price:
            its = [each for each in pieces if each.no == piece.no]
            worth = kit.price[currency] * asked[piece.no - 1][1]
            share = money.split(worth, [each.weight for each in its])[its.index(piece)]
            line = replace(line, value=share // piece.quantity)
        found.append(line)
    return tuple(found)
