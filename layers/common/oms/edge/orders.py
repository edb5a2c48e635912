"""The edge of the routes under /orders: which order, who reads, bodies in, answers out.

Contracts are imported where they are used: pydantic costs a cold start 100 ms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from ..domain.errors import NotFound
from ..domain.model.order import Order
from ..domain.orders.reader_view import CUSTOMER, SERVICE, STAFF, ReaderView
from ..domain.orders.status import CustomerStatus
from . import cursor, http
from .http import Principal, Request, Response

CASE = re.compile(r"[A-Z_]{1,40}/[0-9]{1,3}")
PAGING = frozenset({"limit", "cursor"})
READERS = (
    (http.SERVICE, SERVICE),
    (http.OPS, SERVICE),
    (http.STOREFRONT, CUSTOMER),
)


def reader_of(principal: Principal) -> str:
    """The most that any of the scopes allows; staff when nothing else."""
    return next((reader for scope, reader in READERS if scope in principal.scopes), STAFF)


# --- in ----------------------------------------------------------------------------------------


def order_id(request: Request) -> str:
    """One that can be an id: `http` refused everything else."""
    return request.path["order_id"]


def case_of(request: Request) -> tuple[str, int]:
    kind, part = request.path.get("kind", ""), request.path.get("part", "")
    if not CASE.fullmatch(f"{kind}/{part}"):
        raise NotFound("there is no such case")
    return kind, int(part)


def list_query(request: Request) -> dict[str, Any]:
    """channel, customer, limit, start."""
    from ..contracts.order_actions import OrdersQuery
    from ..contracts.parse import parse

    asked = {name: text for name, text in request.query.items() if name not in PAGING}
    whose = parse(OrdersQuery, asked)
    return {
        "channel": whose.channel,
        "customer": whose.customer_id,
        "limit": cursor.limit_of(request.query),
        "start": cursor.decode(request.query.get("cursor"), index="cu"),
    }


def cancel_body(request: Request) -> dict[str, str]:
    """reason, note."""
    from ..contracts.order_actions import CancelOrderBody
    from ..contracts.parse import parse

    return parse(CancelOrderBody, request.json()).model_dump()


def kind_of_hold(request: Request) -> str:
    from ..contracts.order_actions import ReleaseBody
    from ..contracts.parse import parse

    return parse(ReleaseBody, request.json()).kind


def note_of(request: Request) -> str:
    from ..contracts.order_actions import ResolveBody
    from ..contracts.parse import parse

    return parse(ResolveBody, request.json()).note


# --- out ---------------------------------------------------------------------------------------


def shown(view: ReaderView) -> Response:
    from ..contracts.order_shown import order_view

    return Response(200, order_view(view), {"cache-control": "private, no-store"})


def page(
    found: Sequence[tuple[Order, CustomerStatus]], following: Mapping[str, Any] | None
) -> Response:
    from ..contracts.order_actions import orders_page

    return Response(200, orders_page(found, cursor.encode(following)))


def cancelled(order: Order) -> Response:
    from ..contracts.order_actions import cancel_answer

    return Response(200, cancel_answer(order))


def state(order: Order) -> Response:
    from ..contracts.order_actions import state_answer

    return Response(200, state_answer(order))


def case(row: Mapping[str, Any]) -> Response:
    from ..contracts.order_shown import case_view

    return Response(200, case_view(row).model_dump())


def messages(order: Order) -> Response:
    from ..contracts.order_actions import messages_answer

    return Response(200, messages_answer(order.messages))


def link(token: str, expires_at: int) -> Response:
    from ..contracts.order_actions import link_answer

    return Response(200, link_answer(token, expires_at))


def openapi(_: Request) -> Response:
    """The description of the whole API, as generated."""
    file = resources.files("oms.contracts") / "openapi.json"
    if not file.is_file():
        raise NotFound("the API's description was not generated")
    return Response(200, file.read_text(), {"cache-control": "public, max-age=300"})
