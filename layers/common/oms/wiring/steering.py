"""What steering sourcing works with: rules, replays."""

from __future__ import annotations

from collections.abc import Callable

from .. import wiring
from ..usecases.replaying.deps import Replaying, RunningReplay
from ..usecases.steering.deps import Steering
from .lazy import lazy


def steering() -> Steering:
    live = wiring.live()
    return Steering(
        rules=live.rules, config=live.config, stock=lazy(lambda: live.stock), now=live.now()
    )


def replaying() -> Replaying:
    live = wiring.live()
    return Replaying(
        steering=steering(),
        replays=live.replays,
        documents=lazy(lambda: live.documents),
        start=live.begin_replay,
    )


def running_replay(left_s: Callable[[], float]) -> RunningReplay:
    from ..gateways.reports.replay_page import report

    live = wiring.live()
    return RunningReplay(
        steering=steering(),
        replays=live.replays,
        documents=lazy(lambda: live.documents),
        past=live.past,
        report=report,
        clock=live.now,
        left_s=left_s,
    )
