"""Warm workers: the real handlers, their clients replaced by watched ones of the world."""

from __future__ import annotations

import importlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache, cached_property
from types import ModuleType
from typing import TYPE_CHECKING, Any

from oms import wiring
from oms.domain.model.payment import PaymentMeans
from oms.stores.goods import store as goods_store
from oms.stores.orders import small_rows
from oms.stores.stock import store as stock_store
from oms.usecases.placing import place_order

from . import deployed
from .faults import InTurn, Watched

if TYPE_CHECKING:
    from .world import World

REAL: Any = wiring.Live
POOLS = (small_rows, goods_store, stock_store, place_order)


class Worker(wiring.Live):
    """One warm worker of one function."""

    def __init__(self, world: World) -> None:
        self.world = world

    def now(self) -> int:
        return self.world.now

    def client(self, service: str) -> Any:
        return self._watched(self.world.clients[service], service)

    @cached_property
    def sandbox(self) -> Any:
        return self.world.sandbox

    @cached_property
    def gateways(self) -> Any:
        return Providers(self)

    @cached_property
    def carrier(self) -> Any:
        return self._watched(REAL.carrier.fget(self), "carrier")

    @cached_property
    def messenger(self) -> Any:
        return self._watched(self.world.post, "mail")

    @cached_property
    def texts(self) -> Any:
        return self._watched(self.world.post, "sms")

    def _watched(self, target: Any, label: str) -> Any:
        return Watched(target, label, self.world.faults)


class Providers:
    """Payment gateways whose every method is a watched call."""

    def __init__(self, worker: Worker) -> None:
        self.worker, self.real = worker, wiring.Gateways(worker)

    def of(self, means: PaymentMeans) -> Any:
        return self.worker._watched(self.real.of(means), "payments")

    def named(self, provider: str) -> Any:
        return self.worker._watched(self.real.named(provider), "payments")


@cache
def module(function: str) -> ModuleType:
    return importlib.import_module(f"functions.{function}.app")


@contextmanager
def running(function: str, worker: Worker) -> Iterator[None]:
    """`wiring.live()` is this worker, the variables are this function's.

    Threads take turns, metrics go nowhere.
    """
    before, made = dict(os.environ), wiring.Live
    pools = [each.ThreadPoolExecutor for each in POOLS]
    os.environ.update(deployed.environment(function))
    wiring.Live = lambda: worker  # type: ignore[assignment,misc]
    wiring.live.cache_clear()
    for each in POOLS:
        each.ThreadPoolExecutor = InTurn  # type: ignore[assignment,misc]
    try:
        with redirect_stdout(io.StringIO()):
            yield
    finally:
        for each, pool in zip(POOLS, pools, strict=True):
            each.ThreadPoolExecutor = pool  # type: ignore[assignment,misc]
        wiring.Live = made  # type: ignore[misc]
        wiring.live.cache_clear()
        for name in set(os.environ) - set(before):
            del os.environ[name]
        os.environ.update(before)
