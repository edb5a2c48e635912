"""How DynamoDB counts: bytes of an item, request units of a read and of a failed write.

Rules: the developer guide's "Capacity unit consumption" and "Item sizes and formats".
Successful writes are taken from ConsumedCapacity, which the local cloud counts right, indexes and
transactions included; its Query and BatchGetItem are not, so reads are counted here from what
came back.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

WRITE_UNIT_BYTES = 1024
READ_UNIT_BYTES = 4096
TRANSACTIONAL = 2
COLLECTION_BYTES = 3  # a map or list, beside one byte for each of its elements

Wire = Mapping[str, Any]  # an item as the API carries it: {"name": {"S": "text"}}


def write_units(size: int, *, transactional: bool = False) -> int:
    """Of one item of `size` bytes; nothing written is one unit as well."""
    return max(1, ceil(size / WRITE_UNIT_BYTES)) * (TRANSACTIONAL if transactional else 1)


def read_units(size: int, *, consistent: bool = False, transactional: bool = False) -> float:
    """Of one item, or of all items of one Query together; nothing found is one unit as well."""
    units = max(1, ceil(size / READ_UNIT_BYTES))
    if transactional:
        return units * TRANSACTIONAL
    return units if consistent else units / 2


def item_bytes(item: Wire) -> int:
    return sum(len(name.encode()) + value_bytes(value) for name, value in item.items())


def value_bytes(value: Wire) -> int:
    ((kind, content),) = value.items()
    if kind == "S":
        return len(content.encode())
    if kind == "N":
        return number_bytes(content)
    if kind in ("BOOL", "NULL"):
        return 1
    if kind == "M":
        return COLLECTION_BYTES + sum(
            1 + len(name.encode()) + value_bytes(inner) for name, inner in content.items()
        )
    if kind == "L":
        return COLLECTION_BYTES + sum(1 + value_bytes(inner) for inner in content)
    raise ValueError(f"{kind}: this project stores no such values")


def number_bytes(text: str) -> int:
    """About one byte for two significant digits, one for the exponent, one for a minus."""
    negative = text.startswith("-")
    digits = text.lstrip("-").replace(".", "").strip("0")
    return 1 + ceil(len(digits) / 2) + negative


def units_of_read(operation: str, request: Wire, response: Wire) -> dict[str, float]:
    """Table → units, for a read that succeeded."""
    assert "FilterExpression" not in request, "filtered items are read, but do not come back"
    assert "ProjectionExpression" not in request, "what is not projected is read, too"
    return READS[operation](request, response)


def _get(request: Wire, response: Wire) -> dict[str, float]:
    consistent = bool(request.get("ConsistentRead"))
    size = item_bytes(response.get("Item", {}))
    return {request["TableName"]: read_units(size, consistent=consistent)}


def _query(request: Wire, response: Wire) -> dict[str, float]:
    size = sum(item_bytes(item) for item in response.get("Items", []))
    consistent = bool(request.get("ConsistentRead"))
    return {request["TableName"]: read_units(size, consistent=consistent)}


def _batch_get(request: Wire, response: Wire) -> dict[str, float]:
    """Each item is rounded up by itself; what is absent is read, too."""
    return {
        table: sum(
            read_units(size, consistent=bool(asked.get("ConsistentRead")))
            for size in _sizes(table, asked, response)
        )
        for table, asked in request["RequestItems"].items()
    }


def _sizes(table: str, asked: Wire, response: Wire) -> list[int]:
    found = response["Responses"].get(table, [])
    later = len(response.get("UnprocessedKeys", {}).get(table, {}).get("Keys", []))
    absent = len(asked["Keys"]) - len(found) - later
    return [*map(item_bytes, found), *[0] * absent]


READS = {"GetItem": _get, "Query": _query, "BatchGetItem": _batch_get}


def units_of_write(response: Wire) -> dict[str, float]:
    """Table → units, for a write that succeeded."""
    consumed = response["ConsumedCapacity"]
    found: dict[str, float] = {}
    for each in consumed if isinstance(consumed, list) else [consumed]:
        found[each["TableName"]] = found.get(each["TableName"], 0) + each["CapacityUnits"]
    return found


def units_of_refused_write(operation: str, request: Wire, response: Wire) -> dict[str, float]:
    """A condition that fails costs what the write would have cost, by the item that is there."""
    if operation != "TransactWriteItems":
        return {request["TableName"]: write_units(item_bytes(response.get("Item", {})))}
    found: dict[str, float] = {}
    for action in request["TransactItems"]:
        ((_, what),) = action.items()
        found[what["TableName"]] = found.get(what["TableName"], 0) + TRANSACTIONAL
    return found
