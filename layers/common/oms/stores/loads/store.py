"""Drops of files of stock lines. A chunk's marker and the counters of its load are one write, so
that a chunk that runs twice is counted once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...domain.errors import LostRace, NotFound
from ...domain.feeds.load import OUTCOMES, FeedLoad
from ...domain.limits.feeds import FEED_LOAD_TTL_S
from ..dynamo.codec import decode, encode
from ..dynamo.table import Item, Table, to_wire
from . import keys


class LoadStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def create(self, load: FeedLoad) -> FeedLoad:
        row = {**_key(load.name, load.id), **encode(load), "done": load.done, "status": load.status}
        if self.table.put_if_absent({**row, "ttl": load.at + FEED_LOAD_TTL_S}):
            return load
        return self.get(load.name, load.id)

    def get(self, name: str, id: str) -> FeedLoad:
        row = self.table.get(keys.file_pk(name), keys.load_sk(id))
        if row is None:
            raise NotFound("there is no such file")
        return _load(row)

    def of_file(self, name: str) -> list[FeedLoad]:
        rows = self.table.query(keys.file_pk(name), prefix=keys.LOAD)
        return sorted(map(_load, rows), key=lambda load: (load.at, load.id), reverse=True)

    def book(self, load: FeedLoad, chunk: int, tally: Mapping[str, int], now: int) -> bool:
        marker = {
            **_chunk(load, chunk),
            "refused": tally.get("refused", 0),
            "ttl": now + FEED_LOAD_TTL_S,
        }
        put = {
            "TableName": self.table.name,
            "Item": to_wire(marker),
            "ConditionExpression": "attribute_not_exists(pk)",
        }
        try:
            self.table.transact([{"Put": put}, {"Update": self._counted(load, tally)}])
        except LostRace:
            if self.noted(load, chunk):
                return False
            raise
        return True

    def _counted(self, load: FeedLoad, tally: Mapping[str, int]) -> Item:
        added = {f"n_{name}": tally[name] for name in OUTCOMES if tally.get(name)}
        adds = ", ".join(["done :one", *(f"{name} :{name}" for name in added)])
        return {
            "TableName": self.table.name,
            "Key": to_wire(_key(load.name, load.id)),
            "UpdateExpression": f"ADD {adds}",
            "ConditionExpression": "attribute_exists(pk)",
            "ExpressionAttributeValues": to_wire(
                {":one": 1, **{f":{name}": units for name, units in added.items()}}
            ),
        }

    def noted(self, load: FeedLoad, chunk: int) -> bool:
        key = _chunk(load, chunk)
        return self.table.get(key["pk"], key["sk"]) is not None

    def with_errors(self, load: FeedLoad) -> list[int]:
        rows = self.table.query(keys.load_pk(load.id), prefix=keys.CHUNK)
        return [keys.chunk_of(row["sk"]) for row in rows if row["refused"]]

    def end(self, load: FeedLoad, ended: FeedLoad) -> bool:
        try:
            self.table.update(
                keys.file_pk(load.name),
                keys.load_sk(load.id),
                "SET #status = :after, errors = :errors, reason = :reason",
                "#status = :before",
                {"#status": "status"},
                {
                    ":before": load.status,
                    ":after": ended.status,
                    ":errors": list(ended.errors),
                    ":reason": ended.reason,
                },
            )
        except LostRace:
            return False
        return True


def _key(name: str, id: str) -> Item:
    return {"pk": keys.file_pk(name), "sk": keys.load_sk(id)}


def _chunk(load: FeedLoad, chunk: int) -> Item:
    return {"pk": keys.load_pk(load.id), "sk": keys.chunk_sk(chunk)}


def _load(row: Item) -> FeedLoad:
    tally = {name: row.get(f"n_{name}", 0) for name in OUTCOMES}
    return replace(decode(FeedLoad, row), tally=tally)
