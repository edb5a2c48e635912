"""What node staff do to a part, one row a verb: its body, what it does, its use case.

The key of a row is the domain's row of the verb (domain/preparing/verbs.py): its word in the API
and the events of a part's life that it leads to. A test finds a verb that lacks either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from oms.contracts import staff
from oms.domain.model.fulfilment import FulfilmentOrder
from oms.domain.preparing.verbs import StaffVerb
from oms.usecases.preparing.accept_part import accept_part
from oms.usecases.preparing.acknowledge_purchase import acknowledge_purchase
from oms.usecases.preparing.answer_cancel import answer_cancel
from oms.usecases.preparing.claim_part import claim_part
from oms.usecases.preparing.collect_part import collect_part
from oms.usecases.preparing.label_part import label_part
from oms.usecases.preparing.pack_part import pack_part
from oms.usecases.preparing.pick_part import pick_part
from oms.usecases.preparing.reject_part import reject_part
from oms.usecases.preparing.shelve_part import shelve_part
from oms.usecases.preparing.ship_part import ship_part
from oms.usecases.preparing.ship_purchase import ship_purchase
from oms.usecases.preparing.start_pick import start_pick
from oms.usecases.preparing.transfer_part import arrive_part, dispatch_part
from oms.usecases.preparing.unpick_part import unpack_part, unpick_part


@dataclass(frozen=True, slots=True)
class Verb:
    """`operation` is what an SDK's user types."""

    operation: str
    summary: str
    body: type[staff.StepBody]
    use_case: Callable[..., FulfilmentOrder]


VERBS: Mapping[StaffVerb, Verb] = {
    StaffVerb.ACCEPT: Verb(
        "acceptFulfilmentOrder", "Take charge of a fulfilment order", staff.StepBody, accept_part
    ),
    StaffVerb.CLAIM: Verb(
        "claimFulfilmentOrder",
        "Claim an offered fulfilment order; the first node to do so has it",
        staff.ClaimBody,
        claim_part,
    ),
    StaffVerb.REJECT: Verb(
        "rejectFulfilmentOrder",
        "Give a fulfilment order back, with a reason for each line",
        staff.RejectBody,
        reject_part,
    ),
    StaffVerb.START_PICK: Verb("startPick", "Begin to pick", staff.StepBody, start_pick),
    StaffVerb.PICK: Verb("confirmPick", "Confirm what was found", staff.PickBody, pick_part),
    StaffVerb.UNPICK: Verb(
        "undoPick", "Put picked goods back on the shelf", staff.StepBody, unpick_part
    ),
    StaffVerb.PACK: Verb("packPackages", "Close the packages", staff.PackBody, pack_part),
    StaffVerb.UNPACK: Verb(
        "unpackPackages", "Open the packages again", staff.StepBody, unpack_part
    ),
    StaffVerb.LABEL: Verb("buyLabels", "Buy a label for each package", staff.StepBody, label_part),
    StaffVerb.SHIP: Verb(
        "shipFulfilmentOrder", "Hand over to the carrier", staff.StepBody, ship_part
    ),
    StaffVerb.DISPATCH: Verb(
        "dispatchToStore",
        "Send a pickup to the store where it is collected",
        staff.StepBody,
        dispatch_part,
    ),
    StaffVerb.ARRIVE: Verb(
        "confirmArrival",
        "Confirm what came to the store; what is missing is sourced again",
        staff.ArriveBody,
        arrive_part,
    ),
    StaffVerb.SHELVE: Verb(
        "shelvePickup",
        "Put a pickup on its shelf, ready to be collected",
        staff.StepBody,
        shelve_part,
    ),
    StaffVerb.COLLECT: Verb(
        "handOverPickup", "Hand over to the customer", staff.CollectBody, collect_part
    ),
    StaffVerb.ACKNOWLEDGE: Verb(
        "acknowledgeDropShipment",
        "Take a purchase order on, as the supplier; say when it ships if later than promised",
        staff.AcknowledgeBody,
        acknowledge_purchase,
    ),
    StaffVerb.SHIPPED_NOTICE: Verb(
        "shipDropShipment",
        "Tell, as the supplier, what of a purchase order left, by which carrier and parcels",
        staff.ShippedNoticeBody,
        ship_purchase,
    ),
    StaffVerb.CANCEL_ANSWER: Verb(
        "answerCancelRequest", "Answer a request to cancel", staff.CancelAnswerBody, answer_cancel
    ),
}
