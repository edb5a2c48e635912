"""What the rows of SKUs say, added up for a decision."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...domain.model.stock_location import StockLocation
from ..dynamo.table import Item
from .hot_memory import Place, SkuRows
from .rows import check, held_by, softly_held
from .shown import more_at


@dataclass(slots=True)
class CollectedStock:
    """What lies at each node, added up row by row."""

    order_id: str
    first_part: int
    cart: str
    available: dict[Place, int] = field(default_factory=dict)
    on_hand: dict[Place, int] = field(default_factory=dict)
    held: dict[Place, int] = field(default_factory=dict)
    held_at: dict[Place, StockLocation] = field(default_factory=dict)  # where not in the main item
    fed_at: dict[Place, int] = field(default_factory=dict)
    rough: dict[Place, int] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)

    def add(self, sku: str, found: SkuRows, *, exact: bool) -> None:
        for row in found.rows:
            kind, _, rest = row["sk"].partition("#")
            if kind == "NODE":
                self._node((sku, rest), row, exact)
            elif kind == "WAIT" and row.get("order") != self.order_id:
                self.waiting[sku] = self.waiting.get(sku, 0) + row["q"]
        for page in found.pages:
            own = held_by({"c": page.claims}, self.order_id, self.first_part)
            if in_cart := softly_held({"c": page.claims}, self.cart):
                self._on_page((sku, page.node), page.location, in_cart)
            self.available[sku, page.node] += page.available + own
            self.on_hand[sku, page.node] += page.on_hand

    def _on_page(self, place: Place, page: StockLocation, units: int) -> None:
        """A cart holds on one page. Entries on two are of twins, one of whom is about to let go."""
        self.available[place] += units - self.held.get(place, 0)
        self.held[place], self.held_at[place] = units, page

    def _node(self, place: Place, row: Item, exact: bool) -> None:
        self.fed_at[place], self.available[place] = row.get("fa", 0), row["av"]
        if not exact:
            self.rough[place] = more_at(row)
            return
        check(row)
        self.on_hand[place], self.held[place] = row.get("oh", 0), softly_held(row, self.cart)
        self.available[place] += held_by(row, self.order_id, self.first_part) + self.held[place]
