"""`make replay`: a history is kept and read, the lake becomes one, the report says what counts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.replay import made_up
from oms.domain.errors import ValidationFailed
from oms.domain.model.rules import SourcingRules
from oms.domain.replaying.past import PastLine, StockChange
from oms.domain.sourcing.scarcity import ScarcityPrices
from oms.gateways.reports.compare import compare, cost_of
from oms.gateways.reports.figures import headline, rows
from oms.gateways.reports.replay_page import page
from oms.stores.lake.past_rows import past_orders, stock_changes
from tools.replay.__main__ import main
from tools.replay.history import read, write

ORDERS = 120
CHEAPEST = SourcingRules(criteria=("cost", "distance_km"))


def test_a_history_is_read_as_it_was_written(tmp_path: Path) -> None:
    history = made_up(20)
    end = history.past[-1].at
    prices = ScarcityPrices(7, end + 1, end + 60, {("A", "x"): 5})
    history = replace(history, past=(*history.past, prices), priced=True)
    write(history, tmp_path / "past.jsonl")
    assert read(tmp_path / "past.jsonl") == history


@pytest.mark.parametrize("line", ["{", '{"order": {}}', '{"shoe": {}}', "[]", '{"a": 1, "b": 2}'])
def test_what_is_no_history_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "past.jsonl").write_text(f"\n{line}\n")
    with pytest.raises(ValidationFailed, match="line 2"):
        read(tmp_path / "past.jsonl")


def test_the_report_compares_and_names_the_orders_that_change_most() -> None:
    history = made_up(ORDERS)
    told: list[int] = []
    found = compare(history, CHEAPEST, told.append)
    assert told[-1] == found.rules.orders == found.happened.orders == ORDERS
    assert found.rules.cost < found.happened.cost
    differences = [abs(cost_of(was) - cost_of(would_be)) for was, would_be in found.changed]
    assert differences == sorted(differences, reverse=True)
    text = page(found, "Replay <b>", {"dc-lille": "Lille"}, stocked=True)
    assert "Replay &lt;b&gt;" in text
    assert text.count("<svg") == 2
    assert headline(found.happened, found.rules) in text
    for row in rows(found.happened, found.rules):
        assert row.name in text
    assert "src=" not in text, "it needs nothing else"


def test_less_cost_is_better_and_fewer_kept_promises_are_worse() -> None:
    found = compare(made_up(ORDERS), CHEAPEST, lambda _: None)
    verdicts = {row.name: row.verdict for row in rows(found.happened, found.rules)}
    assert verdicts["Cost per order"] == 1
    swapped = {row.name: row.verdict for row in rows(found.rules, found.happened)}
    assert {name: -verdict for name, verdict in verdicts.items()} == swapped


def test_from_a_file_to_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    past, rules, out = (tmp_path / name for name in ("past.jsonl", "cheap.json", "out.html"))
    write(made_up(30), past)
    rules.write_text('{"criteria": ["cost"]}')
    arguments = ["--file", str(past), "--rules", str(rules), "--out", str(out)]
    assert main(arguments) == 0
    assert "Replay with cheap.json" in out.read_text()
    assert "30 of 30 orders" in capsys.readouterr().err
    rules.write_text('{"criteria": ["price"]}')
    assert main(arguments) == 2
    assert "/criteria/0" in capsys.readouterr().err


# --- the lake ----------------------------------------------------------------------------------


def row(item: str, version: int, **after: Any) -> dict[str, Any]:
    id = f"O#X|{item}:{version}"
    return {"id": id, "order_id": "X", "item": item, "after": {"v": version, **after}}


def test_an_order_of_the_lake_knows_where_it_went_in_the_end() -> None:
    snapshot = row(
        "SNAPSHOT", 1,
        placed_at=1_000, channel="web", method="SHIP", lines=[
            {"no": 1, "sku": "A", "quantity": 3, "total": 900, "weight_g": 200}
        ],
        promise={"method": "SHIP", "deliver_by": "2026-06-12"},
        tier="gold", destination={"country": "FR", "lat": "48.9", "lon": "2.4"},
    )  # fmt: skip
    part = {"node": "far", "method": "SHIP", "lines": {"1": "0-2"}, "skus": {"1": "A"}}
    there = {"promise": {"method": "SHIP", "deliver_by": "2026-06-11"}, "last": {"at": 86_400}}
    found = past_orders(
        [
            snapshot,
            row("FO#01", 2, **part, status="REJECTED"),
            row("FO#02", 3, **{**part, "node": "near"}, status="DELIVERED", **there),
            row("FO#02", 2, **{**part, "node": "near"}, status="SHIPPED", **there),
        ]
    )
    (order,) = found
    assert order.lines == (PastLine("A", 3, 200, 900),)
    assert (order.country, order.lat, order.promised) == ("FR", "48.9", "2026-06-12")
    assert order.demand(5).tier == "gold"
    (sent,) = order.sent
    assert (sent.node, dict(sent.lines), sent.due) == ("near", {1: 3}, "2026-06-11")
    assert sent.done == "1970-01-02"


def test_what_was_cancelled_is_not_sourced_again() -> None:
    lines = [
        {"no": 1, "sku": "A", "quantity": 3, "total": 900},
        {"no": 2, "sku": "B", "quantity": 1, "total": 100},
    ]
    snapshot = row("SNAPSHOT", 1, placed_at=1, channel="web", method="SHIP", lines=lines)
    (order,) = past_orders([snapshot, row("STATE", 2, cancelled={"1": "0-1", "2": "0"})])
    assert [(line.quantity, line.value) for line in order.lines] == [(1, 300), (0, 0)]
    assert [line.line for line in order.demand(5).lines] == [1]
    assert past_orders([snapshot, row("STATE", 3, status="CANCELLED")]) == []


def move(version: int, kind: str, before: str, after: str) -> dict[str, Any]:
    """Buckets as "on hand/available"."""

    def buckets(text: str) -> dict[str, int]:
        on_hand, available = map(int, text.split("/"))
        return {"on_hand": on_hand, "available": available}

    return {
        "id": f"SKU#A|NODE#n:{version}", "sku": "A", "node": "n", "kind": kind, "version": version,
        "at": version * 10, "before": buckets(before), "after": buckets(after),
    }  # fmt: skip


def test_only_what_orders_did_not_do_to_stock_is_a_change() -> None:
    rows = [
        move(8, "SHIP", "10/4", "8/4"),
        move(6, "ALLOCATE", "10/8", "10/6"),
        move(7, "ALLOCATE", "10/6", "10/4"),
        move(9, "RECEIVE", "8/4", "20/16"),
        {**move(9, "BY_HAND", "20/16", "22/18"), "id": "SKU#A|NODE#n:9#2#0001"},
        move(10, "COUNT", "22/18", "21/17"),
    ]
    assert list(stock_changes(json.loads(json.dumps(rows)))) == [
        StockChange(0, "A", "n", 8),
        StockChange(90, "A", "n", 12),
        StockChange(90, "A", "n", 2),
        StockChange(100, "A", "n", -1),
    ]
