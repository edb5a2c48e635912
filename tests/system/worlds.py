"""A running system with the demo's data and its actors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from local.actors.world import World
from local.seed.load import load
from local.stack import up

RETRIES_SHORTENED = 0.05  # of state machines: six of them take 6 s, not 2 minutes
CONFIG_TTL_S = "1"  # new rules take effect while a test waits


@contextmanager
def new_world() -> Iterator[World]:
    with up(wait_scale=RETRIES_SHORTENED, parameters={"ConfigTtlS": CONFIG_TTL_S}) as stack:
        yield World(stack, load(stack))
