"""The scheduled sweep, from its event to its figures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from functions.sweep import app
from oms import wiring
from oms.gateways.dead_letters import DeadLetterQueues
from tests.cloud import world
from tests.invocation import CONTEXT
from tests.usecases.staff_floor import Floor, assigned

EVENT = json.loads((Path(__file__).parents[2] / "events/sweep/schedule.json").read_text())


class Queues:
    """As SQS answers: whole numbers as text."""

    def __init__(self, **waiting: int) -> None:
        self.messages = waiting

    def get_queue_attributes(self, *, QueueUrl: str, AttributeNames: list[str]) -> Any:  # noqa: N803
        return {"Attributes": {AttributeNames[0]: str(self.messages[QueueUrl.split("/")[-1]])}}


@pytest.fixture
def queues() -> DeadLetterQueues:
    urls = ("https://sqs/1/FeedDeadLetters", "https://sqs/1/StreamFailures")
    return DeadLetterQueues(Queues(FeedDeadLetters=3, StreamFailures=0), urls)


@pytest.fixture
def floor(monkeypatch: pytest.MonkeyPatch, queues: DeadLetterQueues) -> Iterator[Floor]:
    with world() as cloud:
        made = Floor(cloud)
        monkeypatch.setattr(
            wiring,
            "live",
            lambda: SimpleNamespace(
                orders=made.orders,
                reservations=cloud.reservations,
                config=made.config,
                nodes=made.nodes,
                stock=cloud.stock,
                workflows=cloud.workflows,
                now=lambda: made.now,
                dead_letter_queues=queues,
            ),
        )
        yield made


def test_the_sweep_tells_what_it_did(floor: Floor) -> None:
    assigned(floor)
    assert app.handler(EVENT, CONTEXT) == {}
    floor.now += 4 * 3600
    assert app.handler(EVENT, CONTEXT) == {"expire": 1}
    assert app.handler(EVENT, CONTEXT) == {}


def test_a_sweep_that_fails_for_one_item_counts_it(
    floor: Floor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assigned(floor)
    floor.now += 4 * 3600
    monkeypatch.setattr(floor.orders, "part", lambda *_: 1 // 0)
    assert app.handler(EVENT, CONTEXT) == {"failed": 1}
    emitted = written(capsys)
    assert [line["function_name"] for line in emitted if "Faults" in line] == ["local"]


def test_a_sweep_counts_the_dead_letters_of_all_queues_and_logs_which_hold_some(
    floor: Floor, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    app.handler(EVENT, CONTEXT)
    figures = [line["DeadLetters"] for line in written(capsys) if "DeadLetters" in line]
    assert figures == [[3.0]]
    logged = [vars(record)["queues"] for record in caplog.records if "queues" in vars(record)]
    assert logged == [{"FeedDeadLetters": 3}]


def written(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
