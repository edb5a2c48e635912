"""`make audit`: let the auditor of a running stack look at everything that is new, and report.

API and OPS are what `make run` writes into .build/demo.env; for a stack on AWS give its own. A
difference is told when it is older than GRACE_S (else the deployment's).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from local.actors.api import Api, Problem
from local.paths import BUILD

SETTINGS = BUILD / "demo.env"
MOST_RUNS = 100


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
    told = 0
    for _ in range(MOST_RUNS):
        report = api.post("/audit", body)
        for case in report["cases"]:
            told += 1
            print(
                f"{case['invariant']} {case['subject']}: {case['what']} "
                f"expected {case['expected']}, found {case['found']}"
            )
        print(
            f"{report['objects']} objects, {report['movements']} movements, "
            f"{report['looked_at']} orders and items, {report['suspects']} suspected"
        )
        if not report["objects"]:
            break
    return 1 if told else 0


def from_file(path: Path) -> dict[str, str]:
    """NAME=value lines, with or without `export` and quotes."""
    lines = path.read_text().splitlines() if path.exists() else []
    pairs = (line.removeprefix("export ").partition("=") for line in lines if "=" in line)
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs}


if __name__ == "__main__":
    sys.exit(main())
