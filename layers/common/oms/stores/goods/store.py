"""Digital goods: codes move from a SKU's pool to a unit of an order, each exactly once.

| pk | sk | what |
|---|---|---|
| CODES#sku | FREE#fingerprint | a code that nobody has |
| CODES#sku | TAKEN#fingerprint | it was given to a unit; kept for ever, so that it is not loaded again |
| CODES#sku | WAITS#since#order#part | a part that waits for codes |
| O#order | GIVEN#line#unit | what this unit was given |

Taking is one transaction: the code leaves FREE, becomes TAKEN, and is GIVEN to a unit that has
nothing. So neither a repeated call nor two at once give a code twice, or a unit two codes. The
table is the only one that holds codes, and its stream carries keys only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from ...domain.digital.digital_goods import DigitalGood, Unit, missing_codes, units_in
from ...domain.errors import LostRace
from ...domain.limits.digital import CODES_AT_ONCE
from ...domain.limits.sourcing import MAX_CLAIM_RETRIES
from ...domain.model.units import LineUnits
from ..dynamo.ranges import RangeTable
from ..dynamo.table import Item, to_wire
from . import keys

PARALLEL = 16
ABSENT, PRESENT = "attribute_not_exists(pk)", "attribute_exists(pk)"


class DigitalGoodsStore:
    def __init__(self, table: RangeTable) -> None:
        self.table = table

    def load(self, sku: str, codes: Sequence[str]) -> int:
        with ThreadPoolExecutor(PARALLEL) as pool:
            return sum(pool.map(lambda code: self._load(sku, code), dict.fromkeys(codes)))

    def _load(self, sku: str, code: str) -> bool:
        """That it was not taken and that it is not there yet are one condition: it may be taken
        in this very moment.
        """
        free, taken = _free(sku, code), _taken(sku, code)
        actions = [self._check(taken), self._put({**free, "code": code})]
        for _ in range(MAX_CLAIM_RETRIES):
            try:
                self.table.transact(actions)
            except LostRace as lost:
                reasons = lost.extra.get("reasons")
                if isinstance(reasons, list) and "ConditionalCheckFailed" in reasons:
                    return False
            else:
                return True
        raise LostRace(f"a code of {sku} kept being written by somebody else")

    def left(self, sku: str, most: int) -> int:
        return self.table.count(keys.codes_pk(sku), keys.FREE, limit=most)

    def given(self, order_id: str) -> dict[Unit, DigitalGood]:
        rows = self.table.query(keys.given_pk(order_id), prefix=keys.GIVEN)
        return {keys.unit_of(row["sk"]): _good(row) for row in rows}

    def take(self, order_id: str, wanted: Mapping[Unit, str], now: int) -> dict[str, int]:
        for _ in range(MAX_CLAIM_RETRIES):
            given = self.given(order_id)
            open_units = {unit: sku for unit, sku in wanted.items() if unit not in given}
            pools = {
                sku: self._pool(sku, order_id, sum(each == sku for each in open_units.values()))
                for sku in sorted(set(open_units.values()))
            }
            left = {sku: len(codes) for sku, codes in pools.items()}
            if short := missing_codes(open_units.values(), left):
                return short
            pairs = [(unit, sku, pools[sku].pop(0)) for unit, sku in sorted(open_units.items())]
            if self._move(order_id, pairs, now):
                return {}
        raise LostRace(f"codes for order {order_id} kept being taken by others")

    def _pool(self, sku: str, order_id: str, units: int) -> list[str]:
        """Free codes for so many units: from a place of the order's own, so that orders at the
        same time do not reach for the same code, and from the beginning when there are too few.
        """
        pk = keys.codes_pk(sku)
        start = keys.FREE + keys.fingerprint(sku, order_id)
        found = self.table.between(pk, start, keys.FREE + keys.AFTER_ALL, limit=units)
        if len(found) < units:
            found += self.table.between(pk, keys.FREE, start, limit=units - len(found))
        return [row["code"] for row in found]

    def _move(self, order_id: str, pairs: Sequence[tuple[Unit, str, str]], now: int) -> bool:
        """False when somebody else has one of the codes, or the order has got some meanwhile."""
        for at in range(0, len(pairs), CODES_AT_ONCE):
            actions = []
            for unit, sku, code in pairs[at : at + CODES_AT_ONCE]:
                given = _given(order_id, unit, DigitalGood(sku, code))
                actions += [
                    self._delete(_free(sku, code)),
                    self._put({**_taken(sku, code), "by": order_id, "at": now}),
                    self._put({**given, "at": now}),
                ]
            try:
                self.table.transact(actions)
            except LostRace:
                return False
        return True

    def put_links(self, order_id: str, links: Mapping[Unit, DigitalGood]) -> None:
        for unit, good in links.items():
            self.table.put_if_absent(_given(order_id, unit, good))

    def give_back(self, order_id: str, lines: LineUnits) -> int:
        """Each code by itself: what was given back before has no row any more."""
        given, back = self.given(order_id), 0
        for unit in units_in(lines):
            good = given.get(unit)
            if good and good.code:
                actions = [
                    self._delete(_given(order_id, unit, good)),
                    self._delete(_taken(good.sku, good.code)),
                    self._put({**_free(good.sku, good.code), "code": good.code}),
                ]
                self.table.transact(actions)
                back += 1
        return back

    # --- who waits ---------------------------------------------------------------------------

    def wait(self, sku: str, order_id: str, number: int, at: int) -> None:
        sk = keys.waits_sk(at, order_id, number)
        self.table.put_always({"pk": keys.codes_pk(sku), "sk": sk})

    def waits_no_more(self, sku: str, order_id: str, number: int, at: int) -> None:
        self.table.delete(keys.codes_pk(sku), keys.waits_sk(at, order_id, number))

    def waiting(self, sku: str, most: int) -> list[tuple[str, int, int]]:
        low, high = keys.WAITS, keys.WAITS + keys.AFTER_ALL
        rows = self.table.between(keys.codes_pk(sku), low, high, limit=most)
        return [keys.waits_of(row["sk"]) for row in rows]

    # --- parts of a transaction ----------------------------------------------------------------

    def _check(self, row: Item) -> Item:
        wanted = {"Key": to_wire(row), "ConditionExpression": ABSENT}
        return {"ConditionCheck": {"TableName": self.table.name, **wanted}}

    def _put(self, row: Item) -> Item:
        wanted = {"Item": to_wire(row), "ConditionExpression": ABSENT}
        return {"Put": {"TableName": self.table.name, **wanted}}

    def _delete(self, row: Item) -> Item:
        at = {name: row[name] for name in ("pk", "sk")}
        wanted = {"Key": to_wire(at), "ConditionExpression": PRESENT}
        return {"Delete": {"TableName": self.table.name, **wanted}}


def _free(sku: str, code: str) -> Item:
    return {"pk": keys.codes_pk(sku), "sk": keys.FREE + keys.fingerprint(sku, code)}


def _taken(sku: str, code: str) -> Item:
    return {"pk": keys.codes_pk(sku), "sk": keys.TAKEN + keys.fingerprint(sku, code)}


def _given(order_id: str, unit: Unit, good: DigitalGood) -> Item:
    said = {"sku": good.sku, "code": good.code, "link": good.link}
    return {"pk": keys.given_pk(order_id), "sk": keys.given_sk(*unit), **said}


def _good(row: Item) -> DigitalGood:
    return DigitalGood(row["sku"], row["code"], row["link"])
