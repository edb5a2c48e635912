"""What an order has to say so that it can be delivered, which depends on what it sells.

Things need an address, digital lines an e-mail. A native order without is refused; one that another
channel has sold is held until somebody looked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..errors import ValidationFailed
from ..limits.digital import MAX_DIGITAL_UNITS
from ..model.node import SHIP
from ..model.order import Hold, OrderLine
from .intake import NewOrder
from .kits import sent_line_numbers
from .pricing import PricedOrder

NO_EMAIL, TOO_MANY_UNITS, NO_ADDRESS = "NO_EMAIL", "TOO_MANY_UNITS", "INCOMPLETE_ADDRESS"
# the field → what a hold calls it, and who resolves that
DOUBTS = {
    "/ship_to": ("ADDRESS", NO_ADDRESS),
    "/customer/email": ("MANUAL", NO_EMAIL),
    "/lines": ("MANUAL", TOO_MANY_UNITS),
}


def deliverable(new: NewOrder, priced: PricedOrder, *, foreign: bool) -> PricedOrder:
    """As it is, or held. Raises ValidationFailed naming the fields of a native order."""
    wrong = dict(_wrong(new, priced.lines))
    if wrong and not foreign:
        raise ValidationFailed("The order cannot be delivered", fields=wrong)
    known = {hold.reason.partition(":")[0] for hold in priced.holds}
    doubts = dict.fromkeys(DOUBTS["/lines" if at.startswith("/lines") else at] for at in wrong)
    more = [Hold(kind, code) for kind, code in doubts if code not in known]
    return replace(priced, holds=(*priced.holds, *more))


def _wrong(new: NewOrder, lines: Sequence[OrderLine]) -> Iterator[tuple[str, str]]:
    digital = [line for line in lines if line.digital]
    if len(digital) < len(lines) and new.method == SHIP and new.ship_to is None:
        yield "/ship_to", "SHIP needs an address"
    email = new.customer.email or (new.ship_to.email if new.ship_to else "")
    if digital and not email:
        yield "/customer/email", "digital lines are delivered there"
    most = MAX_DIGITAL_UNITS
    if sum(line.quantity for line in digital) > most:
        reason = f"an order has at most {most} units of digital products"
        yield f"/lines/{sent_line_numbers(lines)[digital[-1].no] - 1}/quantity", reason
