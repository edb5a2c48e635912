"""Changes of an order: what is sent, what is answered, and how the order shows them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ..domain.model.order import Order
from ..domain.model.order_change import (
    CancelUnits,
    ChangeAddress,
    ChangeContact,
    Operation,
    OrderChange,
)
from .fields import Email, ExternalId, Quantity, Text
from .order_shown import change_view
from .order_view import ChangeView
from .orders import AddressBody
from .parse import Contract, View

MAX_OPERATIONS = 100
LineNumber = Annotated[int, Field(ge=1, description="number of the line in the order")]
Reason = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,39}$", description="why, as a code")]


class CancelUnitsBody(Contract):
    """`quantity` further units of this line are not wanted: of those with the least work first."""

    kind: Literal["CANCEL_UNITS"]
    line: LineNumber
    quantity: Quantity

    def to_domain(self) -> Operation:
        return CancelUnits(self.line, self.quantity)


class ChangeAddressBody(Contract):
    """The whole address: nothing of the one before is kept."""

    kind: Literal["CHANGE_ADDRESS"]
    ship_to: AddressBody

    def to_domain(self) -> Operation:
        return ChangeAddress(self.ship_to.to_domain())


class ChangeContactBody(Contract):
    """What is left out stays as it is."""

    kind: Literal["CHANGE_CONTACT"]
    name: Text | None = None
    email: Email | None = None
    phone: Text | None = None

    def to_domain(self) -> Operation:
        return ChangeContact(self.name, self.email, self.phone)


OperationBody = Annotated[
    CancelUnitsBody | ChangeAddressBody | ChangeContactBody, Field(discriminator="kind")
]


class ChangeOrderBody(Contract):
    """`key` names this change: sent again it is answered as the first time. With `commit` false
    nothing is written: the answer is what would come of it now.
    """

    key: ExternalId
    reason: Reason
    operations: list[OperationBody] = Field(min_length=1, max_length=MAX_OPERATIONS)
    note: Text = ""
    commit: bool = True


class ChangeAnswer(View):
    """`version`: of the order. `committed`: it is written, now or by an earlier call."""

    order_id: str
    version: int
    status: str
    committed: bool
    change: ChangeView

    @classmethod
    def of(cls, order: Order, change: OrderChange, *, committed: bool) -> ChangeAnswer:
        return cls(
            order_id=order.id,
            version=order.state.version,
            status=order.state.status,
            committed=committed,
            change=change_view(change, inside=False),
        )
