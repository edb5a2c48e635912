"""What customers and customer service see of an order, and what they may ask for."""

from __future__ import annotations

from ...domain.limits.orders import MAX_EXTERNAL_ID_LENGTH
from ..route import Param, Route

FUNCTION = "orders"
HELP = "service"
SHOPPERS = ("oms/storefront", "oms/service")
HELPERS = ("oms/service", "oms/ops")
READERS = ("oms/storefront", "oms/staff", "oms/service", "oms/ops")
MAX_PAGE = 100
IDENTIFIER = r"^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$"

ROUTES = (
    Route(
        "GET",
        "/orders/{order_id}",
        FUNCTION,
        READERS,
        "An order with its parts, quantities, money and timeline, as far as the reader may see it",
        responses={200: "order_view:OrderView"},
    ),
    Route(
        "GET",
        "/orders",
        FUNCTION,
        SHOPPERS,
        "A customer's orders, newest first",
        responses={200: "order_actions:OrdersPage"},
        query=(
            Param("channel", "The sales channel", required=True, pattern=IDENTIFIER),
            Param(
                "customer_id",
                "The customer's id in this channel",
                required=True,
                max_length=MAX_EXTERNAL_ID_LENGTH,
            ),
            Param("limit", "20 unless said", "integer", minimum=1, maximum=MAX_PAGE),
            Param("cursor", "Where the page starts: `cursor` of the page before"),
        ),
    ),
    Route(
        "POST",
        "/orders/{order_id}/cancel",
        FUNCTION,
        SHOPPERS,
        "Cancel what has not left; nodes that work on it are asked",
        request="order_actions:CancelOrderBody",
        responses={200: "order_actions:CancelAnswer"},
    ),
    Route(
        "POST",
        "/orders/{order_id}/holds/release",
        HELP,
        HELPERS,
        "Take a hold off the order",
        request="order_actions:ReleaseBody",
        responses={200: "order_actions:StateAnswer"},
    ),
    Route(
        "POST",
        "/orders/{order_id}/attempts",
        HELP,
        HELPERS,
        "Let sourcing try again after it gave up",
        responses={200: "order_actions:StateAnswer"},
    ),
    Route(
        "POST",
        "/orders/{order_id}/resume",
        HELP,
        ("oms/ops",),
        "Let parked executions of the order go on, after the cause was fixed",
        responses={200: "order_actions:ResumeAnswer"},
    ),
    Route(
        "POST",
        "/orders/{order_id}/cases/{kind}/{part}/resolve",
        HELP,
        HELPERS,
        "Close an exception case with what was done",
        request="order_actions:ResolveBody",
        responses={200: "order_view:CaseView"},
    ),
    Route(
        "GET",
        "/orders/{order_id}/messages",
        FUNCTION,
        SHOPPERS,
        "What the customer was told",
        responses={200: "order_actions:MessagesAnswer"},
    ),
    Route(
        "POST",
        "/orders/{order_id}/link",
        FUNCTION,
        SHOPPERS,
        "A link with which a guest follows the order without an account",
        responses={200: "order_actions:LinkAnswer"},
    ),
    Route(
        "GET",
        "/track/{token}",
        FUNCTION,
        (),
        "The progress of an order, for whoever has its link",
        responses={200: "order_view:OrderView"},
        public=True,
    ),
    Route(
        "GET",
        "/openapi.json",
        FUNCTION,
        (),
        "This description",
        responses={200: None},
        public=True,
    ),
)
