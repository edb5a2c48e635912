"""Lines of the log: what was dealt with, how it ended, how long it took. Nothing personal."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..domain.ids import ALPHABET, ORDER_ID_LENGTH
from ..observability import correlate, logger

OK = "OK"
WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._=-]{0,39}")
ORDER_ID = re.compile(f"[{ALPHABET}]{{{ORDER_ID_LENGTH}}}")


@contextmanager
def line(kind: str, **what: object) -> Iterator[dict[str, Any]]:
    """Writes one line when the block ends, with what the block has added to it.

    `outcome` is OK unless the block says otherwise, or the name of the error that ended it.
    """
    began = time.monotonic()
    said: dict[str, Any] = {**what, "outcome": OK}
    try:
        yield said
    except Exception as error:
        said["outcome"] = type(error).__name__
        raise
    finally:
        said["duration_ms"] = round((time.monotonic() - began) * 1000)
        logger.info(kind, extra=said)


@contextmanager
def one_of_many(correlation_id: object) -> Iterator[None]:
    """A message or record among others: its ids are in its own lines alone."""
    with logger.append_context_keys(order_id=None, correlation_id=None):
        correlate(well_formed(correlation_id))
        yield


def well_formed(text: object) -> str:
    """The text if it can be a correlation id, else ""."""
    return text if isinstance(text, str) and WELL_FORMED.fullmatch(text) else ""


def order_id(text: object) -> str:
    """The text if it can be an order's id, else ""."""
    return text if isinstance(text, str) and ORDER_ID.fullmatch(text) else ""
