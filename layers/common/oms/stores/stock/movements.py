"""Movements of stock, each one conditional update of one item."""

from __future__ import annotations

from dataclasses import replace

from ...domain.errors import IdempotencyConflict, LostRace, OutOfStock
from ...domain.hot_stock.pages import Take
from ...domain.model.movement_kind import MovementKind
from ...domain.model.stock_item import Movement
from ...domain.stock.counting import includes
from ...domain.stock.movements import ARRIVAL
from ..dynamo.table import Item, Table, to_wire
from . import keys
from .claiming import ClaimStore
from .fences import CountFences
from .items import StockItemReader
from .update import update_of

CLAIMING = frozenset(
    {MovementKind.ALLOCATE, MovementKind.SOFT_HOLD, MovementKind.COMMIT_SOFT}
)  # refused when stock is short


class MovementStore:
    def __init__(
        self, table: Table, items: StockItemReader, claims: ClaimStore, fences: CountFences
    ) -> None:
        self.table, self.items, self.claims, self.fences = table, items, claims, fences

    def move(self, movement: Movement) -> bool:
        """Do a movement of a claim on its page; False when it happened already (or never can: the
        caller knows which by the part's state). Raises OutOfStock when a claim finds too little.
        """
        assert movement.claim
        if movement.kind in CLAIMING:
            return self.claims.allocate(movement).made
        if movement.location and movement.flows and self._counted_since(movement):
            return self.fences.move_counted(movement)
        seen = self.claims.perform(Take(movement))
        item = seen.item
        entry = item.claims.get(movement.claim, "") if item else ""
        if not seen.done and entry == movement.before and entry:
            if item and movement.flows and 0 < movement.at <= item.counted_at:
                return self._counted_without(movement)
            raise LostRace(f"stock of {movement.sku} at {movement.node} moved meanwhile")
        return seen.done

    def _counted_without(self, movement: Movement) -> bool:
        """The last count did not see the goods any more."""
        if movement.location:
            return self.fences.move_counted(movement)
        return self.move(replace(movement, on_hand=0))

    def book(self, movement: Movement, *, now: int) -> bool:
        """A movement without a claim (receipt, adjustment, return): marker and item together.

        False when this very movement was booked before; raises IdempotencyConflict when its id
        was booked for something else.
        """
        assert not movement.claim or movement.kind == ARRIVAL
        update = {
            "TableName": self.table.name,
            "Key": to_wire({"pk": keys.sku_pk(movement.sku), "sk": keys.stock_sk(movement.node)}),
            **update_of(movement, now).arguments(),
        }
        key = {"pk": keys.move_pk(movement.id), "sk": keys.MOVE}
        put = {
            "TableName": self.table.name,
            "Item": to_wire({**key, "at": now, **what(movement)}),
            "ConditionExpression": "attribute_not_exists(pk)",
        }
        try:
            self.table.transact([{"Put": put}, {"Update": update}])
        except LostRace:
            booked = self.table.get(keys.move_pk(movement.id), keys.MOVE)
            if booked:
                same(movement, booked)
                return False
            if movement.need is not None and not self._counted_since(movement):
                raise OutOfStock(
                    f"{movement.sku} at {movement.node}: fewer than {movement.need} available",
                    fields={"/quantity": "more than is available"},
                ) from None
            raise
        return True

    def _counted_since(self, movement: Movement) -> bool:
        item = self.items.get(movement.sku, movement.node) if movement.at else None
        return includes(item, movement.at, movement.on_hand)


def what(movement: Movement) -> Item:
    """What a marker says of its movement."""
    return {
        "sku": movement.sku,
        "node": movement.node,
        "kind": movement.kind,
        "q": movement.quantity,
        "oh": movement.on_hand,
    }


def same(movement: Movement, booked: Item) -> None:
    """Raises IdempotencyConflict when the marker is of another movement."""
    found = what(movement)
    if movement.kind not in (MovementKind.RECEIVE, MovementKind.ADJUST):
        del found["q"], found["oh"]  # computed anew each time
    other = sorted(name for name, value in found.items() if booked.get(name, value) != value)
    if other:
        raise IdempotencyConflict(f"movement {movement.id} was booked with another {other[0]}")
