"""What a node has to do, and one part of it in detail."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.purchases import PurchaseView
from oms.contracts.staff import LabelsView, LabelView, WorkPage, WorkView
from oms.edge import cursor as cursors
from oms.edge.api import Router
from oms.edge.params import Cursor, Limit, Name, OrderId, PartNumber
from oms.edge.principal import SERVICE, STAFF, Caller, any_of
from oms.usecases.preparing import list_work as work
from oms.usecases.preparing.deps import Preparing
from oms.usecases.preparing.view_purchase import view_purchase
from oms.wiring.preparing import preparing

router = Router()
Deps = Annotated[Preparing, Depends(preparing)]
PART = "/orders/<order_id>/fulfilment-orders/<part>"
FOR_STAFF = any_of(STAFF, SERVICE)
TAGS = ["fulfilment orders"]


@router.get(
    "/nodes/<node>/work",
    operation_id="listWork",
    summary="Open fulfilment orders of a node, oldest first",
    tags=TAGS,
    security=FOR_STAFF,
)
def list_work(
    node: Name, caller: Caller, deps: Deps, limit: Limit = 20, cursor: Cursor = ""
) -> WorkPage:
    start = cursors.decode(cursor, index="gn", of=node)
    found, following = work.list_work(node, worker=caller, limit=limit, start=start, deps=deps)
    return WorkPage.of(found, cursors.encode(following))


@router.get(
    PART,
    operation_id="getFulfilmentOrder",
    summary="One fulfilment order",
    tags=TAGS,
    security=FOR_STAFF,
)
def get_part(order_id: OrderId, part: PartNumber, caller: Caller, deps: Deps) -> WorkView:
    return WorkView.of_work(work.get_part(order_id, part, worker=caller, deps=deps))


@router.get(
    f"{PART}/purchase-order",
    operation_id="getDropShipment",
    summary="A drop-shipper's fulfilment order as a purchase order: contents, address, status",
    tags=TAGS,
    security=FOR_STAFF,
)
def get_purchase(order_id: OrderId, part: PartNumber, caller: Caller, deps: Deps) -> PurchaseView:
    return PurchaseView.of(view_purchase(order_id, part, worker=caller, deps=deps))


@router.get(
    f"{PART}/labels",
    operation_id="getLabels",
    summary="Links to the labels of a fulfilment order",
    tags=TAGS,
    security=FOR_STAFF,
)
def get_labels(order_id: OrderId, part: PartNumber, caller: Caller, deps: Deps) -> LabelsView:
    found = work.get_labels(order_id, part, worker=caller, deps=deps)
    return LabelsView(labels=[LabelView.model_validate(each) for each in found])
