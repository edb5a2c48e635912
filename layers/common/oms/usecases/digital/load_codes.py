"""A merchant loads codes of a digital product; whoever waits for them follows from the stream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...domain.errors import NotFound, ValidationFailed
from ...domain.model.product import CODED
from ...ports import ConfigReader, DigitalGoods
from .deps import DigitalDelivery

MAX_COUNTED = 1_000  # codes; more are told as this many


@dataclass(frozen=True, slots=True)
class CodePool:
    """`left` and `waiting` parts are counted up to a limit. `accepted`: different codes of a call,
    whether they were new or not: a repeated call is answered as the first.
    """

    sku: str
    left: int
    waiting: int
    accepted: int = 0


def load_codes(sku: str, codes: Sequence[str], *, deps: DigitalDelivery) -> CodePool:
    """Loading the same codes again changes nothing. Raises NotFound, and ValidationFailed for a
    product that is not delivered as codes.
    """
    _require_coded(sku, deps.config)
    deps.goods.load(sku, codes)
    return _pool(sku, deps.goods, accepted=len(set(codes)))


def view_codes(sku: str, *, deps: DigitalDelivery) -> CodePool:
    """How many codes there are, not which. Raises as `load_codes`."""
    _require_coded(sku, deps.config)
    return _pool(sku, deps.goods)


def _pool(sku: str, goods: DigitalGoods, accepted: int = 0) -> CodePool:
    waiting = len(goods.waiting(sku, MAX_COUNTED))
    return CodePool(sku, goods.left(sku, MAX_COUNTED), waiting, accepted)


def _require_coded(sku: str, config: ConfigReader) -> None:
    product = config.products([sku]).get(sku)
    if product is None:
        raise NotFound(f"there is no product {sku}", fields={"/sku": "unknown"})
    if product.digital not in CODED:
        wrong = {"/sku": "not a gift card or licence key: it has no codes"}
        raise ValidationFailed("the product is not delivered as codes", fields=wrong)
