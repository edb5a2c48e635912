"""Goods on their way, and how far files of stock are."""

from __future__ import annotations

from typing import Any

from oms import wiring
from oms.domain.stock_lifecycles import DocumentEvent
from oms.domain.supplying.document import DocumentKind, DocumentRef
from oms.edge.http import Request, Response, serve
from oms.edge.observed import observed
from oms.edge.stock import body_of, file_name
from oms.edge.supply import routes
from oms.usecases.supplying import read_document as read
from oms.usecases.supplying import step_document as steps
from oms.usecases.supplying.create_document import create_document
from oms.wiring.supplying import supplying


@observed
def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    return serve(event, ROUTES)


def create(body: str, request: Request) -> Response:
    new = body_of(request, "supply", body).new()
    return _shown(create_document(new, request.principal, supplying()))


def see(kind: str, request: Request) -> Response:
    return _shown(read.view_document(_ref(kind, request), request.principal, supplying()))


def listed(request: Request) -> Response:
    from oms.contracts.supply import SupplyDocumentsView, SupplyDocumentView

    found = read.list_documents(request.path["node"], request.principal, supplying())
    seen = [SupplyDocumentView.of(doc) for doc in found]
    return Response(200, SupplyDocumentsView(documents=seen).model_dump(mode="json"))


def move(kind: str, event: str, request: Request) -> Response:
    ref, step = _ref(kind, request), DocumentEvent(event)
    return _shown(steps.step_document(ref, step, request.principal, supplying()))


def receive(kind: str, request: Request) -> Response:
    body, ref = body_of(request, "supply", "SupplyReceiptBody"), _ref(kind, request)
    came = body.arrivals()
    return _shown(steps.receive_document(ref, body.id, came, request.principal, supplying()))


def reschedule(kind: str, request: Request) -> Response:
    eta = body_of(request, "supply", "EtaBody").eta.isoformat()
    ref = _ref(kind, request)
    return _shown(steps.reschedule_document(ref, eta, request.principal, supplying()))


def files(request: Request) -> Response:
    from oms.contracts.stock_files import LoadsView, LoadView

    found = [LoadView.of(load) for load in wiring.live().loads.of_file(file_name(request))]
    return Response(200, LoadsView(loads=found).model_dump(mode="json"))


def _ref(kind: str, request: Request) -> DocumentRef:
    return DocumentRef(DocumentKind(kind), request.path["id"])


def _shown(doc: Any) -> Response:
    from oms.contracts.supply import SupplyDocumentView

    return Response(200, SupplyDocumentView.of(doc).model_dump(mode="json"))


ROUTES = {
    "GET /stock/files": files,
    "GET /nodes/{node}/documents": listed,
    **routes(create=create, see=see, move=move, receive=receive, reschedule=reschedule),
}
