"""What a cart is made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..domain.limits.carts import MAX_RESERVATION_TTL_S
from .fields import Quantity, Sku
from .parse import Contract

Ttl = Annotated[int, Field(ge=1, le=MAX_RESERVATION_TTL_S, description="seconds from now")]


class CartLine(Contract):
    sku: Sku
    quantity: Quantity
