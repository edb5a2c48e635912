"""What customers and customer service work with."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import ConfigReader, Orders


@dataclass(frozen=True, slots=True)
class Serving:
    orders: Orders
    config: ConfigReader
    now: int
