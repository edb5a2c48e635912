"""See that source files changed, by their modification times. No dependency, no threads."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

Snapshot = dict[Path, int]


def snapshot(paths: Iterable[Path]) -> Snapshot:
    """Modification times, in ns, of all files at or below `paths`, but for caches."""
    files = (f for p in paths for f in ([p] if p.is_file() else p.rglob("*")) if f.is_file())
    return {f: f.stat().st_mtime_ns for f in files if "__pycache__" not in f.parts}


def watch(
    paths: Iterable[Path],
    changed: Callable[[set[Path]], object],
    meanwhile: Callable[[], object] = lambda: None,
    *,
    every_s: float = 0.5,
) -> None:
    """Call `changed` with the files that differ and `meanwhile` at each look, for ever; ends with
    KeyboardInterrupt.
    """
    paths = list(paths)
    before = snapshot(paths)
    while True:
        time.sleep(every_s)
        now = snapshot(paths)
        different = {f for f in before.keys() | now.keys() if before.get(f) != now.get(f)}
        if different:
            before = now
            changed(different)
        meanwhile()
