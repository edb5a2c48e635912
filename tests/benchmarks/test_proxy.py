"""The metering proxy passes everything on and knows what passed."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from benchmarks.proxy import Call, Proxy

SIGNED = "AWS4-HMAC-SHA256 Credential=AKIA/20261123/eu-west-1/dynamodb/aws4_request, Signature=0"
HEADERS = {
    "user-agent": "Boto3/1 app/PayFunction",
    "authorization": SIGNED,
    "x-amz-target": "DynamoDB_20120810.PutItem",
}


class _Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["content-length"]))
        body = json.dumps({"echo": raw.decode(), "path": self.path}).encode()
        self.send_response(400 if b"refuse" in raw else 200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_PUT = do_POST  # noqa: N815 - the base class wants these names

    def log_message(self, format: str, *args: object) -> None:
        """No access log."""


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    meter = Proxy(f"http://127.0.0.1:{server.server_port}")
    yield meter
    meter.stop()
    server.shutdown()
    server.server_close()


def send(
    connection: http.client.HTTPConnection, body: bytes, headers: dict[str, str], method: str
) -> tuple[int, dict[str, Any]]:
    connection.request(method, "/a?b=c", body, headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def through(
    proxy: Proxy, *bodies: bytes, headers: dict[str, str] = HEADERS, method: str = "POST"
) -> list[tuple[int, dict[str, Any]]]:
    connection = http.client.HTTPConnection(proxy.url.removeprefix("http://"), timeout=10)
    answers = [send(connection, body, headers, method) for body in bodies]
    connection.close()
    return answers


def calls(proxy: Proxy, count: int) -> list[Call]:
    assert len(proxy.calls) == count
    return proxy.calls


def test_names_function_service_and_operation_of_each_call_on_one_connection(
    proxy: Proxy,
) -> None:
    answers = through(proxy, b'{"TableName":"T"}', b'{"TableName":"refuse"}')
    assert [status for status, _ in answers] == [200, 400]
    assert answers[0][1]["path"] == "/a?b=c"
    first, second = calls(proxy, 2)
    assert (first.function, first.service, first.operation) == (
        "PayFunction",
        "dynamodb",
        "PutItem",
    )
    assert second.status == 400
    assert first.began <= first.ended <= second.began


def test_asks_writes_what_they_consumed_and_on_which_item_they_failed(proxy: Proxy) -> None:
    ((_, answer),) = through(proxy, b'{"ConditionExpression":"x"}')
    assert json.loads(answer["echo"]) == {
        "ConditionExpression": "x",
        "ReturnConsumedCapacity": "INDEXES",
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }


def test_leaves_everything_else_as_it_is(proxy: Proxy) -> None:
    headers = {**HEADERS, "x-amz-target": "DynamoDB_20120810.Query"}
    ((_, read),) = through(proxy, b'{"TableName": "T"}', headers=headers)
    assert read["echo"] == '{"TableName": "T"}'
    s3 = {"authorization": SIGNED.replace("dynamodb", "s3"), "expect": "100-continue"}
    ((_, stored),) = through(proxy, b"any bytes", headers=s3, method="PUT")
    assert stored["echo"] == "any bytes"
    call = calls(proxy, 2)[1]
    assert (call.function, call.service, call.operation, call.request) == ("", "s3", "PUT", {})
