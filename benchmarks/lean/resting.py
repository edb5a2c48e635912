"""Print the memory, in bytes, of a process that has what a warm feed function has: code, clients.

A process of its own: what a parent used counts for its children where `getrusage` is asked.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import functions.feed.app
import oms.contracts.feed_file  # noqa: F401 - imported by the first chunk
from oms import wiring

STATUS = Path("/proc/self/status")
PEAK = "VmHWM:"  # in KB


def peak_bytes() -> int:
    if STATUS.exists():
        told = next(line for line in STATUS.read_text().splitlines() if line.startswith(PEAK))
        return int(told.split()[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


if __name__ == "__main__":
    assert functions.feed.app.handler
    live = wiring.live()
    assert all((live.inbox, live.loads, live.chunks, live.feeds, live.config))
    print(peak_bytes())
