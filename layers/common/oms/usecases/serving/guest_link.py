"""A link with which a guest follows an order without an account."""

from __future__ import annotations

from ...domain.errors import NotFound
from ...domain.limits.orders import GUEST_LINK_TTL_S
from ...domain.orders import guest_token
from ...domain.orders.reader_view import GUEST, ReaderView
from ...ports import Orders
from .view_order import view_order


def make_guest_link(order_id: str, *, orders: Orders, secret: str, now: int) -> tuple[str, int]:
    """The token, and when it expires. Raises NotFound."""
    if orders.find(order_id) is None:
        raise NotFound(f"there is no order {order_id}")
    expires_at = now + GUEST_LINK_TTL_S
    return guest_token.sign(order_id, expires_at, secret), expires_at


def follow_guest_link(token: str, *, orders: Orders, secret: str, now: int) -> ReaderView:
    """Raises Unauthenticated when the token is not ours or has expired."""
    return view_order(guest_token.order_of(token, secret, now), reader=GUEST, orders=orders)
