"""`make audit`: let the auditor of a running stack look at everything that is new, and report.

API and OPS are what `make run` writes into .build/demo.env; for a stack on AWS give its own. A
difference is told when it is older than GRACE_S (else the deployment's). Run it again and again:
what was told stays in the list until somebody settled it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from local.actors.api import Api, Problem
from local.paths import BUILD

SETTINGS = BUILD / "demo.env"
MOST_RUNS = 100
OURS = "AUDIT_"  # the cases that the auditor opens
ADVICE = "docs/operations.md says what to do"


def main() -> int:
    """Exit code 1 when the auditor tells of something, 2 when there is nothing to ask."""
    settings = {**from_file(SETTINGS), **os.environ}
    if "API" not in settings or "OPS" not in settings:
        print("Nothing to audit: start `make run` first, or set API and OPS.", file=sys.stderr)
        return 2
    body = {"grace_s": int(settings["GRACE_S"])} if settings.get("GRACE_S") else {}
    try:
        return audit(Api(settings["API"], settings["OPS"]), body)
    except (Problem, OSError) as error:
        print(f"The auditor did not answer: {error}", file=sys.stderr)
        return 2


def audit(api: Api, body: dict[str, int]) -> int:
    """What is wrong by now, then what was told before and is not settled."""
    told = [f"{case['invariant']} {case['subject']}: {says(case)}" for case in ask(api, body)]
    for line in told:
        print(line)
    still = [
        f"{case['kind']} {case['sku']} at {case['node']}: {says(case['detail'])}"
        for case in api.get("/stock-cases")["cases"]
        if case["kind"].startswith(OURS)
    ]
    if still:
        print(f"Open cases of the auditor (GET /stock-cases; {ADVICE}):")
        print("\n".join(f"  {line}" for line in still))
    elif told:
        print(f"Each is a case now, and nothing was repaired: {ADVICE}.")
    else:
        print("Nothing is wrong.")
    return 1 if told or still else 0


def ask(api: Api, body: dict[str, int]) -> Iterator[dict[str, Any]]:
    """The cases of run after run, until nothing is new; says what each run looked at."""
    for _ in range(MOST_RUNS):
        report = api.post("/audit", body)
        yield from report["cases"]
        print(
            f"{report['objects']} objects of the lake, {report['movements']} movements folded, "
            f"{report['looked_at']} orders and stock items checked, "
            f"{report['suspects']} suspected, {report['alerts']} stock alerts"
        )
        if not report["objects"]:
            return


def says(case: Mapping[str, Any]) -> str:
    """Both values of a difference; `what` where the auditor reports, `reason` in a case."""
    what = case.get("what") or case.get("reason", "")
    return f"{what}: expected {case.get('expected')}, found {case.get('found')}"


def from_file(path: Path) -> dict[str, str]:
    """NAME=value lines, with or without `export` and quotes."""
    lines = path.read_text().splitlines() if path.exists() else []
    pairs = (line.removeprefix("export ").partition("=") for line in lines if "=" in line)
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


if __name__ == "__main__":
    sys.exit(main())
