"""Every decision has a number of its own, so that one can be named."""

from __future__ import annotations

from collections import Counter

from tests.architecture.source import ROOT


def test_no_number_names_two_decisions() -> None:
    names = [path.name for path in (ROOT / "docs" / "adr").glob("*.md")]
    assert names
    twice = [number for number, times in Counter(n[:4] for n in names).items() if times > 1]
    assert not twice, f"two decisions are numbered {twice}"
