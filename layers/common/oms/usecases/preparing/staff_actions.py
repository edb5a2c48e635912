"""The verbs of node staff by the name of their route, and which dependencies each one takes."""

from __future__ import annotations

from collections.abc import Callable

from ...domain.model.fulfilment import FulfilmentOrder
from .accept_part import accept_part
from .acknowledge_purchase import acknowledge_purchase
from .answer_cancel import answer_cancel
from .claim_part import claim_part
from .collect_part import collect_part
from .label_part import label_part
from .pack_part import pack_part
from .pick_part import pick_part
from .reject_part import reject_part
from .shelve_part import shelve_part
from .ship_part import ship_part
from .ship_purchase import ship_purchase
from .start_pick import start_pick
from .transfer_part import arrive_part, dispatch_part
from .unpick_part import unpack_part, unpick_part

ACTIONS: dict[str, tuple[Callable[..., FulfilmentOrder], tuple[str, ...]]] = {
    "accept": (accept_part, ("orders",)),
    "claim": (claim_part, ("orders", "stock", "config")),
    "reject": (reject_part, ("orders",)),
    "start-pick": (start_pick, ("orders",)),
    "pick": (pick_part, ("orders", "config")),
    "unpick": (unpick_part, ("orders",)),
    "pack": (pack_part, ("orders", "config")),
    "unpack": (unpack_part, ("orders",)),
    "label": (label_part, ("orders", "config", "carrier", "printer", "documents")),
    "ship": (ship_part, ("orders",)),
    "dispatch": (dispatch_part, ("orders",)),
    "arrive": (arrive_part, ("orders",)),
    "shelve": (shelve_part, ("orders", "config", "codes")),
    "collect": (collect_part, ("orders",)),
    "acknowledge": (acknowledge_purchase, ("orders",)),
    "shipped-notice": (ship_purchase, ("orders",)),
    "cancel-answer": (answer_cancel, ("orders", "config", "carrier")),
}
