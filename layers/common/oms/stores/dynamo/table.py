"""One DynamoDB table: typed values in and out, conditions as part of every write.

A failed condition is an answer (`LostRace`, or False where the caller asks), never a crash.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ...domain.errors import LostRace
from .translation import errors_of_aws, translated

if TYPE_CHECKING:
    from botocore.client import BaseClient

Item = dict[str, Any]
MAX_BATCH_GET = 100
MAX_TRANSACTION = 100


class Table:
    """`name` is the physical table. Reads are eventually consistent unless asked otherwise."""

    def __init__(self, client: BaseClient, name: str) -> None:
        self.client = client
        self.name = name

    def get(self, pk: str, sk: str, *, consistent: bool = True) -> Item | None:
        answer = self._call(
            "get_item", TableName=self.name, Key=key(pk, sk), ConsistentRead=consistent
        )
        return from_wire(answer["Item"]) if "Item" in answer else None

    def query(
        self, pk: str, *, prefix: str = "", consistent: bool = True, index: str = ""
    ) -> list[Item]:
        """`index`: one of the same partition key; such a read cannot be consistent."""
        names, values = {"#pk": "pk"}, {":pk": pk}
        condition = "#pk = :pk"
        if prefix:
            names["#sk"], values[":sk"] = "sk", prefix
            condition += " AND begins_with(#sk, :sk)"
        arguments: dict[str, Any] = {
            "KeyConditionExpression": condition,
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": to_wire(values),
            "ConsistentRead": consistent,
            **({"IndexName": index} if index else {}),
        }
        found: list[Item] = []
        while True:
            answer = self._call("query", TableName=self.name, **arguments)
            found += map(from_wire, answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return found
            arguments["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def newest(self, pk: str, prefix: str, *, limit: int, before: str = "") -> list[Item]:
        """Up to `limit` rows under `prefix`, last sort key first; `before`: from there on."""
        start = {"ExclusiveStartKey": key(pk, before)} if before else {}
        answer = self._call(
            "query",
            TableName=self.name,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
            ExpressionAttributeValues=to_wire({":pk": pk, ":sk": prefix}),
            ScanIndexForward=False,
            ConsistentRead=True,
            Limit=limit,
            **start,
        )
        return [from_wire(item) for item in answer["Items"]]

    def first(self, pk: str, *, limit: int, after: str = "", strict: bool = False) -> list[Item]:
        """At most `limit` items of a partition, after the sort key `after`; `strict`: as they are
        now, not as they lately were.
        """
        values = {":pk": pk, **({":sk": after} if after else {})}
        answer = self._call(
            "query",
            TableName=self.name,
            KeyConditionExpression="pk = :pk" + (" AND sk > :sk" if after else ""),
            ExpressionAttributeValues=to_wire(values),
            ConsistentRead=strict,
            Limit=limit,
        )
        return [from_wire(item) for item in answer["Items"]]

    def page(
        self,
        index: str,
        condition: str,
        values: Mapping[str, Any],
        *,
        limit: int,
        start: Mapping[str, Any] | None = None,
        newest_first: bool = False,
    ) -> tuple[list[Item], Item | None]:
        """One page of a GSI Query: the items and where the next page starts."""
        arguments: dict[str, Any] = {
            "IndexName": index,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": to_wire(values),
            "Limit": limit,
            "ScanIndexForward": not newest_first,
        }
        if "#at" in condition:  # "at" alone is a reserved word there
            arguments["ExpressionAttributeNames"] = {"#at": "at"}
        if start:
            arguments["ExclusiveStartKey"] = to_wire(start)
        answer = self._call("query", TableName=self.name, **arguments)
        last = answer.get("LastEvaluatedKey")
        return [from_wire(item) for item in answer["Items"]], from_wire(last) if last else None

    def batch_get(
        self, keys: Iterable[tuple[str, str]], *, consistent: bool = False
    ) -> dict[tuple[str, str], Item]:
        """Up to 100 items in one round trip; what is absent is absent from the answer."""
        wanted = [key(pk, sk) for pk, sk in dict.fromkeys(keys)]
        assert len(wanted) <= MAX_BATCH_GET
        found: dict[tuple[str, str], Item] = {}
        while wanted:
            asked: Item = {"Keys": wanted} | ({"ConsistentRead": True} if consistent else {})
            answer = self._call("batch_get_item", RequestItems={self.name: asked})
            for raw in answer["Responses"].get(self.name, []):
                item = from_wire(raw)
                found[item["pk"], item["sk"]] = item
            wanted = answer.get("UnprocessedKeys", {}).get(self.name, {}).get("Keys", [])
        return found

    def put(self, item: Item, *, expected_version: int) -> None:
        """Write the whole item if the stored version is the expected one (0: absent)."""
        condition: Item = {"ConditionExpression": "attribute_not_exists(pk)"}
        if expected_version:
            condition["ConditionExpression"] = "v = :expected"
            condition["ExpressionAttributeValues"] = {":expected": {"N": str(expected_version)}}
        self._call("put_item", TableName=self.name, Item=to_wire(item), **condition)

    def put_together(self, item: Item, expected_version: int, new: Iterable[Item]) -> None:
        """As `put`, with rows that are there exactly when the item is. Raises LostRace."""
        self.put_all([(item, expected_version), *((row, 0) for row in new)])

    def put_all(self, rows: Sequence[tuple[Item, int]]) -> None:
        """Items with their expected versions (0: absent), all or none; raises LostRace."""
        assert len(rows) <= MAX_TRANSACTION
        self.transact([self.put_action(item, version) for item, version in rows])

    def put_action(self, item: Item, expected_version: int) -> dict[str, Any]:
        action: dict[str, Any] = {"TableName": self.name, "Item": to_wire(item)}
        if expected_version:
            action["ConditionExpression"] = "v = :expected"
            action["ExpressionAttributeValues"] = to_wire({":expected": expected_version})
        else:
            action["ConditionExpression"] = "attribute_not_exists(v)"
        return {"Put": action}

    def put_if_absent(self, item: Item) -> bool:
        """False when an item with this key exists already; it is left as it is."""
        try:
            self.put(item, expected_version=0)
        except LostRace:
            return False
        return True

    def put_always(self, item: Item) -> None:
        self._call("put_item", TableName=self.name, Item=to_wire(item))

    def delete(self, pk: str, sk: str) -> None:
        self._call("delete_item", TableName=self.name, Key=key(pk, sk))

    def update(
        self,
        pk: str,
        sk: str,
        expression: str,
        condition: str,
        names: Mapping[str, str],
        values: Mapping[str, Any],
    ) -> None:
        """Raises LostRace when the condition does not hold."""
        named: dict[str, Any] = {"ExpressionAttributeNames": dict(names)} if names else {}
        if values:
            named["ExpressionAttributeValues"] = to_wire(values)
        self._call(
            "update_item",
            TableName=self.name,
            Key=key(pk, sk),
            UpdateExpression=expression,
            ConditionExpression=condition,
            **named,
        )

    def write_and_see(self, operation: str, **arguments: Any) -> tuple[bool, Item | None]:
        """A conditional `update_item` or `put_item`: (done, the item after an update), or, where
        the condition does not hold, (not done, the item as it is), without a read.
        """
        after = {"ReturnValues": "ALL_NEW"} if operation == "update_item" else {}
        seen = {"ReturnValuesOnConditionCheckFailure": "ALL_OLD", **after}
        try:
            answer = self._call(operation, TableName=self.name, **seen, **arguments)
        except LostRace as lost:
            refused: Any = lost.__cause__
            stored = refused.response.get("Item")
            return False, from_wire(stored) if stored else None
        return True, from_wire(answer["Attributes"]) if after else None

    def delete_if(self, pk: str, sk: str, version: int) -> None:
        """Raises LostRace when the item changed since this version."""
        self._call(
            "delete_item",
            TableName=self.name,
            Key=key(pk, sk),
            ConditionExpression="v = :v",
            ExpressionAttributeValues=to_wire({":v": version}),
        )

    def transact(self, actions: list[dict[str, Any]]) -> None:
        """All or nothing; raises LostRace when a condition does not hold."""
        self._call("transact_write_items", TransactItems=actions)

    def _call(self, operation: str, **arguments: Any) -> Any:
        try:
            return getattr(self.client, operation)(**arguments)
        except errors_of_aws() as error:
            raise translated(error, operation, self.name) from error


def key(pk: str, sk: str) -> dict[str, Any]:
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def to_wire(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _to(value) for name, value in values.items()}


def _to(value: Any) -> dict[str, Any]:
    if value is None:
        return {"NULL": True}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, int):
        return {"N": str(value)}
    if isinstance(value, str):
        return {"S": value}
    if isinstance(value, Mapping):
        return {"M": to_wire({str(k): v for k, v in value.items()})}
    if isinstance(value, list | tuple):
        return {"L": [_to(item) for item in value]}
    raise TypeError(f"{type(value).__name__} is not stored")


def from_wire(values: Mapping[str, Any]) -> Item:
    return {name: _from(value) for name, value in values.items()}


def _from(value: Mapping[str, Any]) -> Any:
    ((kind, content),) = value.items()
    if kind == "N":
        number = int(content) if content.isdecimal() else Decimal(content)  # the first is the usual
        assert number == int(number), f"{content}: only integers are stored"
        return int(number)
    if kind == "M":
        return from_wire(content)
    if kind == "L":
        return [_from(item) for item in content]
    return None if kind == "NULL" else content
