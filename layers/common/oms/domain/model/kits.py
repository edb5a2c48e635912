"""A kit lies on no shelf: who asks for one asks for so many units of each of its components.

Components come in the order of their SKUs, so that a kit makes the same lines every time. They are
no kits themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..errors import ValidationFailed
from ..limits.orders import MAX_LINES, MAX_QUANTITY
from .product import Product


@dataclass(frozen=True, slots=True)
class Piece:
    """Units of a product for line `no` (from 1) as it was sent.

    `kit` is the SKU of that line, "" where it names the product itself. `weight` divides what the
    kit costs: by the value of its components, or by unit when one of them has no price.
    """

    no: int
    sku: str
    quantity: int
    kit: str = ""
    weight: int = 1


def components_in(products: Iterable[Product]) -> set[str]:
    return {sku for product in products for sku in product.components}


def check_kit(kit: Product, components: Mapping[str, Product]) -> None:
    """Before it is configured; `components` are those that exist. Raises ValidationFailed."""
    wrong: dict[str, str] = {}
    for sku, units in sorted(kit.components.items()):
        its = components.get(sku)
        if sku == kit.sku or (its and its.components):
            wrong[f"/components/{sku}"] = "is a kit itself: name what that is made of"
        elif its is None:
            wrong[f"/components/{sku}"] = "there is no such product"
        elif not 0 < units <= MAX_QUANTITY:
            wrong[f"/components/{sku}"] = f"a number from 1 to {MAX_QUANTITY}"
    if len(kit.components) > MAX_LINES:
        wrong["/components"] = f"more than {MAX_LINES}"
    if wrong:
        raise ValidationFailed(f"{kit.sku} cannot be a kit of these", fields=wrong)


def unknown_in(sku: str, products: Mapping[str, Product]) -> tuple[str, ...]:
    """What of a product cannot be sold: itself, or components that are unknown, or kits."""
    if sku not in products:
        return (sku,)
    parts = sorted(products[sku].components)
    return tuple(each for each in parts if each not in products or products[each].components)


def taken_apart(
    asked: Iterable[tuple[str, int]], products: Mapping[str, Product], currency: str = ""
) -> tuple[Piece, ...]:
    """`asked`: SKU and quantity per line; a product that is no kit is one piece.

    Raises ValidationFailed when the components are more than an order may have of lines or units.
    """
    found = [
        piece
        for no, (sku, quantity) in enumerate(asked, 1)
        for piece in _pieces(no, sku, quantity, products, currency)
    ]
    wrong = {
        f"/lines/{piece.no - 1}/quantity": f"more than {MAX_QUANTITY} of {piece.sku}"
        for piece in found
        if piece.kit and piece.quantity > MAX_QUANTITY
    }
    kits = any(piece.kit for piece in found)
    if kits and len(found) > MAX_LINES:
        wrong["/lines"] = f"more than {MAX_LINES} with the components of the kits"
    if wrong:
        raise ValidationFailed("the kits have too many components", fields=wrong)
    return tuple(found)


def _pieces(
    no: int, sku: str, quantity: int, products: Mapping[str, Product], currency: str
) -> list[Piece]:
    parts = products[sku].components if sku in products else {}
    if not parts:
        return [Piece(no, sku, quantity)]
    worth = {
        each: products[each].price.get(currency, 0) if each in products else 0 for each in parts
    }
    priced = all(worth.values())
    return [
        Piece(no, each, quantity * parts[each], sku, parts[each] * (worth[each] if priced else 1))
        for each in sorted(parts)
    ]


def short_of(found: Iterable[tuple[str, str, int]]) -> dict[str, dict[str, int]]:
    """Kit → component → units that are missing, from (kit or "", SKU, missing units)."""
    missing: dict[str, dict[str, int]] = {}
    for kit, sku, units in found:
        if kit and units:
            its = missing.setdefault(kit, {})
            its[sku] = its.get(sku, 0) + units
    return missing
