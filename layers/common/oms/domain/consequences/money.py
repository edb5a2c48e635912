"""What follows from what happens to a payment, to a return and to its refund.

After each change of a return its execution goes on, or is started.
"""

from __future__ import annotations

from types import MappingProxyType

from .consequence import Consequence, Consequences, Metric, StockEffect, Wake

RETURN_EXECUTION = Wake.RETURN


# what the provider said: counted, and the order's execution may go on
def _money(means: str, published: str, *messages: str) -> Consequence:
    metric = Metric.PAYMENTS
    return Consequence(means, published, wakes=Wake.ORDER, messages=messages, metric=metric)


PAYMENT: Consequences = MappingProxyType(
    {
        "authorised": _money("The amount is reserved.", "payment.authorised"),
        "declined": _money("The provider refused.", "payment.declined"),
        "pending": _money("The payer has to act first.", "payment.pending"),
        "expired": _money("The authorisation ended.", "payment.expired"),
        "voided": _money("What was not captured is released.", "payment.voided"),
        "captured": _money("Money was taken for a part.", "payment.captured"),
        "capture_failed": _money("Money could not be taken.", "payment.capture_failed"),
        "refund_requested": _money(
            "The provider is asked to give money back.", "payment.refund_requested"
        ),
        "refund_pending": _money("The provider works on it.", "payment.refund_pending"),
        "refunded": _money("Money went back.", "payment.refunded", "REFUNDED"),
        "refund_failed": _money("Money could not be given back.", "payment.refund_failed"),
    }
)

RETURN: Consequences = MappingProxyType(
    {
        "request": Consequence(
            "A return is agreed.",
            "return.requested",
            wakes=RETURN_EXECUTION,
            messages=("RETURN_REQUESTED",),
        ),
        "receive": Consequence(
            "All of it came back.",
            "return.received",
            stock=StockEffect.RETURN,
            wakes=RETURN_EXECUTION,
            messages=("RETURNED",),
        ),
        "receive_part": Consequence(
            "Some of it came back.",
            "return.partly_received",
            stock=StockEffect.RETURN,
            wakes=RETURN_EXECUTION,
        ),
        "inspect": Consequence(
            "Each unit is accepted or refused.",
            "return.inspected",
            stock=StockEffect.DISPOSE,
            wakes=RETURN_EXECUTION,
            messages=("RETURN_REJECTED",),
        ),
        "refund_requested": Consequence(
            "The provider is asked to give the money back.",
            "return.refund_requested",
            wakes=RETURN_EXECUTION,
        ),
        "refund_in_doubt": Consequence(
            "The provider did not answer.", "return.refund_unanswered", wakes=RETURN_EXECUTION
        ),
        "refund": Consequence(
            "The money went back.",
            "return.refunded",
            wakes=RETURN_EXECUTION,
            messages=("REFUNDED",),
        ),
        "refund_failed": Consequence(
            "The money could not be given back.", "return.refund_failed", wakes=RETURN_EXECUTION
        ),
        "refund_denied": Consequence(
            "Nothing is to be given back.",
            "return.refund_denied",
            wakes=RETURN_EXECUTION,
            messages=("RETURN_REJECTED",),
        ),
        "complete": Consequence(
            "Nothing of the return is left to do.", "return.completed", wakes=RETURN_EXECUTION
        ),
        "expire": Consequence(
            "The goods did not come in time.", "return.expired", wakes=RETURN_EXECUTION
        ),
        "cancel": Consequence(
            "The return is cancelled.", "return.cancelled", wakes=RETURN_EXECUTION
        ),
    }
)

REFUND: Consequences = MappingProxyType(
    {
        "fall_due": Consequence(
            "The inspection says what is to be given back.", recorded="inspect"
        ),
        "request": Consequence("The provider is asked.", recorded="refund_requested"),
        "succeed": Consequence("The provider gave it back.", recorded="refund"),
        "fail": Consequence("The provider refused.", recorded="refund_failed"),
        "doubt": Consequence("The provider did not answer.", recorded="refund_in_doubt"),
        "deny": Consequence("Nothing is to be given back.", recorded="refund_denied"),
    }
)
