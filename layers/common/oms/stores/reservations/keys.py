"""Keys of carts' reservations in the table Orders: its stream and its index of what is due.

| access pattern | how |
|---|---|
| a cart's reservation | GetItem Orders (R#<id>, RESERVATION) |
| reservations that ran out | GSI by_due in shards of their own: a rush of carts delays no order |
"""

from __future__ import annotations

RESERVATION = "RESERVATION"
DUE_SHARDS = 8
BY_DUE = "by_due"


def reservation_pk(id: str) -> str:
    return f"R#{id}"


def reservation_of(pk: str) -> str:
    return pk.removeprefix("R#")


def reservation_shard(id: str) -> str:
    return f"R#{sum(id.encode()) % DUE_SHARDS}"


def reservation_shards() -> list[str]:
    return [f"R#{n}" for n in range(DUE_SHARDS)]
