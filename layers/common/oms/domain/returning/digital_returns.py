"""Digital lines come back in name only: there is nothing to receive or to judge.

By default customers cannot return them, because whoever has seen a code has had it. Customer
service may take one back all the same, which is how it refunds one; so may customers, where the
product says so. Such a return is accepted as soon as it is agreed to.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import NothingToReturn, ValidationFailed
from ..model.node import DIGITAL
from ..model.order import Order
from ..model.returns import DESTROY, Receipt, Return


def require_returnable(order: Order, asked: Mapping[int, int], *, by_customer: bool) -> None:
    """Raises NothingToReturn for what is final, ValidationFailed for a mixed return."""
    known = {line.no: line for line in order.snapshot.lines}
    lines = [(index, known[no]) for index, no in enumerate(asked) if no in known]
    final = {
        f"/lines/{index}": f"line {line.no} is a digital product: it is not returnable"
        for index, line in lines
        if line.final and by_customer
    }
    if final:
        raise NothingToReturn(f"order {order.id}: this cannot be returned", fields=final)
    digital = [index for index, line in lines if line.digital]
    if digital and len(digital) < len(asked):
        wrong = {f"/lines/{index}": "digital lines are a return of their own" for index in digital}
        raise ValidationFailed("nothing arrives for these lines", fields=wrong)


def accepted_at_once(order: Order, ret: Return) -> Return:
    """The return received and accepted, where there is nothing to wait for; else as it is."""
    if order.snapshot.goods(ret.advised):
        return ret
    received = ret.moved("receive", receipts=(Receipt(DIGITAL, ret.advised),), due=None)
    gone = dict.fromkeys(ret.advised, DESTROY)
    return received.moved("inspect", accepted=ret.advised, dispositions=gone)
