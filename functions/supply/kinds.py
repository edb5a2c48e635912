"""Kinds of documents as the API speaks of them, and what may be done to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from oms.contracts.parse import Contract
from oms.contracts.supply import NoticeBody, PurchaseOrderBody, TransferBody
from oms.domain.stock_lifecycles import DocumentEvent as E
from oms.domain.supplying.document import DocumentKind


@dataclass(frozen=True, slots=True)
class Kind:
    path: str
    noun: str  # in operation ids
    title: str
    body: type[Contract]
    steps: tuple[E, ...]


KINDS: Mapping[DocumentKind, Kind] = {
    DocumentKind.PURCHASE_ORDER: Kind(
        "/purchase-orders",
        "PurchaseOrder",
        "a purchase order",
        PurchaseOrderBody,
        (E.SEND, E.ACKNOWLEDGE, E.REJECT, E.CLOSE, E.CANCEL),
    ),
    DocumentKind.NOTICE: Kind(
        "/advance-notices",
        "AdvanceNotice",
        "an advance shipping notice",
        NoticeBody,
        (E.CLOSE, E.CANCEL),
    ),
    DocumentKind.TRANSFER: Kind(
        "/transfers",
        "Transfer",
        "a transfer between nodes",
        TransferBody,
        (E.READY, E.SHIP, E.CLOSE, E.CANCEL),
    ),
}
SUMMARIES: Mapping[E, str] = {
    E.SEND: "Send {}: from now on it is expected",
    E.ACKNOWLEDGE: "The supplier confirms {}",
    E.REJECT: "The supplier refuses {}",
    E.READY: "The goods of {} lie ready",
    E.SHIP: "The goods of {} leave their node and are in transit",
    E.CLOSE: "Close {} short: what did not come will not come",
    E.CANCEL: "Cancel {}",
}
