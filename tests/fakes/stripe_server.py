"""Stripe on localhost: form bodies in, JSON out, Idempotency-Key honoured as documented.

An answer is saved under its key whatever its status and replayed with `Idempotent-Replayed`;
the key with other parameters or at another endpoint is an idempotency error. A POST to the
path `lose_answer_of` acts, once, and its connection is closed without an answer.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.fakes.stripe_books import Books, Json, StripeRefusal

API_KEY = "sk_test_synthetic"
Saved = tuple[str, str, int, Json]


class StripeServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.books = Books()
        self.answers: list[tuple[int, Json]] = []
        self.fail_next: int | None = None
        self._saved: dict[str, Saved] = {}
        self.lose_answer_of = ""
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def close(self) -> None:
        self.shutdown()
        self.server_close()

    def post(self, path: str, body: str, key: str) -> tuple[int, Json, bool] | None:
        """Status, answer, whether replayed; None when the answer gets lost on its way."""
        if self.fail_next:
            status, self.fail_next = self.fail_next, None
            return status, {"error": {"type": "api_error", "message": "(test) fault"}}, False
        saved = self._saved.get(key)
        if saved and saved[:2] != (path, body):
            return 400, {"error": {"type": "idempotency_error", "message": "(test) key"}}, False
        if saved:
            return saved[2], saved[3], True
        form = _form(body)
        status, answer = _as_sent(*self._act(path, form), "expand" in form)
        self._saved[key] = (path, body, status, answer)
        self.answers.append((status, answer))
        if path == self.lose_answer_of:
            self.lose_answer_of = ""
            return None
        return status, answer, False

    def get(self, path: str, query: str) -> tuple[int, Json]:
        status, answer = self._guarded(lambda: self.books.intent(path.split("/")[3]))
        return _as_sent(status, answer, "expand" in query)

    def _act(self, path: str, form: Mapping[str, Any]) -> tuple[int, Json]:
        parts = path.strip("/").split("/")[1:]
        match parts:
            case ["payment_intents"]:
                return self._guarded(lambda: self.books.create_intent(form))
            case ["payment_intents", id, "capture"]:
                return self._guarded(lambda: self.books.capture(id, form))
            case ["payment_intents", id, "cancel"]:
                return self._guarded(lambda: self.books.cancel(id))
            case ["refunds"]:
                return self._guarded(lambda: self.books.refund(form))
        raise AssertionError(f"no such endpoint: {path}")

    @staticmethod
    def _guarded(act: Any) -> tuple[int, Json]:
        try:
            return 200, act()
        except StripeRefusal as refusal:
            return refusal.status, {"error": refusal.error}


class _Handler(BaseHTTPRequestHandler):
    server: StripeServer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", "0"))).decode()
        if self.headers["authorization"] != f"Bearer {API_KEY}":
            return self._answer(401, {"error": {"type": "invalid_request_error"}})
        key = self.headers.get("idempotency-key", "")
        assert key, "every POST carries a key"
        said = self.server.post(urlsplit(self.path).path, body, key)
        if said is None:
            self.close_connection = True
            return None
        return self._answer(said[0], said[1], replayed=said[2])

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        self._answer(*self.server.get(url.path, url.query))

    def _answer(self, status: int, answer: Json, replayed: bool = False) -> None:
        text = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        if replayed:
            self.send_header("Idempotent-Replayed", "true")
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


def _as_sent(status: int, answer: Json, expanded: bool) -> tuple[int, Json]:
    """A copy without our notes; linked objects are ids unless asked to expand."""
    sent = {k: v for k, v in answer.items() if not k.startswith("_")}
    if not expanded and isinstance(sent.get("latest_charge"), dict):
        sent["latest_charge"] = sent["latest_charge"]["id"]
    return status, json.loads(json.dumps(sent))


def _form(body: str) -> Json:
    """`a[b][c]=d` → {"a": {"b": {"c": "d"}}}; list members keep their index as key."""
    form: Json = {}
    for name, value in parse_qsl(body, keep_blank_values=True):
        *path, last = name.replace("]", "").split("[")
        into = form
        for step in path:
            into = into.setdefault(step, {})
        into[last] = value
    return form
