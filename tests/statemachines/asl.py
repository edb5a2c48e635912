"""Walk a state machine and say what is wrong with it. Nothing else finds a dangling `Next`.

Each check answers a list of sentences, empty when all is well. A `Scope` is one set of states
with its own `StartAt`: the machine itself, a Map's item processor, a Parallel's branch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

State = dict[str, Any]

YEAR_S = 365 * 86_400  # the longest that a Standard execution lives
FUNCTION_TIMEOUT_S = 900  # the longest that a Lambda function runs
MAX_RETRIES = 10
TERMINAL = ("Succeed", "Fail")


@dataclass(frozen=True, slots=True)
class Scope:
    label: str
    start: str
    states: Mapping[str, State]


def load(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text()))


def scopes(body: Mapping[str, Any], label: str = "") -> Iterator[Scope]:
    """The machine's own states, then those of each Map and Parallel, however deep."""
    states = body.get("States", {})
    yield Scope(label, body.get("StartAt", ""), states)
    for name, state in states.items():
        for inner in inner_bodies(state):
            yield from scopes(inner, f"{label}{name} > ")


def inner_bodies(state: State) -> list[Mapping[str, Any]]:
    processor = state.get("ItemProcessor") or state.get("Iterator")
    return [*([processor] if processor else []), *state.get("Branches", [])]


def targets(state: State) -> list[str]:
    """Where the state can go, its catchers included."""
    rules = [*state.get("Choices", []), *state.get("Catch", [])]
    direct = [state[key] for key in ("Next", "Default") if key in state]
    return direct + [rule["Next"] for rule in rules if "Next" in rule]


def tasks(body: Mapping[str, Any]) -> Iterator[tuple[str, State]]:
    for scope in scopes(body):
        for name, state in scope.states.items():
            if state.get("Type") == "Task":
                yield scope.label + name, state


def waits_for_token(task: State) -> bool:
    return str(task.get("Resource", "")).endswith(".waitForTaskToken")


def reachable(scope: Scope, start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in seen and name in scope.states:
            seen.add(name)
            waiting += targets(scope.states[name])
    return seen


# --- checks: what the graph looks like ---------------------------------------------------------


def dangling(body: Mapping[str, Any]) -> list[str]:
    """Names that no state of the same scope has."""
    found = []
    for scope in scopes(body):
        if scope.start not in scope.states:
            found.append(f"{scope.label}StartAt names '{scope.start}', which is no state here")
        for name, state in scope.states.items():
            found += [
                f"{scope.label}{name} goes to '{target}', which is no state here"
                for target in targets(state)
                if target not in scope.states
            ]
    return found


def unreachable(body: Mapping[str, Any]) -> list[str]:
    return [
        f"{scope.label}{name} cannot be reached from '{scope.start}'"
        for scope in scopes(body)
        for name in scope.states
        if name not in reachable(scope, scope.start)
    ]


def without_exit(body: Mapping[str, Any]) -> list[str]:
    """States that neither end nor go on, or say both; choices without a default."""
    found = []
    for scope in scopes(body):
        for name, state in scope.states.items():
            kind, exits = state.get("Type"), ("Next" in state) + bool(state.get("End"))
            if kind == "Choice" and "Default" not in state:
                found.append(f"{scope.label}{name} has no Default: an unknown outcome would fail")
            elif kind in TERMINAL and exits:
                found.append(f"{scope.label}{name} is a {kind} and cannot have Next or End")
            elif kind not in ("Choice", *TERMINAL) and exits != 1:
                found.append(f"{scope.label}{name} needs exactly one of Next and End")
    return found


# --- checks: faults ------------------------------------------------------------------------------


def without_timeout(body: Mapping[str, Any]) -> list[str]:
    return [
        f"{name} has no TimeoutSeconds: it would wait for up to a year"
        for name, task in tasks(body)
        if "TimeoutSeconds" not in task and "TimeoutSecondsPath" not in task
    ]


def without_catch(body: Mapping[str, Any]) -> list[str]:
    """Tasks that run after another task (it may have had an effect) and let an error end all."""
    found = []
    for scope in scopes(body):
        inside = bool(scope.label)  # a Map or Parallel stands behind what came before it
        started = [n for n, s in scope.states.items() if s.get("Type") == "Task"]
        for name in started:
            followers = {f for t in targets(scope.states[name]) for f in reachable(scope, t)}
            found += [
                f"{scope.label}{later} runs after '{name}' and does not catch States.ALL"
                for later in started
                if later in followers and not _catches_all(scope.states[later])
            ]
            if inside and not _catches_all(scope.states[name]):
                found.append(f"{scope.label}{name} runs inside a Map and does not catch States.ALL")
    return sorted(set(found))


def _catches_all(state: State) -> bool:
    return any("States.ALL" in rule["ErrorEquals"] for rule in state.get("Catch", []))


def caught_into_success(body: Mapping[str, Any]) -> list[str]:
    """Errors that end as if nothing had happened; they have to park where a human is alerted."""
    return [
        f"{scope.label}{name} catches {rule['ErrorEquals']} and succeeds"
        for scope in scopes(body)
        if not scope.label  # in a Map, one item's failure is an outcome that the parent looks at
        for name, state in scope.states.items()
        for rule in state.get("Catch", [])
        if scope.states.get(rule.get("Next"), {}).get("Type") == "Succeed"
    ]


def unlike_the_canonical_retry(body: Mapping[str, Any], canonical: list[Any]) -> list[str]:
    return [
        f"{name} retries by {task.get('Retry')}; every task retries by {canonical}"
        for name, task in tasks(body)
        if task.get("Retry") != canonical
    ]


def unfit_retry(retry: list[Any] | None) -> list[str]:
    """What is wrong with a Retry as the canonical one."""
    if not retry:
        return ["there is no Retry"]
    names = {name for rule in retry for name in rule["ErrorEquals"]}
    found = []
    if not names & {"States.ALL", "States.TaskFailed"}:
        found.append("it names single errors: any fault is worth another try")
    for rule in retry:
        if not 1 <= rule.get("MaxAttempts", 3) <= MAX_RETRIES:
            found.append(f"MaxAttempts {rule['MaxAttempts']} is not within 1..{MAX_RETRIES}")
        if rule.get("BackoffRate", 2) <= 1 or "MaxDelaySeconds" not in rule:
            found.append("it does not back off up to a MaxDelaySeconds")
        if rule.get("JitterStrategy") != "FULL":
            found.append("JitterStrategy is not FULL: failed executions would return together")
    return found


# --- checks: time --------------------------------------------------------------------------------


def task_worst_s(task: State) -> float:
    """Seconds until a task that keeps failing gives up. A computed timeout counts as zero."""
    limit = task.get("TimeoutSeconds", 0)
    timeout = limit if isinstance(limit, int) else 0
    # A callback that is late is not waited for again; what is repeated is the call before it.
    again = min(timeout, FUNCTION_TIMEOUT_S) if waits_for_token(task) else timeout
    worst = float(timeout)
    for rule in task.get("Retry", []):
        delay = float(rule.get("IntervalSeconds", 1))
        for _ in range(rule.get("MaxAttempts", 3)):
            worst += again + min(delay, rule.get("MaxDelaySeconds", delay))
            delay *= rule.get("BackoffRate", 2)
    return worst


def worst_s(scope_body: Mapping[str, Any]) -> float:
    """Seconds of the slowest way through, each state entered once."""
    states = scope_body.get("States", {})

    def slowest(name: str, seen: frozenset[str]) -> float:
        if name in seen or name not in states:
            return 0
        state = states[name]
        rest = [slowest(target, seen | {name}) for target in targets(state)]
        return _own_s(state) + max(rest, default=0)

    return slowest(scope_body.get("StartAt", ""), frozenset())


def _own_s(state: State) -> float:
    kind = state.get("Type")
    if kind == "Task":
        return task_worst_s(state)
    if kind == "Wait":
        seconds = state.get("Seconds", 0)
        return float(seconds) if isinstance(seconds, int) else 0
    return max((worst_s(inner) for inner in inner_bodies(state)), default=0)


def too_slow(body: Mapping[str, Any]) -> list[str]:
    limit, worst = body.get("TimeoutSeconds", YEAR_S), worst_s(body)
    if worst <= limit:
        return []
    return [f"the slowest way takes {worst:.0f} s, the execution ends after {limit} s"]


# --- checks: language ----------------------------------------------------------------------------

_TEXT = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|/\*.*?\*/", re.S)
_QUOTED_NAME = re.compile(r"`[^`]*`")
_ARITHMETIC = re.compile(r"[*/%+]|(?<=[\w)\]\s])-")
_FILTER = re.compile(r"[\w)\]$]\s*\[")
_KEYWORD_BEFORE_LIST = re.compile(r"\b(?:in|and|or)\s*\[")
_COMPUTING = re.compile(
    r"\$(?:sum|max|min|average|abs|floor|ceil|round|power|sqrt|random|filter|map|reduce|sort"
    r"|single|eval|zip|partition|range)\s*\("
)
_SUBSTITUTION = re.compile(r"\$\{(\w+)\}")


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def beyond_plain_jsonata(body: Mapping[str, Any]) -> list[str]:
    """Expressions that compute or filter: the functions do that, where tests reach it."""
    found = [] if body.get("QueryLanguage") == "JSONata" else ["QueryLanguage is not JSONata"]
    for text in strings(body):
        if "{%" not in text:
            continue
        if not (text.startswith("{%") and text.endswith("%}")):
            found.append(f"{text!r} is taken literally: '{{%' has to be its first characters")
            continue
        found += [f"{text!r} {reason}" for reason in _too_much(text[2:-2])]
    return found


def _too_much(expression: str) -> list[str]:
    code = _QUOTED_NAME.sub("name", _TEXT.sub("''", expression))
    reasons = []
    if _ARITHMETIC.search(code):
        reasons.append("does arithmetic")
    if _FILTER.search(_KEYWORD_BEFORE_LIST.sub("", code)):
        reasons.append("filters or indexes a list: one match becomes a scalar")
    if computing := _COMPUTING.search(code):
        reasons.append(f"computes with {computing.group()[:-1]}")
    return reasons


def substitutions(text: str) -> set[str]:
    """The `${Name}`s that CloudFormation fills in."""
    return set(_SUBSTITUTION.findall(text))
