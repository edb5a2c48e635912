"""Steps of node staff: each verb has a route, and a scanner sends several at once."""

# Annotations are values here: the body of a route is that of its verb.

from collections.abc import Callable
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.parse import parse
from oms.contracts.staff import (
    ActionAnswer,
    ActionBody,
    ActionsBody,
    ActionsView,
    FulfilmentOrderView,
    StepBody,
)
from oms.edge.api import Router
from oms.edge.params import OrderId, PartNumber
from oms.edge.principal import SERVICE, STAFF, Caller, Principal, any_of, require
from oms.edge.problems import document, known
from oms.usecases.preparing.command import PartCommand
from oms.usecases.preparing.deps import Preparing
from oms.wiring.preparing import preparing

from .verbs import VERBS, Verb

router = Router()
Deps = Annotated[Preparing, Depends(preparing)]
FOR_STAFF = any_of(STAFF, SERVICE)
TAGS = ["fulfilment orders"]
BY_CODE = "CODE"


def act(
    verb: Verb, order_id: str, number: int, body: StepBody, who: Principal, deps: Preparing
) -> FulfilmentOrderView:
    arguments = body.arguments()
    if arguments.get("proof", BY_CODE) != BY_CODE:
        require(who, SERVICE)
    command = PartCommand(order_id, number, who, body.version)
    return FulfilmentOrderView.of(verb.use_case(command, **arguments, deps=deps))


def step(verb: Verb) -> Callable[..., FulfilmentOrderView]:
    def answer(
        order_id: OrderId,
        part: PartNumber,
        body: verb.body,  # type: ignore[name-defined]
        caller: Caller,
        deps: Deps,
    ) -> FulfilmentOrderView:
        return act(verb, order_id, part, body, caller, deps)

    return answer


for name, verb in VERBS.items():
    router.post(
        f"/orders/<order_id>/fulfilment-orders/<part>/{name}",
        operation_id=verb.operation,
        summary=verb.summary,
        tags=TAGS,
        security=FOR_STAFF,
    )(step(verb))


@router.post(
    "/fulfilment-orders/actions",
    operation_id="confirmSteps",
    summary="Several confirmations of a scanner; each is answered by itself",
    tags=TAGS,
    security=FOR_STAFF,
)
def confirm_steps(body: ActionsBody, caller: Caller, deps: Deps) -> ActionsView:
    """In the order given, each by itself: one that is refused stops no other."""
    return ActionsView(answers=[_one(item, caller, deps) for item in body.actions])


def _one(item: ActionBody, who: Principal, deps: Preparing) -> ActionAnswer:
    verb = VERBS[item.action]
    done: dict[str, Any] = {"status": 200, "result": None, "problem": None}
    try:
        body = parse(verb.body, item.body)
        done["result"] = act(verb, item.order_id, item.part, body, who, deps)
    except Exception as error:  # of any kind: the others are answered
        refused = known(error, order=item.order_id, part=item.part)
        done |= {"status": refused.status, "problem": document(refused)}
    return ActionAnswer(order_id=item.order_id, part=item.part, action=item.action, **done)
