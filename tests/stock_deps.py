"""What the use cases of stock work with, on a world's tables."""

from __future__ import annotations

from dataclasses import fields
from types import SimpleNamespace
from typing import Any

from oms.stores.stock.cases import StockCaseStore
from oms.stores.stock.feeds import StockFeedStore
from oms.usecases.following_stock.deps import FollowingStock
from oms.usecases.stocking.deps import Stocking
from tests.cloud import World


def stocking(world: World, **instead: Any) -> Stocking:
    found = {
        "stock": world.stock,
        "feeds": StockFeedStore(world.stock),
        "cases": StockCaseStore(world.stock.table),
        "config": world.config,
        "now": world.now,
    }
    return Stocking(**found | instead)


def following_stock(world: World, **instead: Any) -> FollowingStock:
    found = {
        "orders": world.orders,
        "reservations": world.reservations,
        "backorders": world.backorders,
        "bindings": world.bindings,
        "stock": world.stock,
        "shown": world.stock.shown,
        "cases": StockCaseStore(world.stock.table),
        "checks": SimpleNamespace(later=lambda claims, delay_s: None),
        "config": world.config,
        "now": world.now,
    }
    return FollowingStock(**found | instead)


def follower(**given: Any) -> FollowingStock:
    """With these alone: what is followed asks for nothing else."""
    nothing = dict.fromkeys(field.name for field in fields(FollowingStock))
    return FollowingStock(**{**nothing, **given})  # type: ignore[arg-type]
