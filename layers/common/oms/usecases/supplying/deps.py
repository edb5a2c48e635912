"""What documents of goods on their way are made and moved with."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import ConfigReader, Suppliers, Supplies


@dataclass(frozen=True, slots=True)
class Supplying:
    supplies: Supplies
    config: ConfigReader
    suppliers: Suppliers
    now: int
