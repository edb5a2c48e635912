"""The edge of cases about stock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .http import Request, Response

HIDDEN = frozenset({"pk", "sk", "v", "cq", "last", "status", "kind", "node"})


def note_of(request: Request) -> str:
    from ..contracts.auditing import ResolveStockCaseBody
    from ..contracts.parse import parse

    return parse(ResolveStockCaseBody, request.json()).note


def page(rows: Sequence[Mapping[str, Any]]) -> Response:
    return Response(200, {"cases": [_view(row) for row in rows]})


def shown(row: Mapping[str, Any]) -> Response:
    return Response(200, _view(row))


def _view(row: Mapping[str, Any]) -> dict[str, Any]:
    from ..contracts.auditing import StockCaseView

    detail = {name: value for name, value in row.items() if name not in HIDDEN}
    return StockCaseView(
        sku=str(row["pk"]).partition("#")[2],
        node=row["node"],
        kind=row["kind"],
        status=row["status"],
        detail=detail,
    ).model_dump()
