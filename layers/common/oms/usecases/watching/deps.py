"""What the watch over promises needs of the outside."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import ConfigReader, Orders
from ...ports.promises import Lanes, PromiseBook


@dataclass(frozen=True, slots=True)
class Watching:
    book: PromiseBook
    lanes: Lanes
    orders: Orders
    config: ConfigReader
    now: int
