"""What the use cases of digital goods work with."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import ConfigReader, DigitalGoods, Orders


@dataclass(frozen=True, slots=True)
class DigitalDelivery:
    orders: Orders
    goods: DigitalGoods
    config: ConfigReader
    now: int
