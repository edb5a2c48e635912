"""Logs, metrics and traces. Nothing personal is logged: ids only, never names or addresses."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger

SERVICE = "oms"
# Each line says what it is about; where in the code it was written is the same for most of them.
logger = Logger(service=SERVICE, utc=True, use_rfc3339=True, location=None)


def correlate(correlation_id: str) -> None:
    """Lines, written items, events and executions carry this id from here on; "" for none.

    The logger keeps it: a process of Lambda serves one event at a time, and every thread sees it.
    """
    logger.set_correlation_id(correlation_id or None)


def correlation_id() -> str:
    """The id that a request shares with all that follows from it; "" where nobody gave one."""
    return logger.get_correlation_id() or ""


def about(**ids: str | int) -> None:
    """Ids for each line that this invocation writes from here on, such as `order_id`."""
    logger.append_keys(**ids)


def count(name: str, value: int = 1, **dimensions: str) -> None:
    """A business metric, written in CloudWatch's embedded metric format (no API call)."""
    _metric(name, value, "Count", dimensions)


def measure(name: str, value: float, unit: str) -> None:
    """A figure of all functions together; the line says which one wrote it."""
    _metric(name, value, unit, {})


def _metric(name: str, value: float, unit: str, dimensions: Mapping[str, str]) -> None:
    from aws_lambda_powertools.metrics import MetricUnit, single_metric

    with single_metric(
        name=name,
        unit=MetricUnit(unit),
        value=value,
        namespace=os.environ.get("POWERTOOLS_METRICS_NAMESPACE", SERVICE),
        default_dimensions={"service": SERVICE},
    ) as metric:
        metric.add_metadata("function_name", os.environ.get("AWS_LAMBDA_FUNCTION_NAME", "local"))
        for key, text in dimensions.items():
            metric.add_dimension(name=key, value=text)


@cache
def trace_calls() -> None:
    """Every AWS call becomes a subsegment of the function's trace. Off unless asked for: the
    tracer's import costs a cold start more than everything else together.
    """
    if os.environ.get("TRACE_CALLS") == "true":
        from aws_lambda_powertools import Tracer

        Tracer(service=SERVICE, patch_modules=("botocore",))


def fault(error: Exception, **ids: Any) -> None:
    """A failure of ours: its stack, with `ids` that tell which order, part, message, and a figure
    that raises an alarm, although the function itself may end well.
    """
    logger.error(type(error).__name__, exc_info=error, extra=ids)
    count("Faults")
