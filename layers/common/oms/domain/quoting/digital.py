"""The way of delivery of digital lines: at once, by mail, as far as there are codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model.demand import DemandLine
from ..model.kits import short_of
from ..model.node import DIGITAL
from ..model.product import CODED, Product
from ..orders.digital import AT_ONCE, digital_promise
from .quote import Option


def divided(
    lines: Sequence[DemandLine], products: Mapping[str, Product]
) -> tuple[tuple[DemandLine, ...], tuple[DemandLine, ...]]:
    """What lies on shelves, and what is digital."""
    digital = tuple(line for line in lines if products[line.sku].digital)
    return tuple(line for line in lines if not products[line.sku].digital), digital


def codes_asked(lines: Sequence[DemandLine], products: Mapping[str, Product]) -> dict[str, int]:
    """SKU → units, of the lines of which each unit takes a code."""
    found: dict[str, int] = {}
    for line in lines:
        if products[line.sku].digital in CODED:
            found[line.sku] = found.get(line.sku, 0) + len(line.units)
    return found


def digital_options(
    lines: Sequence[DemandLine],
    products: Mapping[str, Product],
    left: Mapping[str, int],
    now: int,
) -> tuple[Option, ...]:
    """None where nothing is digital.

    `left`: SKU → codes there are. What is missing is delivered once the merchant loads codes.
    """
    if not lines:
        return ()
    asked = codes_asked(lines, products)
    missing = {sku: n - left.get(sku, 0) for sku, n in asked.items() if n > left.get(sku, 0)}
    kits = ((line.kit, line.sku, len(line.units)) for line in lines if line.sku in missing)
    released = max(line.release_at for line in lines)
    found = Option(
        method=DIGITAL,
        service=AT_ONCE,
        promise=digital_promise(now, released),
        price=0,
        parts=1,
        missing=missing,
        kits=short_of(kits),
    )
    return (found,)
