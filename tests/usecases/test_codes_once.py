"""Codes under every interleaving of loads, takes, give-backs and deaths: each is somewhere, once."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack, suppress
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from oms.stores.dynamo.ranges import RangeTable
from oms.stores.dynamo.table import from_wire
from oms.stores.goods.store import DigitalGoodsStore
from tests.cloud import NOW, world

SKUS = ("GIFT", "KEY")
WANTED = {
    "A": {(1, 0): "GIFT", (1, 1): "GIFT"},
    "B": {(1, 0): "GIFT", (2, 0): "KEY"},
    "C": {(1, 0): "KEY", (1, 1): "KEY", (2, 0): "GIFT"},
}
orders = st.sampled_from(sorted(WANTED))


class Killed(Exception):
    pass


class Dying:
    """A client whose worker dies before or after its next transaction."""

    def __init__(self, client: Any) -> None:
        self.client, self.dies = client, ""

    def __getattr__(self, name: str) -> Any:
        if name != "transact_write_items" or not self.dies:
            return getattr(self.client, name)
        when, self.dies = self.dies, ""

        def call(**asked: Any) -> Any:
            if when == "after":
                self.client.transact_write_items(**asked)
            raise Killed(when)

        return call


class Codes(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.world = self.stack.enter_context(world(seeded=False))
        self.client = Dying(self.world.client)
        self.goods = DigitalGoodsStore(RangeTable(self.client, "Goods"))
        self.loaded: set[tuple[str, str]] = set()
        self.seen: dict[str, dict[Any, Any]] = {}

    def teardown(self) -> None:
        self.stack.close()

    @rule(sku=st.sampled_from(SKUS), numbers=st.lists(st.integers(0, 5), min_size=1, max_size=3))
    def load(self, sku: str, numbers: list[int]) -> None:
        codes = [f"{sku}-{number}" for number in numbers]
        self.goods.load(sku, codes)
        self.loaded |= {(sku, code) for code in codes}

    @rule(order=orders)
    def take(self, order: str) -> None:
        short = self.goods.take(order, WANTED[order], NOW)
        given = self.goods.given(order)
        assert bool(short) == (set(given) != set(WANTED[order]))
        if not short:
            assert self.seen.setdefault(order, given) == given, "a unit keeps its code"

    @rule(order=orders, when=st.sampled_from(["before", "after"]))
    def die_taking(self, order: str, when: str) -> None:
        self.client.dies = when
        with suppress(Killed):
            self.goods.take(order, WANTED[order], NOW)
        self.client.dies = ""

    @precondition(lambda self: any(self.goods.given(order) for order in WANTED))
    @rule(order=orders, again=st.booleans())
    def cancel(self, order: str, again: bool) -> None:
        lines = {1: frozenset({0, 1}), 2: frozenset({0})}
        for _ in range(1 + again):
            self.goods.give_back(order, lines)
        self.seen.pop(order, None)

    @invariant()
    def each_code_is_free_or_one_units(self) -> None:
        rows = [from_wire(wire) for wire in self.world.client.items("Goods")]
        free = [(row["pk"][6:], row["code"]) for row in rows if row["sk"].startswith("FREE#")]
        given = [(row["sku"], row["code"]) for row in rows if row["sk"].startswith("GIVEN#")]
        taken = [row for row in rows if row["sk"].startswith("TAKEN#")]
        assert Counter([*free, *given]) == Counter(self.loaded)
        assert len(taken) == len(given)


TestCodes = Codes.TestCase
TestCodes.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
