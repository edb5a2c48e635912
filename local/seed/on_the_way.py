"""What is on its way when the demo begins: one purchase order and one transfer between nodes."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from local.seed.suppliers import HASTY
from oms.domain.supplying.document import PURCHASE_ORDER, TRANSFER
from oms.stores.config.store import ConfigStore
from oms.stores.dynamo.table import Table
from oms.stores.supply import keys
from oms.stores.supply.store import SupplyStore
from oms.usecases.supplying.create_document import NewDocument, create_document
from oms.usecases.supplying.documents import Desk
from oms.usecases.supplying.move_document import move_document


def announce(stock: Table, config: ConfigStore) -> None:
    """Both are under way; announced again, they are the same."""
    now = int(time.time())
    desk = Desk(
        "seed", lambda node: None, SupplyStore(stock), config, config, keys.document_pk, now
    )
    lines = [("SKU-001", 40), ("SKU-003", 25)]
    order = NewDocument("PO-DEMO", PURCHASE_ORDER, "dc-lille", HASTY, _day(14), lines)
    if create_document(order, desk).status == "DRAFT":
        move_document(PURCHASE_ORDER, order.id, "send", desk)
    units = [("SKU-002", 6)]
    transfer = NewDocument("T-DEMO", TRANSFER, "store-paris", "dc-lille", _day(2), units)
    for step, status in (("ready", "DRAFT"), ("ship", "READY")):
        if create_document(transfer, desk).status == status:
            move_document(TRANSFER, transfer.id, step, desk)


def _day(ahead: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=ahead)).isoformat()
