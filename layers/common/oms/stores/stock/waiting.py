"""Demand that waits for a SKU: one row for each order in the SKU's partition."""

from __future__ import annotations

from contextlib import suppress

from ...domain.errors import LostRace
from ...domain.model.node import PICKUP
from ...domain.model.order import Order
from ...domain.orders.progress import still_waiting
from ..dynamo.table import Item, Table
from . import keys


class WaitingStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def put(self, order: Order, now: int) -> None:
        """One row per SKU, `at` says since when; written again it is no change."""
        for sku, quantity in waiting_by_sku(order).items():
            with suppress(LostRace):  # it is there, and the same
                self.table.update(
                    keys.sku_pk(sku),
                    _waiting_sk(order),
                    "SET #order = :order, #q = :q, #at = if_not_exists(#at, :at), sx = :one",
                    "attribute_not_exists(#q) OR #q <> :q",
                    {"#order": "order", "#q": "q", "#at": "at"},
                    {":order": order.id, ":q": quantity, ":at": now, ":one": 1},
                )

    def drop(self, order: Order) -> None:
        """Harmless when there is none."""
        for sku in {line.sku for line in order.snapshot.lines}:
            self.table.delete(keys.sku_pk(sku), _waiting_sk(order))

    def of_sku(self, sku: str) -> list[Item]:
        return self.table.query(keys.sku_pk(sku), prefix="WAIT#")


def waiting_by_sku(order: Order) -> dict[str, int]:
    return order.snapshot.per_sku(still_waiting(order))


def _waiting_sk(order: Order) -> str:
    snapshot = order.snapshot
    promise = snapshot.promise.deliver_by if snapshot.promise else ""
    pickup = snapshot.method == PICKUP
    return keys.waiting_sk(snapshot.priority, pickup, promise, snapshot.placed_at, snapshot.id)
