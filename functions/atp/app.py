"""Availability: delivery methods with their dates, for a product page or a cart."""

from __future__ import annotations

from typing import Any

from oms.domain.promising.promise import LOW
from oms.edge.budget import Budget
from oms.edge.http import Request, Response, Route, serve
from oms.observability import count, logger
from oms.wiring import live


def for_product(request: Request) -> Response:
    from oms.contracts.availability import AvailabilityQuery
    from oms.contracts.parse import parse

    return _answer(parse(AvailabilityQuery, dict(request.query)))


def for_cart(request: Request) -> Response:
    from oms.contracts.availability import AvailabilityRequest
    from oms.contracts.parse import parse

    return _answer(parse(AvailabilityRequest, request.json()))


def _answer(asked: Any) -> Response:
    from oms.contracts.availability import AvailabilityAnswer
    from oms.usecases.placing.quote_availability import quote_availability

    deps = live()
    quote = quote_availability(
        asked.to_domain(),
        stock=deps.stock,
        config=deps.config,
        now=deps.now(),
        in_time=Budget(deps.quote_budget_s),
    )
    if quote.confidence == LOW:
        count("QuotesInDoubt")
    return Response(body=AvailabilityAnswer.of(quote).model_dump(mode="json"))


ROUTES: dict[str, Route] = {
    "GET /availability": for_product,
    "POST /availability": for_cart,
}


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return serve(event, ROUTES)
