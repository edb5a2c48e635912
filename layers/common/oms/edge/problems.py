"""Errors as RFC 9457 problems: the type is the error's class, `errors` names the fields."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from ..contracts.parse import MAX_FIELDS, pointer
from ..domain.errors import NotFound, OmsError, ValidationFailed
from ..observability import fault, logger

PROBLEM_BASE = "https://oms.example/problems/"
CONTENT_TYPE = "application/problem+json"
FIELD_OF_HEADER: dict[int | str, str] = {"idempotency-key": "key"}
UNEXPECTED_ERROR = "an unexpected error; it was logged"
# What a value in the path names, where it can name nothing of ours.
MISSING = {
    "order_id": "there is no such order",
    "part": "there is no such part at your node",
}


def document(error: OmsError) -> dict[str, Any]:
    """The problem; `errors` has a JSON pointer for each field that is wrong."""
    found: dict[str, Any] = {
        "type": PROBLEM_BASE + type(error).__name__,
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
    }
    if error.fields:
        found["errors"] = [{"pointer": k, "detail": v} for k, v in error.fields.items()]
    return found | {key: value for key, value in error.extra.items() if key not in found}


def known(error: Exception, **ids: object) -> OmsError:
    """What the caller is told. A failure of ours is logged here, with `ids`."""
    if isinstance(error, RequestValidationError):
        error = refused(error.errors())
    if not isinstance(error, OmsError):
        fault(error, **ids)
        return OmsError(UNEXPECTED_ERROR)
    if error.status >= 500:
        fault(error, **ids)
    logger.info("refused", extra={"problem": type(error).__name__, "status": error.status})
    return error


def refused(details: Iterable[Mapping[str, Any]]) -> Exception:
    """What is wrong with a request. What the path names and cannot be is not found."""
    details = list(details)
    places = {detail["loc"][0]: detail["loc"] for detail in details}
    if "response" in places:  # never with the values: they are a customer's
        where = ", ".join(sorted({pointer(detail["loc"][1:]) for detail in details}))
        return RuntimeError(f"the answer breaks its contract: {where}")
    if "path" in places:
        return NotFound(MISSING.get(str(places["path"][1]), "there is no such thing"))
    fields: dict[str, str] = {}
    for detail in details[:MAX_FIELDS]:
        fields.setdefault(_pointer(detail["loc"]), detail["msg"])
    return ValidationFailed(f"{len(details)} fields are not valid", fields=fields)


def _pointer(location: tuple[int | str, ...]) -> str:
    """Of a field, a query parameter, or the field that a header stands for."""
    place, *rest = location
    return pointer(
        tuple(FIELD_OF_HEADER.get(step, step) if place == "header" else step for step in rest)
    )


def problem(error: Exception, **ids: object) -> Response[str]:
    problem_of = known(error, **ids)
    return Response(
        status_code=problem_of.status,
        content_type=CONTENT_TYPE,
        headers={"retry-after": "1"} if problem_of.status == 503 else {},
        body=json.dumps(document(problem_of), default=str),
    )
