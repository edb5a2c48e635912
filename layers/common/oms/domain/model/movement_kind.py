"""Words of stock: what changes it, and how claims on it are kept."""

from __future__ import annotations

from enum import StrEnum


class MovementKind(StrEnum):
    """What changes stock (domain 3.4); a short pick and a disposition each by its reason."""

    RECEIVE = "RECEIVE"
    SOFT_HOLD = "SOFT_HOLD"
    SOFT_RELEASE = "SOFT_RELEASE"
    COMMIT_SOFT = "COMMIT_SOFT"
    UNCOMMIT_SOFT = "UNCOMMIT_SOFT"
    ALLOCATE = "ALLOCATE"
    DEALLOCATE = "DEALLOCATE"
    PREPARE = "PREPARE"
    UNPREPARE = "UNPREPARE"
    RESTOW = "RESTOW"
    SHIP = "SHIP"
    LATE_SHIP = "LATE_SHIP"
    SHORT_NOT_IN_STOCK = "SHORT_NOT_IN_STOCK"
    SHORT_MISMATCH = "SHORT_MISMATCH"
    SHORT_DAMAGED = "SHORT_DAMAGED"
    SHORT_WORN = "SHORT_WORN"
    SHORT_NO_VARIANCE = "SHORT_NO_VARIANCE"
    SHORT_NO_CAPACITY = "SHORT_NO_CAPACITY"
    SHORT_TIMEOUT = "SHORT_TIMEOUT"
    ADJUST = "ADJUST"
    COUNT = "COUNT"
    TRANSFER_SHIP = "TRANSFER_SHIP"
    TRANSFER_RECEIVE = "TRANSFER_RECEIVE"
    RETURN_RECEIVE = "RETURN_RECEIVE"
    DISPOSE_RESTOCK = "DISPOSE_RESTOCK"
    DISPOSE_B_GRADE = "DISPOSE_B_GRADE"
    DISPOSE_REFURBISH = "DISPOSE_REFURBISH"
    DISPOSE_RETURN_TO_VENDOR = "DISPOSE_RETURN_TO_VENDOR"
    DISPOSE_LIQUIDATE = "DISPOSE_LIQUIDATE"
    DISPOSE_DESTROY = "DISPOSE_DESTROY"
    DISPOSE_QUARANTINE = "DISPOSE_QUARANTINE"
    LEASE = "LEASE"
    RECALL = "RECALL"


BETWEEN_PAGES = frozenset({MovementKind.LEASE, MovementKind.RECALL})  # not their place


class HeatMode(StrEnum):
    """Whether the claims on a SKU at a node are spread over pages: as observed, or as ops say."""

    AUTO = "AUTO"
    ALWAYS = "ALWAYS"
    NEVER = "NEVER"
