"""What may be sold, and what stock planners are told."""

from __future__ import annotations

from pydantic import BaseModel, Field


class MethodSellable(BaseModel):
    """After safety stock, waiting demand and the channel's buffer."""

    units: int
    shown: int = Field(description="what shoppers may read: at most the channel's display_max")
    band: str = Field(description="IN_STOCK, LOW or OUT")


class SellableView(BaseModel):
    """Of a kit: how many of it its components make up; to collect, within one node."""

    sku: str
    channel: str
    methods: dict[str, MethodSellable]
