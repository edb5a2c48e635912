"""Time that a request may spend on reading: what is late is left out of the answer.

A read that is late goes on in its thread. While all threads hang, further reads are late at once:
a store that does not answer is not asked more and more.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

T = TypeVar("T")
AT_ONCE = 4


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="read")


@dataclass(frozen=True, slots=True)
class Budget:
    """`seconds` for all reads together, from the first moment on."""

    seconds: float
    began: float = field(default_factory=time.monotonic)

    def __call__(self, read: Callable[[], T]) -> T:
        """Raises TimeoutError."""
        left = self.began + self.seconds - time.monotonic()
        return _pool().submit(read).result(timeout=max(0.0, left))
