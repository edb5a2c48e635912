"""Our words for what DynamoDB refuses."""

from __future__ import annotations

from typing import Any

from ..domain.errors import Fault, LostRace

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
    """Our word for a DynamoDB error; what we have no word for stays what it is."""
    code = error.response.get("Error", {}).get("Code", "")
    if code == "ConditionalCheckFailedException":
        return LostRace(f"{operation} on {table}: the condition does not hold")
    if code == "TransactionCanceledException":
        reasons = [r.get("Code") for r in error.response.get("CancellationReasons", [])]
        return LostRace(f"{operation} on {table}: cancelled {reasons}", reasons=reasons)
    if code in THROTTLED:
        return Fault(f"{operation} on {table}: {code}")
    return error  # type: ignore[no-any-return]
