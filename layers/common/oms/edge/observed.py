"""The decorator that every handler carries: what was called, for which order, how it ended.

One line for each HTTP request, task and scheduled run. Messages and stream records have a line
each from `queues` and `streams`. A line holds ids, outcome words and durations, nothing personal.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any

from ..domain.ids import ALPHABET, ORDER_ID_LENGTH
from ..observability import about, correlate, correlation_id, logger

Handler = Callable[[dict[str, Any], Any], Any]

HEADER = "x-correlation-id"
LOCATION = "/orders/"  # of an order that was placed
UNUSED = ("function_arn", "function_memory_size")  # of what Powertools adds to each line
OK = "OK"
WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._=-]{0,39}")
ORDER_ID = re.compile(f"[{ALPHABET}]{{{ORDER_ID_LENGTH}}}")


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
    headers = event.get("headers") or {}  # API Gateway passes their names in lower case
    given = next((value for name, value in headers.items() if name.lower() == HEADER), "")
    asked = well_formed(given)
    correlate(asked or well_formed(request_id) or well_formed(context.aws_request_id))
    if order := order_id((event.get("pathParameters") or {}).get("order_id")):
        about(order_id=order)
    with line("request", route=event["routeKey"], request_id=request_id) as said:
        answer = handler(event, context)
        answer["headers"] = {**(answer.get("headers") or {}), HEADER: correlation_id()}
        status = answer["statusCode"]
        said |= {"status": status, "outcome": OK if status < 400 else _problem(answer)}
        if placed := order_id(str(answer["headers"].get("location", "")).removeprefix(LOCATION)):
            said["order_id"] = placed
    return answer


def _problem(answer: Mapping[str, Any]) -> str:
    """A refusal is named by its problem type (RFC 9457)."""
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


@contextmanager
def line(kind: str, **what: object) -> Iterator[dict[str, Any]]:
    """Writes one line when the block ends, with what the block has added to it.

    `outcome` is OK unless the block says otherwise, or the name of the error that ended it.
    """
    began = time.monotonic()
    said: dict[str, Any] = {**what, "outcome": OK}
    try:
        yield said
    except Exception as error:
        said["outcome"] = type(error).__name__
        raise
    finally:
        said["duration_ms"] = round((time.monotonic() - began) * 1000)
        logger.info(kind, extra=said)


@contextmanager
def one_of_many(correlation_id: object) -> Iterator[None]:
    """A message or record among others: its ids are in its own lines alone."""
    with logger.append_context_keys(order_id=None, correlation_id=None):
        correlate(well_formed(correlation_id))
        yield


def well_formed(text: object) -> str:
    """The text if it can be a correlation id, else ""."""
    return text if isinstance(text, str) and WELL_FORMED.fullmatch(text) else ""


def order_id(text: object) -> str:
    """The text if it can be an order's id, else ""."""
    return text if isinstance(text, str) and ORDER_ID.fullmatch(text) else ""
