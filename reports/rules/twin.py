"""The report as data (`report.json` inside the file; its schema stands at /reports/schema.json). Texts and whole numbers only, so that it can be
written canonically (RFC 8785): the same contents, the same bytes. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from credit_platform.audit.rules.jws import canonical
from reports.rules.content import Content, FilledChapter, Part

FORMAT = "credit-report/1"
NAME = "report.json"
MOST_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Issue:
    """What makes a content a report: number and code, when it was made, of which day it speaks, until when it may be relied on, who made it,
    what for. `issued_at` in local time. `receiver` is for whom it was made, "" for whoever holds it."""

    number: str
    code: str
    issued_at: datetime
    as_of: date
    valid_until: date
    issuer: str
    purpose: str
    receiver: str = ""


def twin(content: Content, issue: Issue) -> dict[str, Any]:
    """The whole report as data. The code is not in it: who only has the data must not pass for who has the paper."""
    return {
        "format": FORMAT,
        "number": issue.number,
        "issued_at": issue.issued_at.isoformat(timespec="seconds"),
        "as_of": issue.as_of.isoformat(),
        "valid_until": issue.valid_until.isoformat(),
        "issuer": issue.issuer,
        "purpose": issue.purpose,
        "receiver": issue.receiver,
        **_content(content),
    }


def written(content: Content, issue: Issue) -> bytes:
    """The twin in its one way of writing."""
    return canonical(twin(content, issue))


def digest(content: Content) -> str:
    """SHA-256 over what is said, without number and moments: equal when and only when two reports say the same. Hexadecimal."""
    return hashlib.sha256(canonical(_content(content))).hexdigest()


def schema() -> dict[str, Any]:
    """The published JSON Schema of a twin."""
    pair = {
        "type": "object",
        "required": ["label", "value"],
        "properties": {"label": {"type": "string"}, "value": {"type": "string"}},
    }
    item = _object(id={"type": "string"}, marks=_list({"type": "string"}), fields=_list(pair))
    part = _object(title={"type": "string"}, items=_list(item))
    chapter = _object(
        number={"type": "string"},
        title={"type": "string"},
        text={"type": "string"},
        note={"type": "string"},
        parts=_list(part),
    )
    count = _object(word={"type": "string"}, items={"type": "integer", "minimum": 0})
    subject = _object(
        name={"type": "string"},
        code={"type": "string"},
        kind={"type": "string"},
        fields=_list(pair),
        labels=_list({"type": "string"}),
    )
    day, text = {"type": "string", "format": "date"}, {"type": "string"}
    whole = _object(
        format={"const": FORMAT},
        number={"type": "string", "pattern": "^[0-9]{14}[0-9A-Z]{8}$"},
        issued_at={"type": "string", "format": "date-time"},
        as_of=day,
        valid_until=day,
        issuer=text,
        purpose=text,
        receiver=text,
        layout=text,
        version=text,
        title=text,
        subject=subject,
        summary=_list(count),
        chapters=_list(chapter),
        explanations=_list(text),
    )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "公共信用信息报告", **whole}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties, "additionalProperties": False}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _content(content: Content) -> dict[str, Any]:
    head = content.head
    return {
        "layout": content.layout,
        "version": content.version,
        "title": content.title,
        "subject": {
            "name": head.name,
            "code": head.code,
            "kind": head.kind,
            "fields": _pairs(head.lines),
            "labels": list(content.labels),
        },
        "summary": [{"word": word, "items": count} for word, count in content.counts],
        "chapters": [_chapter(chapter) for chapter in content.chapters],
        "explanations": list(content.explanations),
    }


def _chapter(chapter: FilledChapter) -> dict[str, Any]:
    return {
        "number": chapter.number,
        "title": chapter.title,
        "text": chapter.text,
        "note": chapter.note,
        "parts": [_part(part) for part in chapter.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    items = [{"id": item.public_id, "marks": list(item.marks), "fields": _pairs(item.lines)} for item in part.items]
    return {"title": part.title, "items": items}


def _pairs(lines: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"label": label, "value": value} for label, value in lines]
