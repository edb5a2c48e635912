"""`docs/follows.md` and `docs/events.md`, from the table of consequences and the contracts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pydantic.fields import FieldInfo

from oms.contracts.bus_events import CONTRACTS, PublishedEvent
from oms.domain.consequences.consequence import Consequence, Noun
from oms.domain.consequences.table import LIVES, TABLE, published

SOURCE = "layers/common/oms/domain/consequences/"
TITLES = {Noun.PAYMENT: "Payment", Noun.STOCK_ITEM: "Stock item"}
FOLLOWS = f"""# What follows from each event

Generated from `{SOURCE}` by `make generate`; edit the
table there. The events are those of [lifecycles.md](lifecycles.md), and what an item records
without a change of its state. Stock follows first, then the offer, the day's capacity, the
execution, other nodes. "bus" is the type in [events.md](events.md); without one the event
stays inside, and orders keep theirs in the lake.

An empty cell means: nothing. After every change of an order, plans that it gave up release their
stock and their places in the day.
"""
BUS = """# Events on the bus

Generated from the table of consequences and `layers/common/oms/contracts/bus_events.py` by
`make generate`; edit them there.

Source `oms`, one event for each new version of an item, made from the tables' streams by the
function `publish`. Delivery is at least once and not in order: `detail.id` is the same each time,
`detail.version` counts up for each item. An event says what has happened and carries no personal
data: whoever needs more asks the API. What the system only says to itself, such as that it is time
to look again, is not on the bus.
"""


def follows(_: str) -> str:
    """`docs/follows.md`: one table for each noun."""
    return "\n\n".join([FOLLOWS.strip(), *(_life(noun) for noun in TABLE)]) + "\n"


def _life(noun: Noun) -> str:
    rows = TABLE[noun]
    title = f"## {LIVES.get(noun) or TITLES[noun]}"
    columns = [name for name, cell in CELLS.items() if any(map(cell, rows.values()))]
    head = ["event", "means", *columns]
    lines = [_line(head), _line(["---"] * len(head))]
    for event, row in rows.items():
        lines.append(_line([f"`{event}`", row.means, *(CELLS[name](row) for name in columns)]))
    return "\n".join([title, "", *lines])


def _words(found: Iterable[str]) -> str:
    return ", ".join(f"`{each}`" for each in found)


CELLS: dict[str, Callable[[Consequence], str]] = {
    "recorded as": lambda row: f"`{row.recorded}`" if row.recorded else "",
    "stock": lambda row: row.stock or "",
    "day": lambda row: "its place is free again" if row.frees_day else "",
    "offer": lambda row: row.offer or "",
    "wakes": lambda row: row.wakes or "",
    "goes elsewhere": lambda row: row.rehoming or "",
    "message": lambda row: _words(row.messages),
    "bus": lambda row: f"`{row.published}`" if row.published else "",
    "heard by": lambda row: _words(sorted(row.heard_by)),
    "later": lambda row: "; ".join(sorted(row.marks)),
    "metric": lambda row: f"`{row.metric}`" if row.metric else "",
}


def events(present: str) -> str:
    """`docs/events.md`; the chapter about the lake is written by hand and kept."""
    lake = (
        present[present.index("# Lines in the lake") :] if "# Lines in the lake" in present else ""
    )
    by_contract: dict[type[PublishedEvent], list[Noun]] = {}
    for noun in dict.fromkeys(noun for noun, _, _ in published()):
        by_contract.setdefault(CONTRACTS[noun], []).append(noun)
    chapters = ["\n".join(_family(contract, nouns)) for contract, nouns in by_contract.items()]
    common = "\n".join(["## Every event", "", *_fields(PublishedEvent)])
    return "\n\n".join([BUS.strip(), common, *chapters, lake.strip()]).strip() + "\n"


def _family(contract: type[PublishedEvent], nouns: list[Noun]) -> Iterator[str]:
    names = ", ".join(f"`{noun}.*`" for noun in nouns)
    yield f"## {LIVES.get(nouns[0]) or TITLES[nouns[0]]}: {names}"
    yield ""
    yield (contract.__doc__ or "").strip()
    yield ""
    yield _line(["type", "what happened"])
    yield _line(["---", "---"])
    for noun in nouns:
        for row in TABLE[noun].values():
            if row.published:
                yield _line([f"`{row.published}`", row.means])
    if own := list(_fields(contract)):
        yield ""
        yield from own


def _fields(contract: type[PublishedEvent]) -> Iterator[str]:
    """Those that are not of every event."""
    common = set(PublishedEvent.model_fields) if contract is not PublishedEvent else set()
    yield _line(["field of `detail`", "type", "meaning"])
    yield _line(["---", "---", "---"])
    for name, field in contract.model_fields.items():
        if name not in common:
            yield _line([f"`{name}`", _type(field), _meaning(field)])


def _type(field: FieldInfo) -> str:
    kind = getattr(field.annotation, "__name__", "")
    shown = str(field.annotation) if "[" in str(field.annotation) else kind
    return f"`{shown}`" + ("" if field.is_required() else ", may be absent")


def _meaning(field: FieldInfo) -> str:
    text = field.description or ""
    return text.replace("[lifecycles.md]", "[lifecycles.md](lifecycles.md)").replace("|", "\\|")


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
