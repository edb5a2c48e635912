"""What Lambda tells a handler about its invocation, and what the handler logs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from types import SimpleNamespace
from typing import Any

from oms.observability import logger

CONTEXT = SimpleNamespace(
    function_name="function",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:eu-west-1:000000000000:function:function",
    aws_request_id="request",
    get_remaining_time_in_millis=lambda: 890_000,
)


@contextmanager
def logged() -> Iterator[list[dict[str, Any]]]:
    """The lines of the log, complete when the block ends."""
    lines: list[dict[str, Any]] = []
    stream = StringIO()
    before = logger.registered_handler.setStream(stream)
    try:
        yield lines
    finally:
        logger.registered_handler.setStream(before)
        lines += map(json.loads, stream.getvalue().splitlines())
