"""A row of the stock table as the domain reads it, checked on the way."""

from __future__ import annotations

from ...domain.errors import Fault
from ...domain.hot_stock.pages import AUTO
from ...domain.hot_stock.place import place_of
from ...domain.ids import cart_claim, claim_id
from ...domain.limits.orders import MAX_PARTS
from ...domain.model.movement_kind import HeatMode
from ...domain.model.stock_item import Pages, StockItem, entry_quantity, problems
from ..dynamo.table import Item
from .flows import flows_of


def check(row: Item) -> None:
    """Raises Fault naming both values where an item's buckets and what is available disagree (I2):
    nothing may be promised from it before somebody looked.
    """
    held = sum(row.get(name, 0) for name in ("al", "sg", "so"))
    unavailable = sum(units for name, units in row.items() if name.startswith("un_"))
    expected = row.get("oh", 0) - held - unavailable
    if row.get("av", 0) != expected:
        place = f"{row['pk']}|{row['sk']}"
        raise Fault(f"{place}: available is {row.get('av', 0)}, the buckets say {expected}")


def sound(row: Item) -> StockItem:
    """The item; raises Fault where it breaks I2, I3 or I4."""
    check(row)
    item = item_of(row)
    if wrong := problems(item):
        raise Fault(f"{row['pk']}|{row['sk']}: {'; '.join(wrong)}")
    return item


def item_of(row: Item) -> StockItem:
    """As it is stored, sound or not."""
    place = place_of(row["pk"], row["sk"])
    assert place is not None, f"no stock item: {row['pk']}"
    return StockItem(
        sku=place.sku,
        node=place.node,
        on_hand=row.get("oh", 0),
        allocated=row.get("al", 0),
        staged=row.get("sg", 0),
        soft=row.get("so", 0),
        unavailable={k[3:]: v for k, v in row.items() if k.startswith("un_")},
        claims=row.get("c", {}),
        version=row.get("v", 0),
        counted_at=row.get("ca", 0),
        count_id=row.get("ci", ""),
        fed_at=row.get("fa", 0),
        flows=flows_of(row),
        location=place.location,
        pages=pages_of(row),
        made_at=row.get("at", 0),
    )


def pages_of(row: Item) -> Pages | None:
    """What page 0 says of the others; None while the SKU never had any."""
    if "pg" not in row:
        return None
    return Pages(
        hot="hot" in row,
        mode=HeatMode(row.get("mode", AUTO)),
        lot=row["lot"],
        last=row["pg"],
        checked=row["ck"],
        gone=row.get("gone", 0),
        claimed=row.get("pc", 0),
        bound=row.get("cc", 0),
        leased_at=row.get("lt", 0),
        asked_at=row.get("ask", 0),
    )


def held_by(row: Item, order_id: str, first_part: int) -> int:
    """Units that the order claimed here for parts that were never written."""
    claims = row.get("c", {})
    ids = (claim_id(order_id, number) for number in range(first_part, first_part + MAX_PARTS))
    return sum(entry_quantity(claims[id]) for id in ids if id in claims)


def softly_held(row: Item, cart: str) -> int:
    """Units that the reservation `cart` holds here; 0 without one."""
    entry = row.get("c", {}).get(cart_claim(cart), "") if cart else ""
    return entry_quantity(entry) if entry else 0
