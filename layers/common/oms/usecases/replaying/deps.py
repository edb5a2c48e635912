"""What asking for replays, and running one, works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...ports import Documents
from ...ports.replaying import PastReader, Replays, Reporter, Starter
from ..steering.deps import Steering


@dataclass(frozen=True, slots=True)
class Replaying:
    steering: Steering
    replays: Replays
    documents: Documents
    start: Starter


@dataclass(frozen=True, slots=True)
class RunningReplay:
    """`left_s`: seconds until the run is cut off."""

    steering: Steering
    replays: Replays
    documents: Documents
    past: PastReader
    report: Reporter
    clock: Callable[[], int]
    left_s: Callable[[], float]
