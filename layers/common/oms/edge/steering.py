"""The edge of the routes under /sourcing: which version, bodies in, answers out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..domain.errors import NotFound, ValidationFailed
from ..domain.limits.sourcing import MAX_RULE_VERSIONS
from ..domain.model.order import Order
from ..domain.steering.rule_version import Profile, RulesText, RuleVersion
from ..domain.steering.trial import SimulatedSourcing, Trial
from . import cursor
from .http import Request, Response

NUMBER = re.compile(r"[1-9][0-9]{0,4}")
PROFILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")
assert len(str(MAX_RULE_VERSIONS)) == 5


# --- in ----------------------------------------------------------------------------------------


def profile_of(request: Request) -> str:
    if not PROFILE.fullmatch(request.path["profile"]):
        raise NotFound("there is no such profile")
    return request.path["profile"]


def which(request: Request) -> tuple[str, int]:
    """Profile and number."""
    if not NUMBER.fullmatch(request.path["number"]):
        raise NotFound("there is no such version")
    return profile_of(request), int(request.path["number"])


def listing(request: Request) -> dict[str, int]:
    """limit, before."""
    before = request.query.get("before", "")
    if before and not NUMBER.fullmatch(before):
        wrong = {"/before": f"a number from 1 to {MAX_RULE_VERSIONS}"}
        raise ValidationFailed("the page is not valid", fields=wrong)
    return {"limit": cursor.limit_of(request.query), "before": int(before or 0)}


def draft_of(request: Request) -> tuple[RulesText, int]:
    """The text and the number of the version it is based on."""
    from ..contracts.parse import parse
    from ..contracts.steering import DraftBody, text_of

    body = parse(DraftBody, request.json())
    return RulesText(text_of(body.rules), body.note), body.based_on or 0


def edit_of(request: Request) -> tuple[RulesText, int | None]:
    """The text and the version of the row that the editor saw."""
    from ..contracts.parse import parse
    from ..contracts.steering import EditBody, text_of

    body = parse(EditBody, request.json())
    return RulesText(text_of(body.rules), body.note), body.version


def wrong_of(request: Request) -> int:
    from ..contracts.parse import parse
    from ..contracts.steering import RollBackBody

    return parse(RollBackBody, request.json()).from_


def trial_of(request: Request) -> Trial:
    from ..contracts.decisions import SimulateBody
    from ..contracts.parse import parse

    return parse(SimulateBody, request.json()).to_domain()


# --- out ---------------------------------------------------------------------------------------


def shown(rules: RuleVersion, status: int = 200) -> Response:
    from ..contracts.steering import RulesView

    return Response(status, RulesView.of(rules).model_dump())


def profiles(found: Sequence[Profile]) -> Response:
    from ..contracts.steering import profile_list

    return Response(200, profile_list(found))


def page(profile: str, active: int, found: Sequence[RuleVersion], limit: int) -> Response:
    from ..contracts.steering import page

    return Response(200, page(profile, active, found, limit))


def decisions(order: Order, names: Mapping[str, str]) -> Response:
    from ..contracts.decisions import decisions_answer

    snapshot = order.snapshot
    whose = (order.id, snapshot.promise, order.decisions)
    return Response(200, decisions_answer(*whose, names, snapshot.currency))


def simulated(found: SimulatedSourcing, names: Mapping[str, str]) -> Response:
    from ..contracts.decisions import simulated_answer

    what = (found.record, found.promise, found.missing)
    return Response(200, simulated_answer(*what, names, found.currency))
