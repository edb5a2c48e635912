"""digital: from the sample events to the answers, each said twice; codes stay out of the log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from functions.digital import app
from oms import wiring
from oms.domain.errors import Fault
from tests.cloud import NOW, World, world
from tests.digital import only_digital
from tests.inprocess.world import Context

EVENTS = Path(__file__).parents[2] / "events" / "digital"
CODES = ["AAAA-BBBB-0001", "AAAA-BBBB-0002"]


@pytest.fixture
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with world() as built:
        dead: list[str] = []
        live = SimpleNamespace(
            orders=built.orders,
            goods=built.goods,
            config=built.config,
            now=lambda: NOW,
            dead=dead,
            dead_letters=lambda message, reason: dead.append(reason),
        )
        monkeypatch.setattr(wiring, "live", lambda: live)
        built.live = live  # type: ignore[attr-defined]
        yield built


def call(name: str, order: str = "", **changes: Any) -> Any:
    """Twice: the same answer."""
    event = json.loads((EVENTS / f"{name}.json").read_text().replace("ORDER", order or "ORDER"))
    if changes:
        event |= {"body": json.dumps(changes)}
    answer = app.handler(event, Context())
    assert app.handler(event, Context()) == answer
    return answer


def body(answer: Any, status: int = 200) -> Any:
    assert answer["statusCode"] == status, answer
    return json.loads(answer["body"])


def test_a_part_waits_for_codes_is_served_and_shown(
    cloud: World, caplog: pytest.LogCaptureFixture
) -> None:
    order = only_digital(cloud, {"GIFT": 2}).id
    assert call("assign", order) == {"batchItemFailures": []}
    assert body(call("http_pool")) == {"sku": "GIFT", "left": 0, "waiting": 1, "accepted": 0}
    assert body(call("http_goods", order))["goods"] == []
    assert body(call("http_load")) == {"sku": "GIFT", "left": 2, "waiting": 1, "accepted": 2}
    assert call("codes_loaded") == {"batchItemFailures": []}
    assert cloud.orders.part(order, 1).status == "DELIVERED"
    shown = body(call("http_goods", order))["goods"]
    assert sorted(good["code"] for good in shown) == CODES
    assert [(good["line"], good["unit"], good["name"]) for good in shown] == [
        (1, 1, "Gift card"),
        (1, 2, "Gift card"),
    ]
    assert "codes read" in caplog.text
    said = "\n".join(str(vars(record)) for record in caplog.records)
    assert not [code for code in CODES if code in said]


@pytest.mark.parametrize(
    "codes", [[], ["with blank"], ["x" * 101], ["ü"], [7], ["x"] * 501, "A-CODE"]
)
def test_what_can_be_no_code_is_refused_without_repeating_it(cloud: World, codes: Any) -> None:
    problem = body(call("http_load", codes=codes), 422)
    assert problem["errors"][0]["pointer"].startswith("/codes")
    assert "with blank" not in str(problem)
    assert "A-CODE" not in str(problem)


def test_what_fails_comes_again_and_what_can_never_work_is_set_aside(
    cloud: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = "0A4H1DAAYBKN32RQ"
    assert call("assign", unknown) == {"batchItemFailures": []}
    assert "no order" in cloud.live.dead[0]  # type: ignore[attr-defined]
    order = only_digital(cloud, {"GIFT": 1}).id
    call("assign", order)

    def away(*_: object, **__: object) -> None:
        raise Fault("the table is away")

    monkeypatch.setattr(cloud.goods, "waiting", away)
    (failed,) = call("codes_loaded")["batchItemFailures"]
    assert failed["itemIdentifier"] == "100000000000000000002"
