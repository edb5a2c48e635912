"""Bundles of tests' worlds: what has the stores, and what time it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from oms.usecases.outages.deps import Outages
from oms.usecases.rerouting.deps import Rerouting
from oms.usecases.sweeping.deps import Sweeping
from oms.usecases.sweeping.sweep_due import SweptItem, sweep_due


def rerouting(world: Any) -> Rerouting:
    return Rerouting(world.orders, world.stock, world.config, world.now)


def outages(world: Any) -> Outages:
    return Outages(world.nodes, world.orders, world.config, world.now)


def sweeping(world: Any, now: int | None = None) -> Sweeping:
    at = world.now if now is None else now
    stores = (world.orders, world.stock, world.config)
    return Sweeping(*stores, replace(outages(world), now=at), replace(rerouting(world), now=at), at)


def sweep(world: Any, now: int | None = None, **more: int) -> list[SweptItem]:
    return sweep_due(deps=sweeping(world, now), **more)


def swept(world: Any, **more: int) -> list[str]:
    """The events of a sweep in which nothing failed."""
    found = sweep(world, **more)
    assert not [each.error for each in found if each.error]
    return [each.event for each in found]
