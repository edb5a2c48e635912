"""What the auditor reads and keeps."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from .stores import Stores

if TYPE_CHECKING:
    from ..gateways.lake_objects import LakeObjects
    from ..stores.audit.store import AuditStore
    from ..stores.executions.reader import ExecutionReader
    from ..stores.levels.store import LevelStore
    from ..stores.stock.signals import StockSignalStore


class AuditStores(Stores):
    @property
    def audit_grace_s(self) -> int:
        """How long a difference may be a change under way."""
        return int(self.env("AUDIT_GRACE_S"))

    @cached_property
    def audit_books(self) -> AuditStore:
        from ..stores.audit.store import AuditStore

        return AuditStore(self.table("AUDIT_TABLE"))

    @cached_property
    def lake_objects(self) -> LakeObjects:
        from ..gateways.lake_objects import LakeObjects

        sqs, s3 = self.client("sqs"), self.client("s3")
        return LakeObjects(sqs, self.env("AUDIT_QUEUE_URL"), s3, self.env("LAKE_BUCKET"))

    @cached_property
    def levels(self) -> LevelStore:
        from ..stores.levels.store import LevelStore

        return LevelStore(self.table("STOCK_TABLE"))

    @cached_property
    def signals(self) -> StockSignalStore:
        from ..stores.stock.signals import StockSignalStore

        return StockSignalStore(self.table("STOCK_TABLE"))

    @cached_property
    def executions(self) -> ExecutionReader:
        from ..stores.executions.reader import ExecutionReader

        arns = {"order": self.env("ORDER_MACHINE"), "return": self.env("RETURN_MACHINE")}
        return ExecutionReader(self.client("stepfunctions"), arns)
