"""Buy a label for every package, keep its PDF and ZPL, then let the part be ready to ship.

What is collected at a store and lies elsewhere is labelled to the store; it stays packed, and the
customer hears nothing until it is ready there.

The packed part is the intent and names the label requests, so doing it again after a crash
finds the labels that were bought; the documents are written over with the same content.
"""

from __future__ import annotations

from ...domain.errors import IllegalTransition, ValidationFailed
from ...domain.model.carriage import level
from ...domain.model.fulfilment import FulfilmentOrder, Package
from ...domain.model.order import OrderSnapshot
from ...domain.model.shipping import Label, LabelRequest, Parcel
from ...domain.preparing import steps
from ...domain.preparing.tracking import label_request_id
from ...ports import ConfigReader
from .command import PartCommand
from .deps import Preparing
from .move_part import free_to_leave, led_by, move_part

FORMATS = {"pdf": "application/pdf", "zpl": "application/zpl"}


def label_part(command: PartCommand, *, deps: Preparing) -> FulfilmentOrder:
    def step(part: FulfilmentOrder) -> steps.Step:
        part.moved("label_transfer" if part.travels else "label")  # before anything is bought
        free_to_leave(part, deps)
        labels = {}
        requests = _requests(part, deps)
        for request in requests:
            deps.printer.check(request)  # before anything is bought
        for request in requests:
            label = deps.carrier.buy_label(request)
            _keep(part, request, label, deps)
            labels[request.parcel.number] = label
        keys = {package: document_key(part, package, "pdf") for package in labels}
        return steps.label(part, labels, keys)

    return move_part(command, step, done=led_by("label", "label_transfer"), deps=deps)


def document_key(part: FulfilmentOrder, package: int, kind: str) -> str:
    return f"labels/{part.order_id}/{part.number}-{package}.{kind}"


def _keep(part: FulfilmentOrder, request: LabelRequest, label: Label, deps: Preparing) -> None:
    printer = deps.printer
    bodies = {"pdf": printer.pdf(request, label), "zpl": printer.zpl(request, label)}
    for kind, body in bodies.items():
        deps.documents.put(document_key(part, request.parcel.number, kind), body, FORMATS[kind])


def _requests(part: FulfilmentOrder, deps: Preparing) -> list[LabelRequest]:
    snapshot = deps.orders.get(part.order_id).snapshot
    return [_request(part, package, snapshot, deps.config) for package in part.packages]


def _request(
    part: FulfilmentOrder, package: Package, snapshot: OrderSnapshot, config: ConfigReader
) -> LabelRequest:
    recipient = config.node(part.to).address if part.travels else snapshot.ship_to
    if recipient is None:
        raise IllegalTransition("the order has no address to ship to")
    if not recipient.line1.strip():
        raise ValidationFailed("the address has no street", fields={"/ship_to/line1": "missing"})
    return LabelRequest(
        id=label_request_id(part, package.number),
        order_id=part.order_id,
        carrier=_carrier(level(snapshot.service), config),
        service=level(snapshot.service),
        sender=config.node(part.node).address,
        recipient=recipient,
        parcel=Parcel(
            number=package.number,
            weight_g=package.weight_g,
            length_mm=package.length_mm,
            width_mm=package.width_mm,
            height_mm=package.height_mm,
        ),
        reference=snapshot.known_as,
        parcels=len(part.packages),
    )


def _carrier(service: str, config: ConfigReader) -> str:
    """Who runs the service that the customer chose."""
    return next((s.carrier for s in config.services() if s.service == service), "")
