"""Play all scenarios, some at a time, and say which did not end as told."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from local.actors.world import World
from local.demo.scenarios import SCENARIOS
from local.demo.tale import Say, Scenario, Tale, play
from local.diagnosis import diagnosis, trouble

AT_ONCE = 4


def play_all(
    world: World, say: Say, scenarios: Sequence[Scenario] = SCENARIOS, at_once: int = AT_ONCE
) -> list[Tale]:
    """Every scenario's tale, in the order of the list."""
    began = time.monotonic()
    tales = [Tale(title_of(scenario), world, say, began) for scenario in scenarios]
    pool = ThreadPoolExecutor(at_once)
    try:
        return list(pool.map(play, scenarios, tales))
    finally:  # interrupted: what has not begun does not begin
        pool.shutdown(wait=False, cancel_futures=True)


def title_of(scenario: Scenario) -> str:
    return (scenario.__doc__ or scenario.__name__).strip().splitlines()[0].rstrip(".")


def failures(tales: Sequence[Tale], world: World) -> str:
    """What a person needs to find the cause; empty when every story ended as told."""
    wrong = [_failure(tale, world) for tale in tales if not tale.good]
    if wrong:
        wrong.append(f"Errors in functions:\n{trouble(world.stack) or 'none'}")
    return "\n\n".join(wrong)


def _failure(tale: Tale, world: World) -> str:
    ends = [
        f"{end.order}: {', '.join(end.expected)} expected, {', '.join(end.reached)} reached"
        for end in tale.ends
        if not end.good
    ]
    why = [*filter(None, [tale.fault]), *ends] or ["no order came to its end"]
    orders = [diagnosis(world.stack, order) for order in tale.orders]
    return "\n  ".join([f"NOT AS TOLD: {tale.title}", *why, *orders])
