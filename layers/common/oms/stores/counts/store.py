"""Count sessions, each one item, and the lists of those that a node still has to do with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...domain.stock.count_session import CountSession
from ..dynamo.codec import decode, encode, last_step
from ..dynamo.table import Item, Table, to_wire
from . import keys


class CountSessionStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def get(self, id: str) -> CountSession | None:
        row = self.table.get(keys.session_pk(id), keys.SESSION)
        return session_of(row) if row else None

    def open_at(self, node: str) -> list[str]:
        """Ids of sessions that have not ended."""
        return [row["sk"] for row in self.table.query(keys.sessions_pk(node))]

    def sessions(self, ids: Sequence[str]) -> list[CountSession]:
        """Up to 100, eventually consistent."""
        wanted = [(keys.session_pk(id), keys.SESSION) for id in ids]
        found = self.table.batch_get(wanted) if wanted else {}
        return [session_of(found[key]) for key in wanted if key in found]

    def save(self, before: CountSession | None, after: CountSession) -> None:
        """Raises LostRace when it is not at the version of `before` any more."""
        key = {"pk": keys.session_pk(after.id), "sk": keys.SESSION}
        row = {**encode(after), **key, **last_step(after.timeline)}
        listing = {"pk": keys.sessions_pk(after.node), "sk": after.id}
        name = self.table.name
        if before is None:
            self.table.transact(
                [
                    {"Put": self._put(row, 0)},
                    {"Put": {"TableName": name, "Item": to_wire(listing)}},
                ]
            )
        elif after.ended and not before.ended:
            self.table.transact(
                [
                    {"Put": self._put(row, before.version)},
                    {"Delete": {"TableName": name, "Key": to_wire(listing)}},
                ]
            )
        else:
            put = self._put(row, before.version)
            self.table.transact([{"Put": put}])

    def _put(self, row: Item, old: int) -> dict[str, Any]:
        put: dict[str, Any] = {"TableName": self.table.name, "Item": to_wire(row)}
        if not old:
            return put | {"ConditionExpression": "attribute_not_exists(pk)"}
        return put | {
            "ConditionExpression": "version = :old",
            "ExpressionAttributeValues": to_wire({":old": old}),
        }


def session_of(row: Item) -> CountSession:
    return decode(CountSession, row)
