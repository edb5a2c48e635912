"""A metering proxy on the loopback interface, between the functions and the local cloud.

Every SDK call of a function passes here and becomes one `Call`. DynamoDB is asked to say what it
charged; nothing else is changed. The cloud must not check signatures (`auth=False`), because what
is added to a request was not signed.
"""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_OF_THIS_HOP = frozenset(
    {"connection", "keep-alive", "expect", "transfer-encoding", "content-length"}
)
_FUNCTION = re.compile(r"\bapp/(\S+)")  # from AWS_SDK_UA_APP_ID
_SERVICE = re.compile(r"Credential=[^/]+/[^/]+/[^/]+/([^/]+)/aws4_request")
_METERED = frozenset(
    {"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"}
)
_CONDITIONAL = _METERED - {"BatchWriteItem", "TransactWriteItems"}


@dataclass(frozen=True, slots=True)
class Call:
    """One request and its answer. Times are of the monotonic clock, in seconds."""

    function: str
    service: str
    operation: str
    began: float
    ended: float
    status: int
    request: Mapping[str, Any] = field(default_factory=dict)
    response: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What DynamoDB does to a function: it waits for `delay_s`, then answers with an error of the
    name `code`, or, without one, hangs up.
    """

    function: str
    delay_s: float = 0.0
    code: str = ""

    @property
    def body(self) -> bytes:
        told = {"__type": f"com.amazonaws.dynamodb.v20120810#{self.code}", "message": "trouble"}
        return json.dumps(told).encode()


class Proxy:
    """Listens from the start. `delay_s` holds each answer back, so that calls made in parallel
    overlap for certain, however busy the machine is. `trouble` is made instead of passing on."""

    def __init__(self, upstream: str) -> None:
        self.host = upstream.removeprefix("http://")
        self.delay_s = 0.0
        self.trouble: Trouble | None = None
        self._calls: list[Call] = []
        self._open = 0
        self._lock = threading.Lock()
        self._server = _Server(self)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def calls(self) -> list[Call]:
        with self._lock:
            return list(self._calls)

    @property
    def idle(self) -> bool:
        with self._lock:
            return self._open == 0

    def began(self) -> None:
        with self._lock:
            self._open += 1

    def note(self, call: Call) -> None:
        with self._lock:
            self._calls.append(call)

    def ended(self) -> None:
        with self._lock:
            self._open -= 1

    def stop(self) -> None:
        """Close the socket. Safe to repeat."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, proxy: Proxy) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.proxy = proxy

    def handle_error(self, request: object, client_address: object) -> None:
        """A function that ends closes its connections; nobody needs the traceback."""


class _Handler(BaseHTTPRequestHandler):
    """One connection of a function, with one of its own to the cloud."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body leave together
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.upstream = http.client.HTTPConnection(self.server.proxy.host, timeout=60)

    def finish(self) -> None:
        super().finish()
        self.upstream.close()

    def handle_expect_100(self) -> bool:
        """S3 clients send the body when told to, or after a second."""
        done = super().handle_expect_100()
        self.wfile.flush()
        return done

    def forward(self) -> None:
        self.server.proxy.began()
        try:
            self._pass_on()
        finally:
            self.server.proxy.ended()

    def _pass_on(self) -> None:
        began = time.monotonic()
        assert "transfer-encoding" not in self.headers, "chunked requests are not metered"
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        function, service, operation = _named(self.command, self.headers)
        trouble = self.server.proxy.trouble
        if trouble and (service, function) == ("dynamodb", trouble.function):
            self._make(trouble)
            return
        request = _json(raw) if "x-amz-target" in self.headers else {}
        if service == "dynamodb" and _ask(operation, request):
            raw = json.dumps(request).encode()
        headers = {k: v for k, v in self.headers.items() if k.lower() not in _OF_THIS_HOP}
        headers["content-length"] = str(len(raw))
        self.upstream.request(self.command, self.path, raw, headers)
        answer = self.upstream.getresponse()
        body = answer.read()
        time.sleep(self.server.proxy.delay_s)
        ended = time.monotonic()
        response = _json(body) if request else {}
        call = Call(function, service, operation, began, ended, answer.status, request, response)
        self.server.proxy.note(call)  # before the caller has its answer, and calls again
        self._answer(answer, body)

    def _make(self, trouble: Trouble) -> None:
        time.sleep(trouble.delay_s)
        if not trouble.code:
            self.close_connection = True
            return
        self.send_response_only(400, "Bad Request")
        self.send_header("content-type", "application/x-amz-json-1.0")
        self.send_header("content-length", str(len(trouble.body)))
        self.end_headers()
        self.wfile.write(trouble.body)
        self.wfile.flush()

    def _answer(self, answer: http.client.HTTPResponse, body: bytes) -> None:
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in _OF_THIS_HOP:
                self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = forward  # noqa: N815 - of the base class

    def log_message(self, format: str, *args: object) -> None:
        """No access log."""


def _named(method: str, headers: Message) -> tuple[str, str, str]:
    """Function, service and operation. REST services (S3, Scheduler) are known by method only."""
    function = _FUNCTION.search(headers.get("user-agent") or "")
    service = _SERVICE.search(headers.get("authorization") or "")
    operation = (headers.get("x-amz-target") or method).rpartition(".")[2]
    return (
        function.group(1) if function else "",
        service.group(1) if service else "",
        operation,
    )


def _ask(operation: str, request: dict[str, Any]) -> bool:
    """Have a write tell what it cost, and which item it failed on. True when that was added."""
    if operation not in _METERED:
        return False
    request.setdefault("ReturnConsumedCapacity", "INDEXES")
    if operation in _CONDITIONAL and "ConditionExpression" in request:
        request.setdefault("ReturnValuesOnConditionCheckFailure", "ALL_OLD")
    return True


def _json(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
