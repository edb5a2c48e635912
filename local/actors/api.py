"""HTTP as the actors speak it: one call, JSON in and out, problems as exceptions."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TIMEOUT_S = 30.0
NOT_FOUND = 404
BUSY = 503  # whoever gets it may ask again: everything may be said twice
BUSY_PAUSES_S = (0.2, 0.5, 1.0)
NO_ANSWER = frozenset({429, BUSY, 502, 504})  # it was not heard, or nobody knows whether
JSON = {"content-type": "application/json"}


class Problem(Exception):
    """An answer of 400 and above. `body` is the problem document (RFC 9457)."""

    def __init__(self, route: str, status: int, body: Any) -> None:
        self.status = status
        self.body = body if isinstance(body, dict) else {"detail": body}
        self.type = str(self.body.get("type", "")).rpartition("/")[2]
        said = self.body.get("detail") or self.body.get("message") or ""
        super().__init__(f"{route}: {status} {self.type} {said} {self.body.get('errors', '')}")


class NotThere(Problem):
    """404: it is not there, or not yet."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Api:
    """The HTTP API at `url`, called with `token`; without one, public routes only."""

    url: str
    token: str = ""

    def get(self, path: str, **query: object) -> Any:
        return self.call("GET", path, query=query).body

    def post(self, path: str, body: object = None) -> Any:
        return self.call("POST", path, json.dumps(body or {}).encode(), JSON).body

    def put(self, path: str, body: object) -> Any:
        return self.call("PUT", path, json.dumps(body).encode(), JSON).body

    def call(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, object] | None = None,
    ) -> Answer:
        """Raises Problem for every answer of 400 and above; what is busy is asked again."""
        for pause_s in BUSY_PAUSES_S:
            try:
                return self._once(method, path, body, headers, query)
            except Problem as problem:
                if problem.status != BUSY:
                    raise
            time.sleep(pause_s)
        return self._once(method, path, body, headers, query)

    def insist(self, path: str, body: object, *, within_s: float = 120.0) -> tuple[Answer, int]:
        """What a POST was answered in the end, 4xx too, and how often it was sent.

        As a client that must know: it sends the same request again on 429, 502, 503, 504 and when
        nothing comes back. For requests that may be said twice. Raises Problem or OSError where
        there was no answer `within_s`.
        """
        raw, deadline, sent = json.dumps(body).encode(), time.monotonic() + within_s, 0
        while True:
            sent += 1
            try:
                return self._once("POST", path, raw, JSON, None), sent
            except Problem as problem:
                if problem.status not in NO_ANSWER:
                    return Answer(problem.status, problem.body), sent
                if time.monotonic() > deadline:
                    raise
            except OSError:  # refused, reset or timed out
                if time.monotonic() > deadline:
                    raise
            time.sleep(BUSY_PAUSES_S[min(sent, len(BUSY_PAUSES_S)) - 1])

    def _once(
        self,
        method: str,
        path: str,
        body: bytes | None,
        headers: Mapping[str, str] | None,
        query: Mapping[str, object] | None,
    ) -> Answer:
        given = {name: value for name, value in (query or {}).items() if value is not None}
        address = f"{self.url}{path}" + (f"?{urllib.parse.urlencode(given)}" if given else "")
        bearer = {"authorization": f"Bearer {self.token}"} if self.token else {}
        request = urllib.request.Request(
            address, method=method, data=body, headers={**(headers or {}), **bearer}
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
                return Answer(answer.status, _content(answer.read()), dict(answer.headers))
        except urllib.error.HTTPError as refusal:
            with refusal:
                kind = NotThere if refusal.code == NOT_FOUND else Problem
                raise kind(f"{method} {path}", refusal.code, _content(refusal.read())) from None


def _content(raw: bytes) -> Any:
    """JSON where it is JSON, else what came."""
    try:
        return json.loads(raw) if raw else None
    except ValueError:
        return raw
