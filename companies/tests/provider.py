"""A unified login of the tests' own on loopback: discovery, keys, log-in page, token endpoint with PKCE. Its mistakes are made to order."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

CLIENT, SECRET = "credit-harbin", "example-secret"


class Provider:
    """`claims` go into the ID token; `change(claims)` spoils it; `algorithm` and `key` sign it."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, parameters={"kid": "one"})
        self.ec = ECKey.generate_key("P-256", parameters={"kid": "two"})
        self.stranger = RSAKey.generate_key(2048, parameters={"kid": "one"})
        self.algorithm, self.sign_with, self.raw = "RS256", self.key, None
        self.claims: dict[str, object] = {}
        self.change = lambda claims: claims
        self.issuer = ""
        self.told_issuer = None
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": "person-1", "iat": now, "exp": now + 300, "nonce": nonce}
        claims = self.change(claims | self.claims)
        if self.raw:
            return self.raw(claims)
        return jwt.encode({"alg": self.algorithm, "kid": self.sign_with.kid}, claims, self.sign_with)

    def authorize(self, query: dict[str, str]) -> str:
        """What the browser is sent back with after the person logged in."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"


def unsigned(claims: dict[str, object]) -> str:
    """A token with alg none."""

    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none'})}.{part(claims)}."


class Handler(BaseHTTPRequestHandler):
    provider: Provider

    def log_message(self, *args: object) -> None:
        """Quiet."""

    def answer(self, body: object, status: int = 200) -> None:
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8" if isinstance(body, str) else "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:  # noqa: N802
        provider, parts = self.provider, urlsplit(self.path)
        provider.asked.append(parts.path)
        if parts.path == "/.well-known/openid-configuration":
            here = provider.issuer
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            addresses = {name: f"{here}/{path}" for name, path in names.items()}
            self.answer({"issuer": provider.told_issuer or here, **addresses})
        elif parts.path == "/keys":
            keys = KeySet([provider.key, provider.ec])
            self.answer(keys.as_dict(private=False))
        elif parts.path == "/authorize":
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            address = provider.authorize(query).replace("&", "&amp;")
            self.answer(f'<html lang="zh"><title>统一认证</title><a id="go" href="{address}">登录</a></html>')
        else:
            self.answer({}, 404)

    def do_POST(self) -> None:  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = {name: values[0] for name, values in parse_qs(body).items()}
        asked = self.provider.codes.pop(given.get("code", ""), None)
        who = base64.b64decode(self.headers.get("Authorization", "Basic ").split()[-1] or b"").decode()
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or who != f"{CLIENT}:{SECRET}" or challenge != asked.get("code_challenge"):
            self.answer({"error": "invalid_grant"}, 400)
            return
        token = {"access_token": "opaque", "token_type": "Bearer", "expires_in": 300}
        self.answer(token | {"id_token": self.provider.id_token(asked["nonce"])})


@contextmanager
def running():
    """A provider that answers on a free port of loopback."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"provider": provider}))
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
