"""How events, answers and receipts are written down. A format is an adapter: another one is a class and a line in `FORMATS`.

HRB-NE-1 is JSON in UTF-8. Events: {"format": "HRB-NE-1", "events": [{"number", "kind", "subject_name", "subject_code" or "id_number", "account",
"occurred_on", "list_name", "authority", "answer_by"}]}. Answers and receipts as the classes below write and read them.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Protocol

from credit_platform.errors import DomainError, Refused
from credit_platform.web.dates import parse_date
from credit_platform.web.json_body import StrictJSONParser, require_object
from records.identifiers.clean import clean_code
from sanctions.national.rules import RESULT_LABELS, ReceivedEvent, Result


@dataclass(frozen=True, slots=True)
class Misread:
    """An item of a delivery that is no event; why, in Chinese."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the city found about an event."""

    number: str
    result: str
    statement: str
    department: str
    verified_on: date
    settled_on: date | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a receipt says to one answer."""

    number: str
    accepted: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptRead:
    """A receipt: of which file of answers, and what to each."""

    feedback: str
    verdicts: Sequence[Verdict]


class Format(Protocol):
    """What an adapter does. What it cannot read at all it refuses (Refused, BadRequest); single items come back as Misread."""

    code: str
    label: str
    suffix: str

    def events(self, data: bytes) -> list[ReceivedEvent | Misread]: ...

    def feedback(self, number: str, made_on: date, answers: Sequence[Answer]) -> bytes: ...

    def receipt(self, data: bytes) -> ReceiptRead: ...


EVENT_KEYS = (
    "number", "kind", "subject_name", "subject_code", "id_number", "account", "occurred_on", "list_name", "authority", "answer_by",
)  # fmt: skip
DAYS = ("occurred_on", "answer_by")


class HarbinJson:
    """HRB-NE-1."""

    code = "HRB-NE-1"
    label = "HRB-NE-1（JSON）"
    suffix = "json"

    def events(self, data: bytes) -> list[ReceivedEvent | Misread]:
        return self.events_of(self._object(data, ("format", "batch", "events"), ("format", "events")))

    def events_of(self, body: Mapping[str, Any]) -> list[ReceivedEvent | Misread]:
        """The events of a body that is read already, as the interface has it."""
        items = body.get("events")
        if not isinstance(items, list) or not items:
            raise Refused("event.list", "events 应为一个对象的数组，至少一个。")
        return [self._event(item, place) for place, item in enumerate(items)]

    def feedback(self, number: str, made_on: date, answers: Sequence[Answer]) -> bytes:
        told = [asdict(each) | {"result_label": RESULT_LABELS[Result(each.result)]} for each in answers]
        body = {"format": self.code, "feedback": number, "made_on": made_on, "answers": told}
        return json.dumps(body, ensure_ascii=False, indent=1, default=str).encode()

    def receipt(self, data: bytes) -> ReceiptRead:
        body = self._object(data, ("format", "feedback", "results"), ("format", "feedback", "results"))
        results = body["results"]
        if not isinstance(results, list) or not isinstance(body["feedback"], str):
            raise Refused("receipt.form", "回执应含上报编号 feedback 和逐项结果 results。")
        return ReceiptRead(body["feedback"].strip(), [self._verdict(item, n) for n, item in enumerate(results)])

    def _object(self, data: bytes, known: Sequence[str], required: Sequence[str]) -> dict[str, Any]:
        body = require_object(StrictJSONParser().parse(io.BytesIO(data)), known, required)
        if body["format"] != self.code:
            raise Refused("format.other", f"这份文件的格式不是 {self.code}。", mend="请选择与文件一致的格式。")
        return body

    def _event(self, item: Any, place: int) -> ReceivedEvent | Misread:
        number = item.get("number", "") if isinstance(item, dict) else ""
        number = number[:64] if isinstance(number, str) else ""
        try:
            given = require_object(item, EVENT_KEYS, ("number", "kind", "subject_name", "account"))
            return self._told(given)
        except DomainError as wrong:
            return Misread(number, f"events[{place}]：{wrong.text}{wrong.mend}")

    def _told(self, given: Mapping[str, Any]) -> ReceivedEvent:
        for name, value in given.items():
            if value is not None and not isinstance(value, str):
                raise Refused("event.value", f"{name} 应为文本。")
        texts = {name: (given.get(name) or "").strip() for name in EVENT_KEYS if name not in DAYS}
        texts["subject_code"], texts["id_number"] = clean_code(texts["subject_code"]), clean_code(texts["id_number"])
        occurred_on, answer_by = (_day(name, given.get(name) or "") for name in DAYS)
        return ReceivedEvent(occurred_on=occurred_on, answer_by=answer_by, **texts)

    def _verdict(self, item: Any, place: int) -> Verdict:
        given = require_object(item, ("number", "accepted", "reason"), ("number", "accepted"))
        accepted, reason = given["accepted"], given.get("reason") or ""
        if not isinstance(given["number"], str) or not isinstance(accepted, bool) or not isinstance(reason, str):
            raise Refused(
                "receipt.form", f"results[{place}] 应含 number（文本）、accepted（true 或 false）、reason（文本）。"
            )
        if not accepted and not reason.strip():
            raise Refused("receipt.reason", f"results[{place}] 退回的，缺少原因 reason。")
        return Verdict(given["number"].strip(), accepted, reason.strip()[:500])


def _day(name: str, text: str) -> date | None:
    found = parse_date(text) if text.strip() else None
    if text.strip() and found is None:
        raise Refused("event.day", f"{name} 不是日期：{text[:20]}。", mend="请写成 2026-11-23。")
    return found


def digest_of(event: ReceivedEvent) -> str:
    """The digest of an event's content: the same again changes nothing. A person's number is compared apart, it enters no digest."""
    said = {name: value for name, value in asdict(event).items() if name != "id_number"}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


FORMATS: dict[str, Format] = {each.code: each for each in (HarbinJson(),)}


def format_of(code: str) -> Format:
    """The adapter of a code; Refused for one that there is not."""
    if code not in FORMATS:
        raise Refused("format.unknown", f"没有格式“{code[:20]}”。", mend=f"可用的格式：{'、'.join(FORMATS)}。")
    return FORMATS[code]
