"""What staff of a node do, and what carriers tell."""

from __future__ import annotations

from ..route import Param, Route

FUNCTION = "ship"
STAFF = ("oms/staff", "oms/service")
PART = "/orders/{order_id}/parts/{part}"
MAX_PAGE = 100

# action → its body, what it does
ACTIONS = {
    "accept": ("StepBody", "Take charge of a part"),
    "claim": ("ClaimBody", "Claim an offered part; the first node to do so has it"),
    "reject": ("RejectBody", "Give a part back, with a reason for each line"),
    "start-pick": ("StepBody", "Begin to pick"),
    "pick": ("PickBody", "Confirm what was found"),
    "unpick": ("StepBody", "Put picked goods back on the shelf"),
    "pack": ("PackBody", "Close the packages"),
    "unpack": ("StepBody", "Open the packages again"),
    "label": ("StepBody", "Buy a label for each package"),
    "ship": ("StepBody", "Hand over to the carrier"),
    "dispatch": ("StepBody", "Send a pickup to the store where it is collected"),
    "arrive": ("ArriveBody", "Confirm what came to the store; what is missing is sourced anew"),
    "shelve": ("StepBody", "Put a pickup on its shelf, ready to be collected"),
    "collect": ("CollectBody", "Hand over to the customer"),
    "acknowledge": (
        "AcknowledgeBody",
        "Take a purchase order on, as the supplier; say when it ships if later than promised",
    ),
    "shipped-notice": (
        "ShippedNoticeBody",
        "Tell, as the supplier, what of a purchase order left, by which carrier and parcels",
    ),
    "cancel-answer": ("CancelAnswerBody", "Answer a request to cancel"),
}

ROUTES = (
    Route(
        "GET",
        "/nodes/{node}/work",
        FUNCTION,
        STAFF,
        "Open parts of a node, oldest first",
        responses={200: "staff:WorkPage"},
        query=(
            Param("limit", "Parts of one page, 20 unless said", "integer", False, "", 1, MAX_PAGE),
            Param("cursor", "Where the page starts: `next` of the one before", max_length=2048),
        ),
    ),
    Route("GET", PART, FUNCTION, STAFF, "One part", responses={200: "staff:WorkView"}),
    Route(
        "GET",
        f"{PART}/purchase-order",
        FUNCTION,
        STAFF,
        "A drop-shipper's part as a purchase order: what to send where, and how it stands",
        responses={200: "purchases:PurchaseView"},
    ),
    Route(
        "GET",
        f"{PART}/labels",
        FUNCTION,
        STAFF,
        "Links to the labels of a part",
        responses={200: "staff:LabelsView"},
    ),
    *(
        Route(
            "POST",
            f"{PART}/{action}",
            FUNCTION,
            STAFF,
            summary,
            request=f"staff:{body}",
            responses={200: "staff:PartView"},
        )
        for action, (body, summary) in ACTIONS.items()
    ),
    Route(
        "POST",
        "/parts/actions",
        FUNCTION,
        STAFF,
        "Several confirmations of a scanner; each is answered by itself",
        request="staff:ActionsBody",
        responses={200: "staff:ActionsView"},
    ),
    Route(
        "POST",
        "/webhooks/carriers/{carrier}",
        FUNCTION,
        (),
        "Signed scans of a carrier",
        responses={200: "staff:TrackedView"},
        public=True,
    ),
)
