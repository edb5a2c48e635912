"""Codes of digital products: loaded, counted, and shown to who may read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from ..domain.digital.digital_goods import DigitalGood, Unit
from ..domain.limits.digital import MAX_CODE_LENGTH, MAX_CODES_LOADED
from ..domain.model.order import Order
from ..usecases.digital.load_codes import MAX_COUNTED, CodePool
from .parse import Contract, View
from .sparse import Sparse

Code = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=MAX_CODE_LENGTH, pattern=r"^[!-~]+$"
    ),
]


class CodesBody(Contract):
    """Visible ASCII characters. A code that was loaded before is left as it is."""

    codes: Annotated[list[Code], Field(min_length=1, max_length=MAX_CODES_LOADED)]


class CodePoolView(View):
    """Counted up to 1,000. A code itself is never answered here."""

    sku: str
    left: int = Field(description="codes that nobody has", le=MAX_COUNTED)
    waiting: int = Field(description="parts of orders that wait for codes")
    accepted: int = Field(description="different codes of this request")

    @classmethod
    def of(cls, pool: CodePool) -> CodePoolView:
        return cls(sku=pool.sku, left=pool.left, waiting=pool.waiting, accepted=pool.accepted)


class DigitalGoodView(Sparse):
    """A code, a link, or both."""

    line: int
    unit: int = Field(description="1 is the first unit of the line")
    sku: str
    name: str
    code: str | None = None
    link: str | None = None


class DigitalGoodsView(View):
    """What the customer was given, a unit each."""

    order_id: str
    goods: list[DigitalGoodView]

    @classmethod
    def of(cls, order: Order, goods: Mapping[Unit, DigitalGood]) -> DigitalGoodsView:
        shown = [_good(order, unit, good) for unit, good in sorted(goods.items())]
        return cls(order_id=order.id, goods=shown)


def _good(order: Order, unit: Unit, good: DigitalGood) -> DigitalGoodView:
    line, number = unit
    return DigitalGoodView(
        line=line,
        unit=number + 1,
        sku=good.sku,
        name=order.snapshot.line(line).name,
        code=good.code or None,
        link=good.link or None,
    )
