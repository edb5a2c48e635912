"""An event of the bus as a queue delivers it: only what its consumers read of it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Detail(BaseModel):
    """About an order; new fields may come at any time."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    order_id: str
    number: int = Field(ge=0)
    event: str


class BusEvent(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    type: str = Field(alias="detail-type")
    detail: Detail
