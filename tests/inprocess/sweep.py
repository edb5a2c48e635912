"""Kill the handlers before and after each call in turn, and look what became of the story.

One pilot runs through the scenario. At each call it forks twice: a child dies there, before or
after the call, is delivered again as AWS would, and goes on to the end; so a world does not have to
be led to every point anew. `once` repeats one death in a world of its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field

from .faults import AFTER, BEFORE, Faults
from .invariants import wrong
from .scenarios import Scenario
from .story import Story
from .world import World

AT_A_TIME = 2


Chosen = Callable[[Faults], bool]  # whether to die at the last of `names`


def everywhere(_: Faults) -> bool:
    return True


def serving_people(faults: Faults) -> bool:
    return faults.for_people


@dataclass(frozen=True, slots=True)
class Death:
    at: int
    mode: str
    call: str
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        said = "\n    ".join(self.wrong)
        return f"killed {self.mode} call {self.at} ({self.call}):\n    {said}"


@dataclass
class Pilot(Faults):
    """Faults that fork at each chosen call; in a child `told` is where its story is written to."""

    chosen: Chosen = everywhere
    children: list[tuple[int, int, int, str]] = field(default_factory=list)
    deaths: list[Death] = field(default_factory=list)
    told: int | None = None

    def _die(self, here: int, mode: str) -> None:
        if self.told is None and self.chosen(self):
            self._fork(here, mode)
        super()._die(here, mode)

    def _fork(self, here: int, mode: str) -> None:
        if len(self.children) >= AT_A_TIME:
            self.harvest()
        reading, writing = os.pipe()
        pid = os.fork()
        if pid:
            os.close(writing)
            self.children.append((pid, reading, here, mode))
            return
        os.close(reading)
        self.told, self.at, self.mode = writing, here, mode

    def harvest(self) -> None:
        """Wait for the oldest child."""
        pid, reading, here, mode = self.children.pop(0)
        with os.fdopen(reading) as pipe:
            text = pipe.read()
        os.waitpid(pid, 0)
        found = json.loads(text) if text else ["the child ended without a word"]
        self.deaths.append(Death(here, mode, self.names[here], tuple(found)))


def sweep(scenario: Scenario, chosen: Chosen = everywhere, *, patient: bool = False) -> list[Death]:
    """Every chosen death, each with what was wrong at the end; none at all comes first."""
    once(scenario, None)  # imports what it needs, or each child would do so again
    pilot = Pilot(chosen=chosen)
    try:
        found = run(scenario, pilot, patient=patient)
    except Exception as error:
        found = [f"{type(error).__name__}: {error}"]
    if pilot.told is not None:
        os.write(pilot.told, json.dumps(found).encode())
        os._exit(0)
    while pilot.children:
        pilot.harvest()
    return [Death(-1, "never", "", tuple(found)), *pilot.deaths]


def once(scenario: Scenario, at: int | None, mode: str = BEFORE) -> list[str]:
    """What is wrong after one death."""
    assert mode in (BEFORE, AFTER)
    return run(scenario, Faults(at, mode))


def run(scenario: Scenario, faults: Faults, *, patient: bool = False) -> list[str]:
    world = World()
    world.patient = patient
    story = Story(world)
    scenario.prepare(story)
    world.arm(faults)
    scenario.play(story)
    return wrong(scenario, story)
