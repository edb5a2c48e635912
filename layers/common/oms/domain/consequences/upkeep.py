"""What follows from what happens to nodes, rules, replays and exception cases."""

from __future__ import annotations

from types import MappingProxyType

from .consequence import Consequence, Consequences, Metric

NODE: Consequences = MappingProxyType(
    {
        "open": Consequence("The node takes orders again.", "node.opened"),
        "pause": Consequence("The node takes no orders until a time.", "node.paused"),
        "close": Consequence("The node takes no orders until it is opened.", "node.closed"),
        "looked": Consequence("A page of the node's work was called back."),
    }
)

CASE: Consequences = MappingProxyType(
    {
        "open": Consequence("A person has to look.", "case.opened", metric=Metric.CASES),
        "assign": Consequence("Somebody looks at it.", "case.assigned"),
        "note": Consequence("Somebody wrote down what they found."),
        "resolve": Consequence("It is solved.", "case.resolved", metric=Metric.CASES),
        "dismiss": Consequence("Nothing had to be done.", "case.dismissed", metric=Metric.CASES),
    }
)

RULE_VERSION: Consequences = MappingProxyType(
    {
        "draft": Consequence("A version of the rules was begun."),
        "edit": Consequence("The version was changed."),
        "validate": Consequence("The version can be used."),
        "activate": Consequence("Sourcing uses the version from now on."),
        "retire": Consequence("Another version took its place."),
    }
)

REPLAY: Consequences = MappingProxyType(
    {
        "start": Consequence("A replay of past orders began."),
        "go_on": Consequence("It goes on where it stopped."),
        "finish": Consequence("It is done."),
        "fail": Consequence("It cannot go on."),
    }
)
