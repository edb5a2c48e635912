"""The table of consequences: noun → event → what follows. Two rules, held by a test of law 16:

1. Each event of each table in `lifecycle.ALL` has its row; what an item records without a change
   of its state has one, too.
2. Code that has to know what an event means asks this table and keeps no list of events.

`docs/follows.md`, `docs/events.md` and the rules of the bus in `template.yaml` are generated from
it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from . import fulfilment, money, orders, stock, upkeep
from .consequence import NOTHING, Consequence, Consequences, Consumer, Mark, Noun

TABLE: Mapping[Noun, Consequences] = MappingProxyType(
    {
        Noun.ORDER: orders.ORDER,
        Noun.FULFILMENT: fulfilment.FULFILMENT,
        Noun.CANCEL_REQUEST: orders.CANCEL_REQUEST,
        Noun.PAYMENT: money.PAYMENT,
        Noun.RETURN: money.RETURN,
        Noun.REFUND: money.REFUND,
        Noun.STOCK_ITEM: stock.STOCK_ITEM,
        Noun.STOCK_LEVEL: stock.LEVEL,
        Noun.CAMPAIGN: stock.CAMPAIGN,
        Noun.RESERVATION: stock.RESERVATION,
        Noun.FEED_LOAD: stock.FEED_LOAD,
        Noun.PURCHASE_ORDER: stock.PURCHASE,
        Noun.ADVANCE_NOTICE: stock.ADVANCE_NOTICE,
        Noun.TRANSFER: stock.TRANSFER,
        Noun.COUNT: stock.COUNT_SESSION,
        Noun.NODE: upkeep.NODE,
        Noun.CASE: upkeep.CASE,
        Noun.RULE_VERSION: upkeep.RULE_VERSION,
        Noun.REPLAY: upkeep.REPLAY,
    }
)

# noun → its name in `lifecycle.ALL`; payments and stock items have no table of states
LIVES: Mapping[Noun, str] = MappingProxyType(
    {
        Noun.ORDER: "Order",
        Noun.FULFILMENT: "Fulfilment order",
        Noun.NODE: "Node",
        Noun.CANCEL_REQUEST: "Cancel request",
        Noun.RETURN: "Return",
        Noun.REFUND: "Refund of a return",
        Noun.CASE: "Exception case",
        Noun.RULE_VERSION: "Version of sourcing rules",
        Noun.REPLAY: "Replay of past orders",
        Noun.RESERVATION: "Reservation of a cart",
        Noun.FEED_LOAD: "File of stock lines",
        Noun.PURCHASE_ORDER: "Purchase order",
        Noun.ADVANCE_NOTICE: "Advance shipping notice",
        Noun.TRANSFER: "Transfer",
        Noun.COUNT: "Count session",
        Noun.STOCK_LEVEL: "Stock level",
        Noun.CAMPAIGN: "Campaigns for a SKU",
    }
)


def consequence_of(noun: Noun, event: str) -> Consequence:
    """NOTHING for what is no event of the noun: nothing follows from it."""
    return TABLE.get(noun, {}).get(event, NOTHING)


def of_part(event: str) -> Consequence:
    """What follows from an event of a fulfilment order."""
    return consequence_of(Noun.FULFILMENT, event)


@cache
def marked(mark: Mark) -> frozenset[str]:
    """The events of a fulfilment order that have this mark."""
    rows = fulfilment.FULFILMENT.items()
    return frozenset(event for event, row in rows if mark in row.marks)


def published() -> Iterator[tuple[Noun, str, Consequence]]:
    """(noun, event, row) of all that goes on the bus."""
    for noun, rows in TABLE.items():
        for event, row in rows.items():
            if row.published:
                yield noun, event, row


@cache
def types_marked(mark: Mark) -> frozenset[str]:
    """Types of the events on the bus that have this mark."""
    return frozenset(row.published for _, _, row in published() if mark in row.marks)


@cache
def _messages() -> Mapping[str, tuple[str, ...]]:
    return {row.published: row.messages for _, _, row in published() if row.messages}


def messages_of(type: str) -> tuple[str, ...]:
    """What a customer may be told when an event of this type is heard on the bus."""
    return _messages().get(type, ())


def types_for_customers() -> list[str]:
    """Types of the events that may become messages."""
    return list(_messages())


def types_for(consumer: Consumer) -> list[str]:
    """Types of the events that `consumer` hears."""
    return [row.published for _, _, row in published() if consumer in row.heard_by]
