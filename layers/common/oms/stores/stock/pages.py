"""Pages of hot SKUs: the steps of a claim as conditional writes, and settling. Part of StockStore.

Page 0 carries, once a SKU was hot: `hot` while it is, `mode`, `lot`, `pg` (pages leased), `ck`
(settled up to), `gone` (dropped up to), `pc` and `cc` (claims on page 0 itself: made while hot,
found bound), `lt` (last lease), `ask` (somebody wants it settled).
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from ...domain.errors import LostRace
from ...domain.hot_stock import pages as p
from ...domain.hot_stock import settling
from ...domain.hot_stock.claiming import Belief, ClaimOutcome, Steps, claiming
from ...domain.ids import ALPHABET
from ...domain.model.stock_item import Movement, Pages, StockItem, apply
from ..dynamo.table import MAX_BATCH_GET, Item, Table, to_wire
from . import keys
from .rows import item_of, pages_of
from .update import Update, new_item, update_of

BELIEVED_S = 1.0  # what was read of a hot SKU is not read again: page 0 is not to be hammered
BELIEVED_MS = range(750, 1250)  # by each worker another time, or all would look at once
WORKER_LENGTH = 3  # only for looking at pages in another order than other workers
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of a SKU's partition, and the open pages of its hot items."""

    rows: Sequence[Item]
    pages: Sequence[StockItem] = ()


class StockPages:
    """`known`: what page 0 said last of its pages, `mine`: the page this worker claims on,
    `free`: when page 0 was seen, and what it had, `recent`: rows of hot SKUs with the
    moment they were read.
    """

    def __init__(
        self,
        table: Table,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.table, self.clock, self.now = table, clock, now
        self.worker = "".join(secrets.choice(ALPHABET) for _ in range(WORKER_LENGTH))
        self.believes_s = timedelta(milliseconds=secrets.choice(BELIEVED_MS)).total_seconds()
        self.known: dict[Place, Pages] = {}
        self.mine: dict[Place, p.Mine] = {}
        self.free: dict[Place, tuple[float, int]] = {}
        self.recent: dict[str, tuple[float, Found]] = {}
        self.asked: dict[Place, float] = {}

    # --- claiming ------------------------------------------------------------------------------

    def claim(self, move: Movement) -> ClaimOutcome:
        """Hold the conversation of domain/hot_stock/claiming.py with the table."""
        talk = self.conversation(move)
        try:
            step = next(talk)
            while True:
                step = talk.send(self.perform(step))
        except StopIteration as end:
            return self.learn(end.value)

    def conversation(self, move: Movement) -> Steps:
        place, now = (move.sku, move.node), int(self.now())
        known, mine = self.known.get(place), self.mine.get(place)
        if known:  # what is left lies on its pages, too
            move = replace(move, leaves=None)
        return claiming(move, known, mine, self._belief(place), worker=self.worker, now=now)

    def _belief(self, place: Place) -> Belief | None:
        at, free = self.free.get(place, (-BELIEVED_S, 0))
        age_s = self.clock() - at
        return Belief(free, int(1000 * age_s)) if age_s < BELIEVED_S else None

    def learn(self, outcome: ClaimOutcome) -> ClaimOutcome:
        place = (outcome.move.sku, outcome.move.node)
        if outcome.mine:
            self.mine[place] = outcome.mine
        else:
            self.mine.pop(place, None)
        if outcome.first:
            self._know(outcome.first)
        return outcome

    def _know(self, first: StockItem) -> None:
        place = (first.sku, first.node)
        if first.pages and not settling.may_ask(first.pages, int(self.now())):
            self.asked[place] = self.clock() + BELIEVED_S
        if first.pages and first.pages.hot:
            self.known[place] = first.pages
            self.free[place] = (self.clock(), first.available)
        else:
            self.known.pop(place, None)
            self.free.pop(place, None)

    def perform(self, step: p.Step) -> p.PageAnswer:
        """One step on the table: one conditional write, or one read."""
        if isinstance(step, p.Look):
            return p.PageAnswer(
                True, items=tuple(self.pages(step.sku, step.node, step.pages).values())
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

    # --- reading -------------------------------------------------------------------------------

    def pages(
        self, sku: str, node: str, numbers: Iterable[int], *, consistent: bool = False
    ) -> dict[int, StockItem]:
        """Those of these pages that exist."""
        wanted = list(numbers)
        found: dict[int, StockItem] = {}
        for at in range(0, len(wanted), MAX_BATCH_GET):
            chunk = wanted[at : at + MAX_BATCH_GET]
            places = [keys.stock_key(sku, node, number) for number in chunk]
            rows = self.table.batch_get(places, consistent=consistent)
            found |= {item.location: item for item in map(item_of, rows.values())}
        return found

    def together(self, first: StockItem) -> StockItem:
        """All pages as one item, lots that nobody claimed from yet included."""
        known = first.pages
        if known is None or known.last == 0:
            return first
        found = self.pages(first.sku, first.node, range(known.gone + 1, known.last + 1))
        coming = range(known.checked + 1, known.last + 1)
        fresh = {n: p.fresh(first, n) for n in coming if n not in found}
        return p.whole({0: first, **found, **fresh})

    # --- settling ------------------------------------------------------------------------------

    def ask_to_settle(self, sku: str, node: str) -> None:
        """Its change on the stream has it settled; at most once a second, whoever asks. Who reads
        that somebody just did leaves it alone, and so do most of many who are refused at once.
        """
        place = (sku, node)
        if self.clock() < self.asked.get(place, 0):
            return
        self.asked[place] = self.clock() + BELIEVED_S
        known, now = self.known.get(place), int(self.now())
        if known and secrets.randbelow(known.rivals(now)):
            return
        row = self.table.get(*keys.stock_key(sku, node, 0), consistent=False)
        if not row or not settling.may_ask(pages_of(row) or Pages(), now):
            return
        with suppress(LostRace):
            self.table.update(
                *keys.stock_key(sku, node, 0),
                "SET ask = :now",
                "attribute_exists(pg) AND (attribute_not_exists(ask) OR ask < :now)",
                {},
                {":now": now},
            )

    def recall(self, pages: Sequence[StockItem]) -> set[int]:
        """Bring back what is left of pages. Answers those where it could not, because somebody
        moved them first.
        """
        failed: set[int] = set()
        for at in range(0, len(pages), p.RECALLED_AT_ONCE):
            chunk = pages[at : at + p.RECALLED_AT_ONCE]
            if not self._recalled(chunk):
                alone = chunk if len(chunk) > 1 else ()
                one_by_one = {page.location for page in alone if self._recalled([page])}
                failed |= {page.location for page in chunk} - one_by_one
        return failed

    def _recalled(self, pages: Sequence[StockItem]) -> bool:
        there, here = p.recall_of(pages)
        updates = [self._action(here)]
        for page, move in zip(pages, there, strict=True):
            if page.version:
                updates.append(self._action(move))
            else:  # leased and never made: from now on it is there, and empty
                made = replace(page, made_at=int(self.now()))
                row = new_item(apply(made, move), move, page.available)
                put = {"TableName": self.table.name, "Item": to_wire(row)}
                updates.append({"Put": put | {"ConditionExpression": "attribute_not_exists(pk)"}})
        try:
            self.table.transact(updates)
        except LostRace:
            return False
        return True

    def _action(self, move: Movement) -> Item:
        return self._write(move, update_of(move))

    def _write(self, move: Movement, update: Update) -> Item:
        """Of a transaction, on the page of the movement."""
        pk, sk = keys.stock_key(move.sku, move.node, move.location)
        key = to_wire({"pk": pk, "sk": sk})
        return {"Update": {"TableName": self.table.name, "Key": key, **update.arguments()}}

    def tick_off(self, first: StockItem, done: int, bound: int) -> None:
        """Pages up to `done` are settled, and the first `bound` claims of page 0."""
        assert first.pages is not None
        with suppress(LostRace):
            self.table.update(
                *keys.stock_key(first.sku, first.node, 0),
                "SET ck = :done, cc = :bound",
                "ck = :before AND (attribute_not_exists(cc) OR cc <= :bound)",
                {},
                {":done": done, ":bound": bound, ":before": first.pages.checked},
            )

    def forget(self, first: StockItem, gone: int) -> None:
        """Pages up to `gone` are no longer stored, and no longer asked for."""
        assert first.pages is not None
        with suppress(LostRace):
            self.table.update(
                *keys.stock_key(first.sku, first.node, 0),
                "SET gone = :gone",
                "attribute_not_exists(gone) OR gone < :gone",
                {},
                {":gone": gone},
            )

    def drop_page(self, page: StockItem) -> None:
        """Nothing but its key is left of it; see `settling.droppable` for when."""
        with suppress(LostRace):
            self.table.delete_if(*keys.stock_key(page.sku, page.node, page.location), page.version)
