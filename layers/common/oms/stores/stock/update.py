"""A movement as one DynamoDB update: the deltas, the claim entry, and the condition for both."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ...domain.errors import Fault
from ...domain.model.stock_item import Movement, StockItem, entries, unbalanced
from ...domain.stock.availability import rounded_down
from ...domain.stock.movements import deltas_of
from ..dynamo.table import Item, Table, to_wire
from . import keys
from .rows import name_of, name_of_flow

BUCKETS = {"oh": "on_hand", "al": "allocated", "sg": "staged", "so": "soft", "av": "available"}
SHORT = {name: short for short, name in BUCKETS.items()}


@dataclass
class Update:
    """Parts of an UpdateItem that grow together; `#v` counts the item's versions."""

    names: dict[str, str] = field(default_factory=lambda: {"#last": "last", "#v": "v"})
    values: dict[str, Any] = field(default_factory=lambda: {":one": 1})
    sets: list[str] = field(default_factory=lambda: ["#last = :last"])
    adds: list[str] = field(default_factory=lambda: ["#v :one"])
    removes: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)

    def arguments(self) -> dict[str, Any]:
        """For an UpdateItem, or a transaction's Update action."""
        removed = f" REMOVE {', '.join(self.removes)}" if self.removes else ""
        found: dict[str, Any] = {
            "UpdateExpression": f"SET {', '.join(self.sets)} ADD {', '.join(self.adds)}{removed}",
            "ExpressionAttributeNames": self.names,
            "ExpressionAttributeValues": to_wire(self.values),
        }
        condition = " AND ".join(self.conditions)
        return found | ({"ConditionExpression": condition} if condition else {})

    def request(self, pk: str, sk: str) -> dict[str, Any]:
        """For an UpdateItem of its own."""
        return {"Key": to_wire({"pk": pk, "sk": sk}), **self.arguments()}

    def require(self, condition: str, **values: Any) -> None:
        self.conditions.append(condition)
        self.values |= {f":{name}": value for name, value in values.items()}


def update_of(move: Movement, now: int = 0) -> Update:
    """`now`: when it happened, where the movement does not say.

    Adds deltas, of which that of `available` follows from the others: what was sound before the
    write is sound after it. Raises Fault for a movement whose claims do not agree with its deltas.
    """
    if wrong := unbalanced(move):
        raise Fault(f"movement {move.id} does not balance: {'; '.join(wrong)}")
    update = Update()
    update.values[":last"] = _last(move)
    _buckets(move, update)
    _times(move, update, move.at or now)
    if move.claim:
        _claim(move, update)
    else:  # the movement may be the first of this item
        update.sets.append("c = if_not_exists(c, :none)")
        update.values[":none"] = {}
        if not move.location:
            update.sets.append(f"{keys.IN_SHOWN} = :one")
    if move.leaves is not None and not move.location:
        _shown(move, move.leaves, update)
    if move.need is not None:
        update.require("av >= :need", need=move.need)
    if move.expected_version is not None:
        absent = "attribute_not_exists(#v)" if move.expected_version == 0 else "#v = :expected"
        values = {"expected": move.expected_version} if move.expected_version else {}
        update.require(absent, **values)
    return update


def _shown(move: Movement, leaves: int, update: Update) -> None:
    """A claim may be wrong about what it leaves: the stream's follower sees that."""
    update.sets.append("sh = :shown")
    update.values[":shown"] = rounded_down(leaves)
    if move.expected_version is not None:
        update.sets.append("sv = :next")
        update.values[":next"] = move.expected_version + 1


def written(table: Table, move: Movement, update: Update) -> Item:
    """The update as a part of a transaction, at the location of the movement."""
    pk, sk = keys.stock_key(move.sku, move.node, move.location)
    key = to_wire({"pk": pk, "sk": sk})
    return {"Update": {"TableName": table.name, "Key": key, **update.arguments()}}


def new_item(item: StockItem, move: Movement, lot: int) -> Item:
    """The row of a page that `move` makes. Its first line in the ledger also brings its lot, which
    a LEASE took off page 0.
    """
    pk, sk = keys.stock_key(item.sku, item.node, item.location)
    buckets = {short: getattr(item, name) for short, name in BUCKETS.items()}
    row = {"pk": pk, "sk": sk, **buckets, "c": dict(item.claims), "lot": lot, "at": item.made_at}
    last = _last(move)
    last["d"]["oh"] = last["d"].get("oh", 0) + lot
    return {**row, "v": item.version, "last": last}


def _last(move: Movement) -> dict[str, Any]:
    """The movement as the stream and the lake read it; `d` are the deltas that it means."""
    deltas = deltas_of(move)
    short = {SHORT.get(name, name): units for name, units in deltas.items()}
    last = {"k": move.kind, "id": move.id, "q": move.quantity, "by": move.actor, "d": short}
    return last | ({"cause": move.because} if move.because else {})


def _buckets(move: Movement, update: Update) -> None:
    """Every bucket of a new item is written, so that `available` can always be compared."""
    for short, name in BUCKETS.items():
        delta = getattr(move, name)
        if delta or (short == "av" and not move.claim):
            update.adds.append(f"{short} :{short}")
            update.values[f":{short}"] = delta
    for kind, delta in move.unavailable.items():
        update.adds.append(f"un_{kind} :{kind}")
        update.values[f":{kind}"] = delta


def _times(move: Movement, update: Update, at: int) -> None:
    """What lies there since when: the last count, the last feed, and the flows since."""
    if move.flows and at:
        name = name_of(at, 1, incoming=move.on_hand > 0)
        update.adds.append(f"{name} :flow")
        update.values[":flow"] = abs(move.on_hand)
    if move.flows and move.at:  # later than the last count, else it is in that count
        later = "ca < :at" if move.on_hand > 0 else "ca <= :at"
        update.require(f"(attribute_not_exists(ca) OR {later})", at=move.at)
    for name, value in (("ca", move.counted_at), ("ci", move.count_id), ("fa", move.fed_at)):
        if value:
            update.sets.append(f"{name} = :{name}")
            update.values[f":{name}"] = value
    update.removes += [name_of_flow(flow) for flow in move.forgets]


def _claim(move: Movement, update: Update) -> None:
    for n, (claim, before, after) in enumerate(entries(move)):
        update.names[f"#claim{n}"] = claim
        if after:
            update.sets.append(f"c.#claim{n} = :after{n}")
            update.values[f":after{n}"] = after
        else:
            update.removes.append(f"c.#claim{n}")
        if before:
            update.require(f"c.#claim{n} = :before{n}", **{f"before{n}": before})
        else:
            update.require(f"attribute_not_exists(c.#claim{n})")
