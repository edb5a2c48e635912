"""The docs and the rules of the bus follow the table: adding an event touches its row alone."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from oms.domain.consequences import table
from oms.domain.consequences.consequence import Consequence, Consumer, Noun
from tools import consequences

NEW = Consequence(
    "The order is put away.",
    "order.archived",
    messages=("CANCELLED",),
    heard_by=frozenset({Consumer.PURCHASE}),
)


@pytest.fixture
def one_more(monkeypatch: pytest.MonkeyPatch) -> None:
    orders = MappingProxyType({**table.TABLE[Noun.ORDER], "archive": NEW})
    more = MappingProxyType({**table.TABLE, Noun.ORDER: orders})
    for module in (table, consequences):
        monkeypatch.setattr(module, "TABLE", more)
    table._messages.cache_clear()
    monkeypatch.setattr(table, "_messages", table._messages.__wrapped__)


@pytest.mark.usefixtures("one_more")
def test_a_new_row_is_all_that_a_new_event_needs() -> None:
    assert "| `archive` | The order is put away. |" in consequences.follows("")
    assert "| `order.archived` | The order is put away. |" in consequences.events("")
    assert table.messages_of("order.archived") == ("CANCELLED",)
    assert "order.archived" in table.types_for_customers()
    assert "order.archived" in table.types_for(Consumer.PURCHASE)


def test_the_chapter_about_the_lake_is_kept() -> None:
    text = consequences.events("# Lines in the lake\n\nBy hand.\n")
    assert text.endswith("# Lines in the lake\n\nBy hand.\n")
    assert consequences.events(text) == text
