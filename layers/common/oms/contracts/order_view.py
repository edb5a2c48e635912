"""The answer of `GET /orders/{order_id}` and `GET /track/{token}`.

Who sees what: domain/orders/reader_view.py.
Amounts in minor units, instants ISO 8601 in UTC. What a reader may not see is absent.
"""

from __future__ import annotations

from pydantic import Field

from .parse import View
from .sparse import Sparse


class PromiseShown(Sparse):
    method: str
    service: str
    ship_by: str | None = None
    deliver_by: str | None = None
    ready_by: str | None = None
    confidence: str
    margin_days: int | None = Field(
        None, description="carrier working days in it because its lane is late too often"
    )


class BucketsView(View):
    """ordered = unsourced + backordered + allocated + picked + packed + shipped + cancelled."""

    ordered: int
    unsourced: int
    backordered: int
    allocated: int
    picked: int
    packed: int
    shipped: int
    cancelled: int
    delivered: int
    returned: int


class LineView(Sparse):
    """`kit`: the SKU of the kit that it is a component of, sent as line `kit_line` of the order."""

    line: int
    sku: str
    name: str
    quantity: int
    total: int | None = None
    tax: int | None = None
    kit: str | None = None
    kit_line: int | None = None
    properties: dict[str, str] | None = None
    quantities: BucketsView


class PartLine(View):
    line: int
    sku: str
    quantity: int


class PackageView(View):
    number: int
    carrier: str
    tracking: str


class PartView(Sparse):
    """`number` 0 is what no part holds yet. `fulfilment` is the node's own status."""

    number: int
    status: str
    method: str
    lines: list[PartLine]
    packages: list[PackageView] = Field(default_factory=list)
    promise: PromiseShown | None = None
    node: str | None = None
    fulfilment: str | None = None
    cancel_request: str | None = None
    pickup_code: str | None = None
    flags: list[str] | None = None


class CustomerView(Sparse):
    name: str
    id: str | None = None
    email: str | None = None
    phone: str | None = None
    locale: str | None = None


class AddressView(Sparse):
    """Where the goods go. A marketplace may tell parts of it later: what is unknown is absent."""

    city: str | None = None
    country: str | None = None
    name: str | None = None
    line1: str | None = None
    line2: str | None = None
    postal_code: str | None = None
    region: str | None = None
    phone: str | None = None


class MoneyView(View):
    currency: str
    items: int
    shipping: int
    tax: int
    grand_total: int


class PaymentView(View):
    """authorised: NONE, PARTIAL, FULL; charged: these, and OVER when a refund is due."""

    authorised: str
    charged: str
    target: int
    open: int
    captured: int
    refunded: int
    refund_due: int


class HoldView(View):
    kind: str
    reason: str
    blocks: list[str]


class ReturnShown(Sparse):
    number: int
    status: str
    lines: list[PartLine]
    refund: str | None = None
    amount: int | None = None


class HappeningView(Sparse):
    at: str
    of: str
    number: int
    event: str
    actor: str | None = None
    note: str | None = None


class CaseView(View):
    """Something a human has to look at; `detail` is what opened it."""

    kind: str
    part: int
    status: str
    detail: dict[str, object]


class ExclusionView(View):
    """A node that refused a line is not asked for it again until `thru`."""

    line: int
    node: str
    reason: str
    thru: str


class ChangeResultView(Sparse):
    """Of one operation: APPLIED; REQUESTED, the node of `part` answers; REFUSED for `reason`."""

    operation: str
    outcome: str
    line: int | None = None
    part: int | None = None
    units: int | None = None
    reason: str | None = None


class ChangeView(Sparse):
    """What was changed after the order was placed. `address_before`: what it was until then."""

    number: int
    key: str
    at: str
    reason: str
    source: str
    outcome: str
    results: list[ChangeResultView]
    by: str | None = None
    note: str | None = None
    address_before: AddressView | None = None


class OrderView(Sparse):
    id: str
    version: int
    channel: str
    external_id: str
    number: str | None = None
    note: str | None = None
    gift_message: str | None = None
    placed_at: str
    status: str
    customer_status: str
    partial: bool
    status_text: str
    parts: list[PartView]
    lines: list[LineView]
    promise: PromiseShown | None = None
    customer: CustomerView | None = None
    ship_to: AddressView | None = None
    totals: MoneyView | None = None
    payment: PaymentView | None = None
    holds: list[HoldView] | None = None
    returns: list[ReturnShown] = Field(default_factory=list)
    may_cancel: bool
    cancel_reason: str | None = None
    changes: list[ChangeView] = Field(default_factory=list)
    timeline: list[HappeningView]
    cases: list[CaseView] | None = None
    channel_refunds: dict[str, int] | None = Field(
        None, description="what the channel gave back by itself, by its ids of the refunds"
    )
    exclusions: list[ExclusionView] | None = None
