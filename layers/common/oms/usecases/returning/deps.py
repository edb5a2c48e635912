"""What the use cases of returns work with."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import ConfigReader, Orders, PaymentGateways, Workflows


@dataclass(frozen=True, slots=True)
class Returning:
    orders: Orders
    config: ConfigReader
    gateways: PaymentGateways
    workflows: Workflows
    now: int
