"""Stock follows a return: what arrives goes into quarantine, what is judged leaves it.

Runs from the stream, possibly twice, always in order; every movement has an id of its own.
"""

from __future__ import annotations

from ...domain.consequences.consequence import Noun, StockEffect
from ...domain.consequences.table import consequence_of
from ...domain.ids import operation_id
from ...domain.model.order import Order
from ...domain.model.returns import QUARANTINE, Return
from ...domain.model.stock_item import Movement
from ...domain.model.units import NO_UNITS
from ...domain.stock import movements
from ...ports import Stock


def follow_return(event: str, order: Order, ret: Return, *, stock: Stock, now: int) -> int:
    """Book the movements of `event`; `ret` is the return as that event left it. Answers how many
    were new.
    """
    effect = consequence_of(Noun.RETURN, event).stock
    asked = MOVEMENTS[effect](order, ret) if effect else []
    return sum(stock.movements.book(movement, now=now) for movement in asked)


def _received(order: Order, ret: Return) -> list[Movement]:
    """The last parcel."""
    parcel, receipt = len(ret.receipts), ret.receipts[-1]
    return [
        movements.return_receive(
            _id(ret, "receive", parcel, no),
            order.snapshot.line(no).sku,
            receipt.node,
            len(which),
            **_because(ret),
        )
        for no, which in sorted(receipt.lines.items())
    ]


def _inspected(order: Order, ret: Return) -> list[Movement]:
    """Accepted units, each where it arrived."""
    return [
        movements.dispose(
            _id(ret, "inspect", parcel, no),
            order.snapshot.line(no).sku,
            receipt.node,
            len(which & ret.accepted.get(no, NO_UNITS)),
            ret.dispositions[no],
            **_because(ret),
        )
        for parcel, receipt in enumerate(ret.receipts, start=1)
        for no, which in sorted(receipt.lines.items())
        if which & ret.accepted.get(no, NO_UNITS) and ret.dispositions[no] != QUARANTINE
    ]


def _id(ret: Return, event: str, parcel: int, line: int) -> str:
    return operation_id(ret.order_id, "return", ret.number, event, parcel, line)


def _because(ret: Return) -> dict[str, str]:
    """Cause and actor of what follows from the return's last event."""
    actor = ret.timeline[-1].actor if ret.timeline else "follow_orders"
    return {"cause": f"return:{ret.order_id}/{ret.number}", "actor": actor}


MOVEMENTS = {StockEffect.RETURN: _received, StockEffect.DISPOSE: _inspected}
