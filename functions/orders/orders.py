"""Orders as their readers see them, and what customers do with them."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends, Response

from oms.contracts.order_actions import (
    CancelAnswer,
    CancelOrderBody,
    MessagesAnswer,
    OrdersPage,
    OrdersQuery,
)
from oms.contracts.order_shown import order_view
from oms.contracts.order_view import OrderView
from oms.domain.orders import reader_view as reader
from oms.domain.orders.reader_view import ReaderView
from oms.edge import cursor as cursors
from oms.edge.api import Router
from oms.edge.params import Cursor, Limit, OrderId
from oms.edge.principal import OPS, SERVICE, STAFF, STOREFRONT, Caller, Principal, any_of
from oms.edge.query import query_of
from oms.usecases.changing.apply_change import apply_change
from oms.usecases.serving import cancel_order as cancelling
from oms.usecases.serving import list_orders as listing
from oms.usecases.serving.deps import Serving
from oms.usecases.serving.view_order import view_order
from oms.wiring.serving import serving

from .changes import change_request

router = Router()
Deps = Annotated[Serving, Depends(serving)]
OrdersFilter = Annotated[OrdersQuery, Depends(query_of(OrdersQuery, besides={"limit", "cursor"}))]
ORDER = "/orders/<order_id>"
FOR_SHOPPERS = any_of(STOREFRONT, SERVICE)
TAGS = ["orders"]
PRIVATE = {"cache-control": "private, no-store"}
# the most that any of the scopes allows; staff when nothing else
READERS = ((SERVICE, reader.SERVICE), (OPS, reader.SERVICE), (STOREFRONT, reader.CUSTOMER))


@router.get(
    ORDER,
    operation_id="getOrder",
    summary="An order with its parts, money and timeline, as far as the reader may see it",
    tags=TAGS,
    security=any_of(STOREFRONT, STAFF, SERVICE, OPS),
)
def get_order(order_id: OrderId, caller: Caller, deps: Deps) -> Response[OrderView]:
    return shown(view_order(order_id, reader=_reader(caller), nodes=caller.nodes, deps=deps))


def _reader(caller: Principal) -> str:
    return next((who for scope, who in READERS if scope in caller.scopes), reader.STAFF)


def shown(view: ReaderView) -> Response[OrderView]:
    return Response(
        status_code=200, content_type="application/json", body=order_view(view), headers=PRIVATE
    )


@router.get(
    "/orders",
    operation_id="listOrders",
    summary="A customer's orders, newest first",
    tags=TAGS,
    security=FOR_SHOPPERS,
)
def list_orders(
    filter_by: OrdersFilter, deps: Deps, limit: Limit = 20, cursor: Cursor = ""
) -> OrdersPage:
    start = cursors.decode(cursor, index="cu")
    found, following = listing.list_orders(
        filter_by.channel, filter_by.customer_id, limit=limit, start=start, deps=deps
    )
    return OrdersPage.of(found, cursors.encode(following))


@router.post(
    f"{ORDER}/cancel",
    operation_id="cancelOrder",
    summary="Cancel what has not left; nodes that work on it are asked",
    tags=TAGS,
    security=FOR_SHOPPERS,
)
def cancel_order(
    order_id: OrderId, body: CancelOrderBody, caller: Caller, deps: Deps
) -> CancelAnswer:
    if units := body.units():
        request = change_request(order_id, units, body, caller, ask_nodes=True)
        return CancelAnswer.of_change(*apply_change(request, deps))
    order = cancelling.cancel_order(
        order_id, body.reason, note=body.note, actor=caller.actor, deps=deps
    )
    return CancelAnswer.of(order)


@router.get(
    f"{ORDER}/messages",
    operation_id="listMessages",
    summary="What the customer was told",
    tags=TAGS,
    security=FOR_SHOPPERS,
)
def list_messages(order_id: OrderId, deps: Deps) -> MessagesAnswer:
    return MessagesAnswer.of(deps.orders.get(order_id).messages)
