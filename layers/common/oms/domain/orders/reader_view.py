"""An order as one kind of reader sees it: everything that is derived, put together.

| reader   | who                               | what is left out                              |
|----------|-----------------------------------|-----------------------------------------------|
| CUSTOMER | a storefront, for its shopper     | nodes, holds, actors and notes, cases         |
| GUEST    | whoever has the link              | as CUSTOMER, and money, contact data, address |
| STAFF    | people at one of its nodes        | money, contact data, pickup code, cases       |
| SERVICE  | customer service, operations      | nothing                                       |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.order import Order
from . import cancellation
from .buckets import Buckets, buckets_of
from .history import TimelineItem, history
from .payment_status import PaymentRollUp, roll_up
from .status import CustomerStatus, customer_status

CUSTOMER, GUEST, STAFF, SERVICE = "CUSTOMER", "GUEST", "STAFF", "SERVICE"
INSIDE = frozenset({STAFF, SERVICE})


@dataclass(frozen=True, slots=True)
class ReaderView:
    order: Order
    reader: str
    standing: CustomerStatus
    buckets: Mapping[int, Buckets]
    money: PaymentRollUp
    history: tuple[TimelineItem, ...]
    may_cancel: bool

    def by(self, *readers: str) -> bool:
        return self.reader in readers


def view_for(order: Order, reader: str) -> ReaderView:
    return ReaderView(
        order=order,
        reader=reader,
        standing=customer_status(order),
        buckets={line.no: buckets_of(order, line) for line in order.snapshot.lines},
        money=roll_up(order),
        history=history(order),
        may_cancel=cancellation.worth_asking(order),
    )
