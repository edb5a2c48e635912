"""A link with which a guest follows an order without an account."""

from __future__ import annotations

from ...domain.errors import NotFound
from ...domain.limits.orders import GUEST_LINK_TTL_S
from ...domain.orders import guest_token
from ...domain.orders.reader_view import GUEST, ReaderView
from .deps import Serving
from .view_order import view_order


def make_guest_link(order_id: str, *, secret: str, deps: Serving) -> tuple[str, int]:
    """The token, and when it expires. Raises NotFound."""
    if deps.orders.find(order_id) is None:
        raise NotFound(f"there is no order {order_id}")
    expires_at = deps.now + GUEST_LINK_TTL_S
    return guest_token.sign(order_id, expires_at, secret), expires_at


def follow_guest_link(token: str, *, secret: str, deps: Serving) -> ReaderView:
    """Raises Unauthenticated when the token is not ours or has expired."""
    order_id = guest_token.order_of(token, secret, deps.now)
    return view_order(order_id, reader=GUEST, deps=deps)
