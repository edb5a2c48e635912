"""What the auditor found becomes an exception case, which a person decides."""

from __future__ import annotations

from ...domain.auditing import checks
from ...domain.auditing.checks import Discrepancy
from .deps import Auditing

ACTOR = "auditor"


def report_discrepancy(found: Discrepancy, deps: Auditing) -> bool:
    """A case with both values; False when it was reported before."""
    content = {
        "reason": f"{found.invariant}: {found.what}",
        "expected": str(found.expected),
        "found": str(found.found),
        "at": deps.now,
        "by": ACTOR,
    }
    kind, _, rest = found.subject.partition("/")
    name = f"AUDIT_{found.invariant}"
    if kind == checks.ORDER:
        return deps.orders.open_case(rest, name, 0, content)
    site, _, sku = rest.partition("/")
    return deps.cases.open_case(sku, site, name, content)
