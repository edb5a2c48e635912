"""What is wrong with a sourcing profile, said by field: {JSON pointer: reason}; {} when it may be
made active. The document is SourcingRules as JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from ..limits.orders import MAX_PARTS, MAX_SKU_LENGTH
from ..limits.sourcing import MAX_BANDS, MAX_CANDIDATES, MAX_NAMES, MAX_RELAX_DAYS, MAX_STRATEGIES
from ..model import strategy as s
from ..model.countries import COUNTRIES
from ..model.node import DROP_SHIPPER, PICKUP, SHIP, STORE, WAREHOUSE
from ..model.rules import SourcingRules
from . import vocabulary as v
from .shape import Problem, below, misfits

Plain = Mapping[str, Any]
SHORT = ("criteria", "max_parts", "split_lines", "max_candidates", "distance_bands_km")
CHOICES = {
    "/limits/minimise": s.MINIMISE,
    "/limits/line_split": s.SPLITS,
    "/limits/complete": s.COMPLETE,
    "/limits/together": s.TOGETHER,
    "/on_partial": s.AFTER,
    "/on_none": s.AFTER,
    "/when/methods/*": (SHIP, PICKUP),
    "/where/kinds/*": (WAREHOUSE, STORE, DROP_SHIPPER),
}
RANGES = {
    "/priority": (0, 9_999),
    "/relax_days": (0, MAX_RELAX_DAYS),
    "/limits/max_parts": (1, MAX_PARTS),
    "/limits/candidates": (1, MAX_CANDIDATES),
    "/limits/min_value": (0, 10**12),
    "/when/value_from": (0, 10**12),
    "/when/value_below": (0, 10**12),
    "/when/promise_within_days": (0, 365),
    "/when/attempt_from": (1, 99),
    "/when/attempt_to": (0, 99),
}


def problems(document: Plain) -> dict[str, str]:
    """Types first: what has the wrong ones is not looked into further."""
    found = dict(misfits(SourcingRules, document))
    return found or dict(_meaning(document))


def _meaning(document: Plain) -> Iterator[Problem]:
    if "strategies" not in document:
        yield from _short(document)
        return
    for name in SHORT:
        if name in document:
            yield below("", name), "belongs to a profile without strategies"
    strategies = document["strategies"]
    if not 1 <= len(strategies) <= MAX_STRATEGIES:
        yield "/strategies", f"must be 1 to {MAX_STRATEGIES} strategies"
        return
    yield from _unique([each["id"] for each in strategies], "/strategies", "/id")
    for n, each in enumerate(strategies):
        yield from _strategy(each, below("/strategies", n))
    yield from _chain(strategies)


def _short(document: Plain) -> Iterator[Problem]:
    criteria = [{"by": name} for name in document.get("criteria", ["lateness"])]
    yield from ((at.removesuffix("/by"), why) for at, why in _criteria(criteria, "/criteria"))
    yield from _bands(document.get("distance_bands_km", ()), "/distance_bands_km")
    yield from _range(document.get("max_parts", 1), "/max_parts", 1, MAX_PARTS)
    most = MAX_CANDIDATES
    yield from _range(document.get("max_candidates", most), "/max_candidates", 1, most)


def _strategy(each: Plain, at: str) -> Iterator[Problem]:
    if not each["id"].strip() or len(each["id"]) > MAX_SKU_LENGTH:
        yield at + "/id", f"must be 1 to {MAX_SKU_LENGTH} characters"
    for path, choices in CHOICES.items():
        for pointer, value in _values(each, path, at):
            if value not in choices:
                yield pointer, f"must be one of {', '.join(map(repr, choices))}"
    for path, (least, most) in RANGES.items():
        for pointer, value in _values(each, path, at):
            yield from _range(value, pointer, least, most)
    yield from _lists(each, at)
    yield from _when(each.get("when", {}), at + "/when")
    yield from _fences(each.get("fences", ()), at + "/fences")
    yield from _criteria(each.get("criteria", [{"by": "cost"}]), at + "/criteria")
    yield from _after(each, at)


def _values(plain: Any, path: str, at: str) -> Iterator[tuple[str, Any]]:
    """The values at a path of the strategy that are given; `*` is every item of a list."""
    head, _, rest = path.removeprefix("/").partition("/")
    members = enumerate(plain) if head == "*" else [(head, plain[head])] if head in plain else []
    for name, value in members:
        if rest:
            yield from _values(value, rest, below(at, name))
        else:
            yield below(at, name), value


def _range(value: int, at: str, least: int, most: int) -> Iterator[Problem]:
    if not least <= value <= most:
        yield at, f"must be {least} to {most}"


def _unique(names: Sequence[str], at: str, leaf: str = "") -> Iterator[Problem]:
    for n, name in enumerate(names):
        if name in names[:n]:
            yield below(at, n) + leaf, f"{name!r} is there already"


def _lists(each: Plain, at: str) -> Iterator[Problem]:
    for part in ("when", "where"):
        for name, value in each.get(part, {}).items():
            if isinstance(value, list | tuple):
                if len(value) > MAX_NAMES:
                    yield f"{at}/{part}/{name}", f"must be at most {MAX_NAMES} names"
                yield from _unique(value, f"{at}/{part}/{name}")


def _when(when: Plain, at: str) -> Iterator[Problem]:
    for n, code in enumerate(when.get("countries", ())):
        if not (isinstance(code, str) and code in COUNTRIES):
            yield below(at + "/countries", n), "must be an ISO 3166-1 code of two letters"
    for low, high, least in (("value_from", "value_below", 0), ("attempt_from", "attempt_to", 1)):
        end = when.get(high, 0)
        if end and end < when.get(low, least) + (high == "value_below"):
            yield f"{at}/{high}", f"no order is between it and {low}"


def _fences(fences: Sequence[Plain], at: str) -> Iterator[Problem]:
    yield from _unique([fence["code"] for fence in fences], at, "/code")
    for n, fence in enumerate(fences):
        code, here = fence["code"], below(at, n)
        kind = v.PARAMETERS.get(code)
        if kind is None:
            always = "stands always, it takes no limit" if code in v.WHY else "there is none such"
            yield here + "/code", f"{always}; one of {', '.join(v.PARAMETERS)}"
            continue
        for name in {v.LIMIT, v.TAGS} - {kind}:
            if fence.get(name):
                yield below(here, name), f"{code} takes none"
        if kind == v.TAGS and not fence.get(v.TAGS):
            yield here + "/tags", "name at least one"
        if kind == v.LIMIT and fence.get(v.LIMIT, 0) < (0 if code in v.MAY_BE_ZERO else 1):
            yield here + "/limit", "must be positive"


def _criteria(criteria: Sequence[Plain], at: str) -> Iterator[Problem]:
    if not criteria:
        yield at, "name at least one"
    yield from _unique([each["by"] for each in criteria], at, "/by")
    for n, each in enumerate(criteria):
        here = below(at, n)
        if each["by"] not in v.CRITERIA:
            yield here + "/by", f"there is none such; one of {', '.join(v.CRITERIA)}"
        yield from _bands(each.get("bands", ()), here + "/bands")
        yield from _weights(each, here, last=n == len(criteria) - 1)


def _bands(bands: Sequence[int], at: str) -> Iterator[Problem]:
    if len(bands) > MAX_BANDS:
        yield at, f"must be at most {MAX_BANDS}"
    if any(low >= high for low, high in pairwise(bands)):
        yield at, "must rise"


def _weights(each: Plain, at: str, *, last: bool) -> Iterator[Problem]:
    weights = each.get("weights", {})
    if each["by"] != v.WEIGHTED_SUM:
        if weights:
            yield at + "/weights", f"belong to {v.WEIGHTED_SUM}"
        return
    if not last:
        yield at + "/by", "must be the last: nothing is compared after a sum"
    if not weights:
        yield at + "/weights", "name at least one criterion"
    for name, weight in weights.items():
        if name not in v.CRITERIA or name == v.WEIGHTED_SUM:
            yield below(at + "/weights", name), "there is no such criterion"
        yield from _range(weight, below(at + "/weights", name), 1, 10**6)


def _after(each: Plain, at: str) -> Iterator[Problem]:
    relaxed = s.DELAY_RELAX in (each.get("on_partial"), each.get("on_none"))
    fenced = any(fence["code"] == v.PROMISE_MISS for fence in each.get("fences", ()))
    if relaxed and not each.get("relax_days"):
        yield at + "/relax_days", f"{s.DELAY_RELAX} takes a number of days"
    if relaxed and not fenced:
        yield at + "/fences", f"{s.DELAY_RELAX} relaxes {v.PROMISE_MISS}: add that fence"
    if not relaxed and each.get("relax_days"):
        yield at + "/relax_days", f"belongs to {s.DELAY_RELAX}"


def _chain(strategies: Sequence[Plain]) -> Iterator[Problem]:
    """Every order finds a strategy, every strategy may find an order."""
    order = sorted(range(len(strategies)), key=lambda n: strategies[n].get("priority", 100))
    open_to_all = [n for n in order if not any(strategies[n].get("when", {}).values())]
    if not open_to_all:
        yield "/strategies", "one must be without conditions: an order may match none of these"
    ends = next((n for n in open_to_all if not _goes_on(strategies[n])), None)
    if ends is not None:
        for n in order[order.index(ends) + 1 :]:
            yield below("/strategies", n), f"never reached: {strategies[ends]['id']!r} takes all"


def _goes_on(each: Plain) -> bool:
    actions: Iterable[str] = (each.get(name, s.NEXT_STRATEGY) for name in ("on_partial", "on_none"))
    return any(action in (s.NEXT_STRATEGY, s.DELAY_RELAX) for action in actions)
