"""Availability: delivery methods with their dates, for a product page or a cart."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.availability import AvailabilityAnswer, AvailabilityQuery, AvailabilityRequest
from oms.domain.promising.promise import LOW
from oms.domain.quoting.quote import Quote, QuoteRequest
from oms.edge.api import Router
from oms.edge.budget import Budget
from oms.edge.principal import SERVICE, STOREFRONT, Caller, any_of
from oms.edge.query import query_of
from oms.observability import count
from oms.usecases.quoting.deps import Quoting
from oms.usecases.quoting.hold_quote import hold_quote
from oms.usecases.quoting.quote_availability import quote_availability
from oms.usecases.reserving.deps import Reserving
from oms.wiring.quoting import quoting
from oms.wiring.reserving import reserving

router = Router()
Asked = Annotated[AvailabilityQuery, Depends(query_of(AvailabilityQuery))]
ToQuote = Annotated[Quoting, Depends(quoting)]
ToHold = Annotated[Reserving, Depends(reserving)]
FOR_SHOPPERS = any_of(STOREFRONT, SERVICE)
TAGS = ["availability"]
ANSWER_WITHIN_S = 9.0  # the function has ten seconds; a quote has a budget of its own


@router.get(
    "/availability",
    operation_id="getAvailability",
    summary="Delivery methods and dates of one product",
    tags=TAGS,
    security=FOR_SHOPPERS,
)
def get_availability(asked: Asked, deps: ToQuote) -> AvailabilityAnswer:
    return AvailabilityAnswer.of(_quote(asked.to_domain(), deps))


@router.post(
    "/availability",
    operation_id="quoteCart",
    summary="Delivery methods and dates of a cart",
    tags=TAGS,
    security=FOR_SHOPPERS,
)
def quote_cart(
    body: AvailabilityRequest, caller: Caller, deps: ToQuote, to_hold: ToHold
) -> AvailabilityAnswer:
    in_time, asked, held = Budget(ANSWER_WITHIN_S), body.to_domain(), None
    quote = _quote(asked, deps)
    if body.wish:
        held = hold_quote(
            asked, quote, body.wish, actor=caller.actor, deps=to_hold, in_time=in_time
        )
    return AvailabilityAnswer.of(quote, held)


def _quote(asked: QuoteRequest, deps: Quoting) -> Quote:
    quote = quote_availability(asked, deps)
    if quote.confidence == LOW:
        count("QuotesInDoubt")
    return quote
