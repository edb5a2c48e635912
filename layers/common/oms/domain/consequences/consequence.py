"""One row of the table of consequences, and the words that its cells may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Noun(StrEnum):
    """What has a life. Events on the bus begin with it."""

    ORDER = "order"
    FULFILMENT = "fulfilment"
    CANCEL_REQUEST = "cancel_request"
    PAYMENT = "payment"
    RETURN = "return"
    REFUND = "refund"
    STOCK_ITEM = "stock_item"
    STOCK_LEVEL = "stock"
    CAMPAIGN = "campaign"
    RESERVATION = "reservation"
    FEED_LOAD = "stock_file"
    PURCHASE_ORDER = "purchase_order"
    ADVANCE_NOTICE = "advance_notice"
    TRANSFER = "transfer"
    COUNT = "count"
    NODE = "node"
    CASE = "case"
    RULE_VERSION = "rule_version"
    REPLAY = "replay"


class StockEffect(StrEnum):
    """What stock does; `domain/preparing/effects.py` turns it into movements."""

    PREPARE = "the claim is staged; what was not found is taken off the stock"
    SHORT = "the claim ends; what was not found is taken off the stock"
    FREE = "the claim is released"
    REDUCE = "the claim gets smaller"
    SHIP = "the staged units leave"
    SEND = "the staged units leave for the store"
    ARRIVE = "the units come into the store's stock, staged"
    UNPREPARE = "the staged units are claimed only"
    DROP_SHIP = "the units are staged and leave"
    LATE_SHIP = "the units leave although their claim was released"
    RETURN = "what came goes into quarantine"
    DISPOSE = "what was accepted leaves quarantine"
    BASKET = "what the basket still holds is released"
    BOOK = "the movement is booked in the same transaction"


class Wake(StrEnum):
    """Who goes on working because of the event."""

    START = "starts the execution of the order"
    ORDER = "the execution of the order"
    RETURN = "the execution of the return"
    DIGITAL = "the function `digital`"


class OfferEffect(StrEnum):
    """What becomes of the offer to several nodes that a part may be."""

    SHOW = "shown to its nodes"
    END = "withdrawn"
    TAKE = "withdrawn; the node that held the stock gives it back"


class Rehoming(StrEnum):
    """When the part's units go to another node before its own has accepted."""

    KEEPS_PROMISE = "to a node that keeps the promise"
    ANY = "to any other node"
    PAYS = "to a node that is better by the rules"


class Consumer(StrEnum):
    """Who inside the system hears the event from the bus, besides messages to customers."""

    CAPTURE = "capture"
    DIGITAL = "digital"
    PURCHASE = "purchase"


class Mark(StrEnum):
    """What is read later from the event on the timeline."""

    AWAITED = "the watch looks for the goods on the day promised"
    LEFT = "the carrier has the goods"
    ARRIVED = "the promise is measured"
    WITH_CUSTOMER = "the return window begins"
    REFUSED = "the node is not asked again for what it did not give, for a while"
    OURS_TO_TELL = "customers of marketplaces hear of it from us, too"
    DIGITAL_ONLY = "digital parts only"


class Metric(StrEnum):
    """Which metric of the business counts the event."""

    ORDERS = "Orders"
    PAYMENTS = "Payments"
    REJECTS = "Rejects"
    SHORT_PICKS = "ShortPicks"
    CASES = "Cases"


NO_MARKS: frozenset[Mark] = frozenset()
NO_CONSUMERS: frozenset[Consumer] = frozenset()


@dataclass(frozen=True, slots=True)
class Consequence:
    """`means`: one sentence for a reader of docs/events.md and docs/follows.md. `published`: type
    of the event on the bus, "" for what stays inside. `messages`: what the customer may be told,
    subject to the rules in `notifying/messages.py`. `recorded`: the event under which the noun's
    item records it, "" for its own name; the consequences are those of that event.
    """

    means: str
    published: str = ""
    stock: StockEffect | None = None
    frees_day: bool = False
    offer: OfferEffect | None = None
    wakes: Wake | None = None
    rehoming: Rehoming | None = None
    messages: tuple[str, ...] = ()
    heard_by: frozenset[Consumer] = NO_CONSUMERS
    marks: frozenset[Mark] = NO_MARKS
    metric: Metric | None = None
    recorded: str = ""


Consequences = Mapping[str, Consequence]
NOTHING = Consequence("not an event of this noun")


def heard_by(*consumers: Consumer) -> frozenset[Consumer]:
    return frozenset(consumers)


def marks(*found: Mark) -> frozenset[Mark]:
    return frozenset(found)
