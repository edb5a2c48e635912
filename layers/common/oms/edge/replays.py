"""The edge of the routes under /sourcing/replays, and the event that a run begins with."""

from __future__ import annotations

import re
from typing import Any

from ..domain.errors import NotFound
from ..domain.replaying.job import DONE, Job
from ..ports import Documents
from .http import Request, Response

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")
LINK_TTL_S = 900


def run_of(event: dict[str, Any]) -> str:
    """The replay that is to be run."""
    return str(event["replay"])


def name_of(request: Request) -> str:
    if not NAME.fullmatch(request.path["name"]):
        raise NotFound("there is no such replay")
    return request.path["name"]


def asked(request: Request) -> Job:
    from ..contracts.parse import parse
    from ..contracts.replays import ReplayBody

    return parse(ReplayBody, request.json()).to_domain(name_of(request))


def shown(job: Job | None, documents: Documents, key: str, status: int = 200) -> Response:
    from ..contracts.replays import view

    if job is None:
        raise NotFound("there is no such replay")
    link = documents.url(key, ttl_s=LINK_TTL_S) if job.status == DONE else None
    return Response(status, view(job, link))
