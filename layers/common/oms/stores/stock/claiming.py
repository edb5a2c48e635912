"""Claims on stock: the steps of domain/hot_stock/claiming.py as conditional writes."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from ...domain.errors import OutOfStock
from ...domain.hot_stock import pages as p
from ...domain.hot_stock.claiming import ClaimOutcome, Steps, claiming
from ...domain.model.stock_item import Movement
from ..dynamo.table import Table, to_wire
from . import keys
from .hot_memory import HotMemory
from .pages import PageReader
from .rows import item_of
from .update import new_item, update_of


class ClaimStore:
    def __init__(
        self, table: Table, memory: HotMemory, reader: PageReader, pool: ThreadPoolExecutor
    ) -> None:
        self.table, self.memory, self.reader, self.pool = table, memory, reader, pool

    # --- for use cases -------------------------------------------------------------------------

    def allocate(self, movement: Movement) -> ClaimOutcome:
        """Claim on page 0, or on a page of a hot SKU; raises OutOfStock."""
        outcome = self.claim(movement)
        if outcome.refused:
            raise OutOfStock(
                f"{movement.sku} at {movement.node}: fewer than {movement.need} available",
                missing={movement.sku: movement.quantity},
                node=movement.node,
            )
        return outcome

    def claim_each(self, movements: Sequence[Movement]) -> list[ClaimOutcome]:
        """Try all in parallel; each outcome names the page, whether made now or before."""
        if len(movements) == 1:
            return [self.claim(movements[0])]
        return list(self.pool.map(self.claim, movements))

    def claim_all(self, movements: Sequence[Movement]) -> tuple[list[Movement], list[Movement]]:
        """(made by this call, refused for lack of stock)."""
        found = self.claim_each(movements)
        return [o.move for o in found if o.made], [o.move for o in found if o.refused]

    # --- the conversation ----------------------------------------------------------------------

    def claim(self, move: Movement) -> ClaimOutcome:
        """Hold the conversation of domain/hot_stock/claiming.py with the table."""
        talk = self.conversation(move)
        try:
            step = next(talk)
            while True:
                step = talk.send(self.perform(step))
        except StopIteration as end:
            return self.memory.learn(end.value)

    def conversation(self, move: Movement) -> Steps:
        place, now = (move.sku, move.node), int(self.memory.now())
        known, mine = self.memory.known.get(place), self.memory.mine.get(place)
        if known:  # what is left lies on its pages, too
            move = replace(move, leaves=None)
        return claiming(
            move, known, mine, self.memory.belief(place), worker=self.memory.worker, now=now
        )

    def perform(self, step: p.Step) -> p.PageAnswer:
        """One step on the table: one conditional write, or one read."""
        if isinstance(step, p.Look):
            return p.PageAnswer(
                True, items=tuple(self.reader.pages(step.sku, step.node, step.pages).values())
            )
        if isinstance(step, p.Lease):
            return self._lease(step)
        if step.opens:
            return self._open(step)
        return self._update(step.move, counts=step.counts)

    def _update(self, move: Movement, *, counts: bool) -> p.PageAnswer:
        update = update_of(move)
        if counts:
            update.adds.append("pc :one")
        request = update.request(*keys.stock_key(move.sku, move.node, move.location))
        done, row = self.table.write_and_see("update_item", **request)
        return p.PageAnswer(done, item_of(row) if row else None)

    def _open(self, step: p.Take) -> p.PageAnswer:
        """The first claim makes the page."""
        after = p.take(None, step)
        assert after is not None
        done, row = self.table.write_and_see(
            "put_item",
            Item=to_wire(new_item(after, step.move, step.opens)),
            ConditionExpression="attribute_not_exists(pk)",
        )
        return p.PageAnswer(done, after if done else item_of(row) if row else None)

    def _lease(self, step: p.Lease) -> p.PageAnswer:
        update = update_of(p.lease_of(step))
        update.sets = ["#last = :last", "pg = pg + :one", "lt = :now"]
        update.values |= {":now": step.now}
        del update.values[":none"]
        update.require("attribute_exists(hot)")
        request = update.request(*keys.stock_key(step.sku, step.node, 0))
        done, row = self.table.write_and_see("update_item", **request)
        return p.PageAnswer(done, item_of(row) if row else None)
