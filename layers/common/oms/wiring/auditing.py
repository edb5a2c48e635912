"""What the auditor works with."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .stores import Stores

if TYPE_CHECKING:
    from ..gateways.lake_notes import LakeNotes
    from ..stores.audit.store import AuditStore
    from ..stores.levels.store import LevelStore
    from ..usecases.auditing.look_again import Looker
    from ..usecases.auditing.tell_pace import PaceTeller
    from ..usecases.stocking.watch_levels import Watcher


class Auditing(Stores):
    @property
    def audit_grace_s(self) -> int:
        """How long a difference may be a change under way."""
        return int(self.env("AUDIT_GRACE_S"))

    @cached_property
    def audit_books(self) -> AuditStore:
        from ..stores.audit.store import AuditStore

        return AuditStore(self.table("AUDIT_TABLE"))

    @cached_property
    def lake_notes(self) -> LakeNotes:
        from ..gateways.lake_notes import LakeNotes

        sqs, s3 = self.client("sqs"), self.client("s3")
        return LakeNotes(sqs, self.env("AUDIT_QUEUE_URL"), s3, self.env("LAKE_BUCKET"))

    @cached_property
    def levels(self) -> LevelStore:
        from ..stores.levels.store import LevelStore

        return LevelStore(self.table("STOCK_TABLE"))

    def watcher(self) -> Watcher:
        from ..usecases.stocking.watch_levels import Watcher

        return Watcher(
            stock=self.stock,
            books=self.audit_books,
            paces=self.audit_books,
            config=self.config,
            levels=self.levels,
            cases=self.stock_cases,
            now=self.now(),
        )

    def pace(self) -> PaceTeller:
        from ..stores.stock.signals import StockSignalStore
        from ..usecases.auditing.tell_pace import PaceTeller

        return PaceTeller(
            signals=StockSignalStore(self.table("STOCK_TABLE")),
            reports=self.reports,
            books=self.audit_books,
            now=self.now(),
        )

    def looker(self) -> Looker:
        from ..stores.executions.reader import ExecutionReader
        from ..usecases.auditing.look_again import Looker

        arns = {"order": self.env("ORDER_MACHINE"), "return": self.env("RETURN_MACHINE")}
        return Looker(
            books=self.audit_books,
            orders=self.orders,
            reservations=self.reservations,
            stock=self.stock,
            cases=self.stock_cases,
            executions=ExecutionReader(self.client("stepfunctions"), arns),
            now=self.now(),
        )
