"""Law 16: every event has its consequences on one page, and code asks that page."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

import pytest

from oms.contracts.bus_events import CONTRACTS
from oms.domain import lifecycle
from oms.domain.consequences.consequence import Consequence, Noun
from oms.domain.consequences.table import LIVES, TABLE, published
from tests.architecture.source import OMS, Source, called, parsed, report, sources

TABLE_FILES = OMS / "domain" / "consequences"
# whose item records the event of another noun's table
RECORDS_FOR = {Noun.CANCEL_REQUEST: Noun.FULFILMENT, Noun.REFUND: Noun.RETURN}
COMPUTED = {Noun.PAYMENT}  # its events are the provider's answers, in small letters
STATES = {"low", "out", "back", "over", "normal", "at_risk", "ready"}  # facts without a past tense
EVENTS = frozenset(event for rows in TABLE.values() for event in rows)
IRREGULAR = {"sent", "lost", "withdrawn", "ending"}
# sets of events that say which of them a person may ask for, not what follows
OF_REQUESTS = {
    ("model/fulfilment.py", frozenset({"label", "shelve"})),
    ("model/fulfilment.py", frozenset({"dispatch", "label_transfer"})),
    ("model/returns.py", frozenset({"receive", "inspect", "cancel"})),
    ("supplying/move_document.py", frozenset({"send", "acknowledge", "reject", "ready"})),
    ("supplying/move_document.py", frozenset({"ready", "ship", "cancel"})),
}


def without_a_row(lives: Mapping[str, lifecycle.Table]) -> list[str]:
    titles = {title: noun for noun, title in LIVES.items()}
    return [
        f"{title}: {event}: give it a row in domain/consequences"
        for title, table in lives.items()
        for event in sorted({event for events in table.values() for event in events})
        if event not in TABLE.get(titles.get(title), {})
    ]


def recorded(source: Source) -> Iterator[str]:
    """Events that the source writes on a timeline: `Entry(version, "event", …)`, and the first of
    the two that a step answers.
    """
    for call in source.calls("Entry"):
        if len(call.args) > 1 and isinstance(call.args[1], ast.Constant):
            yield str(call.args[1].value)
    for node in source.nodes:
        if (
            isinstance(node, ast.FunctionDef)
            and node.returns
            and "Step" in ast.unparse(node.returns)
        ):
            for each in ast.walk(node):
                if isinstance(each, ast.Return) and isinstance(each.value, ast.Tuple):
                    first = each.value.elts[0]
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        yield first.value


def texts(source: Source) -> set[str]:
    values = (node.value for node in source.nodes if isinstance(node, ast.Constant))
    return {value for value in values if isinstance(value, str)}


def lists_of_events(source: Source) -> list[str]:
    """Sets of events beside the table."""
    found = []
    for node in source.nodes:
        if isinstance(node, ast.Call) and called(node) == "frozenset" and node.args:
            node = node.args[0]
        elif not isinstance(node, ast.Set):
            continue
        words = {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)}
        words = {w for word in words if isinstance(word, str) for w in word.split()}
        asked = ("/".join(source.path.parts[-2:]), frozenset(words)) in OF_REQUESTS
        if len(words) > 1 and words <= EVENTS and not asked:
            found.append(f"{source.at(node)} lists {sorted(words)}: ask domain/consequences")
    return found


def test_every_event_of_every_life_has_its_row() -> None:
    assert set(LIVES.values()) == set(lifecycle.ALL)
    assert not without_a_row(lifecycle.ALL)


def test_an_event_without_a_row_is_found() -> None:
    more = {"Order": {"COMPLETED": {"archive": "ARCHIVED"}}}
    assert without_a_row(more) == ["Order: archive: give it a row in domain/consequences"]


def test_no_row_is_for_an_unknown_event() -> None:
    outside = [source for source in sources(OMS) if TABLE_FILES not in source.path.parents]
    known = set().union(*map(texts, outside))
    known |= {text.lower() for text in known}
    unknown = [f"{noun}: {event}" for noun, rows in TABLE.items() for event in set(rows) - known]
    assert not unknown, "nothing in oms does this"


def test_what_is_recorded_has_a_row() -> None:
    wrong = [
        f"{source.name} records {event}: give it a row in domain/consequences"
        for source in sources(OMS)
        for event in recorded(source)
        if event not in EVENTS
    ]
    assert not wrong, report("16: every event has its consequences", wrong)


def test_a_row_recorded_elsewhere_names_a_row() -> None:
    for noun, rows in TABLE.items():
        for event, row in rows.items():
            if row.recorded:
                assert row.recorded in TABLE[RECORDS_FOR.get(noun, noun)], (noun, event)
                assert row == Consequence(row.means, recorded=row.recorded), "say it there"


def test_code_asks_the_table() -> None:
    wrong = [
        line
        for source in sources(OMS / "domain", OMS / "usecases")
        if TABLE_FILES not in source.path.parents
        for line in lists_of_events(source)
    ]
    assert not wrong, report("16: code asks the table of consequences", wrong)


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ('X = frozenset({"ship", "collect"})', True),
        ('X = frozenset("pick reject".split())', True),
        ('X = {"ship"}', False),
        ('X = frozenset({"SHIPPED", "LOST"})', False),
    ],
)
def test_a_list_beside_the_table_is_found(code: str, broken: bool) -> None:
    assert bool(lists_of_events(parsed(code))) == broken


def test_events_on_the_bus_are_facts_with_a_contract() -> None:
    types = [row.published for _, _, row in published()]
    assert len(types) == len(set(types)), "one name, one event"
    for noun, event, row in published():
        first, _, fact = row.published.partition(".")
        assert first == noun
        assert noun in CONTRACTS, f"{noun} has no contract in contracts/bus_events.py"
        words = fact.split("_")
        past = any(word.endswith("ed") or word in IRREGULAR for word in words)
        assert past or STATES & {fact, *words} or noun in COMPUTED, (event, fact)


def test_every_row_is_one_sentence() -> None:
    rows = [
        (noun, event, row.means) for noun, events in TABLE.items() for event, row in events.items()
    ]
    assert not [each for each in rows if not each[2].endswith(".") or each[2][0].islower()]
