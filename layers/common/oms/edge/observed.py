"""The decorator that every handler carries: what was called, for which order, how it ended.

One line for each HTTP request, task and scheduled run. Messages and stream records have a line
each from `batches`. A line holds ids, outcome words and durations, nothing personal.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from ..domain.ids import ALPHABET, ORDER_ID_LENGTH
from ..observability import about, correlate, correlation_id, logger

Handler = Callable[[dict[str, Any], Any], Any]
Line = dict[str, Any]

HEADER = "x-correlation-id"
WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._=-]{0,63}")
ORDER_ID = re.compile(f"[{ALPHABET}]{{{ORDER_ID_LENGTH}}}")
LOCATION = "/orders/"  # of an order that was placed
UNUSED = ("function_arn", "function_memory_size")  # of what Powertools adds to each line
OK = "OK"


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
    path = event.get("pathParameters") or {}
    if ORDER_ID.fullmatch(path.get("order_id", "")):
        about(order_id=path["order_id"])
    line = {"route": event["routeKey"], "request_id": request_id}
    with_duration = _timed()
    answer = handler(event, context)
    answer["headers"] = {**(answer.get("headers") or {}), HEADER: correlation_id()}
    logger.info("request", extra=with_duration(line | _answered(answer)))
    return answer


def _asked(event: Mapping[str, Any]) -> str:
    """The id that the caller gave. API Gateway passes header names in lower case."""
    headers = event.get("headers") or {}
    return well_formed(next((v for k, v in headers.items() if k.lower() == HEADER), ""))


def well_formed(text: object) -> str:
    """The text if it can be a correlation id, else ""."""
    return text if isinstance(text, str) and WELL_FORMED.fullmatch(text) else ""


def _answered(answer: Mapping[str, Any]) -> Line:
    """A refusal is named by its problem type (RFC 9457)."""
    status = answer["statusCode"]
    said: Line = {"status": status, "outcome": OK if status < 400 else _problem(answer)}
    location = str(answer["headers"].get("location", ""))
    if ORDER_ID.fullmatch(location.removeprefix(LOCATION)):
        said["order_id"] = location.removeprefix(LOCATION)
    return said


def _problem(answer: Mapping[str, Any]) -> str:
    try:
        return str(json.loads(answer["body"])["type"]).rpartition("/")[2]
    except (KeyError, TypeError, ValueError):
        return f"HTTP{answer['statusCode']}"


def _task(handler: Handler, event: dict[str, Any], context: Any) -> Any:
    """A task of an execution. Its outcome is data; a fault is raised for the execution to retry."""
    correlate(well_formed(event.get("correlation_id")))
    if order_id := event.get("order_id"):
        about(order_id=order_id)
    line = {"task": event["task"]}
    if "number" in event:
        line["number"] = event["number"]
    return _logged("task", line, handler, event, context)


def _run(handler: Handler, event: dict[str, Any], context: Any) -> Any:
    """A call by a schedule, by ourselves, or by a service that waits for the answer."""
    correlate(well_formed(context.aws_request_id))
    return _logged("run", {}, handler, event, context)


def _logged(kind: str, line: Line, handler: Handler, event: dict[str, Any], context: Any) -> Any:
    with_duration = _timed()
    try:
        answer = handler(event, context)
    except Exception as error:
        logger.info(kind, extra=with_duration(line | {"outcome": type(error).__name__}))
        raise
    logger.info(kind, extra=with_duration(line | _figures(answer)))
    return answer


def _figures(answer: Any) -> Line:
    """The outcome, and how often what was done."""
    said = answer if isinstance(answer, Mapping) else {}
    figures = {name: n for name, n in said.items() if type(n) is int}
    return {"outcome": said.get("outcome", OK)} | ({"figures": figures} if figures else {})


def _timed() -> Callable[[Line], Line]:
    began = time.monotonic()
    return lambda line: line | {"duration_ms": round((time.monotonic() - began) * 1000)}
