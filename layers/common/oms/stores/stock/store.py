"""Stock: claims and movements, each one conditional update of one (SKU, node) item."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from ...domain.errors import IdempotencyConflict, LostRace, OutOfStock
from ...domain.hot_stock.claiming import ClaimOutcome
from ...domain.hot_stock.pages import Take
from ...domain.model.movement_kind import MovementKind
from ...domain.model.node import PICKUP
from ...domain.model.order import Order
from ...domain.model.stock_item import Movement
from ...domain.model.supply import Supply
from ...domain.stock.counting import includes
from ...domain.stock.movements import ARRIVAL
from ..dynamo.table import Item, to_wire
from ..supply import keys as supply_keys
from ..supply.rows import supply_row
from . import keys
from .fences import StockFences
from .update import update_of

CLAIMING = frozenset(
    {MovementKind.ALLOCATE, MovementKind.SOFT_HOLD, MovementKind.COMMIT_SOFT}
)  # refused when stock is short


class StockStore(StockFences):
    # --- movements -------------------------------------------------------------------------

    def move(self, movement: Movement) -> bool:
        """Do a movement of a claim on its page; False when it happened already (or never can: the
        caller knows which by the part's state). Raises OutOfStock when a claim finds too little.
        """
        assert movement.claim
        if movement.kind in CLAIMING:
            return self.allocate(movement).made
        if movement.location and movement.flows and self._counted_since(movement):
            return self.move_counted(movement)
        seen = self.perform(Take(movement))
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
            return self.move_counted(movement)
        return self.move(replace(movement, on_hand=0))

    def allocate(self, movement: Movement) -> ClaimOutcome:
        """Claim on page 0, or on a page of a hot SKU; raises OutOfStock."""
        outcome = self.claim(movement)
        if outcome.refused:
            raise OutOfStock(
                f"{movement.sku} at {movement.node}: fewer than {movement.need} available",
                missing={movement.sku: movement.quantity},
                node=movement.node,
            )
        return outcome

    def claims(self, movements: Sequence[Movement]) -> list[ClaimOutcome]:
        """Try all in parallel; each outcome names the page, whether made now or before."""
        if len(movements) == 1:
            return [self.claim(movements[0])]
        return list(self.pool.map(self.claim, movements))

    def claim_all(self, movements: Sequence[Movement]) -> tuple[list[Movement], list[Movement]]:
        """(made by this call, refused for lack of stock)."""
        found = self.claims(movements)
        return [o.move for o in found if o.made], [o.move for o in found if o.refused]

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
        item = self.item(movement.sku, movement.node) if movement.at else None
        return includes(item, movement.at, movement.on_hand)

    # --- waiting demand ----------------------------------------------------------------------

    def put_waiting(self, order: Order, now: int) -> None:
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

    def drop_waiting(self, order: Order) -> None:
        """Harmless when there is none."""
        for sku in {line.sku for line in order.snapshot.lines}:
            self.table.delete(keys.sku_pk(sku), _waiting_sk(order))

    def waiting(self, sku: str) -> list[Item]:
        return self.table.query(keys.sku_pk(sku), prefix="WAIT#")

    def put_supply(self, supply: Supply) -> None:
        self.table.put_always(supply_row(supply))

    def drop_supply(self, sku: str, id: str) -> None:
        """Harmless when there is none."""
        for row in self.table.query(keys.sku_pk(sku), prefix="SUPPLY#"):
            if row["id"] == id and not supply_keys.is_document(id):  # a document drops its own
                self.table.delete(row["pk"], row["sk"])


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


def waiting_by_sku(order: Order) -> dict[str, int]:
    found: dict[str, int] = {}
    for no, which in order.state.waiting.items():
        still = which & order.open.get(no, frozenset())
        sku = order.snapshot.line(no).sku
        if still:
            found[sku] = found.get(sku, 0) + len(still)
    return found


def _waiting_sk(order: Order) -> str:
    snapshot = order.snapshot
    promise = snapshot.promise.deliver_by if snapshot.promise else ""
    pickup = snapshot.method == PICKUP
    return keys.waiting_sk(snapshot.priority, pickup, promise, snapshot.placed_at, snapshot.id)
