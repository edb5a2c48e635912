"""A payment provider of our own for demos and tests: as strict as a real one, and durable.

The means' token tells it how to behave:

| token | behaviour |
|---|---|
| `tok_ok`, any other | authorised, captured, refunded |
| `tok_decline` | declined, reason `insufficient_funds` |
| `tok_timeout_once` | authorises, then the answer is lost once |
| `tok_late` | PENDING until `complete_late`, which answers the signed webhook |
| `tok_capture_fails_once` | the first capture FAILED; a capture under a new id succeeds |
| `tok_refund_timeout_once` | refunds, then the answer is lost once |

A FAILED capture stays FAILED under its id, as with real providers: trying again is a new id.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from ...domain.errors import GatewayTimeout, LostRace, MoneyRefused
from ...domain.model.money import Money
from ...domain.model.payment import GatewayAnswer, PaymentMeans, ProviderEvent
from ...ports import Memory
from ..signatures import header, require_timed_signature, timed_signature
from . import ledger
from .ledger import Entry

MAX_TRIES = 10
SIGNATURE_HEADER = "sandbox-signature"


class SimulatedPayments:
    """One memory entry `pay#<ref>` per authorisation, changed by compare-and-set."""

    def __init__(self, memory: Memory, now: Callable[[], int], webhook_secret: str) -> None:
        self._memory, self._now, self._secret = memory, now, webhook_secret

    def authorise(self, id: str, amount: Money, means: PaymentMeans) -> GatewayAnswer:
        if amount.minor <= 0:
            raise MoneyRefused(f"{amount} cannot be authorised")
        key = _key(ledger.reference("sim", id))
        entry, version = self._memory.get(key)
        if entry is None:
            entry = ledger.opened(id, amount, means.token, self._now())
            try:
                self._memory.put(key, entry, expected_version=version)
            except LostRace:
                return self.authorise(id, amount, means)
            if means.token in ledger.ANSWER_LOST_ONCE:
                raise GatewayTimeout(f"No answer to authorisation {id}")
        asked = (amount.minor, amount.currency, means.token)
        if (entry["amount"], entry["currency"], entry["token"]) != asked:
            raise MoneyRefused(f"{id} was used for another authorisation")
        return ledger.authorisation(entry, id)

    def capture(self, id: str, ref: str, amount: Money) -> GatewayAnswer:
        return self._operate(
            ref, "capture", id, amount.minor, lambda e: ledger.captured(e, id, amount, self._now())
        )

    def void(self, id: str, ref: str) -> GatewayAnswer:
        return self._operate(ref, "void", id, 0, lambda e: ledger.voided(e, id))

    def refund(self, id: str, ref: str, amount: Money) -> GatewayAnswer:
        return self._operate(
            ref, "refund", id, amount.minor, lambda e: ledger.refunded(e, id, amount)
        )

    def complete_late(self, ref: str, approve: bool = True) -> tuple[dict[str, str], bytes]:
        """Decide a PENDING authorisation; answers headers and body of the webhook that says so."""
        entry, _ = self._change(ref, lambda e: ledger.decided(e, approve))
        answer = ledger.authorisation(entry, entry["id"])
        said = {
            "id": ledger.reference("evt", f"{ref}/{answer.outcome}"),
            "type": "authorisation.decided",
            "operation": entry["id"],
            "outcome": answer.outcome,
            "ref": answer.ref,
            "reason": answer.reason,
            "expires_at": answer.expires_at,
        }
        body = json.dumps(said, sort_keys=True).encode()
        signature = timed_signature(self._secret, body, self._now())
        return {SIGNATURE_HEADER: signature, "content-type": "application/json"}, body

    def event(self, headers: Mapping[str, str], body: bytes) -> ProviderEvent | None:
        given = header(headers, SIGNATURE_HEADER)
        require_timed_signature(self._secret, body, given, now=self._now())
        said = json.loads(body)
        if said.get("type") != "authorisation.decided":
            return None
        answer = GatewayAnswer(
            said["outcome"], said["ref"], reason=said["reason"], expires_at=said["expires_at"]
        )
        return ProviderEvent(said["id"], said["operation"], answer)

    def _operate(
        self, ref: str, kind: str, id: str, amount: int, decide: Callable[[Entry], Entry]
    ) -> GatewayAnswer:
        def once(entry: Entry) -> Entry:
            known = ledger.recorded(entry, kind, id, amount)
            return entry if known else decide(entry)

        entry, changed = self._change(ref, once)
        if changed and kind == "refund" and ledger.first_refund_goes_unanswered(entry):
            raise GatewayTimeout(f"No answer to refund {id}")
        answer = ledger.recorded(entry, kind, id, amount)
        assert answer is not None
        return answer

    def _change(self, ref: str, decide: Callable[[Entry], Entry]) -> tuple[Entry, bool]:
        """Load, decide, compare-and-set; a lost race loads again. An unchanged entry is not put."""
        for _ in range(MAX_TRIES):
            entry, version = self._memory.get(_key(ref))
            if entry is None:
                raise MoneyRefused(f"There is no authorisation {ref}")
            after = decide(entry)
            if after is entry:
                return entry, False
            try:
                self._memory.put(_key(ref), after, expected_version=version)
            except LostRace:
                continue
            return after, True
        raise LostRace(f"{ref} changed {MAX_TRIES} times meanwhile")


def _key(ref: str) -> str:
    return f"pay#{ref}"
