"""What the simulators remember: key → JSON object with a version, in the Sandbox table.

Item: `key`, `v` version, `body` JSON text. A put is conditioned on the version read, so two
workers never overwrite each other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from ...domain.errors import LostRace


class DynamoMemory:
    def __init__(self, client: Any, table: str) -> None:
        self._client, self._table = client, table

    def get(self, key: str) -> tuple[dict[str, Any] | None, int]:
        found = self._client.get_item(
            TableName=self._table, Key={"key": {"S": key}}, ConsistentRead=True
        )
        item = found.get("Item")
        if item is None:
            return None, 0
        return json.loads(item["body"]["S"]), int(item["v"]["N"])

    def put(self, key: str, value: Mapping[str, Any], *, expected_version: int) -> None:
        item = {
            "key": {"S": key},
            "v": {"N": str(expected_version + 1)},
            "body": {"S": json.dumps(value, separators=(",", ":"), sort_keys=True)},
        }
        try:
            self._client.put_item(TableName=self._table, Item=item, **_unless(expected_version))
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            raise LostRace(f"{key} is not at version {expected_version}") from error


def _unless(expected_version: int) -> dict[str, Any]:
    if expected_version == 0:
        return {
            "ConditionExpression": "attribute_not_exists(#k)",
            "ExpressionAttributeNames": {"#k": "key"},
        }
    return {
        "ConditionExpression": "#v = :expected",
        "ExpressionAttributeNames": {"#v": "v"},
        "ExpressionAttributeValues": {":expected": {"N": str(expected_version)}},
    }
