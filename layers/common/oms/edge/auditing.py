"""The edge of the audit."""

from __future__ import annotations

from .http import Request


def grace_of(request: Request, otherwise: int) -> int:
    """Seconds that a difference may be a change under way; raises ValidationFailed."""
    from ..contracts.auditing import AuditBody
    from ..contracts.parse import parse

    asked = parse(AuditBody, request.json()).grace_s
    return otherwise if asked is None else asked
