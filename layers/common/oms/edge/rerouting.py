"""The edge of moves and of nodes' standing. Contracts are imported where they are used."""

from __future__ import annotations

from typing import Any

from ..domain.errors import NotFound
from .http import Request, Response


def node_of(request: Request) -> str:
    """A node that the caller works at. Raises NotFound."""
    node = request.path["node"]
    try:
        request.principal.may_work_at(node)
    except NotFound:
        raise NotFound("there is no such node for you") from None
    return node


def move_body(request: Request) -> dict[str, Any]:
    """node, note, version."""
    from ..contracts.parse import parse
    from ..contracts.rerouting import MoveBody

    return parse(MoveBody, request.json()).model_dump()


def standing_body(request: Request) -> dict[str, Any]:
    """online, until, reason."""
    from ..contracts.parse import parse
    from ..contracts.rerouting import StandingBody

    return parse(StandingBody, request.json()).arguments()


def part(found: Any) -> Response:
    from ..contracts.staff import FulfilmentOrderView

    return Response(200, FulfilmentOrderView.of(found).model_dump(mode="json"))


def standing(found: Any) -> Response:
    from ..contracts.rerouting import standing_view

    return Response(200, standing_view(found))
