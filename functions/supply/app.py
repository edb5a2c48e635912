"""What is on its way, what is counted, and how far files of stock are."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.edge.http import Request, Response, serve
from oms.edge.stock import file_name


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def files(request: Request) -> Response:
    from oms.contracts.stock_files import LoadsView, LoadView

    found = [LoadView.of(load) for load in wiring.live().loads.of_file(file_name(request))]
    return Response(200, LoadsView(loads=found).model_dump(mode="json"))


ROUTES = {
    "GET /stock/files": files,
}
