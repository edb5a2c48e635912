"""Carts hold their stock for a while: make a reservation, keep it, let it go."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.reservations import ExtendBody, ReservationBody, ReservationView
from oms.edge.api import Router
from oms.edge.params import Name
from oms.edge.principal import SERVICE, STOREFRONT, Caller, any_of
from oms.observability import count
from oms.usecases.reserving import change_reservation as change
from oms.usecases.reserving.deps import Reserving
from oms.usecases.reserving.reserve_basket import reserve_basket
from oms.wiring.reserving import reserving

router = Router()
Deps = Annotated[Reserving, Depends(reserving)]
ONE = "/reservations/<reservation_id>"
FOR_SHOPPERS = any_of(STOREFRONT, SERVICE)
TAGS = ["reservations"]


@router.post(
    "/reservations",
    operation_id="reserveCart",
    summary="Hold a cart's stock for a while; the same key is the same reservation",
    tags=TAGS,
    security=FOR_SHOPPERS,
    status_code=201,
)
def reserve_cart(body: ReservationBody, caller: Caller, deps: Deps) -> ReservationView:
    reserved = reserve_basket(body.to_domain(), actor=caller.actor, deps=deps)
    count("Reservations", int(reserved.created), channel=body.channel)
    return ReservationView.of(reserved.reservation)


@router.get(
    ONE,
    operation_id="getReservation",
    summary="A reservation",
    tags=TAGS,
    security=FOR_SHOPPERS,
)
def get_reservation(reservation_id: Name, deps: Deps) -> ReservationView:
    return ReservationView.of(deps.reservations.get(reservation_id))


@router.post(
    f"{ONE}/extend",
    operation_id="extendReservation",
    summary="The shopper is still there: hold it longer",
    tags=TAGS,
    security=FOR_SHOPPERS,
)
def extend_reservation(
    reservation_id: Name, body: ExtendBody, caller: Caller, deps: Deps
) -> ReservationView:
    actor = caller.actor
    return ReservationView.of(
        change.extend_reservation(reservation_id, body.ttl_s, actor=actor, deps=deps)
    )


@router.post(
    f"{ONE}/release",
    operation_id="releaseReservation",
    summary="Give up a cart: its stock is free again",
    tags=TAGS,
    security=FOR_SHOPPERS,
)
def release_reservation(reservation_id: Name, caller: Caller, deps: Deps) -> ReservationView:
    return ReservationView.of(
        change.release_reservation(reservation_id, actor=caller.actor, deps=deps)
    )
