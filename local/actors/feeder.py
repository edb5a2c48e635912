"""A warehouse's or supplier's system: it drops files of stock in the inbox bucket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from local.actors.api import Api
from local.actors.patience import WITHIN_S, eventually

Load = dict[str, Any]  # `LoadView` of docs/openapi.json


def instant(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Feeder:
    """`s3` is a client; `api` may read how far files are."""

    s3: Any
    bucket: str
    api: Api

    def drop(self, name: str, text: str) -> None:
        self.s3.put_object(Bucket=self.bucket, Key=name, Body=text.encode())

    def fetch(self, name: str) -> str:
        return str(self.s3.get_object(Bucket=self.bucket, Key=name)["Body"].read().decode())

    def loads(self, name: str) -> list[Load]:
        """Every drop of a file of this name, the latest first."""
        return list(self.api.get("/stock/files", name=name)["loads"])

    def wait_for(self, name: str, *, drops: int = 1, within_s: float = WITHIN_S) -> list[Load]:
        """All drops of this name, once there are so many and none is being booked."""
        return eventually(
            lambda: self.loads(name),
            lambda seen: len(seen) >= drops and all(each["status"] != "BOOKING" for each in seen),
            within_s=within_s,
            waiting_for=f"{drops} drops of {name}",
        )
