"""What holds at the end of every story, whatever was killed or came twice (domain 3.10).

Each check answers sentences about what is wrong; none when all is well.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from oms.contracts.bus_events import contract_of
from oms.domain.consequences.consequence import NOTHING, Consequence
from oms.domain.consequences.table import consequence_of
from oms.domain.ids import part_of_claim
from oms.domain.limits.stock import ORPHAN_CLAIM_AFTER_S
from oms.domain.model import fulfilment as fo
from oms.domain.model import stock_item as s
from oms.domain.model.order import Order
from oms.domain.model.units import NO_UNITS
from oms.domain.orders import buckets
from oms.domain.publishing.changes import OF_AN_ORDER
from oms.domain.publishing.lake_lines import ORDERS
from oms.domain.stock import ledger
from oms.stores.dynamo.table import from_wire
from oms.stores.stock.rows import item_of

from .machine import FAILED, RUNNING
from .scenarios import Scenario
from .story import Story
from .world import World

Wrong = Iterator[str]
KINDS = ("FREE#", "TAKEN#", "GIVEN#", "WAITS#")  # of rows about codes


def wrong(scenario: Scenario, story: Story) -> list[str]:
    """Everything that is wrong, after the orphan check and the sweep had their turn."""
    world = story.world
    world.later(ORPHAN_CLAIM_AFTER_S + 60)
    world.settle()
    order = story.order
    return [
        *_expected(scenario, story),
        *_units(order),
        *_stock(story),
        *_ledger(world),
        *_claims(world, order),
        *_money(scenario, world, order),
        *_labels(world, order),
        *_messages(scenario, world, order),
        *_codes(scenario, story),
        *_waiting(world, order),
        *_events(world),
    ]


def _expected(scenario: Scenario, story: Story) -> Wrong:
    order = story.order
    if order.state.status != scenario.status:
        yield f"the order is {order.state.status}, not {scenario.status}"
    statuses = tuple(part.status for part in order.parts)
    if statuses != scenario.parts:
        yield f"the parts are {statuses}, not {scenario.parts}"
    found = {item["pk"]["S"] for item in story.world.dynamo.items("OrdersTable")}
    if found != {f"O#{order.id}"}:
        yield f"there is more than one order: {found}"


def _units(order: Order) -> Wrong:
    """I1, I6."""
    for line in order.snapshot.lines:
        found = buckets.buckets_of(order, line)
        if sum(getattr(found, name) for name in buckets.DISJOINT) != line.quantity:
            yield f"I1: line {line.no} has {found}"
        holders = Counter(
            unit for part in order.parts for unit in part.held.get(line.no, NO_UNITS)
        )  # fmt: skip
        twice = [unit for unit, parts in holders.items() if parts > 1]
        if twice:
            yield f"I6: units {twice} of line {line.no} are in two live parts"


def _stock(story: Story) -> Wrong:
    """I2, and on hand is what the story says."""
    for wire in story.world.dynamo.items("StockTable"):
        row = from_wire(wire)
        if not row["sk"].startswith("NODE#"):
            continue
        item = item_of(row)
        place = f"{item.sku} at {item.node}"
        yield from (f"I2: {place}: {problem}" for problem in s.problems(item))
        if row["av"] != item.available:
            yield f"I2: {place}: available is {row['av']}, the buckets say {item.available}"
        expected = story.on_hand.get((item.sku, item.node), 0)
        if item.on_hand != expected:
            yield f"{place}: on hand {item.on_hand}, not {expected}"


def _ledger(world: World) -> Wrong:
    """I2: the lake's movements, folded, are what the table holds; each says who, why and what."""
    lines: dict[tuple[str, str], list[ledger.LedgerLine]] = {}
    for (_, key), body in world.bucket.objects.items():
        for row in map(json.loads, body.splitlines() if key.startswith("stock/") else ()):
            lines.setdefault((row["sku"], row["node"]), []).append(ledger.line_of(row))
    for wire in world.dynamo.items("StockTable"):
        row = from_wire(wire)
        if not row["sk"].startswith("NODE#"):
            continue
        item = item_of(row)
        folded, different = ledger.fold(lines.get((item.sku, item.node), []))
        yield from (f"I2: {item.sku} at {item.node}: {each}" for each in different)
        if folded != ledger.LedgerBalance(item.version, ledger.balance_of(item)):
            yield f"I2: the ledger of {item.sku} at {item.node} says {folded}, the item is {item}"


def _claims(world: World, order: Order) -> Wrong:
    """I3: who holds units has a claim on them, and nobody else."""
    found = {}
    for wire in world.dynamo.items("StockTable"):
        row = from_wire(wire)
        for claim, entry in row.get("c", {}).items():
            owner, number = part_of_claim(claim)
            found[number, row["pk"][4:], row["sk"][5:]] = entry
            if owner != order.id:
                yield f"I3: a claim of a stranger: {claim}"
    due = {
        (part.number, sku, part.node): ("S" if part.status in fo.PREPARED else "A") + str(count)
        for part in order.parts
        if part.status not in fo.TERMINAL and not part.digital
        for sku, count in part.by_sku.items()
    }
    if found != due:
        yield f"I3: the claims are {found}, the parts ask for {due}"


def _money(scenario: Scenario, world: World, order: Order) -> Wrong:
    """I7; the provider's books and ours agree; what was handed over is paid, to the cent."""
    kept = {key: json.loads(text) for key, (text, _) in world.sandbox._items.items()}
    books = [entry for key, entry in kept.items() if key.startswith("pay#")]
    if len(books) != 1 or len(order.payments) != 1:
        yield f"{len(books)} authorisations, {len(order.payments)} payments"
        return
    payment, moves = order.payments[0], list(books[0]["ops"].values())
    done = [move for move in moves if move["outcome"] == "SUCCEEDED"]
    taken = sum(move["amount"] for move in done if move["kind"] == "capture")
    given = sum(move["amount"] for move in done if move["kind"] == "refund")
    if (taken, given) != (payment.captured, payment.refunded):
        yield f"the provider took {taken}, gave {given}; we know {payment}"
    if not payment.refunded <= payment.captured <= payment.authorised.minor:
        yield f"I7: {payment}"
    owed = sum(order.snapshot.amount_of(p.lines) for p in order.parts if p.status in fo.HANDED_OVER)
    if taken != owed or (scenario.status == "COMPLETED" and owed != order.snapshot.grand_total):
        yield f"captured {taken}, handed over {owed}, agreed {order.snapshot.grand_total}"
    if given != scenario.refunded:
        yield f"refunded {given}, not {scenario.refunded}"
    if taken < books[0]["amount"] and books[0]["status"] != "VOIDED":
        yield "the rest of the authorisation was not released"


def _labels(world: World, order: Order) -> Wrong:
    """One label for each package, and no other that is paid for."""
    kept = {key: json.loads(text) for key, (text, _) in world.sandbox._items.items()}
    bought = {
        key.partition("#")[2]
        for key, entry in kept.items()
        if key.startswith("label#") and entry["status"] == "BOUGHT"
    }
    known = [box.tracking for part in order.parts for box in part.packages if box.tracking]
    if sorted(bought) != sorted(known):
        yield f"labels {bought}, packages {known}"


def _messages(scenario: Scenario, world: World, order: Order) -> Wrong:
    """I9. A row is written before its mail is sent, so a death between the two loses the mail, and
    only that: the row is what staff and customers read. Codes are sent first, so twice if need be.
    """
    kept = {row["sk"].removeprefix("MSG#") for row in order.messages}
    if kept != set(scenario.told):
        yield f"messages {sorted(kept)}, not {sorted(scenario.told)}"
    sent = Counter(id for id, _, _ in world.post.sent)
    deaths = sum(each.startswith("notify") for each in world.died)
    twice = [id for id, times in sent.items() if times > 1]
    if twice := [id for id in twice if "DIGITAL_DELIVERED" not in id or not deaths]:
        yield f"I9: sent twice: {twice}"
    if not len(kept) - deaths <= len(sent) <= len(kept):
        yield f"sent {sorted(sent)}, kept {sorted(kept)}"


def _codes(scenario: Scenario, story: Story) -> Wrong:
    """Each unit has one code, each code one unit; no code is lost, or anywhere else."""
    world, order = story.world, story.order
    rows = [from_wire(wire) for wire in world.dynamo.items("GoodsTable")]
    of = {kind: [row for row in rows if row["sk"].startswith(kind)] for kind in KINDS}
    given = [row["code"] for row in of["GIVEN#"] if row["code"]]
    if len(given) != scenario.codes or len(of["TAKEN#"]) != len(given):
        yield f"codes {given}, taken {of['TAKEN#']}, not {scenario.codes}"
    if Counter([*given, *(row["code"] for row in of["FREE#"])]) != Counter(story.codes):
        yield f"of {story.codes} there are {of['FREE#']} and {given}"
    digital = sum(len(part.lines[no]) for part in order.parts if part.digital for no in part.lines)
    if len(of["GIVEN#"]) != digital:
        yield f"{len(of['GIVEN#'])} of {digital} digital units were given something"
    yield from (f"waits for nothing: {row}" for row in of["WAITS#"])
    told = [world.bus.events, world.bucket.objects, world.dynamo.items("OrdersTable")]
    if leaked := [code for code in story.codes if code in str(told)]:
        yield f"codes in the open: {leaked}"
    read = [body for id, _, body in world.post.sent if "DIGITAL_DELIVERED" in id]
    if scenario.codes and not all(code in body for code in given for body in read):
        yield f"not all of {given} is in {read}"


def _waiting(world: World, order: Order) -> Wrong:
    """I10, and nothing lies where nobody looks."""
    for execution in world.steps.executions.values():
        if execution.status == FAILED or execution.state == "Parked":
            yield f"execution {execution.name} went {execution.path}"
        if execution.status == RUNNING:
            what = "ORDER" if execution.machine == "OrderMachine" else _row(execution.name)
            held = world.orders.wait(order.id, what)
            if held is None or held["token"] != execution.token:
                yield f"I10: execution {execution.name} waits for {execution.token}, kept: {held}"
            yield f"execution {execution.name} is still in {execution.state}"
    yield from (f"dead letter: {letter}" for letter in world.queues.dead())
    left = {name: letters for name, letters in world.queues.waiting.items() if letters}
    if left:
        yield f"messages left: {left}"
    yield from (f"case: {case}" for case in order.cases if case["status"] != "RESOLVED")


def _row(name: str) -> str:
    return f"RETURN#{int(name.rpartition('-R')[2]):02d}"


def _events(world: World) -> Wrong:
    """Each new version of a noun is a line of the lake, and an event on the bus where the table of
    consequences says so; each event keeps its contract.
    """
    heard = {event["detail"]["id"] for event in world.bus.events}
    for event in world.bus.events:
        contract_of(event["detail-type"]).model_validate(event["detail"])
    lines = {line["id"]: line for line in _lake(world)}
    for wire in world.dynamo.items("OrdersTable"):
        item = from_wire(wire)
        if item["sk"].partition("#")[0] in ("SNAPSHOT", "STATE", "FO", "PAY", "RETURN"):
            ids = {f"{item['pk']}|{item['sk']}:{n}" for n in range(1, item["v"] + 1)}
            if ids - set(lines):
                yield f"not in the lake: {sorted(ids - set(lines))}"
            for id in ids & set(lines):
                follows = _consequence(lines[id])
                if follows == NOTHING:
                    yield f"has no row in domain/consequences: {lines[id]['event']} of {id}"
                if bool(follows.published) != (id in heard):
                    yield f"on the bus {id in heard}, to be there {follows.published!r}: {id}"


def _lake(world: World) -> Iterator[dict[str, Any]]:
    for (_, key), body in world.bucket.objects.items():
        if key.startswith(f"{ORDERS}/"):
            yield from map(json.loads, body.decode().splitlines())


def _consequence(line: dict[str, Any]) -> Consequence:
    return consequence_of(OF_AN_ORDER[line["item"].partition("#")[0]], line["event"])
