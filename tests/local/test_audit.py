"""`make audit` says what is wrong by now, and what was told before and is not settled."""

from __future__ import annotations

from typing import Any, cast

import pytest

from local.actors.api import Api
from local.audit import audit

WRONG = {"invariant": "I2", "subject": "stock/dc-lille/A", "what": "ledger on_hand",
         "expected": 5, "found": 6}  # fmt: skip
OPEN = {"kind": "AUDIT_I2", "sku": "A", "node": "dc-lille",
        "detail": {"reason": "I2: ledger on_hand", "expected": "5", "found": "6"}}  # fmt: skip
LOW = {"kind": "STOCK_LOW", "sku": "B", "node": "*", "detail": {"reason": "stock is LOW"}}
COUNTS = {"movements": 3, "looked_at": 2, "suspects": 1, "alerts": 0}


class Ops:
    """Answers with what each run tells, then with the open cases."""

    def __init__(self, runs: list[list[Any]], cases: list[Any]) -> None:
        self.runs, self.cases = iter(runs), cases

    def post(self, path: str, body: Any) -> Any:
        told = next(self.runs, [])
        return {"objects": len(told), "cases": told, **COUNTS}

    def get(self, path: str) -> Any:
        return {"cases": self.cases}


@pytest.mark.parametrize(
    ("runs", "cases", "code", "says"),
    [
        ([[], []], [LOW], 0, "Nothing is wrong."),
        ([[WRONG], []], [OPEN, LOW], 1, "stock/dc-lille/A: ledger on_hand: expected 5, found 6"),
        ([[]], [OPEN], 1, "  AUDIT_I2 A at dc-lille: I2: ledger on_hand: expected 5, found 6"),
        ([[WRONG]], [], 1, "Each is a case now, and nothing was repaired"),
    ],
)
def test_both_values_and_what_is_still_open(
    capsys: pytest.CaptureFixture[str], runs: list[Any], cases: list[Any], code: int, says: str
) -> None:
    assert audit(cast(Api, Ops(runs, cases)), {}) == code
    said = capsys.readouterr().out
    assert says in said
    assert "STOCK_LOW" not in said
