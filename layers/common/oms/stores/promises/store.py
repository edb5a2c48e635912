"""The book of promises, in a table of its own.

AWAITED#<day> / <id>                             `p`: [[order id, part], …]
KEPT#<day>    / <channel>|<method>|<node>|<lane> `d<days late>`: parts, `m` missing; `c` carried
                                                 parcels that a lane is measured by, `o` on time
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ...domain.limits.aws import TRANSACT_ACTIONS
from ...domain.promising.outcomes import PromiseGroup, PromiseTally
from ...domain.promising.punctuality import LaneRecord
from ...ports.promises import Awaited
from ..dynamo.table import Item, Table, key, to_wire
from . import keys

PARALLEL = 10
MISSING, CARRIED, ON_TIME, DAYS = "m", "c", "o", "d"


class PromiseStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def await_parts(self, lists: Sequence[Awaited]) -> None:
        for each in lists:
            self.table.put_always(_row(each))

    def awaited(self, day: str, *, after: str, limit: int) -> list[Awaited]:
        rows = self.table.first(keys.awaited_pk(day), limit=limit, after=after, strict=True)
        return [
            Awaited(day, row["sk"], tuple((order, number) for order, number in row["p"]))
            for row in rows
        ]

    def settle(
        self,
        done: Sequence[Awaited],
        tallies: Mapping[PromiseGroup, PromiseTally],
        later: Sequence[Awaited],
    ) -> None:
        actions = [
            *({"Delete": self._gone(each)} for each in done),
            *({"Update": self._added(group, tally)} for group, tally in tallies.items()),
            *({"Put": {"TableName": self.table.name, "Item": to_wire(_row(e))}} for e in later),
        ]
        assert len(actions) <= TRANSACT_ACTIONS
        self.table.transact(actions)

    def kept(self, days: Sequence[str]) -> list[tuple[PromiseGroup, PromiseTally]]:
        if not days:
            return []
        with ThreadPoolExecutor(min(PARALLEL, len(days))) as pool:
            return [each for found in pool.map(self._day, days) for each in found]

    def _day(self, day: str) -> list[tuple[PromiseGroup, PromiseTally]]:
        rows = self.table.query(keys.kept_pk(day), consistent=False)
        return [(PromiseGroup(day, *keys.names_of(row["sk"])), _tally(row)) for row in rows]

    def _gone(self, each: Awaited) -> dict[str, Any]:
        return {
            "TableName": self.table.name,
            "Key": key(keys.awaited_pk(each.day), each.id),
            "ConditionExpression": "attribute_exists(pk)",
        }

    def _added(self, group: PromiseGroup, tally: PromiseTally) -> dict[str, Any]:
        counts = {f"{DAYS}{late}": count for late, count in tally.days.items()}
        counts |= {MISSING: tally.missing, CARRIED: tally.lane.parcels, ON_TIME: tally.lane.on_time}
        some = [(name, count) for name, count in counts.items() if count]
        sk = keys.kept_sk((group.channel, group.method, group.node, group.lane))
        return {
            "TableName": self.table.name,
            "Key": key(keys.kept_pk(group.day), sk),
            "UpdateExpression": "ADD " + ", ".join(f"#{n} :{n}" for n in range(len(some))),
            "ExpressionAttributeNames": {f"#{n}": name for n, (name, _) in enumerate(some)},
            "ExpressionAttributeValues": to_wire({f":{n}": c for n, (_, c) in enumerate(some)}),
        }


def _row(each: Awaited) -> Item:
    parts = [[order, number] for order, number in each.parts]
    return {"pk": keys.awaited_pk(each.day), "sk": each.id, "p": parts}


def _tally(row: Item) -> PromiseTally:
    days = {int(name[1:]): count for name, count in row.items() if name[0] == DAYS}
    lane = LaneRecord(row.get(CARRIED, 0), row.get(ON_TIME, 0))
    return PromiseTally(days, row.get(MISSING, 0), lane)
