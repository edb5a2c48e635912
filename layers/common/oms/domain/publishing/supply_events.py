"""What the bus hears of goods on their way and of cycle counts: each step of a document, once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]
DOCUMENT_SK, COUNT_SK = "DOC", "SESSION"
NOUNS: Mapping[str, str] = {
    "PURCHASE_ORDER": "purchase_order",
    "NOTICE": "advance_notice",
    "TRANSFER": "transfer",
}
COUNT = "count"


def supply_event(sk: str, row: Row) -> tuple[str, dict[str, Any]]:
    """(type, detail) of the last step of a document or a count (stores/supply/store.py and
    stores/counts/store.py). Who is to count is a person, and not told.
    """
    noun, about = (COUNT, _counted(row)) if sk == COUNT_SK else _document(row)
    last = row["last"]
    detail = {
        "document": row["id"],
        "node": row["node"],
        "event": last["k"],
        **about,
        "version": row["v"],
        "at": last["at"],
        "by": last["by"],
        "cause": "",
    }
    return f"{noun}.{last['k']}", detail


def _document(row: Row) -> tuple[str, dict[str, Any]]:
    lines: list[Row] = row["lines"]
    wrong = [line.get("discrepancies", {}) for line in lines]
    return NOUNS[row["kind"]], {
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
    }


def _counted(row: Row) -> dict[str, Any]:
    """`variance` by SKU, of those that differ, once it was reviewed."""
    lines: list[Row] = row["lines"]
    done = [line for line in lines if line.get("counted", -1) >= 0]
    found = {
        line["sku"]: line["counted"] - line["expected"]
        for line in done
        if line.get("expected", -1) >= 0
    }
    return {
        "status": row.get("status", "DRAFT"),
        "lines": len(lines),
        "counted": len(done),
        "variance": {sku: units for sku, units in sorted(found.items()) if units},
    }
