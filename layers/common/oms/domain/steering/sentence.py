"""A decision in one plain sentence, for people who never saw the rules.

"Lille DC ships it: nearer than Leipzig DC (203 km, not 640). Ruled out: Paris (has none of it)."
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..model import signals
from ..model.decision import ALLOCATED, MOVED, RESOURCED, DecisionRecord
from ..model.money import Money
from ..model.node import PICKUP
from ..model.strategy import PARTS
from ..sourcing import vocabulary as v
from ..sourcing.compare import IDS, LEFT
from ..sourcing.question import ABSENT
from ..sourcing.scarcity import STALE

Name = Callable[[str], str]  # node id → its name

SHOWN_BY: Mapping[str, str] = {"distance_band": "distance_km"}
NEVER_BANDED = frozenset({PARTS, "cost", "full_cost", "shadow_cost"})  # of several nodes
# lost_on → how the winner is better, and what is said after both values; what has no word of its
# own is "better by …"
BETTER: Mapping[str, str] = {
    "distance_km": "nearer",
    "distance_band": "nearer",
    "transit_days": "sooner there",
    "delivery_days": "sooner there",
    "lateness": "closer to the date promised",
    "cost": "cheaper",
    "full_cost": "cheaper|, counting what the goods are worth to later orders",
    "shadow_cost": "less wanted by later orders",
    "parts": "fewer parcels",
    "split_count": "fewer parcels",
    "priority": "preferred by your ranking to",
    "load": "less busy",
    "stock_depth": "better stocked",
    "days_of_cover": "stocked for longer",
    "ageing": "selling what has lain longer",
    "sales_velocity": "selling less of it itself",
    "markdown_risk": "selling what would be marked down",
    "reject_rate": "more reliable",
    "co2_g": "lower in emissions",
    "abroad": "in the country of the customer",
    "coverage": "more complete",
    "weighted_sum": "better by the weighted sum of your criteria",
}
UNSAID = frozenset({"rank", "0 or 1", "band", "points"})  # units that say nothing to people
MONEY = "minor units"
# what a decision says of its scarcity prices → why there was nothing to count
PLAIN_COST: Mapping[str, str] = {
    ABSENT: "There were no scarcity prices, so plain cost counted.",
    STALE: "The scarcity prices were too old, so plain cost counted.",
}
# state of a signal → what is said before the criteria that rest on it
UNCOUNTED: Mapping[str, str] = {
    signals.ABSENT: "Not known of every node: ",
    signals.STALE: "Too old to count: ",
}
# of one node | of several, where that is said in another way
SHORT: Mapping[str, str] = {
    v.OTHER_NETWORK: "not among those your rules ask",
    v.METHOD_OFF: "does not offer this way of delivery|do not offer this way of delivery",
    v.OFFLINE: "takes no new work|take no new work",
    v.REJECTED_BEFORE: "gave it back before",
    v.NO_STOCK: "has none of it|have none of it",
    v.BELOW_SAFETY: "keeps its last ones|keep their last ones",
    v.HAZMAT: "may not handle dangerous goods",
    v.CAPACITY_FULL: "has no capacity left that day|have no capacity left that day",
    v.CARRIER_ZONE: "no carrier goes there",
    v.CLOSED: "closed",
    v.TAG_MISMATCH: "lacks an ability your rules ask for|lack an ability your rules ask for",
    v.TOO_FAR: "too far away",
    v.VALUE_LIMIT: "the order is too valuable for it|the order is too valuable for them",
    v.PROMISE_MISS: "would be late",
}


def sentence(record: DecisionRecord, name: Name, currency: str = "") -> str:
    """Few thoughts: who does it and why, what waits, what was not counted, who was not asked."""
    said = []
    if record.given or record.unfilled or not record.digital:
        said.append(_who(record, name) + _why(record, name, currency) + ".")
    if record.given and record.unfilled:
        said.append(f"{counted(record.unfilled, 'unit')} could not be placed.")
    if record.digital:
        needs = "needs" if record.digital == 1 else "need"
        said.append(
            f"{counted(record.digital, 'unit')} {needs} no node: delivered digitally, at once."
        )
    if plainly := PLAIN_COST.get(record.why.shadow):
        said.append(plainly)
    said += _uncounted(record.why.uncounted)
    if ruled := _ruled_out(record, name):
        said.append(f"Ruled out: {ruled}.")
    return " ".join(said)


def _who(record: DecisionRecord, name: Name) -> str:
    if not record.given:
        some = "No choice of nodes that your rules allow" if record.candidates else "No node"
        return f"{some} can do it now"
    opening = {
        RESOURCED: "Sourced again: ",
        ALLOCATED: "Stock arrived: ",
        MOVED: "Moved: ",
    }.get(record.cause, "")
    if len(record.given) == 1:
        only = record.given[0]
        what = counted(only.units, "unit") if record.unfilled else "it"
        verb = "prepares" if record.how == PICKUP else "ships"
        return f"{opening}{name(only.node)} {verb} {what}"
    shares = [f"{name(each.node)} {counted(each.units, 'unit')}" for each in record.given]
    split = f"split over {len(shares)} nodes, {listed(shares)}"
    return opening + split if opening else f"S{split[1:]}"


def _why(record: DecisionRecord, name: Name, currency: str) -> str:
    why = record.why
    if not record.given or record.cause in (ALLOCATED, MOVED):
        return ""
    if record.how == PICKUP:
        return ", the store that the customer chose"
    alone = len(record.given) == 1
    if not why.runner_up:
        return _unrivalled(record)
    other = _together([name(node) for node in why.runner_up])
    if why.lost_on == LEFT:
        lacks = f"{other} lacks {counted(why.runner_up_value - why.winner_value, 'unit')}"
        return f": no other {'node' if alone else 'choice'} has as much of it ({lacks})"
    if why.lost_on in ("", IDS):
        return f", as good as {other} by all your criteria: then the id decides"
    measure = v.CRITERIA.get(why.lost_on)
    known = BETTER.get(why.lost_on) or f"better by {measure.says if measure else why.lost_on}"
    better, _, tail = known.partition("|")
    than = "" if better.endswith(" to") else " than"
    counted_in = "" if why.shadow in PLAIN_COST else tail
    return f": {better}{than} {other}{_values(record, currency)}{counted_in}"


def _unrivalled(record: DecisionRecord) -> str:
    """Nobody came second."""
    if len(record.given) == 1:
        return ", the only one that has any" if record.unfilled else ", the only one that can"
    return f": only together do they have {'what there is' if record.unfilled else 'all of it'}"


def _together(names: Sequence[str]) -> str:
    """A choice of several nodes."""
    return names[0] if len(names) == 1 else f"{names[0]} with {listed(names[1:])}"


def _values(record: DecisionRecord, currency: str) -> str:
    """What was compared, as measured: not the bands that it fell into."""
    why, by = record.why, SHOWN_BY.get(record.why.lost_on, record.why.lost_on)
    mine, other = measured(record, by, why.winner), measured(record, by, why.runner_up)
    if mine is None or other is None:
        if by not in NEVER_BANDED:
            return ""
        mine, other = why.winner_value, why.runner_up_value
    unit = "parcels" if by == PARTS else v.CRITERIA[by].unit if by in v.CRITERIA else ""
    if unit in UNSAID or not unit:
        return ""
    if unit == MONEY:
        return f" ({Money(mine, currency)}, not {Money(other, currency)})"
    return f" ({mine} {unit}, not {other})"


def measured(record: DecisionRecord, by: str, nodes: Sequence[str]) -> int | None:
    """The value of one node by this criterion; None for several nodes and where it is not kept."""
    if by not in record.criteria or len(nodes) != 1:
        return None
    place = record.criteria.index(by)
    return next((abs(each.values[place]) for each in record.weighed if each.node == nodes[0]), None)


def _uncounted(states: Mapping[str, str]) -> list[str]:
    """What was compared without being known."""
    said = []
    for state, opening in UNCOUNTED.items():
        names = [v.CRITERIA[by].says for by, found in states.items() if found == state]
        if names:
            said.append(f"{opening}{listed(names)}.")
    return said


def _ruled_out(record: DecisionRecord, name: Name) -> str:
    found = []
    for code, nodes in record.fenced.items():
        if code == v.NOT_CHOSEN:  # goes without saying
            continue
        names = [name(node) for node in nodes]
        if more := record.uncounted.get(code, 0):
            names.append(f"{more} more")
        found.append(f"{listed(names)} ({_short(code, many=len(names) > 1)})")
    return "; ".join(found)


def _short(code: str, *, many: bool) -> str:
    one, _, several = SHORT.get(code, code).partition("|")
    return several if many and several else one


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
