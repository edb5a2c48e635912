"""Stock: claims and movements, each one conditional update of one (SKU, node) item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

from ..domain.errors import IdempotencyConflict, LostRace, OutOfStock
from ..domain.orders.order import Order
from ..domain.sourcing.network import PICKUP, Network, Node, Supply
from ..domain.stock.item import Movement, StockItem
from ..domain.stock.movements import ARRIVAL
from . import keys
from .days import DayStore
from .stock_rows import check, held_by, item_of, on_hand, softly_held, sound
from .stock_update import update_of
from .supply_rows import supply_of, supply_row
from .table import Item, Table, to_wire
from .waiting_rows import backordered, wanted

PARALLEL = 20
CLAIMING = frozenset({"ALLOCATE", "SOFT_HOLD", "COMMIT_SOFT"})  # refused when stock is short


class StockStore:
    def __init__(self, table: Table) -> None:
        self.table = table
        self.days = DayStore(table)
        self._pool: ThreadPoolExecutor | None = None

    @property
    def pool(self) -> ThreadPoolExecutor:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(PARALLEL)
        return self._pool

    # --- reading -------------------------------------------------------------------------

    def rows(self, skus: Iterable[str], *, consistent: bool) -> dict[str, list[Item]]:
        """Each SKU's partition, read in one parallel round."""
        wanted = list(dict.fromkeys(skus))

        def read(sku: str) -> list[Item]:
            return self.table.query(keys.sku_pk(sku), consistent=consistent)

        if len(wanted) == 1:
            return {wanted[0]: read(wanted[0])}
        return dict(zip(wanted, self.pool.map(read, wanted), strict=True))

    def network(
        self,
        skus: Iterable[str],
        nodes: Sequence[Node],
        *,
        consistent: bool,
        order_id: str = "",
        first_part: int = 1,
        cart: str = "",
        days: Sequence[str] = (),
    ) -> Network:
        loads = [
            self.pool.submit(self.days.load, day, order_id, first_part, consistent=consistent)
            for day in days
        ]
        held: dict[tuple[str, str], int] = {}
        available: dict[tuple[str, str], int] = {}
        waiting: dict[str, int] = {}
        supplies: list[Supply] = []
        fed_at: dict[tuple[str, str], int] = {}
        found = self.rows(skus, consistent=consistent)
        for sku, rows in found.items():
            for row in rows:
                kind, _, rest = row["sk"].partition("#")
                if kind == "NODE":
                    check(row)
                    available[sku, rest] = row["av"] + held_by(row, order_id, first_part)
                    if soft := softly_held(row, cart):
                        held[sku, rest] = soft
                        available[sku, rest] += soft
                    if "fa" in row:
                        fed_at[sku, rest] = row["fa"]
                elif kind == "WAIT" and row["order"] != order_id:
                    waiting[sku] = waiting.get(sku, 0) + row["q"]
                elif kind == "SUPPLY":
                    supplies.append(supply_of(sku, row))
        load = {key: count for each in loads for key, count in each.result().items()}
        seen = Network(tuple(nodes), available, waiting, tuple(supplies), held=held, fed_at=fed_at)
        seen = replace(seen, on_hand=on_hand(found), load=load)
        return replace(seen, wanted=wanted(found, order_id), backordered=backordered(found))

    def item(self, sku: str, node: str) -> StockItem | None:
        row = self.table.get(keys.sku_pk(sku), keys.stock_sk(node))
        return sound(row) if row else None

    def stored(self, sku: str, node: str) -> tuple[StockItem, int] | None:
        """As it is, sound or not, with the stored number of available units."""
        row = self.table.get(keys.sku_pk(sku), keys.stock_sk(node))
        return (item_of(row), row.get("av", 0)) if row else None

    def items(self, sku: str) -> list[StockItem]:
        return [sound(row) for row in self.table.query(keys.sku_pk(sku), prefix="NODE#")]

    # --- movements -------------------------------------------------------------------------

    def move(self, movement: Movement) -> bool:
        """Do a claim movement; False when it happened already (or never can: the caller knows
        which by the part's state). Raises OutOfStock when an allocation finds too little.
        """
        assert movement.claim
        change = update_of(movement)
        try:
            self.table.update(
                keys.sku_pk(movement.sku),
                keys.stock_sk(movement.node),
                change.expression,
                change.condition,
                change.names,
                change.values,
            )
        except LostRace:
            return self._why_not(movement)
        return True

    def _why_not(self, movement: Movement) -> bool:
        """The condition failed: done before, out of stock, or a true race."""
        item = self.item(movement.sku, movement.node)
        entry = item.claims.get(movement.claim, "") if item else ""
        if movement.kind in CLAIMING:
            if entry == movement.after:
                return False
            raise OutOfStock(
                f"{movement.sku} at {movement.node}: fewer than {movement.need} available",
                missing={movement.sku: movement.quantity},
                node=movement.node,
            )
        if entry == movement.before and entry:
            if item and movement.flows and 0 < movement.at <= item.counted_at:
                return self.move(replace(movement, on_hand=0))  # counted without it already
            raise LostRace(f"stock of {movement.sku} at {movement.node} moved meanwhile")
        return False

    def claim_all(self, movements: Sequence[Movement]) -> tuple[list[Movement], list[Movement]]:
        """Try all allocations in parallel: (made by this call, refused for lack of stock)."""

        def attempt(movement: Movement) -> bool | None:
            try:
                return self.move(movement)
            except OutOfStock:
                return None

        if len(movements) == 1:
            answers = [attempt(movements[0])]
        else:
            answers = list(self.pool.map(attempt, movements))
        found = list(zip(movements, answers, strict=True))
        return [m for m, made in found if made], [m for m, made in found if made is None]

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
        return item is not None and item.counted_at >= movement.at

    # --- waiting demand ----------------------------------------------------------------------

    def put_waiting(self, order: Order, now: int) -> None:
        """One row per SKU, `at` says since when; written again it is no change."""
        for sku, quantity in waiting_by_sku(order).items():
            with suppress(LostRace):  # it is there, and the same
                self.table.update(
                    keys.sku_pk(sku),
                    _waiting_sk(order),
                    "SET #order = :order, #q = :q, #at = if_not_exists(#at, :at)",
                    "attribute_not_exists(#q) OR #q <> :q",
                    {"#order": "order", "#q": "q", "#at": "at"},
                    {":order": order.id, ":q": quantity, ":at": now},
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
            if row["id"] == id and not keys.is_document(id):  # a document drops its own
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
    if movement.kind not in ("RECEIVE", "ADJUST"):
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
