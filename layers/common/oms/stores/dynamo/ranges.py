"""A table whose partitions are long: the first of a range of sort keys, or only their number."""

from __future__ import annotations

from .table import Item, Table, from_wire, to_wire


class RangeTable(Table):
    def between(self, pk: str, low: str, high: str, *, limit: int) -> list[Item]:
        """At most `limit` items with a sort key from `low` to `high`, in its order."""
        if limit <= 0:
            return []
        answer = self._call(
            "query",
            TableName=self.name,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :low AND :high",
            ExpressionAttributeValues=to_wire({":pk": pk, ":low": low, ":high": high}),
            ConsistentRead=True,
            Limit=limit,
        )
        return [from_wire(item) for item in answer["Items"]]

    def count(self, pk: str, prefix: str, *, limit: int) -> int:
        """How many items are under `prefix`, counted up to `limit`; what they say is not read."""
        answer = self._call(
            "query",
            TableName=self.name,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
            ExpressionAttributeValues=to_wire({":pk": pk, ":sk": prefix}),
            Select="COUNT",
            ConsistentRead=True,
            Limit=limit,
        )
        return int(answer["Count"])
