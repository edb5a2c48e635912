"""What customers and customer service send about an order, and the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from ..domain.errors import ValidationFailed
from ..domain.limits.orders import MAX_EXTERNAL_ID_LENGTH, MAX_LINES
from ..domain.model.order import Order
from ..domain.model.order_change import APPLIED, CancelUnits, OrderChange
from ..domain.orders import cancellation
from ..domain.orders.status import RANK, CustomerStatus
from .fields import ExternalId, Identifier, Quantity, RequiredText, Text
from .order_shown import instant
from .order_view import HoldView
from .parse import Contract, View
from .sparse import Sparse

Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,39}$", description="for example NO_LONGER")]


class CancelLineBody(Contract):
    line: Annotated[int, Field(ge=1, description="number of the line in the order")]
    quantity: Quantity


class CancelOrderBody(Contract):
    """Without `lines` the whole order. `key` names a cancellation of lines: sent again, it is
    answered as the first time.
    """

    reason: Code
    note: Text = ""
    lines: list[CancelLineBody] = Field(default_factory=list, max_length=MAX_LINES)
    key: str = Field("", max_length=MAX_EXTERNAL_ID_LENGTH, description="needed with lines")

    def units(self) -> tuple[CancelUnits, ...]:
        """Raises ValidationFailed for lines without a key."""
        if self.lines and not self.key:
            raise ValidationFailed("lines need a key", fields={"/key": "needed with lines"})
        return tuple(CancelUnits(each.line, each.quantity) for each in self.lines)


class ReleaseBody(Contract):
    """One hold: its reason, or the code that begins it, where the kind is there for several."""

    kind: Code
    reason: Text = ""


class ResolveBody(Contract):
    note: RequiredText


class OrdersQuery(Contract):
    channel: Identifier = Field(description="the sales channel")
    customer_id: ExternalId = Field(description="the customer's id in this channel")


OUTCOMES = {APPLIED: cancellation.CANCELLED}


class PartAnswer(View):
    """CANCELLED; REQUESTED: its node was asked; REFUSED: too late. Part 0: nobody held it."""

    number: int
    outcome: str
    units: int


class CancelAnswer(View):
    """`outcome`: CANCELLED, REQUESTED while a node has to answer, PARTIAL, REFUSED."""

    order_id: str
    status: str
    outcome: str
    reason: str
    parts: list[PartAnswer]

    @classmethod
    def of(cls, order: Order) -> CancelAnswer:
        found = cancellation.outcomes(order)
        return cls(
            order_id=order.id,
            status=order.state.status,
            outcome=cancellation.overall(found),
            reason=order.state.cancel_reason,
            parts=[PartAnswer(number=p.number, outcome=p.outcome, units=p.units) for p in found],
        )

    @classmethod
    def of_change(cls, order: Order, change: OrderChange) -> CancelAnswer:
        """Of units that were cancelled: `parts` is about these alone."""
        return cls(
            order_id=order.id,
            status=order.state.status,
            outcome=OUTCOMES.get(change.outcome, change.outcome),
            reason=change.why,
            parts=[
                PartAnswer(
                    number=each.part,
                    outcome=OUTCOMES.get(each.outcome, each.outcome),
                    units=each.units,
                )
                for each in change.results
            ],
        )


class StateAnswer(View):
    order_id: str
    version: int
    status: str
    holds: list[HoldView]
    granted: int

    @classmethod
    def of(cls, order: Order) -> StateAnswer:
        holds = [
            HoldView(kind=hold.kind, reason=hold.reason, blocks=sorted(hold.blocks))
            for hold in order.state.holds
        ]
        return cls(
            order_id=order.id,
            version=order.state.version,
            status=order.state.status,
            holds=holds,
            granted=order.state.granted,
        )


class LinkAnswer(View):
    path: str
    expires_at: str

    @classmethod
    def of(cls, token: str, expires_at: int) -> LinkAnswer:
        return cls(path=f"/track/{token}", expires_at=instant(expires_at))


class OrderSummary(View):
    id: str
    channel: str
    external_id: str
    placed_at: str
    status: str
    customer_status: str
    partial: bool
    status_text: str
    currency: str
    grand_total: int
    units: int

    @classmethod
    def of(cls, order: Order, standing: CustomerStatus) -> OrderSummary:
        snapshot = order.snapshot
        return cls(
            id=order.id,
            channel=snapshot.channel,
            external_id=snapshot.external_id,
            placed_at=instant(snapshot.placed_at),
            status=order.state.status,
            customer_status=standing.status,
            partial=standing.partial,
            status_text=standing.text,
            currency=snapshot.currency,
            grand_total=snapshot.grand_total,
            units=sum(line.quantity for line in snapshot.lines),
        )


class OrdersPage(Sparse):
    """`cursor`: where the next page starts; absent at the end."""

    orders: list[OrderSummary]
    cursor: str | None = None

    @classmethod
    def of(cls, found: Sequence[tuple[Order, CustomerStatus]], cursor: str | None) -> OrdersPage:
        summaries = [OrderSummary.of(order, standing) for order, standing in found]
        return cls(orders=summaries, cursor=cursor)


class MessageView(View):
    """`part` 0: about the whole order; of returns it is the return's number. `state`: SENT, KEPT
    (nothing left the house), NO_ADDRESS, or REFUSED by the provider; `by`: MAIL or SMS.
    """

    status: str
    part: int
    at: str
    locale: str
    subject: str
    body: str
    state: Literal["SENT", "KEPT", "NO_ADDRESS", "REFUSED"] = "SENT"
    by: Literal["MAIL", "SMS", ""] = "MAIL"


class MessagesAnswer(View):
    """Oldest first."""

    messages: list[MessageView]

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]]) -> MessagesAnswer:
        known = MessageView.model_fields
        views = [
            MessageView(
                **{name: row[name] for name in row if name in known} | {"at": instant(row["at"])}
            )
            for row in sorted(rows, key=_when)
        ]
        return cls(messages=views)


def _when(row: Mapping[str, Any]) -> tuple[int, int, str]:
    return row["at"], RANK.get(row["status"], len(RANK)), row["status"]


class ResumeParkedBody(Contract):
    """`since`: when the first of them parked, in epoch seconds; `stage`: where, as in the case."""

    since: Annotated[int, Field(ge=0, le=10**12)] = 0
    stage: Annotated[str, Field(max_length=80)] = ""
    cursor: Annotated[str, Field(max_length=2048)] = ""


class ResumedParked(Sparse):
    """`orders` went on; with a `cursor` there are more to look at."""

    orders: list[str]
    cursor: str | None = None


class ResumeAnswer(View):
    """`resumed`: ORDER, or the returns whose executions were parked."""

    resumed: list[str]
