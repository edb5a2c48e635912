"""Where numbers that were rounded down do not do: what a quote has to read exactly.

Known before anything is read: a share of what is on hand is kept back, or nodes are compared by how
much they have. Known afterwards: a node may have all that is asked, or not, and a rounded number
does not say which.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ..model.network import Network
from ..model.node import Node
from ..model.product import Product
from ..model.rules import SourcingRules
from ..sourcing.vocabulary import BELOW_SAFETY
from .delivery_questions import QuoteContext

BY_STOCK = frozenset(
    ("stock_depth", "days_of_cover", "ageing", "sales_velocity", "markdown_risk")
)  # criteria that are measured on all of a node's stock


def skus_read_rounded(skus: Collection[str], setting: QuoteContext) -> frozenset[str]:
    """SKUs of which rounded numbers are enough to begin with."""
    if compares_stock(setting.rules):
        return frozenset()
    return frozenset(sku for sku in skus if not _by_share(sku, setting.products, setting.nodes))


def compares_stock(rules: SourcingRules) -> bool:
    named = {
        name
        for strategy in rules.chain
        for criterion in strategy.criteria
        for name in (criterion.by, *criterion.weights)
    }
    return not named.isdisjoint(BY_STOCK)


def skus_to_read_exactly(
    network: Network, wanted: Mapping[str, int], rules: SourcingRules
) -> frozenset[str]:
    """SKUs, of those `wanted` (units), whose exact numbers may change the answer."""
    nodes = {node.id: node for node in network.nodes if node.online and node.sells}
    kept = _kept(rules)
    return frozenset(
        sku
        for (sku, id), more in network.rough.items()
        if more
        and id in nodes
        and sku in wanted
        and (
            network.waiting.get(sku, 0)
            or _sure(network, sku, nodes[id]) - kept < wanted[sku]
        )
    )  # fmt: skip


def _sure(network: Network, sku: str, node: Node) -> int:
    """Units that the node can promise for certain, by whatever method."""
    return network.available.get((sku, node.id), 0) - network.safety_at(node, sku)


def _kept(rules: SourcingRules) -> int:
    """Units of each SKU that some strategy leaves at every node."""
    fences = (fence for strategy in rules.chain for fence in strategy.fences)
    return max((fence.limit for fence in fences if fence.code == BELOW_SAFETY), default=0)


def _by_share(sku: str, products: Mapping[str, Product], nodes: Collection[Node]) -> bool:
    """Of a product that is not known yet, as the component of a kit, any category may be meant."""
    rules = (rule for node in nodes for rule in node.safety_rules if rule.percent)
    if sku not in products:
        return any(rule.sku in ("", sku) for rule in rules)
    return any(rule.applies(sku, products[sku].category, "") for rule in rules)
