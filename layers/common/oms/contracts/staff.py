"""What node staff send and see. Every body takes `version`: the one their screen shows."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from ..domain.limits.orders import MAX_LINES, MAX_PARTS
from ..domain.limits.preparing import MAX_PACKAGES, MAX_PART_ACTIONS, MAX_SCANS
from ..domain.model import units
from ..domain.model.fulfilment import NO_VARIANCE, FulfilmentOrder, Package
from ..domain.preparing import steps
from .fields import Identifier, Text
from .parse import Contract, View
from .purchase_notices import AcknowledgeBody as AcknowledgeBody
from .purchase_notices import ShippedNoticeBody as ShippedNoticeBody
from .staff_fields import Count, Grams, LineNo, Reason, Reasons, Side, Verb
from .staff_step import StepBody as StepBody
from .staff_step import by_line


class ClaimBody(StepBody):
    """`node` left out: the one of yours that sees the offer."""

    node: Identifier | Literal[""] = ""

    def arguments(self) -> dict[str, Any]:
        return {"node": self.node}


class RejectBody(StepBody):
    """`reasons` by line number; `reason` for the lines that have none of their own."""

    reasons: Reasons = Field(default_factory=dict)
    reason: Reason = NO_VARIANCE  # type: ignore[assignment]

    def arguments(self) -> dict[str, Any]:
        return {"reasons": by_line(self.reasons), "reason": self.reason}


class PickBody(StepBody):
    """Pieces found by line number; lines not named were found in full. `scans` are SKUs or
    barcodes, one for each piece: when given, they have to agree with the counts.
    """

    picked: Annotated[dict[LineNo, Count], Field(max_length=MAX_LINES)] = Field(
        default_factory=dict
    )
    reasons: Reasons = Field(default_factory=dict)
    scans: Annotated[list[Text], Field(max_length=MAX_SCANS)] = Field(default_factory=list)

    def arguments(self) -> dict[str, Any]:
        return {
            "picked": by_line(self.picked),
            "reasons": by_line(self.reasons),
            "scans": tuple(self.scans),
        }


class PackageBody(Contract):
    weight_g: Grams
    length_mm: Side = 0
    width_mm: Side = 0
    height_mm: Side = 0


class PackBody(StepBody):
    """No packages: everything in one, its weight by the products."""

    packages: Annotated[list[PackageBody], Field(max_length=MAX_PACKAGES)] = Field(
        default_factory=list
    )

    def arguments(self) -> dict[str, Any]:
        bodies = enumerate(self.packages, start=1)
        return {"packages": tuple(Package(no, **body.model_dump()) for no, body in bodies)}


class ArriveBody(StepBody):
    """Pieces that came to the store by line number; lines not named came in full."""

    arrived: Annotated[dict[LineNo, Count], Field(max_length=MAX_LINES)] = Field(
        default_factory=dict
    )

    def arguments(self) -> dict[str, Any]:
        return {"arrived": by_line(self.arrived)}


class CollectBody(StepBody):
    """`proof` other than CODE is for customer service, who saw the person's proof."""

    code: Annotated[str, Field(max_length=32)] = ""
    proof: Literal["CODE", "ID", "SIGNATURE"] = "CODE"

    def arguments(self) -> dict[str, Any]:
        return {"code": self.code, "proof": self.proof}


class CancelAnswerBody(StepBody):
    answer: Literal["AGREE", "REFUSE"]

    def arguments(self) -> dict[str, Any]:
        return {"agree": self.answer == "AGREE"}


class ActionBody(Contract):
    """One confirmation of a scanner; `body` is that of the action's own route."""

    order_id: Identifier
    part: Annotated[int, Field(ge=1, le=MAX_PARTS)]
    action: Verb
    body: dict[str, Any] = Field(default_factory=dict)


class ActionsBody(Contract):
    actions: Annotated[list[ActionBody], Field(min_length=1, max_length=MAX_PART_ACTIONS)]


# --- answers ---------------------------------------------------------------------------------


class FulfilmentOrderLine(View):
    """`units` are the pieces' identities as ranges: "0-2,5"."""

    line: int
    sku: str
    quantity: int
    units: str
    name: str = ""
    barcode: str = ""


class FulfilmentPackageView(View):
    number: int
    weight_g: int
    length_mm: int
    width_mm: int
    height_mm: int
    tracking: str
    carrier: str
    tracking_status: str


class FulfilmentOrderView(View):
    """`version` goes into the next request, `supported_actions` are the routes that it may take.

    The collection code is the customer's alone and not shown.
    """

    order_id: str
    part: int
    node: str
    method: str
    status: str
    request: str
    version: int
    supported_actions: list[str]
    due: int | None
    lines: list[FulfilmentOrderLine]
    short: dict[int, int]
    reasons: dict[int, str]
    packages: list[FulfilmentPackageView]
    tracking_status: str
    flags: list[str]
    ship_by: str = ""
    ready_by: str = ""

    @staticmethod
    def facts(part: FulfilmentOrder, products: dict[str, Any]) -> dict[str, Any]:
        promise = part.promise
        return {
            "order_id": part.order_id,
            "part": part.number,
            "node": part.node,
            "method": part.method,
            "status": part.status,
            "request": part.request,
            "version": part.version,
            "supported_actions": steps.actions(part),
            "due": part.due,
            "lines": [_line(part, no, products) for no in sorted(part.lines)],
            "short": {no: len(which) for no, which in part.short.items()},
            "reasons": dict(part.reasons),
            "packages": [_package(package) for package in part.packages],
            "tracking_status": part.tracking_status,
            "flags": sorted(part.flags),
            "ship_by": promise.ship_by if promise else "",
            "ready_by": promise.ready_by if promise else "",
        }

    @classmethod
    def of(cls, part: FulfilmentOrder) -> FulfilmentOrderView:
        return cls(**cls.facts(part, {}))


class WorkView(FulfilmentOrderView):
    """A part with what its node needs to do it; the customer's name where they come for it."""

    channel: str
    external_id: str
    customer: str
    number: str = Field(description="by which the customer knows the order")
    note: str
    gift_message: str
    properties: dict[int, dict[str, str]] = Field(
        description="of lines: what is engraved, which colour the ribbon has"
    )

    @classmethod
    def of_work(cls, work: Any) -> WorkView:
        order = work.order
        lines = (order.line(no) for no in work.part.lines)
        return cls(
            **cls.facts(work.part, work.products),
            channel=work.channel,
            external_id=work.external_id,
            customer=work.customer,
            number=order.known_as,
            note=order.note,
            gift_message=order.gift_message,
            properties={line.no: dict(line.properties) for line in lines if line.properties},
        )


class WorkPage(View):
    items: list[WorkView]
    next: str | None

    @classmethod
    def of(cls, found: list[Any], following: str | None) -> WorkPage:
        return cls(items=[WorkView.of_work(work) for work in found], next=following)


class LabelView(View):
    package: int
    tracking: str
    expires_in_s: int
    pdf: str
    zpl: str


class LabelsView(View):
    labels: list[LabelView]


class ActionAnswer(View):
    """`result` of what was done, or the `problem` (RFC 9457) of what was not."""

    order_id: str
    part: int
    action: str
    status: int
    result: FulfilmentOrderView | None = None
    problem: dict[str, Any] | None = None


class ActionsView(View):
    answers: list[ActionAnswer]


class TrackedView(View):
    """How many scans we took, news or not, and how many are about no parcel of ours."""

    accepted: int
    not_ours: int


def _line(part: FulfilmentOrder, no: int, products: dict[str, Any]) -> FulfilmentOrderLine:
    sku, which = part.skus[no], part.lines[no]
    product = products.get(sku)
    return FulfilmentOrderLine(
        line=no,
        sku=sku,
        quantity=len(which),
        units=units.text(which),
        name=product.name if product else "",
        barcode=product.barcode if product else "",
    )


def _package(package: Package) -> FulfilmentPackageView:
    return FulfilmentPackageView(
        number=package.number,
        weight_g=package.weight_g,
        length_mm=package.length_mm,
        width_mm=package.width_mm,
        height_mm=package.height_mm,
        tracking=package.tracking,
        carrier=package.carrier,
        tracking_status=package.scan,
    )
