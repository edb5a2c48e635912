"""Orders with their parts, payments, returns, messages and cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..domain.model.decision import DecisionRecord
    from ..domain.model.fulfilment import FulfilmentOrder
    from ..domain.model.order import Order, OrderSnapshot, OrderState
    from ..domain.model.order_change import OrderChange
    from ..domain.model.payment import Payment
    from ..domain.model.returns import Return
    from ..domain.orders.channel_state import Seen
    from ..domain.timeline import Entry
    from .row import Row


class Orders(Protocol):
    """Each save writes one item if its stored version is the one that was read (LostRace else)."""

    def get(self, order_id: str, *, consistent: bool = True) -> Order:
        """Raises NotFound."""

    def find(self, order_id: str) -> OrderSnapshot | None: ...

    def same(self, stored: OrderSnapshot, asked: OrderSnapshot) -> OrderSnapshot:
        """The stored one; raises IdempotencyConflict when it is a different order."""

    def create(self, snapshot: OrderSnapshot, entry: Entry) -> OrderSnapshot:
        """The same object when this call wrote it, else what was stored before."""

    def save_state(
        self,
        order: Order,
        state: OrderState,
        entry: Entry,
        cause: str = "",
        decided: DecisionRecord | None = None,
    ) -> OrderState:
        """`decided` is how the state's new plan came about: kept exactly when the state is."""

    def save_part(
        self, part: FulfilmentOrder, entry: Entry, cause: str = ""
    ) -> FulfilmentOrder: ...

    def supersede(
        self,
        order: Order,
        state: OrderState,
        part: FulfilmentOrder,
        successors: Sequence[FulfilmentOrder],
        entry: Entry,
        decided: DecisionRecord,
    ) -> tuple[FulfilmentOrder, ...]:
        """`part` ends and `successors` begin, in one transaction with the order's state, which
        keeps part numbers apart. Answers the successors; raises LostRace.
        """

    def save_change(
        self,
        order: Order,
        state: OrderState,
        parts: Sequence[tuple[str, FulfilmentOrder]],
        change: OrderChange,
        entry: Entry,
    ) -> Order:
        """The state, each (event, part after it) and the change itself in one transaction.
        Answers the order after it; raises LostRace.
        """

    def save_payment(
        self, order_id: str, payment: Payment, entry: Entry, cause: str = ""
    ) -> Payment: ...

    def save_return(self, ret: Return, entry: Entry, cause: str = "") -> Return: ...

    def part_ids_of_node(
        self, node: str, *, limit: int, start: Row | None
    ) -> tuple[list[tuple[str, int]], Row | None]: ...

    def put_offers(self, part: FulfilmentOrder) -> None:
        """In the work lists of the other nodes that may claim it; repeated it is no change."""

    def drop_offers(self, part: FulfilmentOrder) -> None: ...

    def part(self, order_id: str, number: int) -> FulfilmentOrder:
        """Raises NotFound."""

    def work(self, ids: Sequence[tuple[str, int]]) -> list[tuple[FulfilmentOrder, OrderSnapshot]]:
        """These parts with their orders, eventually consistent; what is gone falls away."""

    def ids_of_customer(
        self, channel: str, customer: str, *, limit: int, start: Row | None
    ) -> tuple[list[str], Row | None]: ...

    def shards(self) -> list[str]:
        """Of what is due: each is asked by itself."""

    def due(self, shard: str, now: int, *, limit: int) -> list[tuple[str, str]]: ...

    def put_wait(self, order_id: str, what: str, token: str, reason: str, now: int) -> None: ...

    def wait(self, order_id: str, what: str) -> Row | None:
        """{token, reason} of the waiting execution."""

    def put_message(self, order_id: str, status: str, part: int, content: Row) -> bool:
        """False when this message exists."""

    def drop_message(self, order_id: str, status: str, part: int) -> None:
        """It could not be sent: the next attempt may put it again."""

    def open_case(self, order_id: str, kind: str, part: int, content: Row) -> bool:
        """An exception case; False when it is there already."""

    def channel_seen(self, order_id: str) -> Seen:
        """The state of a foreign order's channel that was taken last."""

    def save_channel_seen(self, order_id: str, seen: Seen) -> None: ...

    def case(self, order_id: str, kind: str, part: int) -> Row:
        """Raises NotFound."""

    def save_case(self, case: Row) -> Row:
        """The next version of a case that was read."""

    def get_many(self, order_ids: Sequence[str]) -> list[Order]:
        """Eventually consistent, for lists."""
