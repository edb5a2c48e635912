"""An event of the bus as a queue delivers it: only what its consumers read of it."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from .parse import View


class Detail(View):
    """New fields may come at any time. Events of stock are about no order."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    order_id: str = ""
    number: int = Field(0, ge=0)
    event: str
    correlation_id: str = ""


class BusEvent(View):
    model_config = ConfigDict(extra="ignore", frozen=True)

    type: str = Field(alias="detail-type")
    detail: Detail
