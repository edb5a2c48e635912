"""The best plan there is, as a mixed-integer program solved by HiGHS: what sourcing is held to.

    y[n]    node n sends a part          x[b,n]  units of block b (or all of it) from node n
    z[n,t]  its parcel is in bracket t   left    units nobody sends

One weighted objective stands for the lexicographic comparison; every term is an integer whose
range is below the next weight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy

from oms.domain.sourcing.need import NeededBlock
from oms.domain.sourcing.question import Question

BAND, PART, LEFT = 10**5, 5 * 10**6, 10**8


@dataclass(frozen=True, slots=True)
class Best:
    left: int
    parts: int
    band: int
    cost: int


def best_plan(asked: Question) -> Best:
    """Minimises units left, then parts (or nothing), then Σ of the first criterion, then cost."""
    by_parts = asked.limits.minimise == "parts"
    model = highspy.Highs()
    model.silent()
    for option, value in (("mip_rel_gap", 0.0), ("mip_abs_gap", 0.4)):
        model.setOptionValue(option, value)
    nodes = range(len(asked.candidates))
    uses = [model.addBinary() for _ in nodes]
    given = _given(model, asked, uses)
    price, worth = _price(model, asked, uses, given)
    _limits(model, asked, uses, given)
    left = asked.total - sum(v * units for (_, _), (v, units) in given.items())
    band = sum(asked.candidates[n].rank[0] * uses[n] for n in nodes)
    cost = price + worth if asked.compared.measure == "full_cost" else price
    extra = PART * sum(uses) + BAND * band if by_parts else 0
    model.minimize(LEFT * left + extra + cost)
    assert model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    value = model.getObjectiveValue()
    chosen = [round(model.variableValue(use)) for use in uses]
    units = sum(round(model.variableValue(v)) * each for v, each in given.values())
    bands = sum(c.rank[0] * use for c, use in zip(asked.candidates, chosen, strict=True))
    short = asked.total - units
    rest = round(value) - LEFT * short - (PART * sum(chosen) + BAND * bands if by_parts else 0)
    return Best(short, sum(chosen), bands, rest)


def blocks_of(asked: Question) -> list[NeededBlock]:
    return [block for component in asked.components for block in component]


def _given(model: Any, asked: Question, uses: list[Any]) -> dict[tuple[int, int], tuple[Any, int]]:
    """(block, node) → variable and the units that one of it stands for."""
    given = {}
    for b, block in enumerate(blocks_of(asked)):
        for n, node in enumerate(asked.candidates):
            if node.id in block.excluded:
                continue
            most = 1 if block.whole else block.units
            variable = model.addIntegral(lb=0, ub=most)
            model.addConstr(variable <= most * uses[n])
            given[b, n] = (variable, block.units if block.whole else 1)
        own = [v for (of, _), (v, _) in given.items() if of == b]
        if own:
            model.addConstr(sum(own) <= (1 if block.whole else block.units))
    for n, node in enumerate(asked.candidates):
        for sku in {sku for block in blocks_of(asked) for sku in block.need}:
            taken = [
                v * (block.need[sku] if block.whole else 1)
                for b, block in enumerate(blocks_of(asked))
                if sku in block.need and (b, n) in given
                for v, _ in [given[b, n]]
            ]
            if taken:
                model.addConstr(sum(taken) <= node.stock.get(sku, 0))
    return given


def _price(model: Any, asked: Question, uses: list[Any], given: Any) -> tuple[Any, Any]:
    blocks, price, worth = blocks_of(asked), 0, 0
    for n, node in enumerate(asked.candidates):
        assert node.carriage is not None
        brackets = node.carriage.brackets
        chosen = [model.addBinary() for _ in brackets]
        model.addConstr(sum(chosen) == uses[n])
        grams = sum(v * blocks[b].weight_of(1) for (b, at), (v, _) in given.items() if at == n)
        model.addConstr(
            grams <= sum(z * most for z, (most, _) in zip(chosen, brackets, strict=True))
        )
        price += sum(z * minor for z, (_, minor) in zip(chosen, brackets, strict=True))
        price += node.node.handling_cost * uses[n]
    for (b, n), (v, _) in given.items():
        block, id = blocks[b], asked.candidates[n].id
        need = block.need if block.whole else {block.sku: 1}
        worth += v * sum(asked.prices.get((sku, id), 0) * q for sku, q in need.items())
    return price, worth


def _limits(model: Any, asked: Question, uses: list[Any], given: Any) -> None:
    model.addConstr(sum(uses) <= asked.max_parts)
    least = asked.limits.min_value
    if not least:
        return
    alone = model.addBinary()
    model.addConstr(sum(uses) <= 1 + len(uses) * (1 - alone))
    for n, use in enumerate(uses):
        value = sum(
            v * blocks_of(asked)[b].value_of(1) for (b, at), (v, _) in given.items() if at == n
        )
        model.addConstr(value >= least * use - least * alone)
