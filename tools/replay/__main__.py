"""Source past orders again by other rules and write a report. Sourcing itself is left alone.

RULES=rules.json      a document as in docs/sourcing.md
RULES=default@3       version 3 of a profile of the system; drafts too
DAYS=7                the last days of the running system's lake (STACK=… for a deployed one), or
FILE=orders.jsonl     a history as in layers/common/oms/stores/lake/past_file.py; SAVE=… keeps one
OUT=replay.html       where the report goes
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import replace
from pathlib import Path

from local.progress import Progress
from oms.domain.errors import Refused
from oms.domain.model.rules import SourcingRules
from oms.domain.replaying.history import ReplayHistory
from oms.domain.sourcing.validation import problems
from oms.gateways.reports.compare import EVERY, compare
from oms.gateways.reports.replay_page import page
from oms.stores.dynamo.codec import decode
from tools.replay import connection
from tools.replay.history import read, write

STEPS_BEFORE = 4
USAGE = 2


class Wrong(ValueError):
    """What was asked for cannot be done; the text says why."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="replay", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rules", required=True, help="a file, or PROFILE@NUMBER")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--days", type=int, help="of the lake")
    where.add_argument("--file", type=Path, help="a history")
    parser.add_argument("--stack", default="", help="a deployed stack; else that of `make run`")
    parser.add_argument("--save", type=Path, help="keep the history here")
    parser.add_argument("--out", type=Path, default=Path("replay.html"))
    given = parser.parse_args(arguments)
    try:
        replay(given)
    except (Wrong, OSError, Refused, connection.NoSystem) as wrong:
        print(wrong, file=sys.stderr)
        return USAGE
    return 0


def replay(given: argparse.Namespace) -> None:
    bar = Progress(STEPS_BEFORE)
    past = read(given.file) if given.file else from_lake(given, bar)
    rules = rules_of(given.rules, given.stack)
    if given.save:
        write(past, given.save)
    if not past.orders:
        raise Wrong("there is no order in this history")
    began, bar = time.monotonic(), Progress(past.orders // EVERY + 2)
    bar.step("sourcing again")
    found = compare(past, rules, lambda n: bar.step(f"{n:,} of {past.orders:,} orders"))
    took_s = time.monotonic() - began
    names = {node.id: node.name for node in past.place.nodes}
    given.out.write_text(page(found, title(rules, given.rules), names, stocked=past.stocked))
    bar.end(f"{past.orders:,} orders in {took_s:.1f} s; the report: {given.out}")


def from_lake(given: argparse.Namespace, bar: Progress) -> ReplayHistory:
    source, _ = connection.source(*connection.clients(given.stack))
    return source.history(int(time.time()), given.days, bar.step)


def rules_of(named: str, stack: str) -> SourcingRules:
    """Raises Wrong, naming each field that is wrong; OSError, NotFound."""
    profile, at, number = named.rpartition("@")
    if at and number.isdecimal():
        _, book = connection.source(*connection.clients(stack))
        version = book.version(profile, int(number))
        document, own = json.loads(version.document), (profile, version.number)
    else:
        document, own = _parsed(Path(named)), (Path(named).stem, 0)
    if faults := problems(document):
        told = "\n".join(f"  {field}: {why}" for field, why in faults.items())
        raise Wrong(f"the rules are not valid:\n{told}")
    return replace(decode(SourcingRules, document), profile=own[0], version=own[1])


def _parsed(path: Path) -> dict[str, object]:
    try:
        found = json.loads(path.read_text())
    except ValueError as error:
        raise Wrong(f"{path} is not JSON: {error}") from error
    return found if isinstance(found, dict) else {"": found}


def title(rules: SourcingRules, named: str) -> str:
    if rules.version:
        return f"Replay with version {rules.version} of “{rules.profile}”"
    return f"Replay with {Path(named).name}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
