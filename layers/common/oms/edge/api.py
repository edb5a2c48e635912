"""The HTTP edge: Powertools' Event Handler with validation. Errors become RFC 9457 problems.

Two things are ours (ADR 0036). The route is the one that API Gateway found, with the path's
values as it decoded them: Powertools would match the path once more and by fewer characters. And
a body is JSON whatever its content type says, an object, and not larger than our limit.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.api_gateway import ResponseBuilder, Route, Router
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.middlewares.openapi_validation import (
    OpenAPIRequestValidationMiddleware,
)

from ..domain.errors import LimitExceeded, NotFound, ValidationFailed
from ..domain.limits.aws import MAX_BODY_BYTES
from .problems import problem

__all__ = ["Api", "Router", "json_object", "raw_body"]


class Api(APIGatewayHttpResolver):
    """The routes of one function, from the routers of its subjects."""

    def __init__(self, *routers: Router) -> None:
        super().__init__(enable_validation=True)
        body = _JsonRequest()  # type: ignore[no-untyped-call, unused-ignore]
        self._request_validation_middleware = body
        self.exception_handler(Exception)(self._problem)
        self.not_found(self._no_route)
        for router in routers:
            self.include_router(router)
        self.by_key = {f"{route.method} {route.openapi_path}": route for route in self.routes}

    @property
    def routes(self) -> list[Route]:
        return [*self._static_routes, *self._dynamic_routes]

    def _resolve(self) -> ResponseBuilder[Any]:
        key = self.current_event.route_key
        route = self.by_key.get(key)
        if route is None:
            method, _, path = key.partition(" ")
            return self._handle_not_found(method, path)
        self.append_context(_route=route, _path=route.path)
        answer = self._call_route(route, dict(self.current_event.path_parameters))
        if answer.response.body is None:
            answer.response.body = ""  # else it would be the JSON text "null"
        return answer

    def _problem(self, error: Exception) -> Response[str]:
        return problem(error, route=self.current_event.route_key)

    def _no_route(self, _: NotFoundError) -> Response[str]:
        return self._problem(NotFound(f"no such route: {self.current_event.route_key}"))


class _JsonRequest(OpenAPIRequestValidationMiddleware):
    def _get_body(self, app: Any) -> dict[str, Any]:
        return json_object(raw_body(app.current_event.raw_event))


def raw_body(event: Mapping[str, Any]) -> bytes:
    text = event.get("body") or ""
    return base64.b64decode(text) if event.get("isBase64Encoded") else text.encode(errors="replace")


def json_object(raw: bytes, most: int = MAX_BODY_BYTES) -> dict[str, Any]:
    """A body as a JSON object; none is an empty one. Raises LimitExceeded, ValidationFailed."""
    if len(raw) > most:
        raise LimitExceeded(f"the body is larger than {most} bytes")
    try:
        found = json.loads(raw or b"{}", parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ValidationFailed("the body is not valid JSON", fields={"": "JSON"}) from error
    if not isinstance(found, dict):
        raise ValidationFailed("the body is not an object", fields={"": "a JSON object"})
    return found


def _no_constant(text: str) -> None:
    raise ValueError(f"{text} is not JSON")
