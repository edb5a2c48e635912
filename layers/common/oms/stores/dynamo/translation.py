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


def errors_of_aws() -> tuple[type[Exception], ...]:
    """What a call of DynamoDB raises; imported when the first one did."""
    from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

    return ClientError, ConnectionError, HTTPClientError


def translated(error: Any, operation: str, table: str) -> Exception:
    """Our word for a DynamoDB error. One that we have no word for is a fault of a read, whose
    callers may do without; of a write it stays what it is.
    """
    if not getattr(error, "response", None):  # no answer, or none in time
        return Fault(f"{operation} on {table}: {type(error).__name__}")
    code = error.response.get("Error", {}).get("Code", "")
    if code == "ConditionalCheckFailedException":
        return LostRace(f"{operation} on {table}: the condition does not hold")
    if code == "TransactionCanceledException":
        reasons = [r.get("Code") for r in error.response.get("CancellationReasons", [])]
        return LostRace(f"{operation} on {table}: cancelled {reasons}", reasons=reasons)
    if code in THROTTLED or operation in READS:
        return Fault(f"{operation} on {table}: {code}")
    return error  # type: ignore[no-any-return]
