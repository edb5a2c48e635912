"""One measured number, with the bound it must keep."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`bound`: the largest value that is good, `least` the smallest; both the same for a figure
    that must be met exactly, both None for one that only informs.
    """

    name: str
    value: float
    unit: str
    bound: float | None = None
    least: float | None = None
    digits: int = 2  # behind the point, at most

    @property
    def good(self) -> bool:
        return not self._over and not self._under

    @property
    def _over(self) -> bool:
        return self.bound is not None and self.value > self.bound

    @property
    def _under(self) -> bool:
        return self.least is not None and self.value < self.least

    def __str__(self) -> str:
        return f"{self.name} {self._number(self.value)} {self.unit}"

    @property
    def excess(self) -> str:
        """What to say when it is not good."""
        if self._under:
            return f"{self} is under its bound of {self._number(self.least or 0)} {self.unit}"
        return f"{self} is over its bound of {self._number(self.bound or 0)} {self.unit}"

    def _number(self, value: float) -> str:
        return f"{value:.{self.digits}f}".rstrip("0").rstrip(".")
