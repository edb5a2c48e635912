"""The edge of the routes under /reservations."""

from __future__ import annotations

from ..domain.reserving.reservation import Cart, Reservation
from .http import Request, Response


def asked_id(request: Request) -> str:
    return request.path["reservation_id"]


def basket_of(request: Request) -> Cart:
    """Raises ValidationFailed."""
    from ..contracts.parse import parse
    from ..contracts.reservations import ReservationBody

    return parse(ReservationBody, request.json()).to_domain()


def asked_ttl(request: Request) -> int:
    from ..contracts.parse import parse
    from ..contracts.reservations import ExtendBody

    return parse(ExtendBody, request.json()).ttl_s


def shown(reservation: Reservation, status: int = 200) -> Response:
    from ..contracts.reservations import ReservationView

    return Response(status, ReservationView.of(reservation).model_dump())
