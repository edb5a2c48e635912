"""Small rows of an order: task tokens, exception cases, messages; and several orders at once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from ...domain.errors import NotFound
from ...domain.model import case as cases
from ...domain.model.fulfilment import FulfilmentOrder
from ...domain.model.order import Order
from ...domain.orders.channel_state import Seen
from ..dynamo.codec import encode
from ..dynamo.table import Item, Table
from . import keys
from .rows import seen_of

PARALLEL = 10
OPEN_TTL_S = 400 * 86_400  # task tokens outlive the longest execution (365 days)


class SmallRows:
    """Part of `OrderStore`."""

    table: Table

    def get(self, order_id: str, *, consistent: bool = True) -> Order:
        raise NotImplementedError

    def put_wait(self, order_id: str, what: str, token: str, reason: str, now: int) -> None:
        self.table.put_always(
            {
                "pk": keys.order_pk(order_id),
                "sk": keys.wait_sk(what),
                "token": token,
                "reason": reason,
                "ttl": now + OPEN_TTL_S,
            }
        )

    def wait(self, order_id: str, what: str) -> Item | None:
        return self.table.get(keys.order_pk(order_id), keys.wait_sk(what))

    def put_offers(self, part: FulfilmentOrder) -> None:
        pk = keys.order_pk(part.order_id)
        for node in part.offered[1:]:
            sk = keys.offer_sk(part.number, node)
            self.table.put_always({"pk": pk, "sk": sk, "gn": node, "at": part.assigned_at})

    def drop_offers(self, part: FulfilmentOrder) -> None:
        for node in part.offered[1:]:
            self.table.delete(keys.order_pk(part.order_id), keys.offer_sk(part.number, node))

    def put_message(self, order_id: str, status: str, part: int, content: Item) -> bool:
        """False when this message exists: it was sent, or is being sent."""
        row = {"pk": keys.order_pk(order_id), "sk": keys.message_sk(status, part), **content}
        return self.table.put_if_absent(row)

    def drop_message(self, order_id: str, status: str, part: int) -> None:
        """It was not sent after all: the next attempt may write it again."""
        self.table.delete(keys.order_pk(order_id), keys.message_sk(status, part))

    def open_case(self, order_id: str, kind: str, part: int, content: Item) -> bool:
        """False when it is open already; one that was closed is opened again."""
        row = {"pk": keys.order_pk(order_id), "sk": keys.case_sk(kind, part), "v": 1}
        fresh = cases.opened(kind, content)
        if self.table.put_if_absent({**row, **fresh}):
            return True
        case = self.case(order_id, kind, part)
        if case["status"] not in cases.CLOSED:
            return False
        self.save_case({**case, **fresh})
        return True

    def channel_seen(self, order_id: str) -> Seen:
        item = self.table.get(keys.order_pk(order_id), keys.CHANNEL)
        return seen_of(item) if item else Seen()

    def save_channel_seen(self, order_id: str, seen: Seen) -> None:
        version = {"v": seen.version + 1}
        row = {"pk": keys.order_pk(order_id), "sk": keys.CHANNEL, **encode(seen), **version}
        self.table.put(row, expected_version=seen.version)

    def case(self, order_id: str, kind: str, part: int) -> Item:
        """Raises NotFound."""
        found = self.table.get(keys.order_pk(order_id), keys.case_sk(kind, part))
        if found is None:
            raise NotFound(f"order {order_id} has no case {kind} {part}")
        return found

    def save_case(self, case: Item) -> Item:
        """The next version of a case that was read; raises LostRace."""
        following = {**case, "v": case["v"] + 1}
        self.table.put(following, expected_version=case["v"])
        return following

    def get_many(self, order_ids: Sequence[str]) -> list[Order]:
        """In the order of the ids, read in parallel; eventually consistent, for lists."""
        if not order_ids:
            return []
        with ThreadPoolExecutor(min(PARALLEL, len(order_ids))) as pool:
            return list(pool.map(lambda id: self.get(id, consistent=False), order_ids))
