"""Print the memory, in bytes, of a process that has what a warm function has: code and clients.

    python -m benchmarks.resting FUNCTION SERVICE…

A process of its own: what a parent used counts for its children where `getrusage` is asked.
"""

from __future__ import annotations

import resource
import sys
from importlib import import_module
from pathlib import Path

import boto3

STATUS = Path("/proc/self/status")
PEAK = "VmHWM:"  # in KB


def peak_bytes() -> int:
    if STATUS.exists():
        told = next(line for line in STATUS.read_text().splitlines() if line.startswith(PEAK))
        return int(told.split()[1]) * 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


if __name__ == "__main__":
    function, *services = sys.argv[1:]
    assert import_module(f"functions.{function}.app").handler
    assert [boto3.client(service) for service in services]
    print(peak_bytes())
