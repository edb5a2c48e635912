"""The HTTP edge: one request in, one use case, one answer out. Errors become RFC 9457 problems."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..domain.errors import Forbidden, LimitExceeded, NotFound, OmsError, ValidationFailed
from ..domain.ids import ALPHABET, ORDER_ID_LENGTH
from ..domain.limits import MAX_BODY_BYTES, MAX_PATH_VALUE_LENGTH
from ..observability import fault, logger

PROBLEM_BASE = "https://oms.example/problems/"
ORDER_ID = re.compile(f"[{ALPHABET}]{{{ORDER_ID_LENGTH}}}")
STOREFRONT, STAFF, SERVICE, OPS = "oms/storefront", "oms/staff", "oms/service", "oms/ops"
CODES = "oms/codes"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who calls: subject, scopes, and for staff the nodes they work at."""

    subject: str
    scopes: frozenset[str] = frozenset()
    nodes: frozenset[str] = frozenset()

    def may_work_at(self, node: str) -> None:
        """Raises NotFound, so that other nodes' parts do not even show that they exist."""
        if SERVICE in self.scopes or OPS in self.scopes or node in self.nodes:
            return
        raise NotFound("there is no such part at your node")

    @property
    def actor(self) -> str:
        return self.subject or "anonymous"


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
        principal=_principal(event),
        route=str(event.get("routeKey", "")),
    )


def _path(given: Mapping[str, str]) -> Mapping[str, str]:
    """Raises NotFound for what can name nothing of ours, without asking the database."""
    if any(len(value) > MAX_PATH_VALUE_LENGTH for value in given.values()):
        raise NotFound("there is no such thing")
    if "order_id" in given and not ORDER_ID.fullmatch(given["order_id"]):
        raise NotFound("there is no such order")
    return given


def _principal(event: Mapping[str, Any]) -> Principal:
    jwt = event.get("requestContext", {}).get("authorizer", {}).get("jwt", {})
    claims = jwt.get("claims") or {}
    scopes = str(claims.get("scope", "")).split() or list(jwt.get("scopes") or [])
    # API Gateway turns a list claim into the text "[a b]"
    nodes = str(claims.get("nodes", "")).strip("[]").replace(",", " ").split()
    return Principal(str(claims.get("sub", "")), frozenset(scopes), frozenset(nodes))


def require(principal: Principal, *scopes: str) -> None:
    """Beside the authorizer: any one of the scopes."""
    if not principal.scopes & set(scopes):
        raise Forbidden("the token lacks the scope for this", needed=sorted(scopes))


def _answer(response: Response) -> dict[str, Any]:
    headers = {"content-type": "application/json", **response.headers}
    body = response.body if isinstance(response.body, str) else json.dumps(response.body)
    if response.body is None:
        body = ""
    return {"statusCode": response.status, "headers": headers, "body": body}


def problem(error: OmsError) -> dict[str, Any]:
    """RFC 9457: the type is the error class, `errors` names the fields as JSON pointers."""
    name = type(error).__name__
    body: dict[str, Any] = {
        "type": PROBLEM_BASE + name,
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
    }
    if error.fields:
        body["errors"] = [{"pointer": k, "detail": v} for k, v in error.fields.items()]
    body |= {key: value for key, value in error.extra.items() if key not in body}
    logger.info("refused", extra={"problem": name, "status": error.status})
    headers = {"content-type": "application/problem+json"}
    if error.status == 503:
        headers["retry-after"] = "1"
    return {
        "statusCode": error.status,
        "headers": headers,
        "body": json.dumps(body, default=str),
    }


def _no_constant(text: str) -> None:
    raise ValueError(f"{text} is not JSON")
