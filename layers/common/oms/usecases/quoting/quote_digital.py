"""What is digital in a basket, quoted by the codes that are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from ...domain.model.demand import DemandLine
from ...domain.model.product import Product
from ...domain.quoting.digital import codes_asked, digital_options
from ...domain.quoting.quote import Option
from .deps import UNREADABLE, Quoting


def quote_digital(
    bits: Sequence[DemandLine],
    products: Mapping[str, Product],
    deps: Quoting,
) -> tuple[Option, ...]:
    """Codes that nobody could count are taken to be there: a merchant can load more."""
    if not bits:
        return ()
    left = codes = codes_asked(bits, products)
    with suppress(*UNREADABLE):
        left = deps.in_time(lambda: {sku: deps.codes_left(sku, n) for sku, n in codes.items()})
    return digital_options(bits, products, left, deps.now)
