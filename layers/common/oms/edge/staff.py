"""Steps of node staff over HTTP: one at a time, or several confirmations of a scanner at once.

Each action is its body in contracts/routes/staff.py and a use case with its dependencies.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from ..contracts.routes.staff import ACTIONS, PART
from ..domain.errors import NotFound, OmsError
from ..domain.model.fulfilment import FulfilmentOrder
from ..observability import count, fault, logger
from .http import SERVICE, Principal, Request, Response, Route, problem, require

BY_CODE, NOT_OURS = "CODE", "NOT_OURS"


Bound = tuple[Callable[..., FulfilmentOrder], dict[str, Any]]  # a use case, its dependencies
Bind = Callable[[str], Bound]


def routes(bind: Bind) -> dict[str, Route]:
    """A route for each action, which `bind` makes ready when a request asks for it."""
    found = {f"POST {PART}/{name}": _single(name, bind) for name in ACTIONS}
    return found | {"POST /parts/actions": lambda request: _several(request, bind)}


def part_number(request: Request) -> int:
    text = request.path["part"]
    if not (text.isascii() and text.isdecimal() and len(text) <= 2):
        raise NotFound("there is no such part at your node")
    return int(text)


def _single(name: str, bind: Bind) -> Route:
    def answer(request: Request) -> Response:
        order_id, part = request.path["order_id"], part_number(request)
        done = _act(name, bind, order_id, part, request.json(), request.principal)
        return Response(body=done)

    return answer


def _several(request: Request, bind: Bind) -> Response:
    """In the order given, each by itself: one that is refused stops no other."""
    from ..contracts.parse import parse
    from ..contracts.staff import ActionsBody

    asked = parse(ActionsBody, request.json()).actions
    return Response(body={"answers": [_one(item, bind, request.principal) for item in asked]})


def _one(item: Any, bind: Bind, principal: Principal) -> dict[str, Any]:
    answer = {"order_id": item.order_id, "part": item.part, "action": item.action}
    try:
        result = _act(item.action, bind, item.order_id, item.part, item.body, principal)
        return {**answer, "status": 200, "result": result, "problem": None}
    except Exception as error:
        told = _problem(error, order=item.order_id, part=item.part)
        return {**answer, "status": told["status"], "result": None, "problem": told}


def _problem(error: Exception, **ids: object) -> dict[str, Any]:
    known = error if isinstance(error, OmsError) else OmsError("an unexpected error")
    if known.status >= 500:
        fault(error, **ids)
    told: dict[str, Any] = json.loads(problem(known)["body"])
    return told


def _act(
    name: str, bind: Bind, order_id: str, part: int, data: Any, principal: Principal
) -> dict[str, Any]:
    from ..contracts import staff
    from ..contracts.parse import parse

    model: type[staff.StepBody] = getattr(staff, ACTIONS[name][0])
    body = parse(model, data)
    arguments = body.arguments()
    if arguments.get("proof", BY_CODE) != BY_CODE:
        require(principal, SERVICE)
    use_case, deps = bind(name)
    done = use_case(order_id, part, worker=principal, version=body.version, **arguments, **deps)
    return staff.PartView.of(done).model_dump(mode="json")


def page(found: list[Any], following: str | None) -> Response:
    from ..contracts.staff import WorkPage

    return Response(body=WorkPage.of(found, following).model_dump(mode="json"))


def work(found: Any) -> Response:
    from ..contracts.staff import WorkView

    return Response(body=WorkView.of_work(found).model_dump(mode="json"))


def purchase(found: Any) -> Response:
    from ..contracts.purchases import PurchaseView

    return Response(body=PurchaseView.of(found).model_dump(mode="json"))


def tally(told: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Carrier scans as (event id, outcome). The answer is the same when they come again; what
    was news is a metric. A scan about no parcel of ours is logged.
    """
    found = Counter(outcome for _, outcome in told)
    for outcome, number in found.items():
        count("CarrierScans", number, outcome=outcome.lower())
    if found[NOT_OURS]:
        logger.warning("scans of parcels that are not ours", extra={"scans": found[NOT_OURS]})
    return {"accepted": found.total() - found[NOT_OURS], "not_ours": found[NOT_OURS]}
