"""The events on the bus as their consumers read them: `detail` of each noun's events.

`docs/events.md` is generated from these classes and the table of consequences. New fields may come
at any time; none is taken away or changes its meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import ConfigDict, Field

from ..domain.consequences.consequence import Noun
from .parse import View


class PublishedEvent(View):
    """Common to all events."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: str = Field(description="The same at every delivery: `<pk>|<sk>:<version>` of the item")
    event: str = Field(description="What happened: the type without its noun")
    version: int = Field(description="Version of the item after it; counts up, with gaps")
    at: int = Field(description="When it happened, in epoch seconds")
    correlation_id: str = Field("", description="`x-correlation-id` of the request it follows from")
    by: str = Field(description="Who did it: subject of a token, or a part of the system")


class OrderEvent(PublishedEvent):
    """An order, by its id. Whoever needs more asks `GET /orders/{order_id}`."""

    order_id: str = Field(description="The order")
    number: int = Field(description="Which part, payment or return of the order; 0 for the order")
    status: str = Field(description="The status after the event, as in [lifecycles.md]")
    cause: str = Field(description="Why: a code, a payment's key, a carrier's event; may be empty")
    channel: str = Field("", description="The channel, where the item has it")
    node: str = Field("", description="The node, where the item has it")
    method: str = Field("", description="`SHIP`, `PICKUP` or `DIGITAL`")


class FulfilmentEvent(OrderEvent):
    """The part of an order at one node."""

    purchase: bool = Field(
        False, description="True for the part of a drop-shipper, which is its purchase order"
    )
    promised: str = Field("", description="ISO date that was promised, when the goods are there")
    late_days: int = Field(0, description="Days between that and today; below 0 for early ones")


class PaymentEvent(OrderEvent):
    """Money of an order. Amounts are read with `GET /orders/{order_id}`."""


class ReturnEvent(OrderEvent):
    """Goods that come back."""


class CaseEvent(PublishedEvent):
    """Something that a person has to look at, about an order or about a SKU."""

    kind: str = Field(description="The kind of case, as in [operations.md]")
    status: str = Field(description="`OPEN`, `ASSIGNED`, `RESOLVED` or `DISMISSED`")
    owner: str = Field(description="Whose it is; empty while it is nobody's")
    due_at: int = Field(description="Until when it should be answered, in epoch seconds")
    order_id: str = Field(description="The order; empty for a case about stock")
    number: int = Field(description="Which part, payment or return of the order; 0 for the order")
    sku: str = Field(description="The SKU; empty for a case about an order")
    node: str = Field(description="The node, where it is about one")


class NodeEvent(PublishedEvent):
    """A node takes orders, or does not."""

    node: str = Field(description="The node")
    status: str = Field(description="`OPEN`, `PAUSED` or `OFFLINE`")
    until: int = Field(description="When a pause ends, in epoch seconds; 0 for none")


class StockItemEvent(PublishedEvent):
    """A SKU at one node. Every movement is a line in the lake; the bus has the notable ones."""

    sku: str = Field(description="The SKU")
    node: str = Field(description="The node")
    movement: str = Field(description="Kind of the movement, also where it crossed zero")
    quantity: int = Field(description="Units that moved")
    available: int = Field(description="Units that are available after it")
    cause: str = Field(description="What the movement was for; may be empty")


class StockLevelEvent(PublishedEvent):
    """How well a SKU is stocked: over all nodes, and at each node that its product watches."""

    sku: str = Field(description="The SKU")
    node: str = Field(description="The node, or `*` for all of them without drop-shippers")
    level: str = Field(description="`OK`, `LOW`, `OUT` or `OVER`")
    available: int = Field(description="Units that are available")
    low: int = Field(description="Units at which it is low")
    target_days: int = Field(description="Days of sales above which it is too much; 0 for never")
    cause: str = Field(description="The level before")


class CampaignNoticeEvent(PublishedEvent):
    """Whether a SKU is to be advertised."""

    sku: str = Field(description="The SKU")
    channels: list[str] = Field(description='Where; `["*"]` for everywhere')
    status: str = Field(description="`PAUSED` or `RUNNING`")
    cause: str = Field(description="The level of the stock")


class SupplyDocumentEvent(PublishedEvent):
    """Goods on their way: each step of a document."""

    document: str = Field(description="The document's id")
    node: str = Field(description="Where the goods go")
    source: str = Field(description="The supplier, or the node that a transfer leaves")
    order: str = Field(description="The purchase order that a notice is for; may be empty")
    status: str = Field(description="The status after the event, as in [lifecycles.md]")
    eta: str = Field(description="ISO date of arrival")
    expected: int = Field(description="Units over all lines")
    received: int = Field(description="Units that came so far")
    discrepancies: dict[str, int] = Field(
        description="Units by reason: `SHORT`, `OVER`, `DAMAGED`, `QUALITY`, `WRONG_ITEM`"
    )
    cause: str = Field(description="Empty")


class CountSessionEvent(PublishedEvent):
    """A cycle count: each of its steps."""

    document: str = Field(description="The count's id")
    node: str = Field(description="Where it is counted")
    status: str = Field(description="The status after the event, as in [lifecycles.md]")
    lines: int = Field(description="SKUs to count")
    counted: int = Field(description="SKUs that were counted so far")
    variance: dict[str, int] = Field(
        description="From the review on: SKU → units found more or less than in the books"
    )
    cause: str = Field(description="Empty")


CONTRACTS: Mapping[Noun, type[PublishedEvent]] = MappingProxyType(
    {
        Noun.ORDER: OrderEvent,
        Noun.FULFILMENT: FulfilmentEvent,
        Noun.PAYMENT: PaymentEvent,
        Noun.RETURN: ReturnEvent,
        Noun.CASE: CaseEvent,
        Noun.NODE: NodeEvent,
        Noun.STOCK_ITEM: StockItemEvent,
        Noun.STOCK_LEVEL: StockLevelEvent,
        Noun.CAMPAIGN: CampaignNoticeEvent,
        Noun.PURCHASE_ORDER: SupplyDocumentEvent,
        Noun.ADVANCE_NOTICE: SupplyDocumentEvent,
        Noun.TRANSFER: SupplyDocumentEvent,
        Noun.COUNT: CountSessionEvent,
    }
)


def contract_of(name: str) -> type[PublishedEvent]:
    """Of an event type, "<noun>.<what happened>"."""
    return CONTRACTS[Noun(name.partition(".")[0])]
