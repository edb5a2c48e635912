"""What was noted of a fresh claim, looked into when nobody who made it can still be running."""

from __future__ import annotations

from collections.abc import Mapping

from ...domain.hot_stock.place import location_in
from ...ports import Orders, Reservations, Stock
from .check_claims import check_claim
from .check_slots import check_slot


def check_noted(
    noted: Mapping[str, str], *, orders: Orders, reservations: Reservations, stock: Stock
) -> bool:
    """True when what was noted had no owner and was released."""
    claim, node = noted["claim"], noted["node"]
    if "day" in noted:
        return check_slot(claim, noted["day"], node, orders=orders, stock=stock)
    where = (noted["sku"], node, location_in(noted))
    return check_claim(claim, *where, orders=orders, reservations=reservations, stock=stock)
