"""The margins of carrier lanes from what their parcels did lately. Runs on a schedule.

Safe to repeat: margins follow from what is counted. While it does not run, the last ones hold.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ...domain.promising.outcomes import summed
from ...domain.promising.punctuality import LaneRecord, Margin, MarginTerms, margins
from .deps import Watching


def learn_lanes(
    terms: MarginTerms, back_days: int, *, deps: Watching
) -> tuple[dict[str, LaneRecord], dict[str, Margin]]:
    """The records of all lanes, and the margins that were published."""
    today = datetime.fromtimestamp(deps.now, UTC).date()
    days = [(today - timedelta(days=n)).isoformat() for n in range(back_days + 1)]
    sums = summed(deps.book.kept(days), "lane")
    records = {lane: tally.lane for lane, tally in sums.items() if lane and tally.lane.parcels}
    found = margins(records, terms)
    deps.lanes.publish(found, deps.now)
    return records, found
