"""Stock as nodes report it: receipts, corrections, counts, feeds, supply; and reading it."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.stock import (
    AdjustmentBody,
    BookedView,
    CountBody,
    FeedBody,
    FeedView,
    HeatBody,
    ReceiptBody,
    StockItemView,
    StockView,
    SupplyBody,
)
from oms.edge.api import Router
from oms.edge.params import Name
from oms.edge.principal import OPS, SERVICE, STAFF, Caller, any_of
from oms.usecases.stocking.adjust_stock import adjust_stock
from oms.usecases.stocking.book_feed import book_feed
from oms.usecases.stocking.count_stock import count_stock
from oms.usecases.stocking.deps import Stocking
from oms.usecases.stocking.expect_supply import expect_supply
from oms.usecases.stocking.receive_stock import receive_stock
from oms.usecases.stocking.set_heat import set_heat
from oms.wiring.stocking import stocking

router = Router()
Deps = Annotated[Stocking, Depends(stocking)]
WRITERS = any_of(STAFF, OPS)
READERS = any_of(STAFF, OPS, SERVICE)
TAGS = ["stock"]


@router.get(
    "/stock/<sku>",
    operation_id="getStock",
    summary="Stock of a SKU at every node",
    tags=TAGS,
    security=READERS,
)
def get_stock(sku: Name, deps: Deps) -> StockView:
    return StockView(
        sku=sku, items=[StockItemView.of(each) for each in deps.stock.items.of_sku(sku)]
    )


@router.put(
    "/stock/<sku>/nodes/<node>/heat",
    operation_id="setHeat",
    summary="Say how a SKU at a node takes the rush of a sale",
    tags=TAGS,
    security=any_of(OPS),
)
def put_heat(sku: Name, node: Name, body: HeatBody, deps: Deps) -> StockItemView:
    return StockItemView.of(set_heat(sku, node, body.to_domain(), deps))


@router.post(
    "/stock/receipts",
    operation_id="receiveStock",
    summary="Book goods that arrived; the same id is booked once",
    tags=TAGS,
    security=WRITERS,
)
def post_receipt(body: ReceiptBody, caller: Caller, deps: Deps) -> BookedView:
    caller.may_work_at(body.node)
    return BookedView.of_report(receive_stock(body.to_domain(), caller.actor, deps))


@router.post(
    "/stock/adjustments",
    operation_id="adjustStock",
    summary="Correct stock by a difference, with its reason; the same id is booked once",
    tags=TAGS,
    security=WRITERS,
)
def post_adjustment(body: AdjustmentBody, caller: Caller, deps: Deps) -> BookedView:
    caller.may_work_at(body.node)
    return BookedView.of_report(adjust_stock(body.to_domain(), caller.actor, deps))


@router.post(
    "/stock/counts",
    operation_id="countStock",
    summary="Set stock to what was counted; the same id is booked once",
    tags=TAGS,
    security=WRITERS,
)
def post_count(body: CountBody, caller: Caller, deps: Deps) -> BookedView:
    caller.may_work_at(body.node)
    return BookedView.of_report(count_stock(body.to_domain(), caller.actor, deps))


@router.post(
    "/stock/supplies",
    operation_id="expectSupply",
    summary="Announce stock on its way; the same id is the same supply",
    tags=TAGS,
    security=WRITERS,
    status_code=204,
)
def post_supply(body: SupplyBody, caller: Caller, deps: Deps) -> None:
    caller.may_work_at(body.node)
    expect_supply(body.to_domain(), deps)


@router.post(
    "/stock/feeds",
    operation_id="feedStock",
    summary="Report up to 100 SKUs of a node at once, as counts or differences; lines stand alone",
    tags=TAGS,
    security=WRITERS,
)
def post_feed(body: FeedBody, caller: Caller, deps: Deps) -> FeedView:
    caller.may_work_at(body.node)
    return FeedView.of(book_feed(body.to_domain(), caller.actor, deps))
