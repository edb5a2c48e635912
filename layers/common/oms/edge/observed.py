"""The decorator that every handler carries: what was called, for which order, how it ended.

One line for each HTTP request, task and scheduled run. Messages and stream records have a line
each from `queues` and `streams`. A line holds ids, outcome words and durations, nothing personal.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from ..observability import about, correlate, correlation_id, logger
from .lines import OK, line, order_id, well_formed

Handler = Callable[[dict[str, Any], Any], Any]

HEADER = "x-correlation-id"
LOCATION = "/orders/"  # of an order that was placed
UNUSED = ("function_arn", "function_memory_size")  # of what Powertools adds to each line


def observed(handler: Handler) -> Handler:
    """Adds the Lambda context and the correlation id to all lines; writes the line of a call."""

    @wraps(handler)
    def call(event: dict[str, Any], context: Any) -> Any:
        logger.remove_keys(UNUSED)
        if "routeKey" in event:
            return _request(handler, event, context)
        if "task" in event:
            return _task(handler, event, context)
        if "Records" in event:
            return handler(event, context)
        return _run(handler, event, context)

    invoke: Handler = logger.inject_lambda_context(call, clear_state=True)
    return invoke


def _request(handler: Handler, event: dict[str, Any], context: Any) -> Any:
    request_id = str((event.get("requestContext") or {}).get("requestId", ""))
    correlate(_asked(event) or well_formed(request_id) or well_formed(context.aws_request_id))
    if order := order_id((event.get("pathParameters") or {}).get("order_id")):
        about(order_id=order)
    with line("request", route=event["routeKey"], request_id=request_id) as said:
        answer = handler(event, context)
        answer["headers"] = {**(answer.get("headers") or {}), HEADER: correlation_id()}
        said |= _answered(answer)
    return answer


def _asked(event: Mapping[str, Any]) -> str:
    """The id that the caller gave. API Gateway passes header names in lower case."""
    headers = event.get("headers") or {}
    return well_formed(next((v for k, v in headers.items() if k.lower() == HEADER), ""))


def _answered(answer: Mapping[str, Any]) -> dict[str, Any]:
    """A refusal is named by its problem type (RFC 9457)."""
    status = answer["statusCode"]
    said = {"status": status, "outcome": OK if status < 400 else _problem(answer)}
    if placed := order_id(str(answer["headers"].get("location", "")).removeprefix(LOCATION)):
        said["order_id"] = placed
    return said


def _problem(answer: Mapping[str, Any]) -> str:
    try:
        return str(json.loads(answer["body"])["type"]).rpartition("/")[2]
    except (KeyError, TypeError, ValueError):
        return f"HTTP{answer['statusCode']}"


def _task(handler: Handler, event: dict[str, Any], context: Any) -> Any:
    """A task of an execution. Its outcome is data; a fault is raised for the execution to retry."""
    correlate(well_formed(event.get("correlation_id")))
    if order := event.get("order_id"):
        about(order_id=order)
    number = {"number": event["number"]} if "number" in event else {}
    with line("task", task=event["task"], **number) as said:
        answer = handler(event, context)
        said |= _figures(answer)
    return answer


def _run(handler: Handler, event: dict[str, Any], context: Any) -> Any:
    """A call by a schedule, by ourselves, or by a service that waits for the answer."""
    correlate(well_formed(context.aws_request_id))
    with line("run") as said:
        answer = handler(event, context)
        said |= _figures(answer)
    return answer


def _figures(answer: Any) -> dict[str, Any]:
    """The outcome, and how often what was done."""
    known = answer if isinstance(answer, Mapping) else {}
    figures = {name: n for name, n in known.items() if type(n) is int}
    return {"outcome": known.get("outcome", OK)} | ({"figures": figures} if figures else {})
