"""Which claims of hot stock an order names: read once, when a hot SKU is nearly sold out."""

from __future__ import annotations

from collections.abc import Iterable

from ...domain.ids import part_of_claim
from ...domain.model.order import OrderSnapshot
from ...domain.model.stock_item import ALLOCATED, SOFT, StockItem
from ...domain.model.stock_location import MAIN
from ...domain.reserving.reservation import ACTIVE, Reservation
from ..dynamo.table import MAX_BATCH_GET, Table
from ..reservations import keys as reservation_keys
from ..reservations.store import reservation_of
from . import keys
from .rows import snapshot_of


class BindingStore:
    """Reads the orders table."""

    def __init__(self, orders: Table) -> None:
        self.table = orders

    def unbound(self, items: Iterable[StockItem]) -> frozenset[str]:
        """Claims whose order is not written, or was written with a claim elsewhere; and holds
        of carts that are not there, or gave them up.

        Only what placing claims is asked for: later parts of an order are not in its snapshot,
        and whoever sources them holds a written order already.
        """
        claims = {c: (e, item) for item in items for c, e in item.claims.items()}
        allocated = {c: item for c, (e, item) in claims.items() if e.startswith(ALLOCATED)}
        soft = {c: item for c, (e, item) in claims.items() if e.startswith(SOFT)}
        orders = self._orders(sorted({part_of_claim(claim)[0] for claim in allocated}))
        carts = self._carts(sorted({part_of_claim(claim)[0] for claim in soft}))
        unbound = [claim for claim, item in allocated.items() if not _bound(claim, item, orders)]
        return frozenset([*unbound, *(c for c, item in soft.items() if not _holds(c, item, carts))])

    def _carts(self, ids: list[str]) -> dict[str, Reservation]:
        found: dict[str, Reservation] = {}
        for at in range(0, len(ids), MAX_BATCH_GET):
            wanted = [
                (reservation_keys.reservation_pk(id), reservation_keys.RESERVATION)
                for id in ids[at:][:MAX_BATCH_GET]
            ]
            rows = self.table.batch_get(wanted).values()
            found |= {cart.id: cart for cart in map(reservation_of, rows)}
        return found

    def _orders(self, ids: list[str]) -> dict[str, OrderSnapshot]:
        found: dict[str, OrderSnapshot] = {}
        for at in range(0, len(ids), MAX_BATCH_GET):
            wanted = [(keys.order_pk(id), keys.SNAPSHOT) for id in ids[at : at + MAX_BATCH_GET]]
            rows = self.table.batch_get(wanted).values()
            found |= {snapshot.id: snapshot for snapshot in map(snapshot_of, rows)}
        return found


def _holds(claim: str, item: StockItem, carts: dict[str, Reservation]) -> bool:
    cart = carts.get(part_of_claim(claim)[0])
    return bool(
        cart and cart.status == ACTIVE and cart.holds_at(item.sku, item.node, item.location)
    )


def _bound(claim: str, item: StockItem, orders: dict[str, OrderSnapshot]) -> bool:
    id, number = part_of_claim(claim)
    order = orders.get(id)
    if order is None:
        return False
    plans = [plan for plan in order.planned if plan.number == number]
    return not plans or any(plan.locations.get(item.sku, MAIN) == item.location for plan in plans)
