"""DynamoDB's items in SQLite behind the methods of a boto3 client, one lock around all.

What a call does to items, which condition it refuses and what it costs is DynamoDB's; the wire,
the emulator and their time are left out. tests/benchmarks/test_lean.py holds it to the emulator.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from botocore.exceptions import ClientError

from benchmarks.lean.calls import beside
from benchmarks.lean.expressions import holds, updated
from benchmarks.units import item_bytes, write_units
from oms.stores.stock import keys

Wire = dict[str, Any]
MAX_ITEM_BYTES = 400 * 1024
MAX_BATCH_GET, MAX_ACTIONS = 100, 100


class LeanDynamo:
    """`calls` counts calls, by whether a pool made them (`beside`); `units` are write units by
    table, `largest` the bytes of the largest item that was written there.
    """

    def __init__(self) -> None:
        self.rows = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self.rows.execute("CREATE TABLE item (t, pk, sk, body, PRIMARY KEY (t, pk, sk))")
        self.lock = Lock()
        self.calls: Counter[bool] = Counter()
        self.units: Counter[str] = Counter()
        self.largest: Counter[str] = Counter()

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        try:
            perform = OPERATIONS[operation]
        except KeyError:
            raise AttributeError(f"{operation} is not needed here") from None

        def call(**request: Any) -> Any:
            with self.lock:
                self.calls[beside()] += 1
                return perform(self, request)

        return call

    def read(self, table: str, key: Wire) -> Wire:
        """{} where there is none."""
        asked = (table, key["pk"]["S"], key["sk"]["S"])
        found = self.rows.execute(
            "SELECT body FROM item WHERE t = ? AND pk = ? AND sk = ?", asked
        ).fetchone()
        return json.loads(found[0]) if found else {}

    def write(self, table: str, item: Wire, *, transactional: bool = False) -> None:
        size, key = item_bytes(item), {name: item[name] for name in ("pk", "sk")}
        assert size <= MAX_ITEM_BYTES
        self.largest[table] = max(self.largest[table], size)
        self.units[table] += write_units(size, transactional=transactional)
        if keys.IN_SHOWN in item and _shown(self.read(table, key)) != _shown(item):
            self.units[table] += write_units(0, transactional=transactional)  # of the index
        row = (table, item["pk"]["S"], item["sk"]["S"], json.dumps(item, separators=(",", ":")))
        self.rows.execute("INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?)", row)

    def prepared(self, request: Mapping[str, Any], key: Wire) -> Wire | None:
        """The item after the write; None where its condition does not hold."""
        before = self.read(request["TableName"], key)
        names = request.get("ExpressionAttributeNames", {})
        values = request.get("ExpressionAttributeValues", {})
        if not holds(request.get("ConditionExpression", ""), before, names, values):
            return None
        if "Item" in request:
            return dict(request["Item"])
        return updated(request["UpdateExpression"], before or dict(key), names, values)


def _shown(item: Wire) -> Wire:
    """What the index `shown` has of an item."""
    return {n: item[n] for n in (keys.IN_SHOWN, *keys.SHOWN_OF_ROWS) if n in item}


def _get(db: LeanDynamo, request: Wire) -> Wire:
    found = db.read(request["TableName"], request["Key"])
    return {"Item": found} if found else {}


def _batch_get(db: LeanDynamo, request: Wire) -> Wire:
    answers = {}
    for table, asked in request["RequestItems"].items():
        assert len(asked["Keys"]) <= MAX_BATCH_GET
        answers[table] = [row for row in (db.read(table, key) for key in asked["Keys"]) if row]
    return {"Responses": answers, "UnprocessedKeys": {}}


def _query(db: LeanDynamo, request: Wire) -> Wire:
    values = request["ExpressionAttributeValues"]
    prefix = values.get(":sk", {"S": ""})["S"]
    found = db.rows.execute(
        "SELECT body FROM item WHERE t = ? AND pk = ? AND substr(sk, 1, ?) = ? ORDER BY sk",
        (request["TableName"], values[":pk"]["S"], len(prefix), prefix),
    )
    return {"Items": [json.loads(body) for (body,) in found]}


def _write(db: LeanDynamo, request: Wire) -> Wire:
    after = db.prepared(request, request.get("Key") or request["Item"])
    if after is None:
        raise _error("ConditionalCheckFailedException")
    db.write(request["TableName"], after)
    return {}


def _transact(db: LeanDynamo, request: Wire) -> Wire:
    actions = [action for each in request["TransactItems"] for action in each.values()]
    assert len(actions) <= MAX_ACTIONS
    after = [db.prepared(action, action.get("Key") or action["Item"]) for action in actions]
    if None in after:
        raise _error("TransactionCanceledException")
    for action, item in zip(actions, after, strict=True):
        db.write(action["TableName"], item or {}, transactional=True)
    return {}


def _error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}}, "lean")


OPERATIONS: Mapping[str, Callable[[LeanDynamo, Wire], Wire]] = {
    "get_item": _get,
    "batch_get_item": _batch_get,
    "query": _query,
    "put_item": _write,
    "update_item": _write,
    "transact_write_items": _transact,
}
