"""DynamoDB without the wire: moto's tables and expressions behind the methods of a boto3 client.

Serialising requests and answers is nine tenths of what moto takes; a run of a whole order makes
hundreds of calls, and a sweep makes hundreds of runs. Streams are kept per table as plain records,
taken right after the call that made them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from threading import Lock
from typing import Any

from botocore.exceptions import ClientError
from moto.core.exceptions import JsonRESTError
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.utilities import dynamo_to_dict
from moto.dynamodb.responses import DynamoHandler

ACCOUNT, REGION = "123456789012", "eu-west-1"
Record = dict[str, Any]


class Request(DynamoHandler):
    """One request, its parameters parsed already."""

    def __init__(self, backend: DynamoDBBackend, body: Mapping[str, Any]) -> None:
        super().__init__()
        self.backend, self.body = backend, dict(body)
        self.params = self.body

    @property
    def dynamodb_backend(self) -> DynamoDBBackend:
        return self.backend


class Dynamo:
    def __init__(self, now: Callable[[], int]) -> None:
        self.backend = DynamoDBBackend(REGION, ACCOUNT)
        self.now = now
        self.streams: dict[str, list[Record]] = {}
        self.one_at_a_time = Lock()  # moto is not atomic under threads

    def __getattr__(self, operation: str) -> Any:
        if operation.startswith("_"):
            raise AttributeError(operation)
        return partial(self.call, operation)

    def call(self, operation: str, **parameters: Any) -> Any:
        assert parameters.get("ExpressionAttributeNames") != {}, "the real one refuses an empty map"
        request = Request(self.backend, parameters)
        with self.one_at_a_time:
            try:
                return getattr(request, operation)().result
            except JsonRESTError as error:
                raise client_error(error, operation) from None
            finally:
                self._take_records()

    def _take_records(self) -> None:
        for name, table in self.backend.tables.items():
            shard = table.stream_shard
            if shard is None or not shard.items:
                continue
            stream = self.streams.setdefault(name, [])
            for record in one_per_item(dynamo_to_dict(item.to_json()) for item in shard.items):
                record["dynamodb"] |= {
                    "SequenceNumber": f"{len(stream) + 1:021d}",
                    "ApproximateCreationDateTime": self.now(),
                }
                stream.append(record)
            shard.items = []

    def items(self, table: str) -> list[dict[str, Any]]:
        """Everything in a table, on the wire."""
        found = self.backend.tables[table].all_items()
        return [dynamo_to_dict(item.to_json()["Attributes"]) for item in found]


def one_per_item(records: Iterable[Record]) -> list[Record]:
    """What one call did to each item: moto tells of an update that creates an item as of two."""
    found: dict[str, Record] = {}
    for record in records:
        data = record["dynamodb"]
        first = found.setdefault(json.dumps(data["Keys"], sort_keys=True), record)["dynamodb"]
        if first is not data:
            first.pop("NewImage", None)
            first |= {name: data[name] for name in ("NewImage",) if name in data}
    return [named for record in found.values() if (named := _named(record))]


def _named(record: Record) -> Record | None:
    """By what happened; None when nothing changed. A stream of keys tells no more than moto does."""
    if not {"OldImage", "NewImage"} & set(record["dynamodb"]):
        return {**record, "awsRegion": REGION}
    old, new = (record["dynamodb"].get(name) for name in ("OldImage", "NewImage"))
    if old == new:
        return None
    name = "INSERT" if old is None else "REMOVE" if new is None else "MODIFY"
    return {**record, "eventName": name, "awsRegion": REGION}


def client_error(error: JsonRESTError, operation: str) -> ClientError:
    code = str(error.error_type).rpartition("#")[2]
    said = json.loads(error.description)
    response: Any = {"Error": {"Code": code, "Message": str(error.message)}}
    if "CancellationReasons" in said:
        response["CancellationReasons"] = said["CancellationReasons"]
    if "Item" in said:
        response["Item"] = said["Item"]
    return ClientError(response, operation)
