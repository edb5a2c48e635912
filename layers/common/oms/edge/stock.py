"""Stock reports at the HTTP edge: parsed, and from somebody who works at the node."""

from __future__ import annotations

from typing import Any

from ..domain.errors import ValidationFailed
from ..domain.limits.aws import MAX_FILE_NAME_LENGTH
from .http import Request


def report(request: Request, contract: str) -> Any:
    """The body as `contracts.stock.<contract>`; raises NotFound for a foreign node."""
    from ..contracts import stock
    from ..contracts.parse import parse

    body = parse(getattr(stock, contract), request.json())
    request.principal.may_work_at(body.node)
    return body


def body_of(request: Request, module: str, contract: str) -> Any:
    """The body as `contracts.<module>.<contract>`, imported when first asked for."""
    from importlib import import_module

    from ..contracts.parse import parse

    contracts = import_module(f"..contracts.{module}", __package__)
    return parse(getattr(contracts, contract), request.json())


def as_of(body: Any) -> int:
    """When the report was true, in epoch seconds; 0 where it does not say."""
    from ..contracts.stock import seconds

    return seconds(body.as_of)


def file_name(request: Request) -> str:
    """The file that is asked about; raises ValidationFailed."""
    name = request.query.get("name", "")
    if not 0 < len(name) <= MAX_FILE_NAME_LENGTH:
        raise ValidationFailed("name a file", fields={"/name": "is missing or too long"})
    return name


def read_heat(request: Request) -> Any:
    """The body as `contracts.stock.HeatBody`."""
    from ..contracts import stock
    from ..contracts.parse import parse

    return parse(stock.HeatBody, request.json())


def by(request: Request, live: Any) -> dict[str, Any]:
    """Who reports, and what the use cases of stock need."""
    return {
        "actor": request.principal.actor,
        "stock": live.stock,
        "config": live.config,
        "now": live.now(),
    }
