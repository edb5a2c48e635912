"""Money records: one authorisation with its captures and refunds; what a gateway answers.

Invariant I7: captured ≤ authorised, refunded ≤ captured, per authorisation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from ..states import PaymentStatus
from .money import Money

SANDBOX: Final = "sandbox"  # the provider that takes no money
AUTHORISED: Final = "AUTHORISED"
DECLINED: Final = "DECLINED"
PENDING: Final = "PENDING"
VOIDED: Final = "VOIDED"
EXPIRED: Final = "EXPIRED"
SUCCEEDED: Final = "SUCCEEDED"
FAILED: Final = "FAILED"
IN_DOUBT: Final = "IN_DOUBT"


@dataclass(frozen=True, slots=True)
class PaymentMeans:
    """How the customer pays. `kind`: card (our gateway) | external (the channel has the money)."""

    kind: str
    provider: str = "sandbox"
    token: str = ""


@dataclass(frozen=True, slots=True)
class GatewayAnswer:
    """`outcome`: AUTHORISED, DECLINED, PENDING for authorisations; SUCCEEDED, FAILED, PENDING else.

    An event may also say EXPIRED: the provider let an authorisation lapse.

    `ref` is the provider's reference, `reason` its machine-readable reason,
    `expires_at` (epoch seconds) the end of an authorisation, `action_url` where the payer
    must act while PENDING.
    """

    outcome: PaymentStatus
    ref: str = ""
    reason: str = ""
    expires_at: int | None = None
    action_url: str = ""


@dataclass(frozen=True, slots=True)
class ProviderEvent:
    """A verified webhook: which of our operations (`operation`, the id we sent) now stands how."""

    event_id: str
    operation: str
    answer: GatewayAnswer


@dataclass(frozen=True, slots=True)
class MoneyMove:
    """A capture (keyed by part) or refund (keyed by return): amount in minor units."""

    amount: int
    outcome: PaymentStatus
    ref: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class Payment:
    """The stored row PAY#n. `id` is the provider idempotency key of the authorisation."""

    number: int
    id: str
    means: PaymentMeans
    status: PaymentStatus
    authorised: Money
    ref: str = ""
    reason: str = ""
    expires_at: int | None = None
    due: int | None = None  # the answer of a PENDING one, for the sweep
    captures: Mapping[str, MoneyMove] = field(default_factory=lambda: MappingProxyType({}))
    refunds: Mapping[str, MoneyMove] = field(default_factory=lambda: MappingProxyType({}))
    version: int = 0

    @property
    def captured(self) -> int:
        return _succeeded(self.captures)

    @property
    def refunded(self) -> int:
        return _succeeded(self.refunds)

    def with_capture(self, part: str, move: MoneyMove) -> Payment:
        """Money taken stays taken: a later answer about the same part does not undo it."""
        if part in self.captures and self.captures[part].outcome == SUCCEEDED:
            return self
        after = replace(self, captures={**self.captures, part: move})
        if after.captured > self.authorised.minor:
            raise ValueError(f"I7: captured {after.captured} > authorised {self.authorised.minor}")
        return after

    def with_refund(self, key: str, move: MoneyMove) -> Payment:
        """Money given back stays given back."""
        if key in self.refunds and self.refunds[key].outcome == SUCCEEDED:
            return self
        after = replace(self, refunds={**self.refunds, key: move})
        if after.refunded > self.captured:
            raise ValueError(f"I7: refunded {after.refunded} > captured {self.captured}")
        return after


def _succeeded(moves: Mapping[str, MoneyMove]) -> int:
    return sum(move.amount for move in moves.values() if move.outcome == SUCCEEDED)
