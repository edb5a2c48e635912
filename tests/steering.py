"""Sourcing rules for tests: what their use cases work with, over a world's tables."""

from __future__ import annotations

from oms.stores.config.rules import RuleStore
from oms.usecases.steering.deps import Steering
from tests.cloud import World


def steering(world: World) -> Steering:
    return Steering(RuleStore(world.config.table), world.config, world.stock, world.now)
