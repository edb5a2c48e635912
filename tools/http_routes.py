"""The routes that functions answer, and what of them is deployed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Route

from oms.edge.api import Api

FUNCTIONS = Path(__file__).resolve().parent.parent / "functions"


@dataclass(frozen=True, slots=True)
class HttpRoute:
    """`public` routes have no authorizer: they authenticate by signature or link."""

    method: str
    path: str
    function: str
    scopes: tuple[str, ...]
    operation_id: str

    @property
    def key(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def public(self) -> bool:
        return not self.scopes


def apis() -> dict[str, Api]:
    """The API of each function that has one."""
    names = sorted(path.parent.name for path in FUNCTIONS.glob("*/app.py"))
    modules: dict[str, Any] = {name: import_module(f"functions.{name}.app") for name in names}
    found = {name: getattr(module, "app", None) for name, module in modules.items()}
    return {name: app for name, app in found.items() if isinstance(app, Api)}


def http_routes() -> tuple[HttpRoute, ...]:
    """By path and method. Raises ValueError where two answer one route or share an operation."""
    found = sorted(_served(), key=lambda route: (route.path, route.method))
    for names in ([route.key for route in found], [route.operation_id for route in found]):
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"defined twice: {', '.join(twice)}")
    return tuple(found)


def _served() -> Iterator[HttpRoute]:
    for function, api in apis().items():
        for route in api.routes:
            yield HttpRoute(
                route.method, route.openapi_path, function, _scopes(route), route.operation_id
            )


def _scopes(route: Route) -> tuple[str, ...]:
    return tuple(scope for way in route.security or () for scope in way["jwt"])
