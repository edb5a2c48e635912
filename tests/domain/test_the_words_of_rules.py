"""Each word of sourcing rules: told to merchants, explained in decisions, measured."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from oms.domain.limits.orders import MAX_PARTS
from oms.domain.limits.sourcing import (
    MAX_CANDIDATES,
    MAX_REPLAY_DAYS,
    MAX_RULES_BYTES,
    MAX_STRATEGIES,
)
from oms.domain.model import strategy
from oms.domain.sourcing import vocabulary
from oms.domain.sourcing.criteria import LIBRARY
from oms.domain.steering.sentence import BETTER, SHORT

DOCS = (Path(__file__).parents[2] / "docs/sourcing.md").read_text()
FIELDS = [
    each.name for kind in (strategy.When, strategy.Where, strategy.Limits) for each in fields(kind)
]
CHOICES = [
    word
    for words in (strategy.AFTER, strategy.SPLITS, strategy.MINIMISE, strategy.COMPLETE,
                  strategy.TOGETHER)
    for word in words
    if word
]  # fmt: skip


@pytest.mark.parametrize(
    "word", [*FIELDS, *CHOICES, *vocabulary.WHY, *vocabulary.PARAMETERS, *vocabulary.CRITERIA]
)
def test_merchants_are_told_of(word: str) -> None:
    assert f"`{word}`" in DOCS.partition("## Every word")[2].partition("\n## ")[0]


def test_each_criterion_is_measured_and_has_words_for_who_won() -> None:
    derived = {strategy.DISTANCE_BAND, vocabulary.WEIGHTED_SUM}
    assert set(LIBRARY) | derived == set(vocabulary.CRITERIA)
    assert set(vocabulary.CRITERIA) - {vocabulary.WEIGHTED_SUM} <= set(BETTER)


def test_each_fence_has_words_for_who_was_stopped() -> None:
    assert set(vocabulary.WHY) - {vocabulary.NOT_CHOSEN} == set(SHORT)
    assert set(vocabulary.PARAMETERS) <= set(vocabulary.WHY)


def test_the_limits_that_merchants_are_told_of_are_those_that_hold() -> None:
    told = f"`max_parts` (1 to {MAX_PARTS}, {strategy.Limits().max_parts} unless said)"
    assert told in DOCS.replace("\n", " ")
    assert f"`candidates` (up to {MAX_CANDIDATES} nodes" in DOCS.replace("\n", " ")
    size = MAX_RULES_BYTES // 1024
    assert f"up to {size} KB and {MAX_STRATEGIES} strategies" in DOCS.replace("\n", " ")
    assert f"({MAX_REPLAY_DAYS} at most)" in DOCS
