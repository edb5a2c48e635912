"""Foreign orders beyond our limits: nothing of them is lost."""

from __future__ import annotations

from typing import Any

import pytest

from oms.domain.limits.orders import MAX_LINES, MAX_QUANTITY, MAX_UNITS
from oms.domain.model.product import Product
from oms.domain.orders.pricing import price_order
from oms.gateways.channels import shopify

from .foreign import SHOPIFY


def item(number: int, quantity: int) -> dict[str, Any]:
    return {"id": number, "sku": "SKU-001", "quantity": quantity, "price": "0.01"}


@pytest.mark.parametrize(
    ("quantities", "lines", "held"),
    [
        ([1] * MAX_LINES, MAX_LINES, False),
        ([1] * (MAX_LINES + 1), MAX_LINES, True),
        ([MAX_QUANTITY], 1, False),
        ([MAX_QUANTITY + 1], 2, False),
        ([MAX_UNITS + 1], 3, True),
        ([10**8], 1, True),
        ([1, 10**8, 1], 2, True),
    ],
)
def test_every_cent_is_kept(quantities: list[int], lines: int, held: bool) -> None:
    items = [item(number, each) for number, each in enumerate(quantities)]
    body = {"id": 1, "currency": "EUR", "financial_status": "paid", "line_items": items}
    read = shopify.read(body, SHOPIFY)
    assert len(read.lines) == lines
    assert any(hold.reason.startswith("BEYOND_LIMITS") for hold in read.holds) is held
    products = {"SKU-001": Product("SKU-001", "T")}
    assert price_order(read, products, foreign=True).grand_total == sum(quantities)
    assert sum(line.quantity for line in read.lines) <= MAX_UNITS
