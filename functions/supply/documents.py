"""Purchase orders, advance shipping notices, transfers: the same steps for every kind."""

# Annotations are values here: the body of a route is that of its kind.

from collections.abc import Callable
from typing import Annotated

from aws_lambda_powertools.event_handler import Depends

from oms.contracts.supply import (
    EtaBody,
    SupplyDocumentsView,
    SupplyDocumentView,
    SupplyReceiptBody,
)
from oms.domain.stock_lifecycles import DocumentEvent
from oms.domain.supplying.document import DocumentKind, DocumentRef
from oms.edge.api import Router
from oms.edge.params import Name
from oms.edge.principal import OPS, SERVICE, STAFF, Caller, any_of
from oms.usecases.supplying import step_document as steps
from oms.usecases.supplying.create_document import create_document
from oms.usecases.supplying.deps import Supplying
from oms.usecases.supplying.read_document import list_documents, view_document
from oms.wiring.supplying import supplying

from .kinds import KINDS, SUMMARIES, Kind

router = Router()
Deps = Annotated[Supplying, Depends(supplying)]
WRITERS = any_of(STAFF, OPS)
READERS = any_of(STAFF, OPS, SERVICE)
TAGS = ["supply"]
View = SupplyDocumentView


def create(said: Kind) -> Callable[..., View]:
    def answer(
        body: said.body,  # type: ignore[name-defined]
        caller: Caller,
        deps: Deps,
    ) -> View:
        return View.of(create_document(body.new(), caller, deps))

    return answer


def see(kind: DocumentKind) -> Callable[..., View]:
    def answer(id: Name, caller: Caller, deps: Deps) -> View:
        return View.of(view_document(DocumentRef(kind, id), caller, deps))

    return answer


def step(kind: DocumentKind, event: DocumentEvent) -> Callable[..., View]:
    def answer(id: Name, caller: Caller, deps: Deps) -> View:
        return View.of(steps.step_document(DocumentRef(kind, id), event, caller, deps))

    return answer


def receive(kind: DocumentKind) -> Callable[..., View]:
    def answer(id: Name, body: SupplyReceiptBody, caller: Caller, deps: Deps) -> View:
        ref, came = DocumentRef(kind, id), body.arrivals()
        return View.of(steps.receive_document(ref, body.id, came, caller, deps))

    return answer


def reschedule(kind: DocumentKind) -> Callable[..., View]:
    def answer(id: Name, body: EtaBody, caller: Caller, deps: Deps) -> View:
        ref, eta = DocumentRef(kind, id), body.eta.isoformat()
        return View.of(steps.reschedule_document(ref, eta, caller, deps))

    return answer


def post(path: str, operation: str, summary: str, answer: Callable[..., View]) -> None:
    router.post(path, operation_id=operation, summary=summary, tags=TAGS, security=WRITERS)(answer)


for kind, said in KINDS.items():
    one = f"{said.path}/<id>"
    post(
        said.path,
        f"create{said.noun}",
        f"Make {said.title}; the same id is the same document",
        create(said),
    )
    router.get(
        one,
        operation_id=f"get{said.noun}",
        summary=f"See {said.title}",
        tags=TAGS,
        security=READERS,
    )(see(kind))
    for event in said.steps:
        summary = SUMMARIES[event].format(said.title)
        post(f"{one}/{event}", f"{event}{said.noun}", summary, step(kind, event))
    post(
        f"{one}/receive",
        f"receive{said.noun}",
        f"Receive goods of {said.title}, with what is wrong with them; the same id happens once",
        receive(kind),
    )
    post(
        f"{one}/reschedule",
        f"reschedule{said.noun}",
        f"Tell another date of arrival of {said.title}",
        reschedule(kind),
    )


@router.get(
    "/nodes/<node>/documents",
    operation_id="listDocuments",
    summary="What a node has to expect and to send: the first hundred documents by date",
    tags=TAGS,
    security=READERS,
)
def list_of_node(node: Name, caller: Caller, deps: Deps) -> SupplyDocumentsView:
    found = list_documents(node, caller, deps)
    return SupplyDocumentsView(documents=[View.of(doc) for doc in found])
