"""Inputs that are missing, or cannot be read: a quote is a safe date of low confidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ParamValidationError,
    ReadTimeoutError,
)

from oms.domain.quoting.quote import Quote, QuoteLine, QuoteRequest
from oms.usecases.quoting.deps import Quoting
from oms.usecases.quoting.quote_availability import quote_availability
from tests.bundles import bundle
from tests.cloud import NODES, World, receive

SKU = "SKU-001"
ASKED = QuoteRequest("web", (QuoteLine(SKU, 1),), "FR", "48.86", "2.35", node="store-paris")


def quoted(world: World) -> Quote:
    return quote_availability(ASKED, deps=bundle(Quoting, world))


def shipped(found: Quote) -> list[str]:
    """What is promised by SHIP options: confidence and date."""
    assert [option.service for option in found.options if option.method == "SHIP"]
    return [
        f"{option.service} {option.promise.confidence} {option.promise.deliver_by}"
        for option in found.options
        if option.method == "SHIP" and option.promise
    ]


SAFE = ["standard LOW 2026-12-01", "express LOW 2026-12-01"]
ENDPOINT = {"endpoint_url": "http://nowhere"}
UNREADABLE = [
    ClientError({"Error": {"Code": "SomethingNewException"}}, "Query"),
    ClientError({"Error": {"Code": "AccessDeniedException"}}, "Query"),
    ClientError({"Error": {"Code": "ThrottlingException"}}, "Query"),
    ReadTimeoutError(**ENDPOINT),
    ConnectTimeoutError(**ENDPOINT),
    ConnectionClosedError(**ENDPOINT),
    EndpointConnectionError(**ENDPOINT),
    OSError("no route to host"),
]


class Broken:
    """A DynamoDB client of which some operations fail."""

    def __init__(self, client: Any, operations: set[str], error: Exception) -> None:
        self.client, self.operations, self.error = client, operations, error

    def __getattr__(self, name: str) -> Any:
        if name not in self.operations:
            return getattr(self.client, name)

        def fail(**_: Any) -> Any:
            raise self.error

        return fail


@pytest.mark.parametrize("error", UNREADABLE, ids=repr)
@pytest.mark.parametrize("operation", ["query", "batch_get_item"])
def test_whatever_dynamodb_does_a_shopper_gets_a_safe_date(
    world: World, operation: str, error: Exception
) -> None:
    """A Query is of stock; a BatchGetItem of the configuration: then even the channel is unknown."""
    broken = Broken(world.client, {operation}, error)
    world.stock.table.client = world.config.table.client = broken  # type: ignore[assignment]
    found = quoted(world)
    assert found.confidence == "LOW"
    assert shipped(found)[0] == SAFE[0]


def test_a_mistake_of_ours_is_not_taken_for_a_store_that_fails(world: World) -> None:
    mistake = ParamValidationError(report="Missing required parameter")
    world.stock.table.client = Broken(world.client, {"query"}, mistake)  # type: ignore[assignment]
    with pytest.raises(ParamValidationError):
        quoted(world)


def test_without_carriers_shipping_is_a_safe_date_and_pickup_as_ever(world: World) -> None:
    receive(world, SKU, "store-paris", 1)
    world.config.put("CARRIERS", {"services": []})
    found = quoted(world)
    assert (shipped(found), found.confidence) == (SAFE, "LOW")
    (pickup,) = [option for option in found.options if option.method == "PICKUP"]
    assert pickup.promise is not None
    assert pickup.promise.confidence == "HIGH"


def test_without_nodes_all_is_a_safe_date(world: World) -> None:
    for row in range(4):
        world.config.put(f"NODES#{row}", {"nodes": {}})
    found = quoted(world)
    assert shipped(found) == SAFE
    assert [o.id for o in found.options if o.method == "PICKUP"] == ["PICKUP:store-paris"]


def test_a_calendar_that_nobody_knows_puts_the_dates_in_question(world: World) -> None:
    receive(world, SKU, "dc-lille", 1)
    assert quoted(world).confidence == "HIGH"
    world.config.put_node(replace(NODES[0], holidays="XX"))
    world.config.calendar = lambda code, _: None if code == "XX" else frozenset()
    found = quoted(world)
    assert (found.confidence, found.options[0].available) == ("LOW", True)


def test_what_cannot_be_read_a_second_time_leaves_what_is_sure(world: World) -> None:
    """The exact number is late: what is shown is there for certain, and no more is said."""
    receive(world, SKU, "dc-lille", 1)
    asked: list[str] = []
    read = world.stock.availability.network

    def network(skus: Any, *args: Any, **how: Any) -> Any:
        asked.append("short" if how.get("rough") else "exact")
        if asked[-1] == "exact":
            raise TimeoutError
        return read(skus, *args, **how)

    world.stock.availability.network = network  # type: ignore[method-assign]
    found = quoted(world)
    assert asked == ["short", "exact"]
    assert not found.options[0].available
