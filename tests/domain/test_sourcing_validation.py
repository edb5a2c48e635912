"""A profile that may not be made active says which field is wrong and why."""

from __future__ import annotations

from typing import Any

import pytest

from oms.domain.model.rules import SourcingRules
from oms.domain.model.strategy import Criterion, Fence, Limits, Strategy, When, Where
from oms.domain.sourcing import validation
from oms.stores.dynamo.codec import decode, encode
from oms.stores.dynamo.table import from_wire, to_wire

FULL = SourcingRules(
    "web",
    7,
    strategies=(
        Strategy(
            "near",
            10,
            When(countries=("DE", "FR"), methods=("SHIP",), value_from=1, value_below=9_000),
            Where(kinds=("STORE",), groups=("north",)),
            (Fence("TOO_FAR", 300), Fence("PROMISE_MISS"), Fence("TAG_MISMATCH", tags=("cold",))),
            (Criterion("load", (500, 900)), Criterion("weighted_sum", weights={"cost": 3})),
            Limits("cost", 3, "line", "order", "category", 2_500, 8),
            on_partial="DELAY_RELAX",
            relax_days=2,
        ),
        Strategy("all", on_partial="COMMIT_PART", on_none="EXCEPTION_QUEUE"),
    ),
)


def document(**strategy: Any) -> dict[str, Any]:
    """Strategy `a` with these fields, before one that takes all."""
    return {"strategies": [{"id": "a", "priority": 1, **strategy}, {"id": "z"}]}


@pytest.mark.parametrize("rules", [FULL, SourcingRules(), SourcingRules("x", max_parts=1)])
def test_a_profile_is_stored_and_read_as_it_is_and_has_no_problems(rules: SourcingRules) -> None:
    plain = from_wire(to_wire(encode(rules)))
    assert decode(SourcingRules, plain) == rules
    assert validation.problems(plain) == {}


def test_a_row_without_strategies_is_one_strategy_for_all() -> None:
    (only,) = decode(SourcingRules, {"max_parts": 2, "split_lines": False}).chain
    assert (only.when, only.limits.max_parts, only.limits.line_split) == (When(), 2, "line")
    assert (only.on_partial, only.on_none) == ("COMMIT_PART", "COMMIT_PART")


def test_strategies_are_tried_by_priority_then_as_listed() -> None:
    rules = SourcingRules(strategies=(Strategy("b"), Strategy("a"), Strategy("c", 1)))
    assert [each.id for each in rules.chain] == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("found", "pointer", "reason"),
    [
        ({"max_part": 2}, "/max_part", "there is no such field"),
        ({"max_parts": "2"}, "/max_parts", "must be a whole number"),
        ({"split_lines": 1}, "/split_lines", "must be true or false"),
        ({"criteria": ["near"]}, "/criteria/0", "there is none such"),
        ({"criteria": []}, "/criteria", "name at least one"),
        ({"max_parts": 21}, "/max_parts", "must be 1 to 20"),
        ({"max_candidates": 13}, "/max_candidates", "must be 1 to 12"),
        ({"distance_bands_km": [50, 50]}, "/distance_bands_km", "must rise"),
        ({"strategies": []}, "/strategies", "must be 1 to 50"),
        ({"strategies": {}}, "/strategies", "must be a list"),
        ({"strategies": [{}]}, "/strategies/0/id", "is required"),
        ({"strategies": [7]}, "/strategies/0", "must be an object"),
        ({"strategies": [{"id": "a"}], "max_parts": 2}, "/max_parts", "belongs to a profile"),
        ({"strategies": [{"id": "a"}, {"id": "a"}]}, "/strategies/1/id", "is there already"),
        ({"strategies": [{"id": " "}]}, "/strategies/0/id", "must be 1 to"),
        ({"strategies": [{"id": "a", "when": {"tiers": ["x"]}}]}, "/strategies", "one must be"),
    ],
)
def test_a_document_names_what_is_wrong(found: dict, pointer: str, reason: str) -> None:
    problems = validation.problems(found)
    assert list(problems) == [pointer]
    assert problems[pointer].startswith(reason) or reason in problems[pointer]


@pytest.mark.parametrize(
    ("strategy", "pointer", "reason"),
    [
        ({"on_none": "SHRUG"}, "/on_none", "must be one of 'NEXT_STRATEGY'"),
        ({"priority": -1}, "/priority", "must be 0 to 9999"),
        ({"when": {"methods": ["FLY"]}}, "/when/methods/0", "must be one of 'SHIP'"),
        ({"when": {"countries": ["DE", "ZZ"]}}, "/when/countries/1", "must be an ISO 3166-1"),
        ({"when": {"tiers": ["a", "a"]}}, "/when/tiers/1", "'a' is there already"),
        ({"when": {"value_from": 5, "value_below": 5}}, "/when/value_below", "no order is"),
        ({"when": {"attempt_from": 3, "attempt_to": 2}}, "/when/attempt_to", "no order is"),
        ({"where": {"kinds": ["SHED"]}}, "/where/kinds/0", "must be one of 'WAREHOUSE'"),
        ({"where": {"nodes": "dc"}}, "/where/nodes", "must be a list"),
        ({"fences": [{"code": "TOO_FAR"}]}, "/fences/0/limit", "must be positive"),
        ({"fences": [{"code": "NO_STOCK"}]}, "/fences/0/code", "stands always"),
        ({"fences": [{"code": "NOPE"}]}, "/fences/0/code", "there is none such"),
        ({"fences": [{"code": "TAG_MISMATCH"}]}, "/fences/0/tags", "name at least one"),
        ({"fences": [{"code": "TOO_FAR", "limit": 9, "tags": ["a"]}]}, "/fences/0/tags", "TOO_"),
        ({"criteria": [{"by": "luck"}]}, "/criteria/0/by", "there is none such"),
        ({"criteria": [{"by": "cost"}, {"by": "cost"}]}, "/criteria/1/by", "'cost' is there"),
        ({"criteria": [{"by": "cost", "bands": [5, 4]}]}, "/criteria/0/bands", "must rise"),
        ({"criteria": [{"by": "cost", "weights": {"cost": 1}}]}, "/criteria/0/weights", "belong"),
        ({"criteria": [{"by": "weighted_sum"}]}, "/criteria/0/weights", "name at least one"),
        (
            {"criteria": [{"by": "weighted_sum", "weights": {"a/b": 1}}]},
            "/criteria/0/weights/a~1b",
            "there is no such criterion",
        ),
        (
            {"criteria": [{"by": "weighted_sum", "weights": {"cost": 1}}, {"by": "cost"}]},
            "/criteria/0/by",
            "must be the last",
        ),
        ({"limits": {"max_parts": 0}}, "/limits/max_parts", "must be 1 to 20"),
        ({"limits": {"line_split": "maybe"}}, "/limits/line_split", "must be one of 'quantity'"),
        ({"limits": {"together": "x"}}, "/limits/together", "must be one of"),
        ({"relax_days": 2}, "/relax_days", "belongs to DELAY_RELAX"),
        (
            {"on_none": "DELAY_RELAX", "fences": [{"code": "PROMISE_MISS"}]},
            "/relax_days",
            "DELAY_RELAX takes",
        ),
        ({"on_none": "DELAY_RELAX", "relax_days": 2}, "/fences", "DELAY_RELAX relaxes"),
    ],
)
def test_a_strategy_names_what_is_wrong(strategy: dict, pointer: str, reason: str) -> None:
    problems = validation.problems(document(**strategy))
    assert list(problems) == [f"/strategies/0{pointer}"]
    assert problems[f"/strategies/0{pointer}"].startswith(reason)


def test_a_strategy_that_no_order_reaches_is_named() -> None:
    ends = {"on_partial": "COMMIT_PART", "on_none": "CANCEL_REST"}
    problems = validation.problems(document(**ends))
    assert problems == {"/strategies/1": "never reached: 'a' takes all"}
    assert not validation.problems(document(on_partial="COMMIT_PART"))


def test_what_is_no_object_is_said_to_be_none() -> None:
    assert validation.problems([]) == {"": "must be an object"}  # type: ignore[arg-type]
