"""Callers of the HTTP API: storefront, customer service, node staff, the carrier.

The API's authorizer is kept: a route is called with one of its scopes. A caller who gets no answer,
or one of our own failures, sends the same request again.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from tools.http_routes import HttpRoute, http_routes

from .world import World

MAX_CALLS = 5


@cache
def routes() -> dict[str, HttpRoute]:
    return {route.key: route for route in http_routes()}


def call(
    world: World,
    key: str,
    body: Any = None,
    *,
    scope: str = "",
    nodes: str = "",
    headers: dict[str, str] | None = None,
    **path: Any,
) -> tuple[int, Any]:
    """Status and body of `key` ("POST /orders"), `path` filled in."""
    route = routes()[key]
    assert route.public or scope in route.scopes, f"{scope} may not {key}"
    event = request(route, body, scope, nodes, headers or {}, path)
    for _ in range(MAX_CALLS):
        answer = world.persist(route.function, event)
        if answer["statusCode"] < 500:
            break
    text = answer["body"]
    return answer["statusCode"], json.loads(text) if text else None


def ok(world: World, key: str, body: Any = None, **more: Any) -> Any:
    status, answer = call(world, key, body, **more)
    assert status < 300, f"{key}: {status} {answer}; {world.died}"
    return answer


def request(
    route: HttpRoute,
    body: Any,
    scope: str,
    nodes: str,
    headers: dict[str, str],
    path: dict[str, Any],
) -> dict[str, Any]:
    """As API Gateway shapes it: payload format 2.0."""
    claims = {"sub": f"{scope.rpartition('/')[2]}-1", "scope": scope, "nodes": f"[{nodes}]"}
    authorizer = {} if route.public else {"authorizer": {"jwt": {"claims": claims}}}
    named = {name: str(value) for name, value in path.items()}
    return {
        "version": "2.0",
        "routeKey": route.key,
        "rawPath": route.path.format(**named),
        "rawQueryString": "",
        "headers": {"content-type": "application/json", **headers},
        "pathParameters": named,
        "requestContext": {"http": {"method": route.method, "path": route.path}, **authorizer},
        "body": body if isinstance(body, str) else json.dumps(body),
        "isBase64Encoded": False,
    }
