"""What follows from what happens to stock, to goods on their way, to baskets and to counts."""

from __future__ import annotations

from types import MappingProxyType

from .consequence import Consequence, Consequences, StockEffect

BOOK = StockEffect.BOOK

STOCK_ITEM: Consequences = MappingProxyType(
    {
        "out": Consequence("Nothing of the SKU is available at the node.", "stock_item.depleted"),
        "back": Consequence("The SKU is available at the node again.", "stock_item.replenished"),
        "receive": Consequence("Goods came into the stock.", "stock_item.received", stock=BOOK),
        "adjust": Consequence(
            "A count or a person corrected the stock.", "stock_item.adjusted", stock=BOOK
        ),
    }
)

LEVEL: Consequences = MappingProxyType(
    {
        "low": Consequence(
            "No more is available than the product's `low_stock`, or else than its reorder point.",
            "stock.low",
        ),
        "out": Consequence("Nothing is available.", "stock.out"),
        "back": Consequence(
            "Something is available again; whether it is low or too much is told next.",
            "stock.back",
        ),
        "over": Consequence(
            "More is available than sells in `target_days` at the pace of the last 28 days.",
            "stock.over",
        ),
        "normal": Consequence("Neither low nor too much any more.", "stock.normal"),
    }
)

CAMPAIGN: Consequences = MappingProxyType(
    {
        "pause": Consequence(
            "The SKU is out, or low with `pause_at_low`: do not advertise it.", "campaign.paused"
        ),
        "resume": Consequence("It may be advertised again.", "campaign.resumed"),
    }
)

RESERVATION: Consequences = MappingProxyType(
    {
        "reserve": Consequence("A basket holds stock for a while."),
        "extend": Consequence("It is held for longer."),
        "commit": Consequence("An order took over what the basket held.", stock=StockEffect.BASKET),
        "release": Consequence("The basket was given up.", stock=StockEffect.BASKET),
        "expire": Consequence("The time of the basket is over.", stock=StockEffect.BASKET),
    }
)

FEED_LOAD: Consequences = MappingProxyType(
    {
        "finish": Consequence("All lines of a file are booked."),
        "refuse": Consequence("The file cannot be read."),
    }
)

COUNT_SESSION: Consequences = MappingProxyType(
    {
        "create": Consequence("A count is planned.", "count.created"),
        "assign": Consequence("Somebody is to count.", "count.assigned"),
        "count": Consequence("Lines were counted.", "count.counted"),
        "complete": Consequence("The last line was counted.", recorded="count"),
        "review": Consequence("What was found is compared with the books.", "count.reviewed"),
        "recount": Consequence("Lines are to be counted again.", "count.recounted"),
        "post": Consequence("The differences are to be booked.", "count.posted"),
        "void": Consequence("The count is given up.", "count.voided"),
        "book": Consequence("All differences are in the stock.", "count.booked", stock=BOOK),
    }
)


def _document(noun: str, received: Consequence, **steps: Consequence) -> Consequences:
    made = Consequence("The document was made.", f"{noun}.created")
    later = Consequence("The goods are to come on another day.", f"{noun}.rescheduled")
    part = Consequence("Some of the goods came.", recorded="receive")
    cancelled = Consequence("The document is cancelled.", f"{noun}.cancelled")
    common = {"create": made, "reschedule": later, "receive_part": part, "receive": received}
    return MappingProxyType({**common, **steps, "cancel": cancelled})


def _received(noun: str) -> Consequence:
    means = "Goods came; `status` says whether all of them."
    return Consequence(means, f"{noun}.received", stock=BOOK)


def _closed(noun: str) -> Consequence:
    return Consequence("No more of the goods will come.", f"{noun}.closed")


PURCHASE: Consequences = _document(
    "purchase_order",
    _received("purchase_order"),
    send=Consequence("It was sent to the supplier.", "purchase_order.sent"),
    acknowledge=Consequence("The supplier takes it on.", "purchase_order.acknowledged"),
    reject=Consequence("The supplier will not deliver.", "purchase_order.rejected"),
    announce=Consequence("A shipping notice names the order.", "purchase_order.announced"),
    withdraw_notice=Consequence(
        "A shipping notice ended; what it did not bring is still to come.",
        "purchase_order.notice_withdrawn",
    ),
    close=_closed("purchase_order"),
)
ADVANCE_NOTICE: Consequences = _document(
    "advance_notice", _received("advance_notice"), close=_closed("advance_notice")
)
TRANSFER: Consequences = _document(
    "transfer",
    _received("transfer"),
    ready=Consequence("The goods are ready to leave.", "transfer.ready"),
    ship=Consequence("The goods left their node.", "transfer.shipped", stock=BOOK),
    close=_closed("transfer"),
)
