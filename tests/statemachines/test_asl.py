"""The walker itself finds what it is for: each machine below has one thing wrong with it."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.statemachines import asl, template

RETRY = """
- ErrorEquals: [States.TaskFailed]
  IntervalSeconds: 1
  MaxAttempts: 3
  BackoffRate: 2
  MaxDelaySeconds: 30
  JitterStrategy: FULL
"""

SOUND = """
QueryLanguage: JSONata
StartAt: Charge
TimeoutSeconds: 1000
States:
  Charge:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke
    TimeoutSeconds: 30
    Arguments: {FunctionName: "${Pay}", Payload: {order: "{% $states.input.order %}"}}
    Output: "{% $states.result.Payload %}"
    Next: Charged
  Charged:
    Type: Choice
    Choices: [{Condition: "{% $states.input.outcome = 'AUTHORISED' %}", Next: Parts}]
    Default: Declined
  Parts:
    Type: Map
    Items: "{% $states.input.parts %}"
    ItemProcessor:
      StartAt: Ship
      States:
        Ship:
          Type: Task
          Resource: arn:aws:states:::lambda:invoke.waitForTaskToken
          TimeoutSeconds: 600
          Catch: [{ErrorEquals: [States.ALL], Next: Failed}]
          End: true
        Failed: {Type: Pass, Output: {outcome: FAILED}, End: true}
    Next: Conclude
  Conclude:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke
    TimeoutSeconds: 30
    Catch: [{ErrorEquals: [States.ALL], Next: Parked}]
    End: true
  Parked: {Type: Fail}
  Declined: {Type: Succeed}
"""


@pytest.fixture
def machine() -> dict[str, Any]:
    return dict(yaml.safe_load(SOUND))


def ship(machine: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = machine["States"]["Parts"]["ItemProcessor"]["States"]["Ship"]
    return found


def test_a_sound_machine_passes_every_check(machine: dict[str, Any]) -> None:
    from tests.statemachines.test_structure import CHECKS

    assert {check.__name__: check(machine) for check in CHECKS} == {c.__name__: [] for c in CHECKS}


def test_finds_a_dangling_next(machine: dict[str, Any]) -> None:
    machine["States"]["Parts"]["Next"] = "Concluded"
    assert asl.dangling(machine) == ["Parts goes to 'Concluded', which is no state here"]
    assert "Conclude cannot be reached from 'Charge'" in asl.unreachable(machine)


def test_finds_a_dangling_start_default_choice_and_catch(machine: dict[str, Any]) -> None:
    machine["StartAt"] = "A"
    machine["States"]["Charged"]["Default"] = "B"
    machine["States"]["Charged"]["Choices"][0]["Next"] = "C"
    ship(machine)["Catch"][0]["Next"] = "Parked"  # a state, but of the other scope
    assert [line.split("'")[1] for line in asl.dangling(machine)] == ["A", "B", "C", "Parked"]


def test_finds_an_unreachable_state_inside_a_map(machine: dict[str, Any]) -> None:
    del ship(machine)["Catch"]
    assert asl.unreachable(machine) == ["Parts > Failed cannot be reached from 'Ship'"]


def test_finds_states_without_an_exit(machine: dict[str, Any]) -> None:
    del machine["States"]["Conclude"]["End"]
    del machine["States"]["Charged"]["Default"]
    machine["States"]["Parked"]["End"] = True
    assert [line.split(" ")[0] for line in asl.without_exit(machine)] == [
        "Charged",
        "Conclude",
        "Parked",
    ]


def test_finds_a_task_without_a_timeout(machine: dict[str, Any]) -> None:
    del ship(machine)["TimeoutSeconds"]
    assert [line.split(" has")[0] for line in asl.without_timeout(machine)] == ["Parts > Ship"]


def test_finds_a_task_that_lets_an_error_leave_the_effect_behind(machine: dict[str, Any]) -> None:
    machine["States"]["Conclude"]["Catch"][0]["ErrorEquals"] = ["Declined"]
    del ship(machine)["Catch"]
    assert asl.without_catch(machine) == [
        "Conclude runs after 'Charge' and does not catch States.ALL",
        "Parts > Ship runs inside a Map and does not catch States.ALL",
    ]


def test_finds_an_error_that_ends_as_a_success(machine: dict[str, Any]) -> None:
    machine["States"]["Conclude"]["Catch"][0]["Next"] = "Declined"
    assert asl.caught_into_success(machine) == ["Conclude catches ['States.ALL'] and succeeds"]


def test_finds_a_retry_of_its_own(machine: dict[str, Any]) -> None:
    canonical = yaml.safe_load(RETRY)
    for _, task in asl.tasks(machine):
        task["Retry"] = copy.deepcopy(canonical)
    assert asl.unlike_the_canonical_retry(machine, canonical) == []
    ship(machine)["Retry"][0]["MaxAttempts"] = 4
    (line,) = asl.unlike_the_canonical_retry(machine, canonical)
    assert line.startswith("Parts > Ship retries by")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, ""),
        ({"ErrorEquals": ["Lambda.TooManyRequestsException"]}, "single errors"),
        ({"MaxAttempts": 99}, "MaxAttempts 99"),
        ({"BackoffRate": 1}, "back off"),
        ({"JitterStrategy": "NONE"}, "JitterStrategy"),
    ],
)
def test_says_what_is_unfit_in_a_retry(change: dict[str, Any], problem: str) -> None:
    (rule,) = yaml.safe_load(RETRY)
    found = "; ".join(asl.unfit_retry([{**rule, **change}]))
    assert problem in found
    assert bool(found) == bool(problem)


def test_a_task_gives_up_after_its_attempts_and_the_pauses_between() -> None:
    task = {"TimeoutSeconds": 10, "Retry": yaml.safe_load(RETRY)}
    assert asl.task_worst_s(task) == 4 * 10 + 1 + 2 + 4


def test_a_callback_is_waited_for_once() -> None:
    token = "arn:aws:states:::lambda:invoke.waitForTaskToken"
    task = {"Resource": token, "TimeoutSeconds": 86_400, "Retry": yaml.safe_load(RETRY)}
    assert asl.task_worst_s(task) == 86_400 + 3 * 900 + 1 + 2 + 4


def test_finds_retries_that_outlast_the_execution(machine: dict[str, Any]) -> None:
    assert asl.worst_s(machine) == 30 + 600 + 30
    machine["TimeoutSeconds"] = 659
    assert asl.too_slow(machine) == ["the slowest way takes 660 s, the execution ends after 659 s"]


@pytest.mark.parametrize(
    "expression",
    [
        "$states.input.order.id",
        "$exists($states.result.parts) and $states.input.n = 0",
        "{'order': $order.id, 'why': $error.Error}",
        "$states.input.outcome in ['SHIPPED', 'COLLECTED']",
        "$states.input.`odd-name` = 'a-b * c[0]'",
        "$append([$a], $b)",
    ],
)
def test_paths_constructors_and_comparisons_are_plain(expression: str) -> None:
    body = {"QueryLanguage": "JSONata", "Comment": f"{{% {expression} %}}"}
    assert asl.beyond_plain_jsonata(body) == []


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("{% $states.input.attempt + 1 %}", "arithmetic"),
        ("{% $a - $b %}", "arithmetic"),
        ("{% $parts[open = true] %}", "filters"),
        ("{% $f($x) [0] %}", "filters"),
        ("{% $sum($lines.price) %}", "$sum"),
        ("{% $filter($parts, $open) %}", "$filter"),
        ("order-{% $id %}", "literally"),
    ],
)
def test_finds_what_belongs_into_a_function(expression: str, reason: str) -> None:
    body = {"QueryLanguage": "JSONata", "States": {"A": {"Output": expression}}}
    (problem,) = asl.beyond_plain_jsonata(body)
    assert reason in problem


def test_another_query_language_is_refused(machine: dict[str, Any]) -> None:
    machine["QueryLanguage"] = "JSONPath"
    assert asl.beyond_plain_jsonata(machine) == ["QueryLanguage is not JSONata"]


def test_substitutions_are_compared_with_the_template(tmp_path: Path) -> None:
    path = tmp_path / "template.yaml"
    path.write_text(
        "Resources:\n"
        "  Order:\n"
        "    Type: AWS::Serverless::StateMachine\n"
        "    Properties:\n"
        "      DefinitionUri: statemachines/order.asl.yaml\n"
        "      DefinitionSubstitutions: {Pay: !GetAtt Pay.Arn, Bus: !Ref Bus, All: !Sub '${Bus}'}\n"
        "      Tags: !If [Live, {a: !Join ['', [x]]}, !Ref AWS::NoValue]\n"
    )
    ((logical_id, uri, given),) = template.machines(template.load(path))
    assert (logical_id, uri) == ("Order", "statemachines/order.asl.yaml")
    assert given == {"Pay", "Bus", "All"}
    assert asl.substitutions(SOUND) == {"Pay"}
