"""What is on its way when the demo begins: one purchase order and one transfer between nodes."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from local.seed.suppliers import HASTY
from oms.domain.stock_lifecycles import DocumentEvent, DocumentStatus
from oms.domain.supplying.document import DocumentKind, DocumentRef
from oms.stores.config.store import ConfigStore
from oms.stores.dynamo.table import Table
from oms.stores.supply.store import SupplyStore
from oms.usecases.supplying.create_document import NewDocument, create_document
from oms.usecases.supplying.deps import Supplying
from oms.usecases.supplying.step_document import step_document


class Seed:
    """Acts at every node."""

    actor = "seed"

    def may_work_at(self, node: str) -> None:
        pass


def announce(stock: Table, config: ConfigStore) -> None:
    """Both are under way; announced again, they are the same."""
    deps = Supplying(SupplyStore(stock), config, config, int(time.time()))
    seed = Seed()
    lines = [("SKU-001", 40), ("SKU-003", 25)]
    order = NewDocument("PO-DEMO", DocumentKind.PURCHASE_ORDER, "dc-lille", HASTY, _day(14), lines)
    if create_document(order, seed, deps).status == DocumentStatus.DRAFT:
        step_document(_ref(order), DocumentEvent.SEND, seed, deps)
    units = [("SKU-002", 6)]
    transfer = NewDocument(
        "T-DEMO", DocumentKind.TRANSFER, "store-paris", "dc-lille", _day(2), units
    )
    for event, status in (
        (DocumentEvent.READY, DocumentStatus.DRAFT),
        (DocumentEvent.SHIP, DocumentStatus.READY),
    ):
        if create_document(transfer, seed, deps).status == status:
            step_document(_ref(transfer), event, seed, deps)


def _ref(new: NewDocument) -> DocumentRef:
    return DocumentRef(new.kind, new.id)


def _day(ahead: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=ahead)).isoformat()
