"""List prices and counting rules: the one place. us-east-1, US dollars, as of 2026-11.

Free tiers, taxes and discounts are left out, and so is what does not grow with orders (stored
bytes, alarms, secrets kept in memory by a warm function).
"""

from __future__ import annotations

MILLION = 1_000_000
GB = 1024**3

PRICE = {
    # per million
    "write_units": 0.625,  # DynamoDB on demand: 1 KB of the larger of old and new item
    "read_units": 0.125,  # DynamoDB on demand: 4 KB; half of it when eventually consistent
    "invocations": 0.20,  # Lambda
    "gb_seconds": 13.3334,  # Lambda arm64: $0.0000133334 each
    "transitions": 25.0,  # Step Functions Standard: each state entered, each retry, and the start
    "sqs_requests": 0.40,  # SQS standard: each API action of up to 64 KB
    "events": 1.00,  # EventBridge: each event put of up to 64 KB; delivery is free
    "http_requests": 1.00,  # API Gateway, HTTP API: each request of up to 512 KB
    "s3_puts": 5.00,
    "s3_gets": 0.40,
    # per GB
    "log_gb": 0.50 * MILLION,  # CloudWatch Logs, ingested: per million GB, as the others
}

# Lambda bills time, and time on this machine says little of time on AWS. So it is computed from
# what was counted: a constant for the handler, and for each sequential round trip a constant.
HANDLER_MS = 8.0
ROUND_TRIP_MS = 5.0

# CloudWatch also bills the platform's own lines, which the local cloud does not write.
REPORT_BYTES = 330  # START, END and REPORT of one invocation
ACCESS_LOG_BYTES = 260  # one line of the API's access log


def usd_per_million(counts: dict[str, float]) -> dict[str, float]:
    """Counts of one order → dollars for a million orders, by kind. Raises KeyError for others."""
    return {kind: count * PRICE[kind] for kind, count in counts.items()}
