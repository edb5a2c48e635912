"""Recent flows in the stock item: one small number each, named by its direction, span and start.

`fom1kq2x9` is what went ("o"; "i": came) in the minute ("m") that is the 1kq2x9th since 1970, in
base 36. Top-level numbers, so that a movement adds to one without reading the item.
"""

from __future__ import annotations

from typing import Any

from ...domain.limits.stock import MAX_FLOWS
from ...domain.model.flows import Flow, merged_flows
from ...domain.model.stock_item import StockItem

SPANS = {"s": 1, "m": 60, "d": 600, "h": 3600, "q": 21_600}
LETTERS = {span_s: letter for letter, span_s in SPANS.items()}
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
PREFIXES = tuple(f"f{way}{letter}" for way in "io" for letter in SPANS)


def name_of(start: int, span_s: int, *, incoming: bool) -> str:
    number, text = start // span_s, ""
    while number:
        number, digit = divmod(number, len(DIGITS))
        text = DIGITS[digit] + text
    return f"f{'i' if incoming else 'o'}{LETTERS[span_s]}{text}"


def name_of_flow(flow: Flow) -> str:
    return name_of(flow.start, flow.span_s, incoming=flow.quantity > 0)


def flows_of(row: dict[str, Any]) -> tuple[Flow, ...]:
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
