"""`make run`: the whole system on this machine, with demo data and demo traffic.

ONCE=1   stop after the demo; exit code 1 when an order did not end as told
WATCH=1  redeploy what changes while it runs; show what is wrong with it
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

from rich.console import Console

from local.actors.world import World
from local.demo.play import failures, play_all
from local.demo.report import addresses, environment, report
from local.demo.tale import Tale, Voice
from local.paths import BUILD, ROOT
from local.progress import Progress
from local.seed.load import load
from local.stack import Stack, up
from local.watch import watch
from local.watch_errors import NewErrors, import_errors

STEPS = 3
INTERRUPTED = 130  # the exit code of a program that Ctrl-C ended
WIDE = 150  # columns, where nobody says how many there are
SETTINGS = BUILD / "demo.env"  # address and tokens as shell variables, while it runs
CONNECTION = BUILD / "cloud.json"  # how boto3 reaches it, for `make replay`
WATCHED = ("functions", "layers", "statemachines", "template.yaml")


def main() -> int:
    try:
        return run(once=bool(os.environ.get("ONCE")), watching=bool(os.environ.get("WATCH")))
    except KeyboardInterrupt:
        print("\nstopped")
        return INTERRUPTED
    finally:
        SETTINGS.unlink(missing_ok=True)
        CONNECTION.unlink(missing_ok=True)


def run(*, once: bool, watching: bool) -> int:
    """Until Ctrl-C, or until the demo is over."""
    progress = Progress(STEPS)
    with up(progress) as stack:
        progress.step("writing the demo data")
        world = World(stack, load(stack))
        progress.end("The local cloud is up")
        tales = demo(world)
        if not once:
            SETTINGS.write_text(environment(world))
            CONNECTION.write_text(json.dumps(connection(stack)))
            print("\n".join(["", *addresses(tales, world)]))
            print(f"terminal     source {SETTINGS.relative_to(ROOT)}")
            stay(stack, watching)
    return 0 if all(tale.good for tale in tales) else 1


def connection(stack: Stack) -> dict[str, Any]:
    """Arguments of `boto3.client`, and the name of the stack."""
    cloud = stack.cloud
    reached = {
        "endpoint_url": cloud.endpoint,
        "region_name": cloud.region,
        "aws_access_key_id": cloud.account,
        "aws_secret_access_key": "test",
    }
    return {"client": reached, "stack": stack.deployment.stack_name}


def demo(world: World) -> list[Tale]:
    """Play the stories and report; say why one did not end as told."""
    console = Console()
    console = console if console.is_terminal else Console(width=WIDE)
    tales = play_all(world, Voice(lambda line: console.out(line, highlight=False)))
    if wrong := failures(tales, world):
        console.out(f"\n{wrong}\n", highlight=False)
    report(tales, world, console)
    return tales


def stay(stack: Stack, watching: bool) -> None:
    """For ever; ends with KeyboardInterrupt."""
    errors = NewErrors(stack) if watching else None
    print(f"Ctrl-C       stops it{'; what you save is deployed' if watching else ''}", flush=True)
    if errors:
        watch([ROOT / name for name in WATCHED], lambda files: redeploy(stack, files), errors.show)
    threading.Event().wait()


def redeploy(stack: Stack, files: set[Path]) -> None:
    """A change that does not import, build or deploy is said, and the stack stays as it was."""
    names = ", ".join(sorted(str(path.relative_to(ROOT)) for path in files))
    if wrong := import_errors(files):
        print(f"{wrong}\nnot deployed: {names}", flush=True)
        return
    try:
        stack.redeploy_changed()
    except Exception as error:  # of the builder, the translator or CloudFormation
        print(f"not deployed: {names}: {error}", flush=True)
    else:
        print(f"deployed: {names}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
