"""What follows from what happens to an order, and to a request to cancel.

After every change of an order, what was planned and given up is released: the claims and the
places in the day of plans that no fulfilment order took over.
"""

from __future__ import annotations

from types import MappingProxyType

from .consequence import Consequence, Consequences, Mark, Metric, Wake, marks

ORDER: Consequences = MappingProxyType(
    {
        "placed": Consequence(
            "The order is accepted.", "order.placed", wakes=Wake.START, metric=Metric.ORDERS
        ),
        "confirm": Consequence(
            "The money is secured.",
            "order.confirmed",
            wakes=Wake.ORDER,
            messages=("SUPPORT_WAITING", "BACKORDERED"),
        ),
        "decline": Consequence(
            "The payment was declined; the order is cancelled.",
            "order.payment_declined",
            wakes=Wake.ORDER,
            messages=("PAYMENT_DECLINED",),
        ),
        "route": Consequence(
            "Sourcing chose nodes for units of the order.",
            "order.routed",
            wakes=Wake.ORDER,
            messages=("BACKORDERED", "DELAYED"),
        ),
        "backorder": Consequence(
            "No node has the rest; it waits for stock.",
            "order.backordered",
            wakes=Wake.ORDER,
            messages=("BACKORDERED",),
        ),
        "cut": Consequence(
            "No node has the rest; its rules cancel it.", "order.reduced", wakes=Wake.ORDER
        ),
        "fill_backorder": Consequence(
            "Stock came for units that waited.",
            "order.backorder_filled",
            wakes=Wake.ORDER,
            messages=("DELAYED",),
        ),
        "move": Consequence(
            "Units go to other nodes before theirs accepted them.",
            "order.rerouted",
            wakes=Wake.ORDER,
            messages=("DELAYED",),
        ),
        "request_cancel": Consequence(
            "Somebody asked to cancel the order; each node answers for its part.",
            "order.cancel_requested",
            wakes=Wake.ORDER,
        ),
        "cancel": Consequence(
            "The order is cancelled.",
            "order.cancelled",
            wakes=Wake.ORDER,
            messages=("CANCELLED",),
        ),
        "change": Consequence(
            "What was ordered, where it goes or whom to reach was changed.",
            "order.changed",
            wakes=Wake.ORDER,
        ),
        "hold": Consequence(
            "The channel says what has to be looked at before more leaves.",
            "order.hold_placed",
            wakes=Wake.ORDER,
        ),
        "release_hold": Consequence(
            "A hold was released.",
            "order.hold_released",
            wakes=Wake.ORDER,
            messages=("SUPPORT_WAITING",),
        ),
        "grant": Consequence(
            "Customer service granted one more attempt to source the order.",
            "order.attempt_granted",
            wakes=Wake.ORDER,
        ),
        "at_risk": Consequence(
            "Work has to begin to keep the promise, and a hold prevents it.",
            "order.at_risk",
            wakes=Wake.ORDER,
        ),
        "late": Consequence(
            "Units that wait for stock will come later than was promised.",
            "order.delayed",
            wakes=Wake.ORDER,
            messages=("DELAYED",),
            marks=marks(Mark.OURS_TO_TELL),
        ),
        "warn_of_lapse": Consequence(
            "The payment's authorisation is about to end while units wait for stock.",
            "order.authorisation_ending",
            wakes=Wake.ORDER,
        ),
        "retry_sourcing": Consequence("A node that refused may be asked again.", wakes=Wake.ORDER),
        "complete": Consequence(
            "Nothing of the order is left to do.",
            "order.completed",
            wakes=Wake.ORDER,
            messages=("CANCELLED",),
        ),
        "reopen": Consequence(
            "A completed order has something to do again.", "order.reopened", wakes=Wake.ORDER
        ),
    }
)

CANCEL_REQUEST: Consequences = MappingProxyType(
    {
        "request": Consequence("The node is asked to cancel the part.", recorded="request_cancel"),
        "agree": Consequence("The node agrees.", recorded="cancel"),
        "refuse": Consequence("The node refuses: the part goes on.", recorded="refuse_cancel"),
    }
)
