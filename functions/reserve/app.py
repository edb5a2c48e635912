"""Carts hold their stock for a while: make a reservation, keep it, let it go."""

from __future__ import annotations

from typing import Any

from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.edge.reservations import asked_id, asked_ttl, basket_of, shown
from oms.observability import count
from oms.usecases.reserving.change_reservation import extend_reservation, release_reservation
from oms.usecases.reserving.reserve_basket import reserve_basket
from oms.wiring.reserving import reserving


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def reserve(request: Request) -> Response:
    basket = basket_of(request)
    reserved = reserve_basket(basket, actor=request.principal.actor, deps=reserving())
    count("Reservations", int(reserved.created), channel=basket.channel)
    return shown(reserved.reservation, 201)


def read(request: Request) -> Response:
    return shown(reserving().reservations.get(asked_id(request)))


def extend(request: Request) -> Response:
    actor, deps = request.principal.actor, reserving()
    id, ttl_s = asked_id(request), asked_ttl(request)
    return shown(extend_reservation(id, ttl_s, actor=actor, deps=deps))


def release(request: Request) -> Response:
    actor, deps = request.principal.actor, reserving()
    return shown(release_reservation(asked_id(request), actor=actor, deps=deps))


ROUTES = {
    "POST /reservations": reserve,
    "GET /reservations/{reservation_id}": read,
    "POST /reservations/{reservation_id}/extend": extend,
    "POST /reservations/{reservation_id}/release": release,
}
