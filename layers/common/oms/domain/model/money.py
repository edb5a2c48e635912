"""Money: integer minor units and an ISO 4217 currency. No floats, ever.

Splitting follows the largest remainder (domain formula "pro-rata allocation"): the parts add
up to the whole, ties go to the lower index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MAX_MINOR = 10**12
ZERO_DECIMALS = frozenset(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split()
)
THREE_DECIMALS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())


@dataclass(frozen=True, slots=True)
class Money:
    """`minor` units (cents for EUR, yen for JPY) of `currency`."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not mix")
        return other.minor

    def __str__(self) -> str:
        digits = exponent(self.currency)
        return f"{Decimal(self.minor).scaleb(-digits):.{digits}f} {self.currency}"


def exponent(currency: str) -> int:
    """Decimal digits of the currency's minor unit (ISO 4217)."""
    if currency in ZERO_DECIMALS:
        return 0
    return 3 if currency in THREE_DECIMALS else 2


def minor_of(amount: str | Decimal, currency: str) -> int:
    """Minor units of a decimal text such as "19.99"; half a minor unit rounds up.

    Raises ValueError on what is no finite decimal.
    """
    try:
        value = Decimal(amount).scaleb(exponent(currency))
        return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    except ArithmeticError as error:
        raise ValueError(f"not an amount: {amount!r}") from error


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Divide `total` minor units over `weights`, largest remainder first; sums to `total`.

    All weights zero means equal weights. `total` may be negative.
    """
    if not weights:
        return []
    if total < 0:
        return [-part for part in split(-total, weights)]
    whole = sum(weights)
    if whole == 0:
        weights, whole = [1] * len(weights), len(weights)
    parts = [total * weight // whole for weight in weights]
    remainders = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in remainders[: total - sum(parts)]:
        parts[i] += 1
    assert sum(parts) == total
    return parts


def unit_share(total: int, quantity: int, unit: int) -> int:
    """What unit number `unit` carries of a line's `total`: the first ones carry the remainder.

    >>> [unit_share(5497, 3, i) for i in range(3)]
    [1833, 1832, 1832]
    """
    base, extra = divmod(total, quantity)
    return base + (1 if unit < extra else 0)
