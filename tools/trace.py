"""Print the story of one order across all functions, from their logs, oldest line first.

ORDER=…               the order's id
STACK=…               a deployed stack, in the account of the environment; else that of `make run`
DAYS=…                how far to look back
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from tools.replay import connection

DAY_S = 86_400
WHAT = ("route", "task", "event", "item")
Line = dict[str, Any]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="trace", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("order")
    parser.add_argument("--stack", default="")
    parser.add_argument("--days", type=int, default=7)
    given = parser.parse_args(arguments)
    try:
        client, stack = connection.clients(given.stack)
    except connection.NoSystem as wrong:
        print(wrong, file=sys.stderr)
        return 2
    found = story(client, stack, given.order, since=time.time() - given.days * DAY_S)
    print("\n".join(map(shown, found)) or f"no function logged anything about {given.order}")
    return 0 if found else 1


def story(
    client: Callable[[str], Any], stack: str, order_id: str, *, since: float = 0
) -> list[Line]:
    """Every line about the order, of any function, in the order of time."""
    logs = client("logs")
    found = [
        line
        for group in groups(logs, stack)
        for line in lines(logs, group, order_id, since)
        if line.get("order_id") == order_id
    ]
    return sorted(found, key=lambda line: str(line["timestamp"]))


def groups(logs: Any, stack: str) -> list[str]:
    pages = logs.get_paginator("describe_log_groups").paginate(
        logGroupNamePrefix=f"/aws/lambda/{stack}-"
    )
    return [group["logGroupName"] for page in pages for group in page["logGroups"]]


def lines(logs: Any, group: str, order_id: str, since: float) -> Iterator[Line]:
    pages = logs.get_paginator("filter_log_events").paginate(
        logGroupName=group, filterPattern=f'"{order_id}"', startTime=round(since * 1000)
    )
    for page in pages:
        for event in page["events"]:
            try:
                line = json.loads(event["message"])
            except ValueError:
                continue
            if isinstance(line, dict) and "timestamp" in line:
                yield line


def shown(line: Line) -> str:
    """One line for a reader: when, which function, what, how it ended, then the ids."""
    what = " ".join(str(line[name]) for name in WHAT if line.get(name)) or line["message"]
    took = f" in {line['duration_ms']} ms" if "duration_ms" in line else ""
    ended = f"{line.get('outcome', line['level'])}{took}"
    time_, function = str(line["timestamp"])[:23], str(line.get("function_name", ""))
    ids = f"[{line.get('correlation_id', '')}]"
    return f"{time_}  {function:28} {line['message']:8} {what}  {ended}  {ids}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
