"""What the auditor reads, and where it says what it found."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import Orders, Reservations
from ...ports.auditing import AuditBooks, Executions, LakeQueue, LakeReader, StockCases
from ...ports.signals import NodeReports, StockSignals
from ...ports.stock_raw import RawStock
from ..alerting.deps import Alerting


@dataclass(frozen=True, slots=True)
class Auditing:
    queue: LakeQueue
    lake: LakeReader
    books: AuditBooks
    orders: Orders
    reservations: Reservations
    stock: RawStock
    cases: StockCases
    executions: Executions
    signals: StockSignals
    reports: NodeReports
    alerting: Alerting
    now: int
