"""The local cloud does what the product relies on: each test is a promise of `docs/local-cloud.md`.

One stack, `trial/template.yaml`, for all tests. It shares nothing with the product's template.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from local.server import WORKERS_PER_FUNCTION
from local.stack import Stack, up

pytestmark = pytest.mark.system
TRIAL = Path(__file__).parent / "trial"
DEADLINE_S = 120.0  # far more than it takes: a busy machine is no failure


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("trial") / "trial"
    shutil.copytree(TRIAL, folder)
    with up(path=folder / "template.yaml") as running:
        yield running


def call(
    stack: Stack,
    route: str,
    token: str = "",
    body: bytes | None = None,
    content_type: str = "application/json",
) -> tuple[int, Any]:
    method, path = route.split(" ")
    headers = {"Content-Type": content_type} | (
        {"Authorization": f"Bearer {token}"} if token else {}
    )
    request = urllib.request.Request(stack.url + path, method=method, data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=DEADLINE_S) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def eventually(look: Callable[[], Any]) -> Any:
    """The first truthy value of `look`; fails after DEADLINE_S."""
    deadline = time.monotonic() + DEADLINE_S
    while not (found := look()):
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.05)
    return found


def seen(stack: Stack, key: str) -> dict[str, Any] | None:
    answer = stack.client("dynamodb").get_item(
        TableName=stack.physical("Seen"), Key={"pk": {"S": key}}, ConsistentRead=True
    )
    return answer.get("Item")


def send(stack: Stack, *bodies: dict[str, Any]) -> None:
    stack.client("sqs").send_message_batch(
        QueueUrl=stack.physical("Inbox"),
        Entries=[{"Id": str(n), "MessageBody": json.dumps(b)} for n, b in enumerate(bodies)],
    )


def messages(stack: Stack, queue: str) -> list[dict[str, Any]]:
    answer = stack.client("sqs").receive_message(
        QueueUrl=stack.physical(queue), WaitTimeSeconds=1, MaxNumberOfMessages=10
    )
    return [json.loads(message["Body"]) for message in answer.get("Messages", [])]


def put_thing(stack: Stack, key: str) -> None:
    stack.client("dynamodb").put_item(TableName=stack.physical("Things"), Item={"pk": {"S": key}})


def test_a_route_with_a_scope_refuses_everyone_without_it(stack: Stack) -> None:
    route = "GET /things/1"
    assert call(stack, route)[0] == 401
    assert call(stack, route, stack.token("things:write"))[0] == 403
    assert call(stack, route, stack.token("things:read", ttl_s=-1))[0] == 401
    assert call(stack, route, stack.token("things:read", aud="other"))[0] == 401
    assert call(stack, route, stack.token("things:read", iss="http://other"))[0] == 401


def test_a_function_sees_the_claims_and_the_path(stack: Stack) -> None:
    token = stack.token("things:read", sub="ann", nodes=["LON", "PAR"])
    status, answer = call(stack, "GET /things/1", token)
    assert (status, answer["path"]) == (200, {"id": "1"})
    assert answer["claims"]["sub"] == "ann"
    assert answer["claims"]["nodes"] == "LON PAR"


def test_a_function_imports_from_the_layer_only(stack: Stack) -> None:
    _, answer = call(stack, "POST /hook", body=b"{}")
    assert answer["layer"] == "1"
    assert "/.build/deps/" in answer["boto3"]


def test_calls_beyond_the_workers_of_a_function_wait_for_one(stack: Stack) -> None:
    token = stack.token("things:read", sub="ann")
    at_once = 16 * WORKERS_PER_FUNCTION
    with ThreadPoolExecutor(at_once) as callers:
        calls = [callers.submit(call, stack, "GET /things/1", token) for _ in range(at_once)]
    assert {made.result()[0] for made in calls} == {200}
    assert 1 < len({made.result()[1]["worker"] for made in calls}) <= WORKERS_PER_FUNCTION


def test_a_webhook_arrives_byte_for_byte(stack: Stack) -> None:
    _, text = call(stack, "POST /hook", body=b'{"a":  "\xc3\xa9"}')
    assert (text["body"], text["base64"]) == ('{"a":  "é"}', False)
    _, form = call(
        stack, "POST /hook", body=b"a=1", content_type="application/x-www-form-urlencoded"
    )
    assert (form["body"], form["base64"]) == ("YT0x", True)


def test_a_function_without_the_right_is_refused(stack: Stack) -> None:
    body = {
        "Records": [
            {"eventName": "INSERT", "dynamodb": {"Keys": {"pk": {"S": "x"}}, "SequenceNumber": "1"}}
        ]
    }
    answer = stack.client("lambda").invoke(
        FunctionName=stack.physical("Denied"), Payload=json.dumps(body)
    )
    assert answer["FunctionError"]
    assert "AccessDenied" in answer["Payload"].read().decode()
    assert seen(stack, "denied#x") is None
    assert any("AccessDenied" in line for line in stack.logs("Denied"))


def test_only_the_failed_message_of_a_batch_comes_again_and_ends_as_a_dead_letter(
    stack: Stack,
) -> None:
    send(stack, {"id": "first"})
    eventually(lambda: seen(stack, "queue#first"))  # a cold start may outlast the visibility
    send(stack, {"id": "good"}, {"id": "bad", "fail": True}, {"id": "fine"})
    assert eventually(lambda: messages(stack, "Dead")) == [{"id": "bad", "fail": True}]
    counts = {key: seen(stack, f"queue#{key}") for key in ("good", "bad", "fine")}
    assert {k: item and item["count"]["N"] for k, item in counts.items()} == {
        "good": "1",
        "bad": "2",
        "fine": "1",
    }


def test_two_consumers_read_the_same_stream_and_one_filters(stack: Stack) -> None:
    put_thing(stack, "streamed")
    eventually(lambda: seen(stack, "a#streamed") and seen(stack, "b#streamed"))
    stack.client("dynamodb").delete_item(
        TableName=stack.physical("Things"), Key={"pk": {"S": "streamed"}}
    )
    eventually(lambda: (seen(stack, "a#streamed") or {}).get("kind") == {"S": "REMOVE"})
    assert (seen(stack, "b#streamed") or {})["kind"] == {"S": "INSERT"}


def test_a_stream_batch_that_failed_in_part_comes_again(stack: Stack) -> None:
    put_thing(stack, "flaky")
    eventually(lambda: (seen(stack, "a#flaky") or {}).get("times") == {"N": "2"})


def test_a_machine_waits_for_each_part_and_tells_the_bus(stack: Stack) -> None:
    machine = stack.client("stepfunctions")
    started = machine.start_execution(
        stateMachineArn=stack.physical("Machine"),
        input=json.dumps({"parts": ["p1", "p2", "poison"]}),
    )
    for part in ("p2", "p1"):
        token = eventually(lambda part=part: seen(stack, f"token#{part}"))["token"]["S"]
        machine.send_task_success(taskToken=token, output=json.dumps({"outcome": f"{part} done"}))
    arn = started["executionArn"]
    done = eventually(
        lambda: (d := machine.describe_execution(executionArn=arn))["status"] != "RUNNING" and d
    )
    assert done["status"] == "SUCCEEDED", done
    parts = json.loads(done["output"])["parts"]
    assert parts[:2] == [{"outcome": "p1 done"}, {"outcome": "p2 done"}]
    assert parts[2]["outcome"] == "FAILED"
    [event] = eventually(lambda: messages(stack, "Told"))
    assert event["detail"]["outcomes"] == ["p1 done", "p2 done", "FAILED"]


def test_what_cloudformation_drops_is_set_again(stack: Stack) -> None:
    dynamodb, table = stack.client("dynamodb"), stack.physical("Things")
    ttl = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    assert ttl == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires_at"}
    backups = dynamodb.describe_continuous_backups(TableName=table)
    recovery = backups["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    assert recovery["PointInTimeRecoveryStatus"] == "ENABLED"
    denied = stack.physical("Denied")
    reserved = stack.client("lambda").get_function_concurrency(FunctionName=denied)
    assert reserved["ReservedConcurrentExecutions"] == 7


def test_deploying_again_without_a_change_changes_nothing(stack: Stack) -> None:
    put_thing(stack, "kept")
    assert stack.redeploy_changed() == []
    kept = stack.client("dynamodb").get_item(
        TableName=stack.physical("Things"), Key={"pk": {"S": "kept"}}
    )
    assert "Item" in kept


def test_a_change_of_our_code_arrives_and_keeps_the_tables(stack: Stack) -> None:
    put_thing(stack, "kept")
    package = stack.deployment.path.parent / "layer" / "trial_layer" / "__init__.py"
    package.write_text('VERSION = "2"\n')
    stack.redeploy_changed()
    assert call(stack, "POST /hook", body=b"{}")[1]["layer"] == "2"
    kept = stack.client("dynamodb").get_item(
        TableName=stack.physical("Things"), Key={"pk": {"S": "kept"}}
    )
    assert "Item" in kept


def test_the_server_ends_with_its_parent_even_when_that_is_killed() -> None:
    program = (
        "from local.cloud import Cloud; import time; "
        "print(Cloud.start().process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    server = int(parent.stdout.readline())
    os.kill(parent.pid, signal.SIGKILL)
    parent.communicate()

    def ended() -> bool:
        try:
            os.kill(server, 0)
        except ProcessLookupError:
            return True
        return Path(f"/proc/{server}/stat").read_text().split(") ")[1].startswith("Z")

    eventually(ended)


def test_accounts_of_one_server_share_nothing(stack: Stack) -> None:
    other = stack.cloud.as_account("222233334444")
    assert other.client("dynamodb").list_tables()["TableNames"] == []
