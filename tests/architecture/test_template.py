"""What template.yaml promises beyond what cfn-lint can see."""

from __future__ import annotations

from collections.abc import Iterator
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
WITHOUT_RESOURCE = {"dynamodb:ListStreams", "states:SendTaskSuccess"}


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


def test_every_function_is_deployed_and_nothing_else() -> None:
    folders = {path.parent.name for path in FUNCTIONS.glob("*/app.py")}
    deployed = {item["Properties"]["CodeUri"] for item in FUNCTIONS_DEPLOYED.values()}
    assert deployed == {f"functions/{name}/" for name in folders}
    assert set(FUNCTIONS_DEPLOYED) == {logical_id(name) for name in folders}


@pytest.mark.parametrize("name", FUNCTIONS_DEPLOYED)
def test_a_function_has_only_named_rights_on_named_things(name: str) -> None:
    for statement in statements(FUNCTIONS_DEPLOYED[name]):
        actions = set(listed(statement["Action"]))
        assert not [action for action in actions if "*" in action]
        assert statement["Resource"] != "*" or actions <= WITHOUT_RESOURCE


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
    assert table["Properties"]["PointInTimeRecoverySpecification"]
    assert table["Properties"]["DeletionProtectionEnabled"]


@pytest.mark.parametrize("name", of(QUEUE))
def test_a_queue_is_encrypted(name: str) -> None:
    assert RESOURCES[name]["Properties"]["SqsManagedSseEnabled"] is True
