"""Availability: delivery methods with their dates, for a product page or a cart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oms.domain.promising.promise import LOW
from oms.edge.budget import Budget
from oms.edge.http import Request, Response, Route, serve
from oms.edge.observed import observed
from oms.observability import count
from oms.wiring.quoting import quoting
from oms.wiring.reserving import reserving

if TYPE_CHECKING:
    from oms.domain.quoting.quote import Quote, QuoteRequest
    from oms.domain.reserving.reservation import Reservation
    from oms.usecases.quoting.hold_quote import HoldWish

ANSWER_WITHIN_S = 9.0  # the function has ten seconds; a quote has a budget of its own


def for_product(request: Request) -> Response:
    from oms.contracts.availability import AvailabilityAnswer, AvailabilityQuery
    from oms.contracts.parse import parse

    asked = parse(AvailabilityQuery, dict(request.query)).to_domain()
    return Response(body=AvailabilityAnswer.of(_quote(asked)).model_dump(mode="json"))


def for_cart(request: Request) -> Response:
    from oms.contracts.availability import AvailabilityAnswer, AvailabilityRequest
    from oms.contracts.parse import parse

    in_time = Budget(ANSWER_WITHIN_S)
    body = parse(AvailabilityRequest, request.json())
    asked, wish = body.to_domain(), body.wish
    quote = _quote(asked)
    held = _hold(asked, quote, wish, request.principal.actor, in_time) if wish else None
    return Response(body=AvailabilityAnswer.of(quote, held).model_dump(mode="json"))


def _quote(asked: QuoteRequest) -> Quote:
    from oms.usecases.quoting.quote_availability import quote_availability

    quote = quote_availability(asked, quoting())
    if quote.confidence == LOW:
        count("QuotesInDoubt")
    return quote


def _hold(
    asked: QuoteRequest, quote: Quote, wish: HoldWish, actor: str, in_time: Budget
) -> Reservation | None:
    from oms.usecases.quoting.hold_quote import hold_quote

    return hold_quote(asked, quote, wish, actor=actor, deps=reserving(), in_time=in_time)


ROUTES: dict[str, Route] = {
    "GET /availability": for_product,
    "POST /availability": for_cart,
}


@observed
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return serve(event, ROUTES)
