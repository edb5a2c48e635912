"""Safety stock: what a node keeps back, by the most cautious of all rules that apply (domain 4.1).

    safety(n, m) = max(sku × node × method, sku × node, category × node, node, network)

A rule names what it is about; what it leaves open applies to all. It keeps back units, or a share
of what is on hand, rounded up, whichever is more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SafetyRule:
    """ "" applies to all. A rule that stands at a node is about that node."""

    units: int = 0
    percent: int = 0  # of what is on hand, 0 to 100
    sku: str = ""
    category: str = ""
    method: str = ""

    def applies(self, sku: str, category: str, method: str) -> bool:
        """A rule for one method binds whoever asks for that method; asked for no method in
        particular, every rule binds.
        """
        return (
            self.sku in ("", sku)
            and self.category in ("", category)
            and (not method or self.method in ("", method))
        )

    def of(self, on_hand: int) -> int:
        return max(self.units, -(-max(0, on_hand) * self.percent // 100))


def safety(
    rules: Iterable[SafetyRule], sku: str, *, category: str, method: str, on_hand: int
) -> int:
    """Units kept back; 0 when no rule applies."""
    return max(
        (rule.of(on_hand) for rule in rules if rule.applies(sku, category, method)), default=0
    )
