"""What pricing scarcity and rating nodes work with."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import Availability, ConfigReader, Lake, OrderHistory, ScarcityBook
from ...ports.signals import NodeReports, Rejections


@dataclass(frozen=True, slots=True)
class LookingAhead:
    history: OrderHistory
    rejections: Rejections
    lake: Lake
    scarcity: ScarcityBook
    reports: NodeReports
    stock: Availability
    config: ConfigReader
    now: int
