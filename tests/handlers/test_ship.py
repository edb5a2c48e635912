"""Node staff and carriers over HTTP, from the API's event to the answer."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from functions.ship import app
from functions.ship.verbs import VERBS
from functions.webhooks import app as webhooks
from oms.contracts.parse import parse
from oms.contracts.purchases import PurchaseView
from oms.contracts.staff import (
    ActionsBody,
    FulfilmentOrderView,
    LabelsView,
    TrackedView,
    WorkPage,
    WorkView,
)
from oms.domain.errors import Fault
from oms.domain.model import fulfilment as fo
from oms.domain.model.node import PICKUP
from oms.domain.preparing.verbs import StaffVerb
from oms.usecases.returning.deps import Returning
from oms.wiring.preparing import preparing
from oms.wiring.returning import returning
from tests.bundles import bundle
from tests.cloud import world
from tests.invocation import CONTEXT
from tests.usecases.staff_floor import ORDER, Floor, assigned, bring, iso

FUNCTIONS = {"ship": app, "webhooks": webhooks}
EVENTS = Path(__file__).parents[2] / "events"


@pytest.fixture
def floor(monkeypatch: pytest.MonkeyPatch) -> Iterator[Floor]:
    with world() as cloud:
        made, back = Floor(cloud), bundle(Returning, cloud)
        for function in FUNCTIONS.values():
            for given, what in ((preparing, lambda: made.deps), (returning, lambda: back)):
                monkeypatch.setitem(function.app.dependency_overrides, given, what)
        yield made


def recorded(name: str) -> Any:
    return json.loads((EVENTS / name).with_suffix(".json").read_text())


def send(name: str, **changes: Any) -> tuple[int, dict[str, Any]]:
    """A recorded event; `body`, `claims`, `path`, `query` replace parts of it."""
    function = "webhooks" if name == "carrier" else "ship"
    event = copy.deepcopy(recorded(f"{function}/http_{name}"))
    if "body" in changes:
        event["body"] = json.dumps(changes["body"])
    event["requestContext"].get("authorizer", {"jwt": {"claims": {}}})["jwt"]["claims"].update(
        changes.get("claims", {})
    )
    event["pathParameters"].update(changes.get("path", {}))
    event["queryStringParameters"] = changes.get("query", event.get("queryStringParameters"))
    answer = FUNCTIONS[function].handler(event, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"])


BEN = {"sub": "ben", "nodes": "[store-lyon]"}
SERVICE = {"sub": "csr", "scope": "oms/service", "nodes": ""}


def test_every_action_has_a_route_a_use_case_and_a_recorded_event() -> None:
    names = {path.stem for path in (EVENTS / "ship").glob("http_*.json")}
    assert set(VERBS) == set(StaffVerb)
    assert {f"http_{verb.replace('-', '_')}" for verb in VERBS} <= names
    assert {recorded(f"ship/{name}")["routeKey"] for name in names} == set(app.app.by_key)


def test_a_parcel_goes_from_its_assignment_to_the_door(floor: Floor) -> None:
    assigned(floor)
    for action in ("accept", "start_pick", "pick", "pack", "label", "ship"):
        first = send(action)
        status, body = first
        assert status == 200, body
        FulfilmentOrderView.model_validate(body)
        assert send(action) == first
    assert body["short"] == {"1": 1}
    for _ in range(2):
        assert send("carrier") == (200, {"accepted": 2, "not_ours": 1})
    status, body = send("get_part")
    assert (status, body["status"], body["tracking_status"]) == (200, "DELIVERED", "DELIVERED")
    assert body["supported_actions"] == []


def test_a_pickup_is_handed_over_for_its_code(floor: Floor) -> None:
    assigned(floor, PICKUP)
    bring(floor, fo.READY_FOR_PICKUP)
    assert '"123456"' not in json.dumps([send("get_part"), send("get_work")])
    status, body = send("collect", body={"code": "000000"})
    assert (status, body["type"].rpartition("/")[2], body["tries_left"]) == (403, "Forbidden", 4)
    assert send("collect")[0] == 200


def test_only_customer_service_vouches_for_a_customer(floor: Floor) -> None:
    assigned(floor, PICKUP)
    bring(floor, fo.READY_FOR_PICKUP)
    assert send("collect", body={"proof": "ID"})[0] == 403
    assert floor.part.tries == 0
    assert send("collect", body={"proof": "ID"}, claims=SERVICE)[0] == 200


def test_the_rest_of_the_actions(floor: Floor) -> None:
    assigned(floor, PICKUP)
    bring(floor, fo.PACKED)
    assert [send(action)[1]["status"] for action in ("unpack", "unpick")] == ["PICKED", "ACCEPTED"]
    bring_again = [send(action)[0] for action in ("pick", "pack", "shelve")]
    assert bring_again == [200, 200, 200]
    floor.ask_to_cancel()
    status, body = send("cancel_answer")
    assert (status, body["status"], body["request"]) == (200, "CANCELLED", "CANCEL_ACCEPTED")


def test_a_rejection_over_http(floor: Floor) -> None:
    assigned(floor)
    status, body = send("reject")
    reasons = {"1": "DAMAGED", "2": "NO_VARIANCE", "3": "NO_VARIANCE"}
    assert (status, body["status"], body["reasons"]) == (200, "REJECTED", reasons)


def test_a_purchase_order_is_acknowledged_and_shipped_over_http(floor: Floor) -> None:
    assigned(floor, purchase=True)
    assert PurchaseView.model_validate(send("get_purchase")[1]).status == "SENT"
    for action in ("acknowledge", "shipped_notice"):
        assert send(action) == send(action)
    seen = PurchaseView.model_validate(send("get_purchase")[1])
    assert (seen.status, seen.expected_ship_by, seen.short) == ("SHIPPED", "2026-11-26", {1: 1})


def test_staff_of_another_node_get_404_whatever_they_ask(floor: Floor) -> None:
    assigned(floor)
    names = [verb.replace("-", "_") for verb in VERBS]
    names += ["get_part", "get_labels", "get_purchase"]
    answers = {json.dumps(send(name, claims=BEN)) for name in names}
    answers |= {json.dumps(send("accept", claims=BEN, path={"part": part})) for part in "79x"}
    assert len(answers) == 1
    assert json.loads(answers.pop())[0] == 404
    assert send("get_work", claims=BEN)[0] == 404
    assert floor.part.version == 1


def test_a_stale_version_is_409_with_what_is_possible_now(floor: Floor) -> None:
    assigned(floor)
    bring(floor, fo.PICKING)
    status, body = send("pick", body={"version": 1})
    assert (status, body["type"].rpartition("/")[2]) == (409, "StaleVersion")
    assert (body["version"], body["supported_actions"]) == (3, ["pick", "reject"])


def test_an_impossible_step_is_409_with_what_is_possible(floor: Floor) -> None:
    assigned(floor)
    status, body = send("ship")
    assert (status, body["type"].rpartition("/")[2]) == (409, "IllegalTransition")
    assert (body["state"], body["supported_actions"]) == ("ASSIGNED", ["accept", "reject"])


# action | body | the field that is wrong
WRONG = [
    ("accept", [], ""),
    ("accept", {"version": "1"}, "/version"),
    ("accept", {"surprise": 1}, "/surprise"),
    ("reject", {"reasons": {"1": "BORED"}}, "/reasons/1"),
    ("pick", {"picked": {"0": 1}}, "/picked/0/[key]"),
    ("pick", {"picked": {"1": -1}}, "/picked/1"),
    ("pick", {"picked": {"1": 1.5}}, "/picked/1"),
    ("pack", {"packages": [{"weight_g": 0}]}, "/packages/0/weight_g"),
    ("pack", {"packages": [{"weight_g": 1}] * 21}, "/packages"),
    ("collect", {"proof": "FACE"}, "/proof"),
    ("acknowledge", {"ship_by": "2026-13-01"}, "/ship_by"),
    ("shipped_notice", {"carrier": "Corriere"}, "/tracking"),
    ("cancel_answer", {}, "/answer"),
    ("parts_actions", {"actions": []}, "/actions"),
    ("parts_actions", {"actions": [{"order_id": ORDER, "part": 1, "action": "x"}]},
     "/actions/0/action"),
]  # fmt: skip


@pytest.mark.parametrize(("action", "body", "field"), WRONG)
def test_a_wrong_body_is_422_and_names_the_field(
    floor: Floor, action: str, body: Any, field: str
) -> None:
    assigned(floor)
    status, answer = send(action, body=body)
    assert (status, [error["pointer"] for error in answer["errors"]]) == (422, [field])


def test_a_scanner_sends_several_confirmations_and_each_is_answered(floor: Floor) -> None:
    assigned(floor)
    status, body = send("parts_actions")
    answers = body["answers"]
    assert status == 200
    assert [(a["action"], a["status"]) for a in answers] == [
        ("accept", 200),
        ("start-pick", 200),
        ("pick", 200),
        ("collect", 409),
        ("pack", 200),
        ("accept", 404),
    ]
    assert answers[3]["problem"]["supported_actions"] == ["pack", "unpick"]
    assert (answers[4]["result"]["status"], answers[4]["problem"]) == ("PACKED", None)
    assert send("parts_actions")[1]["answers"][4]["status"] == 200


def test_a_failure_of_ours_is_one_answer_among_the_others(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assigned(floor)
    read = floor.orders.part

    def part(order_id: str, number: int) -> fo.FulfilmentOrder:
        if order_id != ORDER:
            raise Fault("throttled") if order_id.startswith("F") else RuntimeError("a bug")
        return read(order_id, number)

    monkeypatch.setattr(floor.orders, "part", part)
    item = {"part": 1, "action": "accept"}
    asked = [{**item, "order_id": id} for id in ("FAIL", "BUG", ORDER)]
    answers = send("parts_actions", body={"actions": asked})[1]["answers"]
    assert [answer["status"] for answer in answers] == [503, 500, 200]
    assert "bug" not in json.dumps(answers)


def test_no_more_confirmations_than_the_limit() -> None:
    item = {"order_id": ORDER, "part": 1, "action": "accept"}
    assert len(parse(ActionsBody, {"actions": [item] * 25}).actions) == 25


def test_a_node_sees_its_open_parts_page_by_page(floor: Floor) -> None:
    orders = [f"{ORDER[:-2]}{number:02d}" for number in range(5)]
    for number, order_id in enumerate(orders):
        assigned(floor, PICKUP, order_id, assigned_at=floor.now + number)
    floor.act("reject", order_id=orders[1])
    seen, cursor = [], None
    while True:
        query = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        status, body = send("get_work", query=query)
        assert status == 200, body
        WorkPage.model_validate(body)
        seen += [item["order_id"] for item in body["items"]]
        cursor = body["next"]
        if not cursor:
            break
    assert seen == [orders[0], *orders[2:]]


def test_a_cursor_of_one_node_does_not_open_another(floor: Floor) -> None:
    for number in range(3):
        assigned(floor, order_id=f"{ORDER[:-1]}{number}")
    cursor = send("get_work", query={"limit": "1"})[1]["next"]
    query = {"cursor": cursor}
    assert send("get_work", query=query, path={"node": "store-lyon"}, claims=SERVICE)[0] == 422
    assert send("get_work", query={"limit": "0"})[0] == 422


@pytest.mark.parametrize(("method", "customer"), [(PICKUP, "Zoé Müller"), ("SHIP", "")])
def test_a_customers_name_is_shown_where_they_come_for_the_goods(
    floor: Floor, method: str, customer: str
) -> None:
    assigned(floor, method)
    for body in (send("get_work")[1]["items"][0], send("get_part")[1]):
        view = WorkView.model_validate(body)
        assert (view.customer, view.external_id) == (customer, "W-CDEF")
        assert view.lines[0].name == "Product 1"
        assert "zoe@example.org" not in json.dumps(body)
        assert "rue" not in json.dumps(body)


def test_labels_are_links_that_end(floor: Floor) -> None:
    assigned(floor)
    assert send("get_labels") == (200, {"labels": []})
    bring(floor, fo.READY_TO_SHIP)
    (label,) = LabelsView.model_validate(send("get_labels")[1]).labels
    assert label.tracking == floor.part.packages[0].tracking
    assert label.zpl == f"https://documents.example/labels/{ORDER}/1-1.zpl?ttl=900"


def test_a_webhook_that_is_not_signed_is_refused(floor: Floor) -> None:
    assert send("carrier", body={"events": []})[0] == 401


def test_scans_are_followed_in_the_carriers_order(floor: Floor) -> None:
    assigned(floor)
    bring(floor, fo.READY_TO_SHIP)
    TrackedView.model_validate(send("carrier")[1])
    assert floor.kinds()[-3:] == ["label", "ship", "deliver"]
    assert floor.part.packages[0].scan_at == 1795598100
    assert iso(1795598100) == "2026-11-25T09:15:00+00:00"
