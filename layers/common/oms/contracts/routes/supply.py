"""Goods on their way: purchase orders, advance shipping notices, transfers."""

from __future__ import annotations

from collections.abc import Iterator

from ..route import Route

FUNCTION = "supply"
WHO = ("oms/staff", "oms/ops")
SEES = ("oms/staff", "oms/ops", "oms/service")
VIEW = "supply:SupplyDocumentView"

# path → (kind, what it is called, its body)
DOCUMENTS = {
    "/purchase-orders": ("PURCHASE_ORDER", "a purchase order", "PurchaseOrderBody"),
    "/advance-notices": ("NOTICE", "an advance shipping notice", "NoticeBody"),
    "/transfers": ("TRANSFER", "a transfer between nodes", "TransferBody"),
}
STEPS = {
    "PURCHASE_ORDER": ("send", "acknowledge", "reject", "close", "cancel"),
    "NOTICE": ("close", "cancel"),
    "TRANSFER": ("ready", "ship", "close", "cancel"),
}
SAYS = {
    "send": "Send {}: from now on it is expected",
    "acknowledge": "The supplier confirms {}",
    "reject": "The supplier refuses {}",
    "ready": "The goods of {} lie ready",
    "ship": "The goods of {} leave their node and are in transit",
    "close": "Close {} short: what did not come will not come",
    "cancel": "Cancel {}",
}


def _routes() -> Iterator[Route]:
    for path, (kind, name, body) in DOCUMENTS.items():
        one = f"{path}/{{id}}"
        yield Route(
            "POST", path, FUNCTION, WHO, f"Make {name}; the same id is the same document",
            request=f"supply:{body}", responses={200: VIEW},
        )  # fmt: skip
        yield Route("GET", one, FUNCTION, SEES, f"See {name}", responses={200: VIEW})
        for step in STEPS[kind]:
            summary = SAYS[step].format(name)
            yield Route("POST", f"{one}/{step}", FUNCTION, WHO, summary, responses={200: VIEW})
        yield Route(
            "POST", f"{one}/receive", FUNCTION, WHO,
            f"Receive goods of {name}, with what is wrong with them; the same id happens once",
            request="supply:SupplyReceiptBody", responses={200: VIEW},
        )  # fmt: skip
        yield Route(
            "POST", f"{one}/reschedule", FUNCTION, WHO, f"Tell another date of arrival of {name}",
            request="supply:EtaBody", responses={200: VIEW},
        )  # fmt: skip


ROUTES = (
    *_routes(),
    Route(
        "GET",
        "/nodes/{node}/documents",
        FUNCTION,
        SEES,
        "What a node has to expect and to send: the first hundred documents by date",
        responses={200: "supply:SupplyDocumentsView"},
    ),
)
