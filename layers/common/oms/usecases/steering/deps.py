"""What the use cases of sourcing rules work with."""

from __future__ import annotations

from dataclasses import dataclass

from ...ports import ConfigReader, RuleBook, Stock


@dataclass(frozen=True, slots=True)
class Steering:
    rules: RuleBook
    config: ConfigReader
    stock: Stock
    now: int
