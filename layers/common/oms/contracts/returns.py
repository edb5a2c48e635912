"""Returns over HTTP. Bodies name order lines by number; counts are said in whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Protocol

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from ..domain.errors import ValidationFailed
from ..domain.limits.orders import MAX_EXTERNAL_ID_LENGTH, MAX_LINES, MAX_QUANTITY
from ..domain.model.order import Order
from ..domain.model.returns import (
    Disposition,
    Inspection,
    Return,
    ReturnArrival,
    ReturnReason,
    ReturnRequest,
    Verdict,
)
from ..domain.returning.return_progress import Situation, situation
from ..domain.states import RefundStatus, ReturnStatus
from .fields import ExternalId, Identifier, Minor, Quantity, Sku
from .parse import Contract, View

Counted = Annotated[int, Field(ge=0, le=MAX_QUANTITY)]
LineNumber = Annotated[int, Field(ge=1, le=MAX_LINES)]


class _OfLine(Protocol):
    line: int


def _one_row_a_line(rows: Sequence[_OfLine]) -> Any:
    if len({row.line for row in rows}) < len(rows):
        raise PydanticCustomError("lines", "Each line has one row")
    return rows


_Once = AfterValidator(_one_row_a_line)
_Few = Field(max_length=MAX_LINES)
_Some = Field(min_length=1, max_length=MAX_LINES)


class CancelReturnBody(Contract):
    pass


class ReturnLine(Contract):
    line: LineNumber
    quantity: Quantity
    reason: ReturnReason


class ReturnBody(Contract):
    """`key` names the return: sent again, it is the same one. It may be the header
    Idempotency-Key instead. `ignore_window` is for customer service, which may take back what is
    too late or not returnable: a digital line is refunded at once, nothing has to arrive.
    """

    key: ExternalId | None = None
    lines: Annotated[list[ReturnLine], _Some, _Once]
    ignore_window: bool = False

    def to_domain(self, header: str) -> ReturnRequest:
        """`header`: the Idempotency-Key."""
        return _request(self.key or header, self.lines, in_window=not self.ignore_window)


class ArrivedLine(Contract):
    """`arrived`: all units of the line that have arrived so far, earlier parcels included."""

    line: LineNumber
    arrived: Counted


class Stranger(Contract):
    sku: Sku
    quantity: Quantity


class ReceiveBody(Contract):
    """`unexpected`: products that are not of this order; they open a case, nothing is booked."""

    node: Identifier
    lines: Annotated[list[ArrivedLine], _Few, _Once] = Field(default_factory=list)
    unexpected: Annotated[list[Stranger], _Few] = Field(default_factory=list)

    def to_domain(self) -> ReturnArrival:
        counts = {row.line: row.arrived for row in self.lines}
        return ReturnArrival(self.node, counts, {row.sku: row.quantity for row in self.unexpected})


class JudgedLine(Contract):
    """Of the received units, `accepted` are refunded and go where `disposition` says."""

    line: LineNumber
    accepted: Counted
    disposition: Disposition = "QUARANTINE"


class InspectBody(Contract):
    """Every received line has a row. `fee` is kept back from the refund."""

    node: Identifier
    lines: Annotated[list[JudgedLine], _Some, _Once]
    fee: Minor = 0

    def to_domain(self) -> Inspection:
        verdicts = {row.line: Verdict(row.accepted, row.disposition) for row in self.lines}
        return Inspection(self.node, verdicts, self.fee)


class CounterLine(ReturnLine):
    """`accepted`: all of `quantity` unless said."""

    accepted: Counted | None = None
    disposition: Disposition = "RESTOCK"

    @property
    def verdict(self) -> Verdict:
        accepted = self.quantity if self.accepted is None else self.accepted
        return Verdict(accepted, self.disposition)


class CounterBody(Contract):
    """A return across the counter: here, seen and judged at once."""

    node: Identifier
    key: ExternalId | None = None
    lines: Annotated[list[CounterLine], _Some, _Once]
    fee: Minor = 0

    def request(self, header: str) -> ReturnRequest:
        """`header`: the Idempotency-Key."""
        return _request(self.key or header, self.lines, in_window=True)

    def inspection(self) -> Inspection:
        return Inspection(self.node, {row.line: row.verdict for row in self.lines}, self.fee)


class ReturnedLine(View):
    line: int
    sku: str
    advised: int
    received: int
    accepted: int
    reason: ReturnReason | Literal[""]
    disposition: Disposition | None


class ReturnView(View):
    """`status` is where the goods are, `money` where the refund is; `waits_for` in one word.

    `amount` and `fee` in minor units of `currency`; `amount` is known once the goods are judged.
    """

    order_id: str
    number: int
    status: ReturnStatus
    money: RefundStatus
    waits_for: Situation
    currency: str
    amount: int
    fee: int
    node: str | None
    requested_at: int
    arrives_by: int | None
    version: int
    supported_actions: list[str]
    lines: list[ReturnedLine]

    @classmethod
    def of(cls, order: Order, ret: Return) -> ReturnView:
        return cls(
            order_id=order.id,
            number=ret.number,
            status=ret.status,
            money=ret.money,
            waits_for=situation(order, ret),
            currency=order.snapshot.currency,
            amount=ret.amount,
            fee=ret.fee,
            node=ret.node or None,
            requested_at=ret.requested_at,
            arrives_by=ret.due,
            version=ret.version,
            supported_actions=ret.actions,
            lines=[_line(order, ret, no) for no in sorted(ret.advised)],
        )


def _line(order: Order, ret: Return, no: int) -> ReturnedLine:
    return ReturnedLine(
        line=no,
        sku=order.snapshot.line(no).sku,
        advised=len(ret.advised[no]),
        received=len(ret.received.get(no, ())),
        accepted=len(ret.accepted.get(no, ())),
        reason=ret.reasons.get(no, ""),
        disposition=ret.dispositions.get(no),
    )


def _request(key: str, lines: Sequence[ReturnLine], *, in_window: bool) -> ReturnRequest:
    name = key.strip()
    if not 0 < len(name) <= MAX_EXTERNAL_ID_LENGTH:
        missing = {"/key": "give a key, here or as the header Idempotency-Key"}
        raise ValidationFailed("a return needs a key of its own", fields=missing)
    quantities = {row.line: row.quantity for row in lines}
    return ReturnRequest(name, quantities, {row.line: row.reason for row in lines}, in_window)
