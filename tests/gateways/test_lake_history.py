"""What the lake tells of orders placed."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from oms.domain.publishing.lake_lines import line_of
from oms.domain.sourcing.forecast import kind_of
from oms.gateways import lake_history
from oms.gateways.lake_history import LakeHistory
from tests.cloud import NOW

DAY = 86_400
TODAY, YESTERDAY, LAST_WEEK = "2026-11-24", "2026-11-23", "2026-11-17"


@dataclass
class Bucket:
    """Lists a page of two at a time."""

    objects: dict[str, str]
    read: list[str] = field(default_factory=list)

    def list_objects_v2(self, **asked: str) -> dict[str, Any]:
        keys = sorted(key for key in self.objects if key.startswith(asked["Prefix"]))
        first = int(asked.get("ContinuationToken", 0))
        page = {"Contents": [{"Key": key} for key in keys[first : first + 2]]}
        more = {"NextContinuationToken": str(first + 2)} if keys[first + 2 :] else {}
        return {**page, **more}

    def get_object(self, **asked: str) -> dict[str, Any]:
        self.read.append(asked["Key"])
        return {"Body": io.BytesIO(self.objects[asked["Key"]].encode())}


@dataclass
class Change:
    pk: str
    sk: str
    new: dict[str, Any]
    old: dict[str, Any] | None = None
    id: str = "1"
    at: int = NOW


def snapshot(order: str, *skus: str, at: int = NOW - 60, **more: Any) -> Mapping[str, Any]:
    """As the publisher writes it."""
    lines = [{"no": n, "sku": sku, "quantity": 1} for n, sku in enumerate(skus, 1)]
    to = {"ship_to": {"name": "Eve", "country": "FR"}}
    body = {"method": "SHIP", "placed_at": at, "lines": lines, "v": 1, **to, **more}
    line = line_of(Change(f"O#{order}", "SNAPSHOT", body))
    assert line is not None
    return line


def history(**days: list[Mapping[str, Any]]) -> tuple[LakeHistory, Bucket]:
    """`today=[line, …]`: each line an object of its own."""
    names = {"today": TODAY, "yesterday": YESTERDAY, "last_week": LAST_WEEK}
    bucket = Bucket(
        {
            f"orders/dt={names[day]}/{n:03d}.jsonl": json.dumps(line) + "\n"
            for day, lines in days.items()
            for n, line in enumerate(lines)
        }
    )
    return LakeHistory(bucket, "lake"), bucket


def test_orders_are_counted_by_kind_over_days_and_pages() -> None:
    lake, _ = history(
        today=[snapshot(f"o{n}", "A", "B") for n in range(5)],
        yesterday=[snapshot("y", "B", "A", at=NOW - DAY)],
    )
    assert lake.ordered(NOW, 7) == {kind_of("FR", "standard", [("A", 1), ("B", 1)]): 6_000}


def test_a_line_names_the_country_and_no_person() -> None:
    line = snapshot("o1", "A")
    assert line["after"]["destination"] == {"country": "FR"}
    assert "Eve" not in json.dumps(line)


def test_an_order_counts_once_and_only_if_it_is_to_be_shipped_and_of_these_days() -> None:
    lake, _ = history(
        today=[
            snapshot("o1", "A"),
            snapshot("o1", "A"),
            snapshot("pickup", "A", method="PICKUP"),
            {**snapshot("o2", "A"), "item": "STATE"},
        ],
        last_week=[
            snapshot("early", "A", at=NOW - 7 * DAY - 1),
            snapshot("in", "A", at=NOW - 7 * DAY),
        ],
    )
    assert lake.ordered(NOW, 7) == {kind_of("FR", "standard", [("A", 1)]): 2_000}


def test_of_a_day_with_many_objects_a_sample_stands_for_all(monkeypatch: Any) -> None:
    monkeypatch.setattr(lake_history, "MAX_OBJECTS_A_DAY", 3)
    lake, bucket = history(today=[snapshot(f"o{n}", "A") for n in range(7)])
    assert lake.ordered(NOW, 1) == {kind_of("FR", "standard", [("A", 1)]): 3 * 2_333}
    assert len(bucket.read) == 3


def test_an_empty_lake_tells_nothing() -> None:
    assert history()[0].ordered(NOW, 7) == {}


def test_the_lake_keeps_the_tier_of_a_customer_but_not_who_it_is() -> None:
    line = snapshot("o", "A", customer={"id": "eve@example.org", "tier": "gold"})
    assert line["after"]["tier"] == "gold"
    assert "example" not in json.dumps(line)


def part(order: str, node: str, version: int = 1, **more: Any) -> Mapping[str, Any]:
    """A version of a part, as the publisher writes it."""
    body = {"node": node, "v": version, **more}
    before = {"node": node, "v": version - 1} if version > 1 else None
    line = line_of(Change(f"O#{order}", "FO#01", body, before))
    assert line is not None
    return line


def test_what_nodes_gave_back_is_counted_once_however_often_it_is_told() -> None:
    rejected = part("o1", "paris", 2, status="REJECTED")
    lake, _ = history(
        today=[part("o1", "paris"), rejected, rejected, part("o2", "lille"), snapshot("o1", "A")],
        yesterday=[part("o3", "paris"), part("o3", "paris", 2, status="ACCEPTED"),
                   part("o4", "paris"), part("o4", "paris", 3, status="EXPIRED")],
    )  # fmt: skip
    assert lake.outcomes(NOW, 30) == {"paris": (3, 2), "lille": (1, 0)}
