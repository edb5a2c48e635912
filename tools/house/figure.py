"""A counted figure and the most that it may be."""

from __future__ import annotations

from dataclasses import dataclass

RED, PLAIN = "\033[31m", "\033[0m"


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    value: int
    most: int
    places: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        return self.value <= self.most

    def line(self, *, in_color: bool) -> str:
        text = f"{self.value:>5} ≤ {self.most:<5} {self.name}"
        if self.good:
            return text
        return f"{RED}{text}{PLAIN}" if in_color else f"{text}  OVER"
