"""Who delivers, and how far they are believed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Supplier:
    """`confidence`: percent of what they announce that may be promised; `receive_days`: from the
    arrival of their goods until these can be sold. `purchase_queue`: URL of the SQS queue that a
    drop-shipper's purchase orders are sent to, "" for one that reads them itself; its name begins
    with `oms-supplier-`, or it may not be written to.
    """

    id: str
    name: str
    confidence: int = 100
    receive_days: int = 0
    purchase_queue: str = ""
