"""Goods come back, money goes back."""

from __future__ import annotations

from ..route import Param, Route

FUNCTION = "refund"
ASKERS = ("oms/storefront", "oms/service")
STAFF = ("oms/staff",)
READERS = ("oms/storefront", "oms/service", "oms/staff", "oms/ops")
KEY = Param("Idempotency-Key", "Names the return when the body has no key", max_length=128)

ROUTES = (
    Route(
        "POST",
        "/orders/{order_id}/returns",
        FUNCTION,
        ASKERS,
        "Ask to return units of an order; the same key is the same return",
        request="returns:ReturnBody",
        responses={201: "returns:ReturnView"},
        headers=(KEY,),
    ),
    Route(
        "POST",
        "/orders/{order_id}/returns/counter",
        FUNCTION,
        STAFF,
        "Take units back across the counter: requested, received and judged at once",
        request="returns:CounterBody",
        responses={201: "returns:ReturnView"},
        headers=(KEY,),
    ),
    Route(
        "GET",
        "/orders/{order_id}/returns/{number}",
        FUNCTION,
        READERS,
        "A return: where the goods are and where the money is",
        responses={200: "returns:ReturnView"},
    ),
    Route(
        "POST",
        "/orders/{order_id}/returns/{number}/receive",
        FUNCTION,
        STAFF,
        "Say what arrived so far; what nobody announced opens a case",
        request="returns:ReceiveBody",
        responses={200: "returns:ReturnView"},
    ),
    Route(
        "POST",
        "/orders/{order_id}/returns/{number}/inspect",
        FUNCTION,
        STAFF,
        "Judge what arrived: accepted units are refunded and go where it is said",
        request="returns:InspectBody",
        responses={200: "returns:ReturnView"},
    ),
    Route(
        "POST",
        "/orders/{order_id}/returns/{number}/cancel",
        FUNCTION,
        ASKERS,
        "Call a return off while nothing of it has arrived",
        responses={200: "returns:ReturnView"},
    ),
)
