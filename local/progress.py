"""One line of progress on standard error: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TextIO

_WIDTH = 24


class Progress:
    """Counts steps of known number. Not for use by several threads at once."""

    def __init__(self, steps: int, stream: TextIO | None = None) -> None:
        self.steps = steps
        self.done = 0
        self.stream = stream or sys.stderr
        self.started_s = time.monotonic()

    def step(self, text: str) -> None:
        """The step before is done and the one called `text` begins."""
        elapsed_s = time.monotonic() - self.started_s
        if self.stream.isatty():
            filled = _WIDTH * self.done // self.steps
            bar = "█" * filled + "░" * (_WIDTH - filled)
            self.stream.write(f"\r\x1b[K{bar} {self.done}/{self.steps} {text}")
        else:
            self.stream.write(f"[{elapsed_s:5.1f} s] {text}\n")
        self.stream.flush()
        self.done = min(self.done + 1, self.steps)

    def end(self, text: str) -> None:
        """All steps are done; the bar makes room for one last line."""
        elapsed_s = time.monotonic() - self.started_s
        start = "\r\x1b[K" if self.stream.isatty() else ""
        self.stream.write(f"{start}{text} ({elapsed_s:.1f} s)\n")
        self.stream.flush()


class Silent(Progress):
    """For tests: says nothing."""

    def __init__(self) -> None:
        super().__init__(1)

    def step(self, text: str) -> None:
        """Say nothing."""

    def end(self, text: str) -> None:
        """Say nothing."""
