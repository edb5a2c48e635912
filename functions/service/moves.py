"""Customer service gives a part that no node has accepted to another node."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.rerouting import MoveBody
from oms.contracts.staff import FulfilmentOrderView
from oms.edge.api import Router
from oms.edge.params import OrderId, PartNumber
from oms.edge.principal import OPS, SERVICE, Caller, any_of
from oms.usecases.preparing.command import PartCommand
from oms.usecases.rerouting.deps import Rerouting
from oms.wiring.rerouting import rerouting

router = Router()
Deps = Annotated[Rerouting, Depends(rerouting)]


@router.post(
    "/orders/<order_id>/fulfilment-orders/<part>/move",
    operation_id="moveFulfilmentOrder",
    summary="Give a fulfilment order that no node has accepted to a node of your choice",
    tags=["fulfilment orders"],
    security=any_of(SERVICE, OPS),
)
def move(
    order_id: OrderId, part: PartNumber, body: MoveBody, caller: Caller, deps: Deps
) -> FulfilmentOrderView:
    from oms.usecases.rerouting.move_to_node import move_to_node  # the engine: when asked

    command = PartCommand(order_id, part, caller, body.version)
    moved = move_to_node(command, node=body.node, note=body.note, override=body.override, deps=deps)
    return FulfilmentOrderView.of(moved)
