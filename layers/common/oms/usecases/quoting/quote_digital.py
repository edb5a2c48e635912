"""What is digital in a basket, quoted by the codes that are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from ...domain.model.plan import DemandLine
from ...domain.model.rules import Product
from ...domain.quoting.digital import codes_asked, digital_options
from ...domain.quoting.quote import Option
from .quote_reading import UNREADABLE, InTime


class CodesLeft(Protocol):
    """How many codes of a SKU are left, counted up to `most`."""

    def __call__(self, sku: str, most: int) -> int: ...


def plenty(sku: str, most: int) -> int:
    """Where nobody counts them: who runs out of codes loads more."""
    return most


def quote_digital(
    bits: Sequence[DemandLine],
    products: Mapping[str, Product],
    codes_left: CodesLeft,
    in_time: InTime,
    now: int,
) -> tuple[Option, ...]:
    """Codes that nobody could count are taken to be there: a merchant can load more."""
    if not bits:
        return ()
    left = codes = codes_asked(bits, products)
    with suppress(*UNREADABLE):
        left = in_time(lambda: {sku: codes_left(sku, n) for sku, n in codes.items()})
    return digital_options(bits, products, left, now)
