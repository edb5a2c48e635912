"""What follows from what happens to a fulfilment order, the part of an order at one node."""

from __future__ import annotations

from types import MappingProxyType

from .consequence import (
    Consequence,
    Consequences,
    Consumer,
    Mark,
    Metric,
    OfferEffect,
    Rehoming,
    StockEffect,
    Wake,
    heard_by,
    marks,
)

CAPTURE, DIGITAL, PURCHASE = Consumer.CAPTURE, Consumer.DIGITAL, Consumer.PURCHASE

_OFFERED: Consequences = {
    "assign": Consequence(
        "A node, or several with the status OFFERED, are asked to take the part.",
        "fulfilment.assigned",
        offer=OfferEffect.SHOW,
        heard_by=heard_by(DIGITAL, PURCHASE),
    ),
    "accept": Consequence(
        "The node takes the part.", "fulfilment.accepted", messages=("IN_PREPARATION", "DELAYED")
    ),
    "claim": Consequence(
        "One of the nodes that see the offer takes the part.",
        "fulfilment.claimed",
        offer=OfferEffect.TAKE,
        heard_by=heard_by(PURCHASE),
    ),
    "widen": Consequence("Nobody took the offer yet: more nodes see it.", offer=OfferEffect.SHOW),
    "fall_back": Consequence(
        "Nobody took the offer: the node that holds the stock is asked alone.",
        "fulfilment.offer_ended",
        offer=OfferEffect.END,
        heard_by=heard_by(PURCHASE),
    ),
    "reject": Consequence(
        "The node cannot give the goods; they are sourced again.",
        "fulfilment.rejected",
        stock=StockEffect.SHORT,
        frees_day=True,
        wakes=Wake.ORDER,
        marks=marks(Mark.REFUSED),
        metric=Metric.REJECTS,
    ),
    "expire": Consequence(
        "The node did not answer in time; the units are sourced again.",
        "fulfilment.expired",
        stock=StockEffect.FREE,
        frees_day=True,
        wakes=Wake.ORDER,
        heard_by=heard_by(PURCHASE),
        marks=marks(Mark.REFUSED),
        metric=Metric.REJECTS,
    ),
    "recall": Consequence(
        "Its node stopped taking orders before it accepted.",
        offer=OfferEffect.SHOW,
        rehoming=Rehoming.ANY,
    ),
    "review": Consequence("It is time to compare nodes again.", rehoming=Rehoming.PAYS),
    "move": Consequence(
        "Other fulfilment orders follow this one, at other nodes.",
        "fulfilment.superseded",
        stock=StockEffect.FREE,
        frees_day=True,
        offer=OfferEffect.END,
        wakes=Wake.ORDER,
        heard_by=heard_by(PURCHASE),
    ),
    "withdraw": Consequence(
        "No other node can take the part; its units wait for stock.",
        "fulfilment.withdrawn",
        stock=StockEffect.FREE,
        frees_day=True,
        offer=OfferEffect.END,
        wakes=Wake.ORDER,
        heard_by=heard_by(PURCHASE),
    ),
    "amend": Consequence(
        "Some units of the part were cancelled; the others go on.",
        "fulfilment.amended",
        stock=StockEffect.REDUCE,
        wakes=Wake.ORDER,
    ),
    "request_cancel": Consequence(
        "The node is asked to cancel the part.", "fulfilment.cancel_requested"
    ),
    "refuse_cancel": Consequence("The node will not cancel the part.", "fulfilment.cancel_refused"),
    "cancel": Consequence(
        "The part is cancelled.",
        "fulfilment.cancelled",
        stock=StockEffect.FREE,
        frees_day=True,
        offer=OfferEffect.END,
        wakes=Wake.ORDER,
        heard_by=heard_by(DIGITAL, PURCHASE),
    ),
}

_PREPARED: Consequences = {
    "start_pick": Consequence("Picking began.", "fulfilment.picking_started"),
    "pick": Consequence(
        "The goods are picked; what was not found is sourced again.",
        "fulfilment.picked",
        stock=StockEffect.PREPARE,
        wakes=Wake.ORDER,
        marks=marks(Mark.REFUSED),
        metric=Metric.SHORT_PICKS,
    ),
    "unpick": Consequence(
        "The goods went back to their shelf.",
        "fulfilment.unpicked",
        stock=StockEffect.UNPREPARE,
        wakes=Wake.ORDER,
    ),
    "pack": Consequence("The goods are in parcels.", "fulfilment.packed"),
    "unpack": Consequence("The parcels were opened again.", "fulfilment.unpacked"),
    "label": Consequence(
        "Each parcel has its label.", "fulfilment.labelled", messages=("READY_TO_SHIP",)
    ),
    "label_transfer": Consequence(
        "Each parcel has its label to the store.", "fulfilment.labelled_for_transfer"
    ),
    "dispatch": Consequence(
        "The parcels left for the store where the customer collects them.",
        "fulfilment.dispatched",
        stock=StockEffect.SEND,
        wakes=Wake.ORDER,
    ),
    "arrive": Consequence(
        "The parcels came to the store.",
        "fulfilment.arrived",
        stock=StockEffect.ARRIVE,
        wakes=Wake.ORDER,
    ),
    "lose": Consequence(
        "Nothing came to the store; the units are sourced again.",
        "fulfilment.lost",
        stock=StockEffect.FREE,
        wakes=Wake.ORDER,
    ),
    "shelve": Consequence(
        "The goods are ready to be collected.",
        "fulfilment.ready_for_pickup",
        messages=("READY_FOR_PICKUP",),
        heard_by=heard_by(CAPTURE),
        marks=marks(Mark.AWAITED, Mark.ARRIVED),
    ),
    "set_deadline": Consequence("The next time to look at the part is set."),
    "wrong_code": Consequence("Somebody gave a wrong code for the pickup."),
    "remind": Consequence(
        "The customer is reminded to collect the goods.",
        "fulfilment.pickup_reminded",
        messages=("PICKUP_REMINDER",),
    ),
}

_LEFT: Consequences = {
    "ship": Consequence(
        "The carrier has the parcels.",
        "fulfilment.shipped",
        stock=StockEffect.SHIP,
        wakes=Wake.ORDER,
        messages=("SHIPPED",),
        heard_by=heard_by(CAPTURE),
        marks=marks(Mark.AWAITED, Mark.LEFT, Mark.WITH_CUSTOMER),
    ),
    "drop_ship": Consequence(
        "The supplier shipped the parcels.",
        "fulfilment.drop_shipped",
        stock=StockEffect.DROP_SHIP,
        wakes=Wake.ORDER,
        messages=("SHIPPED",),
        heard_by=heard_by(CAPTURE),
        marks=marks(Mark.AWAITED, Mark.LEFT, Mark.WITH_CUSTOMER, Mark.REFUSED),
    ),
    "late_ship": Consequence(
        "The parcels left although the part was cancelled.",
        "fulfilment.shipped_after_cancel",
        stock=StockEffect.LATE_SHIP,
        wakes=Wake.ORDER,
        heard_by=heard_by(CAPTURE),
    ),
    "track": Consequence("The carrier scanned a parcel.", "fulfilment.tracked"),
    "deliver": Consequence(
        "All parcels are with the customer.",
        "fulfilment.delivered",
        messages=("DELIVERED",),
        marks=marks(Mark.ARRIVED, Mark.WITH_CUSTOMER),
    ),
    "fail_delivery": Consequence(
        "The carrier gave a parcel up.",
        "fulfilment.delivery_failed",
        messages=("DELIVERY_FAILED",),
    ),
    "return_to_sender": Consequence(
        "The carrier brought the parcels back to the sender.",
        "fulfilment.returned_to_sender",
        messages=("RETURNED_TO_SENDER",),
    ),
    "collect": Consequence(
        "The customer collected the goods.",
        "fulfilment.collected",
        stock=StockEffect.SHIP,
        wakes=Wake.ORDER,
        messages=("PICKED_UP",),
        heard_by=heard_by(CAPTURE),
        marks=marks(Mark.WITH_CUSTOMER),
    ),
    "lapse": Consequence(
        "The customer did not collect the goods in time.",
        "fulfilment.pickup_expired",
        stock=StockEffect.FREE,
        wakes=Wake.ORDER,
        messages=("UNCOLLECTED",),
    ),
    "deliver_digital": Consequence(
        "The customer has the codes or links.",
        "fulfilment.delivered_digitally",
        messages=("DIGITAL_DELIVERED",),
        heard_by=heard_by(CAPTURE),
        marks=marks(Mark.ARRIVED, Mark.WITH_CUSTOMER, Mark.DIGITAL_ONLY),
    ),
    "try_again": Consequence(
        "A digital part is due and not delivered.",
        wakes=Wake.DIGITAL,
        marks=marks(Mark.DIGITAL_ONLY),
    ),
    "at_risk": Consequence(
        "A step that the promise needs is overdue, or the carrier names a later day.",
        "fulfilment.at_risk",
        rehoming=Rehoming.KEEPS_PROMISE,
        messages=("DELAYED",),
    ),
    "late": Consequence(
        "The promise has passed; there is a new date.",
        "fulfilment.delayed",
        messages=("DELAYED",),
        marks=marks(Mark.OURS_TO_TELL),
    ),
}

FULFILMENT: Consequences = MappingProxyType({**_OFFERED, **_PREPARED, **_LEFT})
