"""Our words for what DynamoDB refuses."""

from __future__ import annotations

from typing import Any

from ...domain.errors import Fault, LostRace

READS = frozenset({"get_item", "batch_get_item", "query"})
THROTTLED = frozenset(
    {
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "RequestLimitExceeded",
        "InternalServerError",
        "TransactionConflictException",
    }
)


def translated(error: Any, operation: str, table: str) -> Exception:
    """Our word for a DynamoDB error. One that we have no word for is a fault of a read, whose
    callers may do without; of a write it stays what it is.
    """
    code = error.response.get("Error", {}).get("Code", "")
    if code == "ConditionalCheckFailedException":
        return LostRace(f"{operation} on {table}: the condition does not hold")
    if code == "TransactionCanceledException":
        reasons = [r.get("Code") for r in error.response.get("CancellationReasons", [])]
        return LostRace(f"{operation} on {table}: cancelled {reasons}", reasons=reasons)
    if code in THROTTLED or operation in READS:
        return Fault(f"{operation} on {table}: {code}")
    return error  # type: ignore[no-any-return]
