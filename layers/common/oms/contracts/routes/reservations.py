"""Carts that hold their stock."""

from __future__ import annotations

from ..route import Route

FUNCTION = "reserve"
SHOPPERS = ("oms/storefront", "oms/service")

ROUTES = (
    Route(
        "POST",
        "/reservations",
        FUNCTION,
        SHOPPERS,
        "Hold a cart's stock for a while; the same key is the same reservation",
        request="reservations:ReservationBody",
        responses={201: "reservations:ReservationView"},
    ),
    Route(
        "GET",
        "/reservations/{reservation_id}",
        FUNCTION,
        SHOPPERS,
        "A reservation",
        responses={200: "reservations:ReservationView"},
    ),
    Route(
        "POST",
        "/reservations/{reservation_id}/extend",
        FUNCTION,
        SHOPPERS,
        "The shopper is still there: hold it longer",
        request="reservations:ExtendBody",
        responses={200: "reservations:ReservationView"},
    ),
    Route(
        "POST",
        "/reservations/{reservation_id}/release",
        FUNCTION,
        SHOPPERS,
        "Give up a cart: its stock is free again",
        responses={200: "reservations:ReservationView"},
    ),
)
