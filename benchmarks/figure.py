"""One measured number, with the bound it must keep."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`bound`: the largest value that is good; None for a figure that only informs."""

    name: str
    value: float
    unit: str
    bound: float | None = None

    @property
    def good(self) -> bool:
        return self.bound is None or self.value <= self.bound

    def __str__(self) -> str:
        return f"{self.name} {_number(self.value)} {self.unit}"

    @property
    def excess(self) -> str:
        """What to say when it is not good."""
        return f"{self} is over its bound of {_number(self.bound or 0)} {self.unit}"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
