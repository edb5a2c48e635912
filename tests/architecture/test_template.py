"""What template.yaml promises beyond what cfn-lint can see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.source import FUNCTIONS, ROOT
from tests.statemachines.template import load
from tools.template_parts import FUNCTION, MAPPING, QUEUE, logical_id

TEMPLATE = load(ROOT / "template.yaml")
RESOURCES: dict[str, Any] = TEMPLATE["Resources"]
DEFAULT_TIMEOUT_S = TEMPLATE["Globals"]["Function"]["Timeout"]
VISIBILITY_TIMES = 6  # AWS: at least six times the timeout of the function

# Actions that have no resource to name, or whose right is the token itself.
WITHOUT_RESOURCE = {"dynamodb:ListStreams", "states:SendTaskSuccess", "sns:Publish"}


def of(kind: str) -> dict[str, Any]:
    found = {name: item for name, item in RESOURCES.items() if item["Type"] == kind}
    assert found
    return found


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def statements(function: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Of its policies, those behind a condition too."""
    for policy in function["Properties"].get("Policies", []):
        for statement in policy["Statement"]:
            yield statement["Fn::If"][1] if "Fn::If" in statement else statement


FUNCTIONS_DEPLOYED = of(FUNCTION)
MAPPINGS = of(MAPPING)
TABLES = of("AWS::DynamoDB::Table")


def source(mapping: dict[str, Any]) -> str:
    return str(mapping["Properties"]["EventSourceArn"]["Fn::GetAtt"][0])


def folder(function: dict[str, Any]) -> str:
    """A function of several files is a package: all are deployed, the handler names one."""
    if function["CodeUri"] == "functions/":
        return str(function["Handler"]).removesuffix(".app.handler")
    return str(function["CodeUri"]).removeprefix("functions/").rstrip("/")


def test_every_function_is_deployed_and_nothing_else() -> None:
    folders = {path.parent.name for path in FUNCTIONS.glob("*/app.py")}
    assert {folder(item["Properties"]) for item in FUNCTIONS_DEPLOYED.values()} == folders
    assert set(FUNCTIONS_DEPLOYED) == {logical_id(name) for name in folders}


@pytest.mark.parametrize("name", FUNCTIONS_DEPLOYED)
def test_a_function_has_only_named_rights_on_named_things(name: str) -> None:
    for statement in statements(FUNCTIONS_DEPLOYED[name]):
        actions = set(listed(statement["Action"]))
        assert not [action for action in actions if "*" in action]
        assert statement.get("Resource", "*") != "*" or actions <= WITHOUT_RESOURCE


@pytest.mark.parametrize("name", FUNCTIONS_DEPLOYED)
def test_no_function_may_scan(name: str) -> None:
    actions = {a for s in statements(FUNCTIONS_DEPLOYED[name]) for a in listed(s["Action"])}
    assert "dynamodb:Scan" not in actions


@pytest.mark.parametrize("name", [n for n, m in MAPPINGS.items() if source(m).endswith("Queue")])
def test_a_queue_waits_longer_than_its_reader_and_has_dead_letters(name: str) -> None:
    queue = RESOURCES[source(MAPPINGS[name])]["Properties"]
    reader = RESOURCES[MAPPINGS[name]["Properties"]["FunctionName"]["Ref"]]["Properties"]
    timeout_s = reader.get("Timeout", DEFAULT_TIMEOUT_S)
    assert queue["VisibilityTimeout"] >= VISIBILITY_TIMES * timeout_s
    assert "RedrivePolicy" in queue


@pytest.mark.parametrize("name", MAPPINGS)
def test_a_failed_record_does_not_fail_its_batch(name: str) -> None:
    assert MAPPINGS[name]["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


@pytest.mark.parametrize("name", [n for n, m in MAPPINGS.items() if source(m).endswith("Table")])
def test_a_stream_gives_up_on_a_record_where_somebody_sees_it(name: str) -> None:
    properties = MAPPINGS[name]["Properties"]
    assert properties["MaximumRetryAttempts"] > 0
    assert properties["DestinationConfig"]["OnFailure"]


@pytest.mark.parametrize("name", [name for name in TABLES if "Condition" not in TABLES[name]])
def test_a_table_outlives_a_mistake(name: str) -> None:
    table = TABLES[name]
    assert table["DeletionPolicy"] == "RetainExceptOnCreate"
    assert table["UpdateReplacePolicy"] == "Retain"
    recovery = table["Properties"]["PointInTimeRecoverySpecification"]
    assert recovery == {"PointInTimeRecoveryEnabled": True}
    assert table["Properties"]["DeletionProtectionEnabled"]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_encrypted(name: str) -> None:
    assert TABLES[name]["Properties"]["SSESpecification"] == {"SSEEnabled": True}


@pytest.mark.parametrize("name", of("AWS::S3::Bucket"))
def test_a_bucket_is_encrypted(name: str) -> None:
    encryption = RESOURCES[name]["Properties"]["BucketEncryption"]
    for rule in encryption["ServerSideEncryptionConfiguration"]:
        assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] in {"AES256", "aws:kms"}


@pytest.mark.parametrize("name", of("AWS::Logs::LogGroup"))
def test_logs_end(name: str) -> None:
    assert RESOURCES[name]["Properties"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}


@pytest.mark.parametrize("name", of(QUEUE))
def test_a_queue_is_encrypted(name: str) -> None:
    assert RESOURCES[name]["Properties"]["SqsManagedSseEnabled"] is True


RULES = of("AWS::Events::Rule")


@pytest.mark.parametrize("name", RULES)
def test_an_event_that_cannot_be_delivered_is_kept(name: str) -> None:
    for target in RULES[name]["Properties"]["Targets"]:
        queue = target["Arn"]["Fn::GetAtt"][0]
        redrive = RESOURCES[queue]["Properties"]["RedrivePolicy"]
        assert target["DeadLetterConfig"] == {"Arn": redrive["deadLetterTargetArn"]}
        assert target["RetryPolicy"]["MaximumRetryAttempts"] > 0
        assert target["RetryPolicy"]["MaximumEventAgeInSeconds"] > 0


def test_only_the_rules_of_the_bus_may_send_to_its_queues() -> None:
    policy = RESOURCES["BusToQueues"]["Properties"]
    purposes, kinds = ("Capture", "Notify", "Purchase", "Digital"), ("Queue", "DeadLetters")
    queues = {purpose + kind for purpose in purposes for kind in kinds}
    assert {queue["Ref"] for queue in policy["Queues"]} == queues
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": "events.amazonaws.com"}
    assert {arn["Fn::GetAtt"][0] for arn in statement["Resource"]} == queues
    senders = statement["Condition"]["ArnEquals"]["aws:SourceArn"]
    assert {arn["Fn::GetAtt"][0] for arn in senders} == set(RULES)


# → seconds without a run until somebody is told
SCHEDULED = {"Sweep": 600, "PriceScarcity": 3600, "WatchPromises": 1800}
MISSED = SCHEDULED | {"Audit": 1800}


@pytest.mark.parametrize("name", SCHEDULED)
def test_a_scheduled_run_that_fails_is_kept_and_not_repeated(name: str) -> None:
    function = FUNCTIONS_DEPLOYED[f"{name}Function"]
    invoked = function["Properties"]["EventInvokeConfig"]
    kept = {"Fn::GetAtt": [f"{name}Failures", "Arn"]}
    assert invoked["MaximumRetryAttempts"] == 0
    assert invoked["DestinationConfig"]["OnFailure"] == {"Type": "SQS", "Destination": kept}
    allowed = [s for s in statements(function) if s["Resource"] == kept]
    assert [statement["Action"] for statement in allowed] == ["sqs:SendMessage"]


@pytest.mark.parametrize(("name", "silent_s"), MISSED.items())
def test_a_schedule_that_does_not_run_is_noticed(name: str, silent_s: int) -> None:
    alarm = RESOURCES[f"{name}Missing"]["Properties"]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/Lambda", "Invocations")
    assert alarm["Dimensions"] == [{"Name": "FunctionName", "Value": {"Ref": f"{name}Function"}}]
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("LessThanThreshold", 1)
    assert (alarm["Period"] * alarm["EvaluationPeriods"], alarm["Statistic"]) == (silent_s, "Sum")
    assert alarm["TreatMissingData"] == "breaching"


@pytest.mark.parametrize("name", [n for n, m in MAPPINGS.items() if source(m).endswith("Queue")])
def test_a_full_queue_does_not_take_the_concurrency_of_others(name: str) -> None:
    assert MAPPINGS[name]["Properties"]["ScalingConfig"]["MaximumConcurrency"] <= 10


@pytest.mark.parametrize(
    "path", sorted((ROOT / "statemachines").glob("*.yaml")), ids=lambda path: path.name
)
def test_an_execution_ends(path: Path) -> None:
    assert load(path)["TimeoutSeconds"] > 0
