"""What the auditor keeps of a SKU at a node, and hands that break it or write history into it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from local.actors.patience import eventually
from local.actors.world import World

SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class AuditBooks:
    world: World
    node: str = "dc-lille"

    @property
    def client(self) -> Any:
        return self.world.stack.client("dynamodb")

    @property
    def audit(self) -> str:
        return self.world.stack.physical("AuditTable")

    @property
    def stock(self) -> str:
        return self.world.stack.physical("StockTable")

    def _key(self, sku: str) -> dict[str, Any]:
        return {"pk": {"S": f"LEDGER#{sku}#{self.node}"}, "sk": {"S": "LEDGER"}}

    def _ledger(self, sku: str) -> dict[str, Any]:
        return dict(self.client.get_item(TableName=self.audit, Key=self._key(sku)).get("Item", {}))

    def version(self, sku: str) -> str:
        return str(self._ledger(sku).get("v", {}).get("N", "0"))

    def balance(self, sku: str) -> dict[str, str]:
        return {name: each["N"] for name, each in self._ledger(sku)["balance"]["M"].items()}

    def item(self, sku: str) -> dict[str, Any]:
        key = {"pk": {"S": f"SKU#{sku}"}, "sk": {"S": f"NODE#{self.node}"}}
        return dict(self.client.get_item(TableName=self.stock, Key=key)["Item"])

    def suspected(self, sku: str) -> list[str]:
        rows = self.client.query(
            TableName=self.audit,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": "SUSPECTS"}},
        )["Items"]
        return [row["sk"]["S"] for row in rows if sku in row["sk"]["S"]]

    def break_item(self, sku: str) -> None:
        self.client.update_item(
            TableName=self.stock,
            Key={"pk": {"S": f"SKU#{sku}"}, "sk": {"S": f"NODE#{self.node}"}},
            UpdateExpression="ADD oh :one, av :one",
            ExpressionAttributeValues={":one": {"N": "1"}},
        )

    def wait_until_folded(self, sku: str) -> None:
        """The ledger is as far as the item: the auditor has nothing more to say of it."""
        eventually(
            lambda: (self.world.ops.post("/audit"), self.version(sku))[1],
            lambda version: version == self.item(sku)["v"]["N"],
            waiting_for=f"the ledger of {sku} at {self.node} to be folded",
        )

    def sold(self, sku: str, a_day: int, days: range) -> None:
        """Write history: so many units a day, so many days ago."""
        self.wait_until_folded(sku)
        today = int(time.time()) // SECONDS_A_DAY
        shipped = {str(today - ago): {"N": str(a_day)} for ago in days}
        self.client.update_item(
            TableName=self.audit,
            Key=self._key(sku),
            UpdateExpression="SET shipped = :shipped",
            ExpressionAttributeValues={":shipped": {"M": shipped}},
        )

    def is_a_day_later(self, sku: str) -> None:
        """What was noted for the SKU's next day is due."""
        today = int(time.time()) // SECONDS_A_DAY
        tomorrows, todays = (
            {"pk": {"S": "PACES"}, "sk": {"S": f"{day:05d}#{sku}"}} for day in (today + 1, today)
        )
        noted = self.client.delete_item(TableName=self.audit, Key=tomorrows, ReturnValues="ALL_OLD")
        assert noted.get("Attributes"), "it is to be looked at tomorrow"
        item = {**todays, "day": {"N": str(today)}, "sku": {"S": sku}}
        self.client.put_item(TableName=self.audit, Item=item)
