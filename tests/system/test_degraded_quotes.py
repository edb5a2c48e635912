"""A store that is slow, that fails, or that does not answer at all: a shopper gets a safe date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from benchmarks.proxy import Proxy, Trouble
from local.actors.patience import eventually
from local.actors.people import CAMILLE
from local.actors.world import World
from local.cloud import Cloud
from local.seed.load import load
from local.stack import up

pytestmark = pytest.mark.system

FUNCTION, BUDGET_MS = "AtpFunction", 2000
CART = {"SKU-001": 1}
TROUBLES = {
    "slow": Trouble(FUNCTION, delay_s=4.0, code="InternalServerError"),
    "throttled": Trouble(FUNCTION, code="ProvisionedThroughputExceededException"),
    "failing in a way nobody has a word for": Trouble(FUNCTION, code="SomethingNewException"),
    "hanging up": Trouble(FUNCTION),
}


@pytest.fixture(scope="module")
def behind() -> Iterator[tuple[World, Proxy]]:
    """A stack whose functions reach the cloud through a meter that can make trouble."""
    with Cloud.start(auth=False) as cloud:
        proxy = Proxy(cloud.endpoint)

        def environment(function: str) -> dict[str, str]:
            return {"AWS_ENDPOINT_URL": proxy.url, "AWS_SDK_UA_APP_ID": function}

        try:
            patience = {"QuoteBudgetMs": str(BUDGET_MS), "ConfigTtlS": "0"}
            with up(cloud=cloud, environment=environment, parameters=patience) as stack:
                yield World(stack, load(stack)), proxy
        finally:
            proxy.stop()


def asked(world: World, **more: Any) -> dict[str, Any]:
    near = {"country": CAMILLE.country, "lat": CAMILLE.lat, "lon": CAMILLE.lon}
    return world.shop.availability(CART, **near, **more)


def wait_for_sure_quote(world: World) -> None:
    """A cold start on a busy machine may take more than a quote's budget."""
    eventually(lambda: asked(world)["confidence"] == "HIGH", waiting_for="a quote that is sure")


@pytest.mark.parametrize("kind", TROUBLES)
def test_a_quote_in_trouble_is_a_safe_date_of_low_confidence(
    behind: tuple[World, Proxy], kind: str
) -> None:
    world, proxy = behind
    wait_for_sure_quote(world)
    proxy.trouble = TROUBLES[kind]
    try:
        began = datetime.now(UTC)
        wish = {"key": world.new_id("CART"), "option": "SHIP:standard"}
        found = asked(world, hold=wish)
        took_s = (datetime.now(UTC) - began).total_seconds()
    finally:
        proxy.trouble = None
    assert (found["confidence"], found["reservation"]) == ("LOW", None)
    (standard,) = [each for each in found["options"] if each["id"] == "SHIP:standard"]
    assert standard["promise"]["confidence"] == "LOW"
    safe = (began.date() + timedelta(days=7)).isoformat()
    assert standard["promise"]["deliver_by"] >= safe
    assert took_s < 9
    wait_for_sure_quote(world)
