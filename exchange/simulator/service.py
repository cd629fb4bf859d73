"""The province as a service on this machine: four addresses, both directions signed."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from exchange.rules.signatures import ANSWER, Algorithm, Signed, objection, sign
from exchange.simulator.behaviours import Behaviour
from exchange.simulator.province import Province

HEADS = ("X-Exchange-Digest", "X-Exchange-Nonce", "X-Exchange-Time", "X-Exchange-Signature")
Said = tuple[int, dict[str, Any]]


class Hangup(Exception):
    """The connection is closed without a word."""


class Service(ThreadingHTTPServer):
    """Listens on a port of this machine (0: any that is free, see `server_address`)."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(
        self, province: Province, key: bytes, *, port: int = 0, algorithm: Algorithm = Algorithm.SHA256
    ) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.province, self.key, self.algorithm = province, key, algorithm

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}/exchange"

    def say(self, path: str, asked: dict[str, Any]) -> Said:
        """What is said to a question that was signed well."""
        says: dict[str, Callable[[dict[str, Any]], Said]] = {
            "/exchange/messages": self._messages,
            "/exchange/receipts": lambda asked: self._dressed(200, self.province.of_parcel(str(asked["parcel"]))),
            "/exchange/status": lambda asked: (200, {"receipts": self.province.status(asked["keys"])}),
            "/exchange/statement": self._statement,
        }
        return says[path](asked) if path in says else (404, {})

    def _messages(self, asked: dict[str, Any]) -> Said:
        province, behaviour = self.province, self.province.behaviour
        if behaviour is Behaviour.FORGETFUL and province.every("parcel", 2):
            raise Hangup
        receipts = province.receive(str(asked["parcel"]), str(asked["kind"]), asked["rows"])
        if behaviour is Behaviour.SILENT and province.every("parcel", 2):
            raise Hangup
        if behaviour is Behaviour.SLOW:
            return 202, {}
        return self._dressed(200, receipts)

    def _dressed(self, status: int, receipts: list[dict[str, str]]) -> Said:
        behaviour = self.province.behaviour
        if behaviour is Behaviour.DUPLICATE:
            receipts = receipts + receipts
        if behaviour is Behaviour.DISORDERLY:
            receipts = receipts[::-1]
        return status, {"receipts": receipts}

    def _statement(self, asked: dict[str, Any]) -> Said:
        kind = str(asked["kind"])
        if "months" in asked:
            return 200, {"rows": [asdict(each) for each in self.province.copies(kind, asked["months"])]}
        return 200, {"months": self.province.months(kind)}


class _Handler(BaseHTTPRequestHandler):
    server: Service
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:  # noqa: N802 - the name that the library calls
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        values = [self.headers.get(head) or "" for head in HEADS]
        signed = Signed(values[0], values[1], int(values[2] or 0), values[3])
        wrong = objection(
            self.server.key, "POST", self.path, body, signed, now=int(time.time()), algorithm=self.server.algorithm
        )
        try:
            status, said = (401, {"text": wrong}) if wrong else self.server.say(self.path, json.loads(body))
        except Hangup:
            self.close_connection = True
            return
        self._answer(status, json.dumps(said, ensure_ascii=False).encode(), signed.nonce)

    def _answer(self, status: int, data: bytes, nonce: str) -> None:
        signed = sign(
            self.server.key,
            ANSWER,
            self.path,
            data,
            nonce=nonce,
            time=int(time.time()),
            algorithm=self.server.algorithm,
        )
        digest = signed.digest
        if self.server.province.behaviour is Behaviour.WRONG_CHECKSUM and self.server.province.every("answer", 3):
            digest = "0" * 64
        self.send_response(status)
        for head, value in zip(HEADS, (digest, signed.nonce, str(signed.time), signed.signature), strict=True):
            self.send_header(head, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Nothing is printed for every request."""
