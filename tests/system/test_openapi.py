"""The served API keeps to its description, whatever is sent to it.

Every operation is called with valid and with invalid data, by callers who may and who may not.
Cases are made by Schemathesis from `docs/openapi.json`, always the same ones. What is known here
(orders in several states, SKUs, nodes) is put into most of them, so that they reach further than
"there is no such order".
"""

from __future__ import annotations

import json
import urllib.request
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.generation.modes import GenerationMode
from schemathesis.specs.openapi import checks as conformance

from local.actors.people import CAMILLE
from local.actors.staff import TO_SHIP
from local.actors.world import World
from tests.system.worlds import new_world

pytestmark = pytest.mark.system

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"
EXAMPLES = 25  # of each operation
STEERED_OF_10 = 8  # cases that are about what is there
REJECTION = conformance.negative_data_rejection
CHECKS = [
    not_a_server_error,
    conformance.status_code_conformance,
    conformance.content_type_conformance,
    conformance.response_headers_conformance,
    conformance.response_schema_conformance,
    REJECTION,
]
WAREHOUSE, STORE = "dc-lille", "store-paris"

API = schemathesis.openapi.from_path(DOCUMENT)
API.config.generation.update(
    modes=list(GenerationMode), with_security_parameters=False, deterministic=True
)

Known = Mapping[str, Sequence[Any]]
EASY: Known = {
    "part": (1,),
    "number": (1,),
    "line": (1,),
    "quantity": (1, 2),
    "arrived": (1, 2),
    "accepted": (1, 2),
    "discount": (0,),
    "tax": (0,),
    "key": ("first", "second"),
    "channel": ("web",),
    "customer_id": ("customer-camille",),
    "country": ("FR",),
    "currency": ("EUR",),
    "provider": ("sandbox", "stripe", "external"),
    "carrier": ("swift",),
}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """A system of its own: what is sent here closes nodes and activates rules."""
    with new_world() as made:
        yield made


@pytest.fixture(scope="module")
def orders(world: World, sku: str) -> dict[str, str]:
    """An order for each action that it is ready for."""
    placed = {action: world.shop.place({sku: 3}) for action in (*TO_SHIP, "returns", "receive")}
    for action, order in placed.items():
        part = world.staff.wait_for_part(order)
        for step in takewhile(lambda step: step != action, TO_SHIP):  # noqa: B023
            part = world.staff.do(step, part)
    placed["collect"] = world.shop.place({sku: 2}, collect_at=STORE)
    world.staff.work_through(placed["collect"])
    wanted = {"key": "first", "lines": [{"line": 1, "quantity": 2, "reason": "OTHER"}]}
    world.shop.api.post(f"/orders/{placed['receive']}/returns", wanted)
    return placed


@pytest.fixture(scope="module")
def sku(world: World) -> str:
    return world.new_sku({WAREHOUSE: 500, STORE: 500})


@pytest.fixture(scope="module")
def known(world: World, sku: str, orders: dict[str, str]) -> Known:
    """Values by the name of the field or parameter that takes them."""
    link = world.shop.api.post(f"/orders/{orders['ship']}/link")["path"]
    return {
        "order_id": tuple(orders.values()),
        "node": (WAREHOUSE, STORE),
        "sku": (sku,),
        "token": (link.rpartition("/")[2],),
        **EASY,
    }


@pytest.fixture(scope="module")
def tokens(world: World) -> Mapping[str, str]:
    """By scope; staff of either node."""
    return {
        "oms/storefront": world.tokens["storefront"],
        "oms/service": world.tokens["service"],
        "oms/ops": world.tokens["ops"],
        "oms/staff": world.token("oms/staff", sub="staff|both", nodes=(WAREHOUSE, STORE)),
        "oms/codes": world.token("oms/codes", sub="code-room"),
        "oms/nothing": world.token("oms/nothing", sub="stranger"),
    }


@API.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_a_documented_one(
    case: Any,
    world: World,
    known: Known,
    orders: Mapping[str, str],
    tokens: Mapping[str, str],
) -> None:
    load_all_checks()
    dice = Dice(case)
    if dice.roll(10) < STEERED_OF_10:
        steer(case, {**known, **ready_for(case, orders, dice)}, dice)
    answer = case.call(base_url=world.url, headers=dict(bearer(case, tokens, dice)))
    case.validate_response(answer, checks=checks_for(case))


def checks_for(case: Any) -> list[Any]:
    """Where a mutation found nothing to spoil, Schemathesis calls the negative case "positive test
    case": what is right need not be rejected.
    """
    described = case.meta.phase.data.description or ""
    spoiled = not described.startswith("positive test case")
    return CHECKS if spoiled else [check for check in CHECKS if check is not REJECTION]


def test_the_served_description_is_the_documented_one(world: World) -> None:
    with urllib.request.urlopen(f"{world.url}/openapi.json") as answer:
        assert json.load(answer) == json.loads(DOCUMENT.read_text())


class Dice:
    """Chances that follow from the case, so that a failing case fails again."""

    def __init__(self, case: Any) -> None:
        made_of = (case.method, case.path, case.path_parameters, case.query, case.body)
        self.state = zlib.crc32(repr(made_of).encode())

    def roll(self, sides: int) -> int:
        self.state = zlib.crc32(self.state.to_bytes(4, "big"))
        return self.state % sides

    def one_of(self, values: Sequence[Any]) -> Any:
        return values[self.roll(len(values))]


def ready_for(case: Any, orders: Mapping[str, str], dice: Dice) -> Known:
    """Mostly the order that is ready for what the address says."""
    fitting = [orders[word] for word in case.path.split("/") if word in orders]
    return {"order_id": fitting[-1:]} if fitting and dice.roll(4) else {}


def steer(case: Any, known: Known, dice: Dice) -> None:
    """Known values in place of generated ones; what is wrong with the body stays wrong."""
    if case.path_parameters:
        case.path_parameters = {
            name: dice.one_of(known[name]) if name in known else value
            for name, value in case.path_parameters.items()
        }
    for name in case.query or {}:
        if name in known:
            case.query[name] = dice.one_of(known[name])
    if isinstance(case.body, dict):
        body = case.body if case.path != "/orders" else {"ship_to": CAMILLE.address, **case.body}
        case.body = mended(body, known, dice)


def mended(value: Any, known: Known, dice: Dice) -> Any:
    if isinstance(value, dict):
        return {
            name: dice.one_of(known[name])
            if name in known and isinstance(inner, str | int | None)
            else mended(inner, known, dice)
            for name, inner in value.items()
        }
    return [mended(item, known, dice) for item in value] if isinstance(value, list) else value


def bearer(case: Any, tokens: Mapping[str, str], dice: Dice) -> Iterator[tuple[str, str]]:
    """Mostly somebody who may call the operation; sometimes anybody, or nobody."""
    security = case.operation.definition.raw.get("security", [])
    able = [scope for way in security for scope in way["jwt"]]
    chance = dice.roll(10)
    if not able or chance == 0:
        return
    scope = dice.one_of(able if chance > 1 else sorted(tokens))
    yield "authorization", f"Bearer {tokens[scope]}"
