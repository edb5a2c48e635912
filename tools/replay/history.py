"""A history as a file; its lines are told in oms/stores/lake/past_file.py. Without a node
in it the demo's network is taken.
"""

from __future__ import annotations

import json
from pathlib import Path

from local.seed.carriers import TARIFF, services
from local.seed.network import NODES
from oms.domain.replaying.history import Otherwise, ReplayHistory, collect
from oms.gateways.holidays import holiday_dates
from oms.stores.lake.past_file import lines_of, parsed

DEMO = Otherwise(NODES, tuple(services(TARIFF)), holiday_dates)


def read(path: Path) -> ReplayHistory:
    """Raises ValidationFailed, OSError."""
    with path.open(encoding="utf-8") as file:
        return collect(parsed(file), DEMO)


def write(history: ReplayHistory, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for line in lines_of(history):
            file.write(json.dumps(line, separators=(",", ":"), ensure_ascii=False) + "\n")
