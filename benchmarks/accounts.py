"""What invocations take, counted in a world in process: calls of AWS, CPU time, memory.

What stands for AWS here takes CPU time of its own, which is not the function's. Its memory is
counted as if it were.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import process_time, thread_time
from typing import Any

from oms.observability import logger
from tests.inprocess.faults import Faults
from tests.inprocess.world import World


@dataclass(frozen=True, slots=True)
class Invocation:
    calls: int
    cpu_s: float
    memory: int  # bytes of Python's, more than before, at the worst moment; 0 where not traced


@dataclass
class Accounts(Faults):
    """Every call that a handler makes passes here; nothing dies."""

    calls: int = 0
    elsewhere_s: float = 0.0  # CPU time of what stands for AWS
    lock: Lock = field(default_factory=Lock)

    def around(self, name: str, call: Callable[[], Any]) -> Any:
        began = thread_time()
        try:
            return call()
        finally:
            with self.lock:
                self.elsewhere_s += thread_time() - began
                self.calls += 1


class AccountedWorld(World):
    """`taken` are the invocations so far."""

    def __init__(self) -> None:
        super().__init__()
        logger.setLevel("ERROR")  # its lines would stand between the figures
        self.faults = self.accounts = Accounts()
        self.taken: list[Invocation] = []

    def invoke(self, function: str, event: dict[str, Any]) -> Any:
        calls, elsewhere_s = self.accounts.calls, self.accounts.elsewhere_s
        before, began = _memory(), process_time()
        answer = super().invoke(function, event)
        cpu_s = process_time() - began - (self.accounts.elsewhere_s - elsewhere_s)
        more = max(0, _memory(peak=True) - before)
        self.taken.append(Invocation(self.accounts.calls - calls, cpu_s, more))
        return answer


def _memory(*, peak: bool = False) -> int:
    if not tracemalloc.is_tracing():
        return 0
    now, most = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    return most if peak else now
