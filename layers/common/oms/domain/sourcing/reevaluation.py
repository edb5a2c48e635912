"""Whether a part that no node has accepted is better off elsewhere (re-evaluation)."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.channel import Channel
from ..model.plan import Plan

BAND, COST, LATE = "distance_band", "cost", "lateness"


def reason_to_move(plan: Plan, node: str, channel: Channel) -> str:
    """Why it pays to follow `plan` instead of staying at `node`, in words; "" when it does not.

    All of it goes to one other node, not later than here, and either costs `review_saves` minor
    units less, or is `review_bands` distance bands nearer and no dearer.
    """
    values = {each.node: each.criteria for each in plan.considered if not each.excluded}
    others = [part.node for part in plan.parts if part.node != node]
    if plan.unfilled or len(plan.parts) != 1 or not others or node not in values:
        return ""
    now_at, other_at = values[node], values[others[0]]
    if _gain(now_at, other_at, LATE) < 0:
        return ""
    saved, nearer = _gain(now_at, other_at, COST), _gain(now_at, other_at, BAND)
    if channel.review_saves and saved >= channel.review_saves:
        return f"saves {saved}"
    if channel.review_bands and nearer >= channel.review_bands and saved >= 0:
        return f"{nearer} bands nearer"
    return ""


def _gain(now_at: Mapping[str, int], other_at: Mapping[str, int], criterion: str) -> int:
    return now_at.get(criterion, 0) - other_at.get(criterion, 0)
