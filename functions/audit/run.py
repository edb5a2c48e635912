"""One run of the auditor, with its figures."""

from __future__ import annotations

from oms.observability import count
from oms.usecases.auditing.deps import Auditing
from oms.usecases.auditing.run_audit import AuditReport, run_audit


def audit(grace_s: int, deps: Auditing) -> AuditReport:
    report = run_audit(grace_s, deps)
    count("Discrepancies", len(report.cases))
    count("StockAlerts", report.alerts)
    return report
