"""What the bus hears of goods on their way and of cycle counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]


def of_document(row: Row) -> dict[str, Any]:
    """Of a purchase order, an advance notice or a transfer (stores/supply/store.py)."""
    lines: list[Row] = row["lines"]
    wrong = [line.get("discrepancies", {}) for line in lines]
    return {
        "document": row["id"],
        "node": row["node"],
        "source": row["source"],
        "order": row.get("order", ""),
        "status": row["status"],
        "eta": row["eta"],
        "expected": sum(line["expected"] for line in lines),
        "received": sum(line.get("received", 0) for line in lines),
        "discrepancies": {
            reason: sum(each.get(reason, 0) for each in wrong)
            for reason in sorted({reason for each in wrong for reason in each})
        },
        "cause": "",
    }


def counted(row: Row) -> dict[str, Any]:
    """`variance` by SKU, of those that differ, once it was reviewed. Who is to count is a person,
    and not named (stores/counts/store.py).
    """
    lines: list[Row] = row["lines"]
    done = [line for line in lines if line.get("counted", -1) >= 0]
    found = {
        line["sku"]: line["counted"] - line["expected"]
        for line in done
        if line.get("expected", -1) >= 0
    }
    return {
        "document": row["id"],
        "node": row["node"],
        "status": row.get("status", "DRAFT"),
        "lines": len(lines),
        "counted": len(done),
        "variance": {sku: units for sku, units in sorted(found.items()) if units},
        "cause": "",
    }
