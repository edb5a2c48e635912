"""What taking and giving back money works with."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import ConfigReader, Orders, PaymentGateways, Stock


@dataclass(frozen=True, slots=True)
class Paying:
    orders: Orders
    stock: Stock
    gateways: PaymentGateways
    config: ConfigReader
    now: int
