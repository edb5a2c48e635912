"""Whether nodes take orders: one versioned row each, beside the orders, found when it is due."""

from __future__ import annotations

from dataclasses import replace

from ...domain.nodes.node_status import NodeStatus
from ...domain.timeline import Entry, append
from ..dynamo.codec import decode, encode
from ..dynamo.table import Table
from ..orders import keys as order_keys
from . import keys


class NodeStore:
    """`table`: that of the orders, whose index of what is due the sweep reads."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def standing(self, node: str) -> NodeStatus:
        row = self.table.get(keys.node_pk(node), keys.STANDING)
        if row is None:
            return NodeStatus(node)
        return decode(NodeStatus, {**row, "node": node, "version": row["v"]})

    def save(self, standing: NodeStatus, entry: Entry) -> NodeStatus:
        after = replace(
            standing,
            version=standing.version + 1,
            timeline=append(standing.timeline, entry),
        )
        row = {
            **encode(after),
            "pk": keys.node_pk(after.node),
            "sk": keys.STANDING,
            "v": after.version,
            "last": {"k": entry.kind, "at": entry.at, "by": entry.actor},
        }
        row.pop("version")
        if after.due is not None:
            row["ds"] = order_keys.due_shard(after.node)
        self.table.put(row, expected_version=standing.version)
        return after
