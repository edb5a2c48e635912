"""A row of the stock table as the domain reads it, checked on the way.

Recent flows are one small number each, named by its direction, span and start. `fom1kq2x9` is what
went ("o"; "i": came) in the minute ("m") that is the 1kq2x9th since 1970, in base 36. Top-level
numbers, so that a movement adds to one without reading the item.
"""

from __future__ import annotations

from typing import Any

from ...domain.errors import Fault
from ...domain.hot_stock.pages import AUTO
from ...domain.hot_stock.place import place_of
from ...domain.ids import cart_claim, claim_id
from ...domain.limits.orders import MAX_PARTS
from ...domain.limits.stock import MAX_FLOWS
from ...domain.model.flows import Flow, merged_flows
from ...domain.model.movement_kind import HeatMode
from ...domain.model.stock_item import Pages, StockItem, entry_quantity, problems
from ..dynamo.table import Item

SPANS = {"s": 1, "m": 60, "d": 600, "h": 3600, "q": 21_600}
LETTERS = {span_s: letter for letter, span_s in SPANS.items()}
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
PREFIXES = tuple(f"f{way}{letter}" for way in "io" for letter in SPANS)


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
        pages=pages_of(row) if "pg" in row else None,
        made_at=row.get("at", 0),
    )


def pages_of(row: Item) -> Pages:
    """What page 0 says of the others, of a SKU that has any."""
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
    """Units that the reservation `cart` holds here."""
    entry = row.get("c", {}).get(cart_claim(cart), "")
    return entry_quantity(entry) if entry else 0


def name_of(start: int, span_s: int, *, incoming: bool) -> str:
    number, text = start // span_s, ""
    while number:
        number, digit = divmod(number, len(DIGITS))
        text = DIGITS[digit] + text
    return f"f{'i' if incoming else 'o'}{LETTERS[span_s]}{text}"


def name_of_flow(flow: Flow) -> str:
    return name_of(flow.start, flow.span_s, incoming=flow.quantity > 0)


def flows_of(row: Item) -> tuple[Flow, ...]:
    found = []
    for name, units in row.items():
        if name.startswith(PREFIXES) and len(name) > len("fis"):
            span_s = SPANS[name[2]]
            start = int(name[3:], len(DIGITS)) * span_s
            found.append(Flow(start, units if name[1] == "i" else -units, span_s))
    return tuple(sorted(found, key=lambda flow: (flow.start, flow.span_s, flow.quantity)))


def merging(item: StockItem, now: int) -> dict[str, Any] | None:
    """The parts of an update that merges an item's flows; None where they are few enough.

    It is no movement, so the version stays; the condition is that nothing moved since the item
    was read and that nobody merged the same flows before.
    """
    if len(item.flows) <= MAX_FLOWS:
        return None
    after = merged_flows(item.flows, item.counted_at, now)
    old = [name_of_flow(flow) for flow in item.flows if flow not in after]
    new = {name_of_flow(flow): abs(flow.quantity) for flow in after if flow not in item.flows}
    if not old:
        return None
    sets = f"SET {', '.join(f'{name} = :{name}' for name in new)} " if new else ""
    return {
        "expression": f"{sets}REMOVE {', '.join(old)}",
        "condition": f"#v = :v AND attribute_exists({old[0]})",
        "names": {"#v": "v"},
        "values": {":v": item.version, **{f":{name}": units for name, units in new.items()}},
    }
