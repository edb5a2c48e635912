"""What opening and closing a node needs of the outside."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import ConfigReader, Nodes, Orders


@dataclass(frozen=True, slots=True)
class Outages:
    nodes: Nodes
    orders: Orders
    config: ConfigReader
    now: int
