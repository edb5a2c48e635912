"""A node stops taking orders, for a while or until it is opened; or takes them again.

The row of the node is written first: it is due at once, so the sweep repeats what follows from it
should this call die after that.
"""

from __future__ import annotations

from ...domain.errors import ValidationFailed
from ...domain.nodes.node_status import NodeStatus, changed
from ...domain.timeline import Entry
from ...ports import ConfigReader
from ..retrying import retrying
from .deps import Outages


def set_standing(
    node: str, *, online: bool, until: int, reason: str, actor: str, deps: Outages
) -> NodeStatus:
    """`until`: epoch seconds, 0 for "until it is opened". Said again, nothing changes."""
    nodes, config, now = deps.nodes, deps.config, deps.now
    config.node(node)
    if until and (online or until <= now):
        why = "only for a node that takes no orders" if online else "in the past"
        raise ValidationFailed("the pause is not valid", fields={"/until": why})

    def attempt() -> NodeStatus:
        standing = nodes.standing(node)
        decided = changed(standing, online=online, until=until, reason=reason, now=now)
        if decided:
            event, following = decided
            standing = nodes.save(following, Entry(standing.version + 1, event, now, actor, reason))
        project(standing, config)
        return standing

    return retrying(attempt)


def project(standing: NodeStatus, config: ConfigReader) -> None:
    """What sourcing reads follows the row; repeated it is no change."""
    config.close_node(standing.node, None if standing.online else standing.until)
