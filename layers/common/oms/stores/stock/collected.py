"""What the rows of SKUs say, added up for a decision."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...domain.model.signals import Pace
from ...domain.model.stock_item import StockItem
from ...domain.model.stock_location import StockLocation
from ...domain.model.supply import Supply
from ..dynamo.table import Item
from ..supply.rows import supply_of
from . import keys
from .hot_memory import Place, SkuRows
from .rows import check, held_by, pages_of, softly_held
from .shown import more_at


@dataclass(slots=True)
class CollectedStock:
    """What lies at each node, what is on its way and who waits, added up row by row."""

    order_id: str
    first_part: int
    cart: str
    available: dict[Place, int] = field(default_factory=dict)
    on_hand: dict[Place, int] = field(default_factory=dict)
    held: dict[Place, int] = field(default_factory=dict)
    held_at: dict[Place, StockLocation] = field(default_factory=dict)  # where not in the main item
    fed_at: dict[Place, int] = field(default_factory=dict)
    rough: dict[Place, int] = field(default_factory=dict)
    unsettled: set[Place] = field(default_factory=set)
    waiting: dict[str, int] = field(default_factory=dict)
    # (SKU, ISO date) → units that others were promised for that day
    wanted: dict[tuple[str, str], int] = field(default_factory=dict)
    backordered: dict[str, int] = field(default_factory=dict)
    supplies: list[Supply] = field(default_factory=list)
    lately: dict[str, dict[str, Pace]] = field(default_factory=dict)  # SKU → node → pace

    def add(self, sku: str, found: SkuRows, *, exact: bool) -> None:
        for row in found.rows:
            match row["sk"].partition("#"):
                case "NODE", _, node:
                    self._node((sku, node), row, exact)
                case "WAIT", _, _ if row.get("order") != self.order_id:
                    self._waiting(sku, row)
                case "SUPPLY", _, _:
                    self.supplies.append(supply_of(sku, row))
                case keys.BACKORDER, _, _:
                    self.backordered[sku] = row["q"]
                case keys.SIGNALS, _, _:
                    self.lately[sku] = {node: Pace(*each) for node, each in row["nodes"].items()}
        for page in found.pages:
            self._page((sku, page.node), page)

    def _waiting(self, sku: str, row: Item) -> None:
        self.waiting[sku] = self.waiting.get(sku, 0) + row["q"]
        if day := keys.promised_of(row["sk"]):
            self.wanted[sku, day] = self.wanted.get((sku, day), 0) + row["q"]

    def _page(self, place: Place, page: StockItem) -> None:
        """A cart holds on one page. Entries on two are of twins, one of whom is about to let go."""
        row = {"c": page.claims}
        if self.cart and (in_cart := softly_held(row, self.cart)):
            self.available[place] += in_cart - self.held.get(place, 0)
            self.held[place], self.held_at[place] = in_cart, page.location
        self.available[place] += page.available + held_by(row, self.order_id, self.first_part)
        self.on_hand[place] += page.on_hand

    def _node(self, place: Place, row: Item, exact: bool) -> None:
        self.available[place] = row["av"]
        if "fa" in row:
            self.fed_at[place] = row["fa"]
        if not exact:
            if more := more_at(row):
                self.rough[place] = more
            return
        check(row)
        self.on_hand[place] = row.get("oh", 0)
        self.available[place] += held_by(row, self.order_id, self.first_part)
        if self.cart and (in_cart := softly_held(row, self.cart)):
            self.held[place] = in_cart
            self.available[place] += in_cart
        if "pg" in row and not pages_of(row).settled:
            self.unsettled.add(place)
