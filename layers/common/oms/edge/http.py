"""The HTTP edge of functions that `edge.api` does not serve yet."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..domain.errors import LimitExceeded, NotFound, OmsError, ValidationFailed
from ..domain.ids import ALPHABET, ORDER_ID_LENGTH
from ..domain.limits.aws import MAX_BODY_BYTES, MAX_PATH_VALUE_LENGTH
from ..observability import fault, logger
from .principal import CODES as CODES
from .principal import OPS as OPS
from .principal import SERVICE as SERVICE
from .principal import STAFF as STAFF
from .principal import STOREFRONT as STOREFRONT
from .principal import Principal as Principal
from .principal import principal_of
from .principal import require as require
from .problems import document

ORDER_ID = re.compile(f"[{ALPHABET}]{{{ORDER_ID_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Request:
    path: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]  # lower-case names
    raw: bytes
    principal: Principal
    route: str = ""

    def json(self) -> Any:
        """The body as JSON; raises ValidationFailed."""
        if len(self.raw) > MAX_BODY_BYTES:
            raise LimitExceeded(f"the body is larger than {MAX_BODY_BYTES} bytes")
        try:
            return json.loads(self.raw or b"{}", parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            raise ValidationFailed("the body is not valid JSON", fields={"": "JSON"}) from error


@dataclass(frozen=True, slots=True)
class Response:
    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


Route = Callable[[Request], Response]


def serve(event: Mapping[str, Any], routes: Mapping[str, Route]) -> dict[str, Any]:
    """Answer an HTTP API (payload 2.0) event by its route key."""
    route = str(event.get("routeKey", ""))
    try:
        handler = routes.get(route)
        if handler is None:
            raise NotFound(f"no such route: {route}")
        return _answer(handler(_request(event)))
    except OmsError as error:
        if error.status >= 500:
            fault(error, route=route)
        return problem(error)
    except Exception as error:  # the last line: a caller gets a problem, we get the stack
        fault(error, route=route)
        return problem(OmsError("an unexpected error; it was logged"))


def _request(event: Mapping[str, Any]) -> Request:
    text = event.get("body") or ""
    raw = base64.b64decode(text) if event.get("isBase64Encoded") else text.encode(errors="replace")
    return Request(
        path=_path(event.get("pathParameters") or {}),
        query=event.get("queryStringParameters") or {},
        headers={name.lower(): value for name, value in (event.get("headers") or {}).items()},
        raw=raw,
        principal=principal_of(event),
        route=str(event.get("routeKey", "")),
    )


def _path(given: Mapping[str, str]) -> Mapping[str, str]:
    """Raises NotFound for what can name nothing of ours, without asking the database."""
    if any(len(value) > MAX_PATH_VALUE_LENGTH for value in given.values()):
        raise NotFound("there is no such thing")
    if "order_id" in given and not ORDER_ID.fullmatch(given["order_id"]):
        raise NotFound("there is no such order")
    return given


def _answer(response: Response) -> dict[str, Any]:
    headers = {"content-type": "application/json", **response.headers}
    body = response.body if isinstance(response.body, str) else json.dumps(response.body)
    if response.body is None:
        body = ""
    return {"statusCode": response.status, "headers": headers, "body": body}


def problem(error: OmsError) -> dict[str, Any]:
    logger.info("refused", extra={"problem": type(error).__name__, "status": error.status})
    headers = {"content-type": "application/problem+json"}
    if error.status == 503:
        headers["retry-after"] = "1"
    body = json.dumps(document(error), default=str)
    return {"statusCode": error.status, "headers": headers, "body": body}


def _no_constant(text: str) -> None:
    raise ValueError(f"{text} is not JSON")
