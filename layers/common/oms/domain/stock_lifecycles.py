"""The lives of what brings stock, counts it and watches it, as data; see lifecycle.py."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class LoadStatus(StrEnum):
    BOOKING = "BOOKING"
    DONE = "DONE"
    REFUSED = "REFUSED"


class LoadEvent(StrEnum):
    FINISH = "finish"
    REFUSE = "refuse"


FEED_LOAD: Mapping[LoadStatus, Mapping[LoadEvent, LoadStatus]] = {
    LoadStatus.BOOKING: {
        LoadEvent.FINISH: LoadStatus.DONE,
        LoadEvent.REFUSE: LoadStatus.REFUSED,
    },
    LoadStatus.DONE: {},
    LoadStatus.REFUSED: {},
}


class DocumentStatus(StrEnum):
    """Of a purchase order, an advance shipping notice, a transfer."""

    DRAFT = "DRAFT"
    SENT = "SENT"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    PARTIAL = "PARTIAL"
    ANNOUNCED = "ANNOUNCED"
    READY = "READY"
    IN_TRANSIT = "IN_TRANSIT"
    PARTIALLY_RECEIVED = "PARTIALLY_RECEIVED"
    RECEIVED = "RECEIVED"
    CLOSED_SHORT = "CLOSED_SHORT"
    REJECTED = "REJECTED"
    CANCELLED = "CANCELLED"


class DocumentEvent(StrEnum):
    SEND = "send"
    ACKNOWLEDGE = "acknowledge"
    REJECT = "reject"
    ANNOUNCE = "announce"
    READY = "ready"
    SHIP = "ship"
    RECEIVE_PART = "receive_part"
    RECEIVE = "receive"
    CLOSE = "close"
    CANCEL = "cancel"


_S, _E = DocumentStatus, DocumentEvent
DocumentLife = Mapping[DocumentStatus, Mapping[DocumentEvent, DocumentStatus]]

PURCHASE: DocumentLife = {
    _S.DRAFT: {_E.SEND: _S.SENT, _E.CANCEL: _S.CANCELLED},
    _S.SENT: {
        _E.ACKNOWLEDGE: _S.ACKNOWLEDGED,
        _E.REJECT: _S.REJECTED,
        _E.ANNOUNCE: _S.SENT,
        _E.RECEIVE_PART: _S.PARTIAL,
        _E.RECEIVE: _S.RECEIVED,
        _E.CANCEL: _S.CANCELLED,
    },
    _S.ACKNOWLEDGED: {
        _E.ANNOUNCE: _S.ACKNOWLEDGED,
        _E.RECEIVE_PART: _S.PARTIAL,
        _E.RECEIVE: _S.RECEIVED,
        _E.CLOSE: _S.CLOSED_SHORT,
        _E.CANCEL: _S.CANCELLED,
    },
    _S.PARTIAL: {
        _E.ANNOUNCE: _S.PARTIAL,
        _E.RECEIVE_PART: _S.PARTIAL,
        _E.RECEIVE: _S.RECEIVED,
        _E.CLOSE: _S.CLOSED_SHORT,
    },
    _S.RECEIVED: {},
    _S.CLOSED_SHORT: {},
    _S.REJECTED: {},
    _S.CANCELLED: {},
}

ADVANCE_NOTICE: DocumentLife = {
    _S.ANNOUNCED: {
        _E.RECEIVE_PART: _S.PARTIALLY_RECEIVED,
        _E.RECEIVE: _S.RECEIVED,
        _E.CLOSE: _S.CLOSED_SHORT,
        _E.CANCEL: _S.CANCELLED,
    },
    _S.PARTIALLY_RECEIVED: {
        _E.RECEIVE_PART: _S.PARTIALLY_RECEIVED,
        _E.RECEIVE: _S.RECEIVED,
        _E.CLOSE: _S.CLOSED_SHORT,
    },
    _S.RECEIVED: {},
    _S.CLOSED_SHORT: {},
    _S.CANCELLED: {},
}

TRANSFER_LIFE: DocumentLife = {
    _S.DRAFT: {_E.READY: _S.READY, _E.CANCEL: _S.CANCELLED},
    _S.READY: {_E.SHIP: _S.IN_TRANSIT, _E.CANCEL: _S.CANCELLED},
    _S.IN_TRANSIT: {
        _E.RECEIVE_PART: _S.PARTIALLY_RECEIVED,
        _E.RECEIVE: _S.RECEIVED,
        _E.CLOSE: _S.CLOSED_SHORT,
    },
    _S.PARTIALLY_RECEIVED: {
        _E.RECEIVE_PART: _S.PARTIALLY_RECEIVED,
        _E.RECEIVE: _S.RECEIVED,
        _E.CLOSE: _S.CLOSED_SHORT,
    },
    _S.RECEIVED: {},
    _S.CLOSED_SHORT: {},
    _S.CANCELLED: {},
}


class CountStatus(StrEnum):
    DRAFT = "DRAFT"
    ASSIGNED = "ASSIGNED"
    COUNTED = "COUNTED"
    REVIEW = "REVIEW"
    POSTED = "POSTED"
    VOID = "VOID"


class CountEvent(StrEnum):
    ASSIGN = "assign"
    COUNT = "count"
    COMPLETE = "complete"
    REVIEW = "review"
    RECOUNT = "recount"
    POST = "post"
    VOID = "void"


COUNT_SESSION: Mapping[CountStatus, Mapping[CountEvent, CountStatus]] = {
    CountStatus.DRAFT: {
        CountEvent.ASSIGN: CountStatus.ASSIGNED,
        CountEvent.VOID: CountStatus.VOID,
    },
    CountStatus.ASSIGNED: {
        CountEvent.ASSIGN: CountStatus.ASSIGNED,
        CountEvent.COUNT: CountStatus.ASSIGNED,
        CountEvent.COMPLETE: CountStatus.COUNTED,
        CountEvent.VOID: CountStatus.VOID,
    },
    CountStatus.COUNTED: {
        CountEvent.REVIEW: CountStatus.REVIEW,
        CountEvent.RECOUNT: CountStatus.ASSIGNED,
        CountEvent.VOID: CountStatus.VOID,
    },
    CountStatus.REVIEW: {
        CountEvent.RECOUNT: CountStatus.ASSIGNED,
        CountEvent.POST: CountStatus.POSTED,
        CountEvent.VOID: CountStatus.VOID,
    },
    CountStatus.POSTED: {},
    CountStatus.VOID: {},
}


class StockLevel(StrEnum):
    OK = "OK"
    LOW = "LOW"
    OVER = "OVER"
    OUT = "OUT"


class LevelEvent(StrEnum):
    OUT = "out"
    LOW = "low"
    OVER = "over"
    NORMAL = "normal"
    BACK = "back"


LEVEL: Mapping[StockLevel, Mapping[LevelEvent, StockLevel]] = {
    StockLevel.OK: {
        LevelEvent.OUT: StockLevel.OUT,
        LevelEvent.LOW: StockLevel.LOW,
        LevelEvent.OVER: StockLevel.OVER,
    },
    StockLevel.LOW: {
        LevelEvent.OUT: StockLevel.OUT,
        LevelEvent.OVER: StockLevel.OVER,
        LevelEvent.NORMAL: StockLevel.OK,
    },
    StockLevel.OVER: {
        LevelEvent.OUT: StockLevel.OUT,
        LevelEvent.LOW: StockLevel.LOW,
        LevelEvent.NORMAL: StockLevel.OK,
    },
    StockLevel.OUT: {LevelEvent.BACK: StockLevel.OK},
}


class StockCaseKind(StrEnum):
    """Why a person is to look at a SKU's stock; the auditor's are AUDIT_<invariant>."""

    STOCK_SHORTAGE = "STOCK_SHORTAGE"
    STOCK_OUT = "STOCK_OUT"
    STOCK_LOW = "STOCK_LOW"
    STOCK_OVER = "STOCK_OVER"


class CampaignStatus(StrEnum):
    RUNNING = "RUNNING"
    PAUSED = "PAUSED"


class CampaignEvent(StrEnum):
    PAUSE = "pause"
    RESUME = "resume"


CAMPAIGN: Mapping[CampaignStatus, Mapping[CampaignEvent, CampaignStatus]] = {
    CampaignStatus.RUNNING: {CampaignEvent.PAUSE: CampaignStatus.PAUSED},
    CampaignStatus.PAUSED: {CampaignEvent.RESUME: CampaignStatus.RUNNING},
}
