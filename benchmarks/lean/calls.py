"""Whether a call waits for the one before it."""

from __future__ import annotations

from threading import current_thread, main_thread


def beside() -> bool:
    """A pool makes it, beside others; what the handler's own thread calls, it waits for."""
    return current_thread() is not main_thread()
