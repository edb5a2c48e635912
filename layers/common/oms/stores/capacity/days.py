"""Days of nodes that have a capacity: one row per (day, node) with a counter and who is counted.

    pk DAY#<ISO date>   sk WORK#<node>   n: parts   c: {claim: 1}

A part is counted by one conditional update that names its claim, so it is counted once however
often it is tried, and never beyond the capacity. An entry is about 25 bytes: up to some 40 parts
a day it costs one write unit, beyond that one more per KB (ADR 0018).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from ...domain.errors import LostRace
from ...domain.ids import claim_id
from ...domain.limits.orders import MAX_PARTS
from ...domain.limits.stock import MAX_DAILY_CAPACITY
from ...domain.promising.work_day import Slot
from ...ports.stock import FULL, HELD, TAKEN
from ..dynamo.table import Item, Table
from . import keys

Load = dict[tuple[str, str], int]


def taken(row: Item, order_id: str, first_part: int) -> int:
    """Parts that the day counts, without those of `order_id` from `first_part` on."""
    own = {claim_id(order_id, number) for number in range(first_part, first_part + MAX_PARTS)}
    return int(row["n"]) - len(own & row["c"].keys())


class DayStore:
    def __init__(self, table: Table) -> None:
        self.table = table

    def load(self, day: str, order_id: str, first_part: int, *, consistent: bool) -> Load:
        """(node, day) → parts counted, without those of `order_id` from `first_part` on."""
        rows = self.table.query(keys.day_pk(day), consistent=consistent)
        return {
            (keys.node_of_work(row["sk"]), day): taken(row, order_id, first_part) for row in rows
        }

    def take(self, slot: Slot) -> str:
        """TAKEN by this call, HELD since before, or FULL."""
        most = min(slot.capacity, MAX_DAILY_CAPACITY)
        try:
            self._count(slot, most)
            return TAKEN
        except LostRace:
            row = self.table.get(keys.day_pk(slot.day), keys.work_sk(slot.node))
        if row is None:
            self._open(slot)
            return self.take(slot)
        if slot.claim in row["c"]:
            return HELD
        return FULL if row["n"] >= most else self.take(slot)

    def take_all(self, slots: Sequence[Slot]) -> tuple[list[Slot], list[Slot]]:
        """(taken by this call, refused: full)."""
        answers = [(slot, self.take(slot)) for slot in slots]
        return [s for s, said in answers if said == TAKEN], [
            s for s, said in answers if said == FULL
        ]

    def give_back(self, slots: Iterable[Slot]) -> None:
        """Harmless when one is not held."""
        for slot in slots:
            with suppress(LostRace):
                self.table.update(
                    keys.day_pk(slot.day),
                    keys.work_sk(slot.node),
                    "ADD n :less REMOVE c.#claim",
                    "attribute_exists(c.#claim)",
                    {"#claim": slot.claim},
                    {":less": -1},
                )

    def _count(self, slot: Slot, most: int) -> None:
        self.table.update(
            keys.day_pk(slot.day),
            keys.work_sk(slot.node),
            "SET c.#claim = :one ADD n :one",
            "attribute_not_exists(c.#claim) AND n < :most",
            {"#claim": slot.claim},
            {":one": 1, ":most": most},
        )

    def _open(self, slot: Slot) -> None:
        """The first part of the day makes the row."""
        with suppress(LostRace):
            self.table.update(
                keys.day_pk(slot.day),
                keys.work_sk(slot.node),
                "SET #claims = :none, n = :zero",
                "attribute_not_exists(#claims)",
                {"#claims": "c"},
                {":none": {}, ":zero": 0},
            )
