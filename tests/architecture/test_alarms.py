"""What the alarms of template.yaml watch: one for each concern, each with a chapter that helps."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from oms.edge.streams import changes
from oms.edge.sweeps import report_dead_letters
from oms.observability import count, fault
from tests.architecture.source import OMS, ROOT, sources
from tests.statemachines.template import load

RESOURCES: dict[str, Any] = load(ROOT / "template.yaml")["Resources"]
ALARMS = {
    name: resource["Properties"]
    for name, resource in RESOURCES.items()
    if resource["Type"] == "AWS::CloudWatch::Alarm"
}
OURS = {
    name: each for name, each in ALARMS.items() if each["Namespace"] == {"Ref": "AWS::StackName"}
}
RUNBOOK = "docs/operations.md"
MOST = 25
KEPT_FOR_PEOPLE = ("DeadLetters", "Failures")  # how the names of such queues end
ENDINGS = ("Failed", "TimedOut", "Aborted")

# What a function does → the alarm that it raises.
WRITES: dict[str, Callable[[], object]] = {
    "FunctionFaults": lambda: fault(ValueError("broken"), order="O-1"),
    "DeadLetters": lambda: report_dead_letters({"FeedDeadLetters": 1}),
    "StreamLag": lambda: list(changes({"Records": [late_record()]}, lambda wire: wire)),
    "ParkedExecutions": lambda: count("TaskOutcomes", task="park", outcome="PARKED"),
    "CapturesFailed": lambda: count("Payments", event="capture_failed"),
    "RefundsFailed": lambda: count("Payments", event="refund_failed"),
    "EventsRefused": lambda: count("EventsRefused"),
    "Discrepancies": lambda: count("Discrepancies"),
    "QuotesInDoubt": lambda: count("QuotesInDoubt"),
}


def late_record() -> dict[str, Any]:
    written = {"Keys": {"pk": "a", "sk": "b"}, "SequenceNumber": "1"}
    return {"dynamodb": written | {"ApproximateCreationDateTime": time.time() - 400}}


def test_there_are_few_alarms_and_none_is_composed() -> None:
    assert len(ALARMS) <= MOST
    assert not [r for r in RESOURCES.values() if r["Type"] == "AWS::CloudWatch::CompositeAlarm"]


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_reaches_people_and_says_where_to_read(name: str) -> None:
    assert ALARMS[name]["AlarmActions"] == [{"Ref": "AlarmTopic"}]
    path, _, chapter = ALARMS[name]["AlarmDescription"].partition("#")
    text = (ROOT / path).read_text()
    assert path == RUNBOOK
    assert chapter in {
        each.lower().replace(" ", "-") for each in re.findall("^#+ (.*)$", text, re.M)
    }


def test_the_runbook_lists_each_alarm() -> None:
    (table,) = re.findall("^## Alarms\n(.*?)^## ", (ROOT / RUNBOOK).read_text(), re.M | re.S)
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert set(re.findall(r"`(\w+)`", " ".join(rows))) == set(ALARMS)


@pytest.mark.parametrize("name", OURS)
def test_a_function_writes_what_an_alarm_of_ours_watches(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "stack")
    WRITES[name]()
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    (metric,) = [line for line in lines if OURS[name]["MetricName"] in line]
    (directive,) = metric["_aws"]["CloudWatchMetrics"]
    watched = {each["Name"]: each["Value"] for each in OURS[name]["Dimensions"]}
    assert directive["Namespace"] == "stack"
    assert [set(found) for found in directive["Dimensions"]] == [set(watched)]
    assert watched == {key: metric[key] for key in watched}


@pytest.mark.parametrize(
    ("metric", "words"),
    [("Payments", "capture_failed"), ("Payments", "refund_failed"), ("TaskOutcomes", "PARKED")],
)
def test_the_words_of_an_alarm_are_those_of_the_code(metric: str, words: str) -> None:
    code = "".join(source.text for source in sources(OMS, ROOT / "functions"))
    assert f'"{metric}"' in code
    assert f'"{words}"' in code


def test_a_follower_that_keeps_up_writes_no_lag(capsys: pytest.CaptureFixture[str]) -> None:
    record = late_record()
    record["dynamodb"]["ApproximateCreationDateTime"] = time.time()
    list(changes({"Records": [record]}, lambda wire: wire))
    assert "StreamLag" not in capsys.readouterr().out


def test_the_sweep_counts_every_queue_that_is_kept_for_people() -> None:
    sweep = RESOURCES["SweepFunction"]["Properties"]
    _, counted = sweep["Environment"]["Variables"]["DEAD_LETTER_QUEUES"]["Fn::Join"]
    statements = [each for policy in sweep["Policies"] for each in policy["Statement"]]
    (allowed,) = [each for each in statements if each["Action"] == "sqs:GetQueueAttributes"]
    kept = {
        name
        for name, resource in RESOURCES.items()
        if resource["Type"] == "AWS::SQS::Queue" and name.endswith(KEPT_FOR_PEOPLE)
    }
    assert {each["Ref"] for each in counted} == kept
    assert {each["Fn::GetAtt"][0] for each in allowed["Resource"]} == kept


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_execution_that_ends_badly_is_noticed(ending: str) -> None:
    machines = [n for n, r in RESOURCES.items() if r["Type"] == "AWS::Serverless::StateMachine"]
    for machine in machines:
        alarm = ALARMS[machine + ending]
        assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/States", f"Executions{ending}")
        assert alarm["Dimensions"] == [{"Name": "StateMachineArn", "Value": {"Ref": machine}}]
