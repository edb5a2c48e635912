"""What every operation of the HTTP API may answer beside its own answer: problems (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from oms.domain import errors
from oms.edge.problems import CONTENT_TYPE

Json = dict[str, Any]

JSON = "application/json"
STATUSES = (400, 401, 403, 404, 409, 413, 422, 429, 500, 503)
BY_THE_GATEWAY = {401, 403, 404, 429, 500, 503}
REF = "#/components/schemas/{model}"
SCHEMAS: Json = {
    "Problem": {
        "description": "RFC 9457. `type` ends with the name of the error.",
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["pointer", "detail"],
                    "properties": {
                        "pointer": {"type": "string", "description": "JSON pointer to the field"},
                        "detail": {"type": "string"},
                    },
                },
            },
        },
    },
    "GatewayMessage": {
        "description": "What API Gateway answers before our code runs.",
        "type": "object",
        "required": ["message"],
        "properties": {"message": {"type": "string"}},
    },
}


def answers() -> Json:
    """The components that operations refer to."""
    return {f"Problem{status}": _answer(status) for status in STATUSES}


def references() -> Json:
    """What each operation lists under `responses`."""
    return {str(s): {"$ref": f"#/components/responses/Problem{s}"} for s in STATUSES}


def _answer(status: int) -> Json:
    named = sorted(
        name
        for name, error in vars(errors).items()
        if isinstance(error, type) and getattr(error, "status", 0) == status and name != "OmsError"
    )
    content = {CONTENT_TYPE: {"schema": {"$ref": REF.format(model="Problem")}}}
    if status in BY_THE_GATEWAY:
        content[JSON] = {"schema": {"$ref": REF.format(model="GatewayMessage")}}
    phrase = HTTPStatus(status).phrase
    return {
        "description": f"{phrase}: {', '.join(named)}" if named else phrase,
        "content": content,
    }
