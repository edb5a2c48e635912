"""What holds for all tests: no real account in reach, and a failure that can be repeated."""

from __future__ import annotations

import os
import random

import pytest
from hypothesis import settings

# Before any module of ours is imported: a client made anywhere talks to nobody by accident.
for _name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "AWS_CONFIG_FILE"):
    os.environ.pop(_name, None)
os.environ |= {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_REGION": "eu-west-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_XRAY_SDK_ENABLED": "false",
    "POWERTOOLS_TRACE_DISABLED": "true",
    "POWERTOOLS_SERVICE_NAME": "oms",
    "POWERTOOLS_METRICS_NAMESPACE": "oms",
}

# CI tries the same examples each time, so that it is red only for a change; a person's runs try
# new ones, and a failure prints the line that repeats it.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("dev", deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

# Kept in the environment, so that all processes of a run draw the same.
SEED = int(
    os.environ.setdefault("OMS_SEED", "1" if os.environ.get("CI") else str(random.getrandbits(32)))
)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line(f"OMS_SEED={SEED} repeats the random choices of this run")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast tests first; the local cloud starts when they have passed."""
    items.sort(key=lambda item: item.get_closest_marker("system") is not None)


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> random.Random:
    """Random choices that depend on OMS_SEED and the test's name only."""
    return random.Random(f"{SEED}:{request.node.nodeid}")
