"""The number that quotes read of a SKU at a node: what is available, rounded down where there is
plenty. It changes seldom, so that an index of it is cheap to keep, and says all that a quote of a
few units asks.

Exact below 8, then the powers of two: 8, 16, 32, …
"""

from __future__ import annotations

EXACT_BELOW = 8


def rounded_down(available: int) -> int:
    """Never more than there is; 0 where there is nothing, or less."""
    if available < EXACT_BELOW:
        return max(0, available)
    return 1 << (available.bit_length() - 1)


def rounding_gap(number: int) -> int:
    """Units that there may be beyond a number that was shown."""
    return 0 if number < EXACT_BELOW else number - 1
