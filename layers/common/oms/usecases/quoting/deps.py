"""What a quote works with. Each read is made within the time that is left for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from ...domain.errors import Fault
from ...ports import Availability, ConfigReader, Reservations

T = TypeVar("T")
UNREADABLE = (Fault, OSError)  # TimeoutError is an OSError


class InTime(Protocol):
    """Makes a read, or raises TimeoutError."""

    def __call__(self, read: Callable[[], T]) -> T: ...


def patiently(read: Callable[[], T]) -> T:
    """However long it takes."""
    return read()


class CodesLeft(Protocol):
    """How many codes of a SKU are left, counted up to `most`."""

    def __call__(self, sku: str, most: int) -> int: ...


def plenty(sku: str, most: int) -> int:
    """Where nobody counts them: who runs out of codes loads more."""
    return most


@dataclass(frozen=True, slots=True)
class Quoting:
    """`reservations`: where the one is that a request names, if it names one."""

    stock: Availability
    config: ConfigReader
    now: int
    reservations: Reservations | None = None
    in_time: InTime = patiently
    codes_left: CodesLeft = plenty
