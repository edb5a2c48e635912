"""The number that quotes read of a SKU at a node: what is available, rounded down where there is
plenty. It changes seldom, so that an index of it is cheap to keep, and says all that a quote of a
few units asks.

The three leading bits stay: exact below 8, then in steps: 8, 10, 12, 14, 16, 20, … 96, 112, 128.
"""

from __future__ import annotations

BITS = 3


def shown(available: int) -> int:
    """Never more than there is; 0 where there is nothing, or less."""
    units = max(0, available)
    return units - units % _step(units)


def more_than(number: int) -> int:
    """Units that there may be beyond a number that was shown."""
    return _step(number) - 1


def _step(units: int) -> int:
    return 1 << max(0, units.bit_length() - BITS)
