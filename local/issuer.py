"""A small OpenID Connect issuer on the loopback interface, so that JWT authorizers work locally.

API Gateway reads `/.well-known/openid-configuration` and the key set once and keeps them for two
hours, so one issuer lives as long as its cloud. The key is made anew at each start.
"""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

AUDIENCE = "oms"
_KEY_BITS = 2048


class Issuer:
    """Serves its public key and signs access tokens. Ends with `stop` or with the process."""

    def __init__(self, audience: str = AUDIENCE) -> None:
        self.audience = audience
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=_KEY_BITS)
        self._key_id = uuid.uuid4().hex
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def token(
        self,
        sub: str,
        scopes: Iterable[str],
        nodes: Iterable[str] = (),
        *,
        ttl_s: int = 3600,
        **claims: object,
    ) -> str:
        """An RS256 access token. `scope` and `nodes` are space-separated strings; a negative
        `ttl_s` makes a token that has expired. `claims` override, e.g. `aud="other"`."""
        now = int(time.time())
        payload: dict[str, object] = {
            "iss": self.url,
            "aud": self.audience,
            "sub": sub,
            "iat": now - 5,
            "exp": now + ttl_s,
            "scope": " ".join(scopes),
            "nodes": " ".join(nodes),
            **claims,
        }
        return jwt.encode(payload, self._key, algorithm="RS256", headers={"kid": self._key_id})

    def documents(self) -> dict[str, object]:
        """What is served: path → JSON document."""
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.url,
                "jwks_uri": f"{self.url}/jwks.json",
                "id_token_signing_alg_values_supported": ["RS256"],
            },
            "/jwks.json": {"keys": [{**key, "kid": self._key_id, "use": "sig", "alg": "RS256"}]},
        }

    def stop(self) -> None:
        """Close the socket. Safe to repeat."""
        self._server.shutdown()
        self._server.server_close()


def _handler(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            document = issuer.documents().get(self.path)
            body = json.dumps(document or {"error": "not found"}).encode()
            self.send_response(200 if document else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """No access log."""

    return Handler
