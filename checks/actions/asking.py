"""The verb that everything here is for: a question is answered, and what was answered is written down before it is told."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from checks.actions.register import keep_register
from checks.actions.states import keep
from checks.queries import hot
from checks.queries.facts import facts_of
from checks.queries.freshness import freshness
from checks.queries.register import register
from checks.queries.subjects import canonical_for
from checks.receipts.payload import AnswerRow, Asker, payload
from checks.receipts.signing import ready, signed
from checks.rules.answers import Matter, verdicts_of
from checks.rules.numbers import RANDOM_BYTES, receipt_number
from checks.rules.questions import Question, against, against_purpose, cleaned
from checks.rules.register import Register
from checks.rules.states import PURPOSE_LABELS, Channel, Purpose
from credit_platform import pg, sealing
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import ApiClient
from credit_platform.audit.context import current_request
from credit_platform.audit.rules.jws import canonical
from credit_platform.errors import Conflict, DomainError, refuse
from records.identifiers import idcard
from records.identifiers.names import normalise

TRIES = 4
_ASK = """SELECT * FROM checks_ask(CASE WHEN checks_key_holds(%s, %s, %s) THEN %s::jsonb END, %s::jsonb, %s, %s, %s::text[], %s, %s)"""
"""Who is no longer let in asks nothing: no row comes back, and nothing is written."""


@dataclass(frozen=True, slots=True)
class Setting:
    """In what a question is asked: by whom, for which matter, why, by which way, at which window."""

    by: Actor
    department: str
    matter: str
    purpose: str
    channel: Channel
    window: str = ""
    job: int | None = None


class KeyEnded(DomainError):
    """The key has been revoked, has expired, or lost a scope while the process still knew it (HTTP 401)."""

    status = 401


class Answer(NamedTuple):
    """What was answered, how that is written, and the receipt over exactly these bytes."""

    payload: dict[str, Any]
    text: bytes
    receipt: str


class _Row(NamedTuple):
    """A line of `checks_ask`."""

    n: int
    number: str
    subject: int | None
    kind: str | None
    code: str | None
    name: str | None
    fits: bool | None
    place: int
    facts: Any
    entry: int | None
    asked_at: Any
    behind: bool


class Noted(NamedTuple):
    """A question that stands in the audit, with all that its answer is made from."""

    row: _Row
    question: Question
    setting: Setting
    about: hot.Asked
    register: Register
    today: date


def ask(question: Question, setting: Setting) -> Answer:
    """One check. Who: `checks.ask`, about a natural person `checks.ask_person` too.

    Refused with every finding at its field for what cannot be asked; Forbidden without the right; Conflict when the state of the subject keeps
    changing while it is asked. The entry in the audit, the row of the check and the reading of the state are one statement.
    """
    return ask_many([question], setting)[0]


def ask_many(questions: Sequence[Question], setting: Setting) -> list[Answer]:
    """The same for many in one statement: all are asked or none. At most a few hundred at once, so that nobody waits for long."""
    return [_answered(each) for each in note_many(questions, setting)]


def note_many(questions: Sequence[Question], setting: Setting) -> list[Noted]:
    """The same, written down and not yet told: for who reads the answers later, out of what was written."""
    today = timezone.localdate()
    asked = [cleaned(question) for question in questions]
    policy.require(setting.by, "checks.ask")
    if any(question.of_person for question in asked):
        policy.require(setting.by, "checks.ask_person")
    refuse([*against_purpose(setting.purpose), *(each for one in asked for each in against(one, today=today))])
    ready()
    about = hot.matter(setting.matter, today)
    reg = _register(today)
    for _ in range(TRIES):
        rows = _stated(asked, setting, about, reg, today)
        behind = [row.subject for row in rows if row.behind and row.subject]
        if not behind:
            return [Noted(row, asked[row.n], setting, about, reg, today) for row in rows]
        hot.forget_version()
        reg = _register(today)
        keep(behind, on=today)
    raise Conflict("checks.moving", "该主体的信用状态正在变化，请稍后再查。", mend="请在几秒钟后重新核查。")


def _register(today: date) -> Register:
    version = hot.version()
    if not version:
        version = keep_register(on=today, by=SYSTEM).pk
        hot.forget_version()
    return register(version)


def _stated(asked: Sequence[Question], setting: Setting, about: hot.Asked, reg: Register, today: date) -> list[_Row]:
    by, request = setting.by, current_request()
    who = {
        "kind": by.actor_kind,
        "id": by.actor_id,
        "name": by.actor_name[:200],
        "department": by.department_id,
        "request": request.request_id,
        "ip": request.ip,
        "purpose": setting.purpose,
        "why": f"{PURPOSE_LABELS[Purpose(setting.purpose)]}：{about.matter.name}",
        "channel": setting.channel.value,
        "window": setting.window[:60],
        "job": setting.job,
    }
    lines = [_line(n, question, about, reg, today) for n, question in enumerate(asked)]
    given = [*_key(asked, by), json.dumps(lines), json.dumps(who), about.row.pk, about.matter.code, about.matter.keys]
    rows = pg.query(_ASK, [*given, reg.version, today])
    if asked and not rows:
        hot.forget_clients()
        raise KeyEnded("auth.ended", "密钥已经吊销、到期，或者权限范围已经变更。", mend="请联系本单位管理人员。")
    return [_Row(*row) for row in rows]  # type: ignore[arg-type]


def _key(asked: Sequence[Question], by: Actor) -> tuple[int | None, str, list[str]]:
    """What must still hold of a client when the statement is run; staff was read in this very request."""
    if not isinstance(by, ApiClient):
        return None, "", []
    return by.pk, by.key_hash, ["checks.ask", "checks.ask_person"][: 2 if any(each.of_person for each in asked) else 1]


def _line(n: int, question: Question, about: hot.Asked, reg: Register, today: date) -> dict[str, Any]:
    line: dict[str, Any] = {
        "n": n,
        "number": receipt_number(today, os.urandom(RANDOM_BYTES)),
        "code": question.code,
        "hashes": [],
        "name": question.name,
        "normal": normalise(question.name) if question.name and not question.of_person else "",
        "ref": question.code,
        "case": question.case_number,
        "until": about.valid_until.isoformat(),
        "row": question.row,
    }
    if question.of_person:
        normal = idcard.check(question.id_number, question.id_type).normal
        line |= {"hashes": sealing.number_hashes(normal), "ref": f"自然人 {idcard.mask_id(normal)}"}
    if question.as_of is not None and question.as_of < today:
        line |= _as_of(question, line["hashes"], about.matter, reg)
    return line


def _as_of(question: Question, hashes: list[str], matter: Matter, reg: Register) -> dict[str, Any]:
    """What is to be told of a day that is over: computed from what stands in the ledger now, and no ground for a decision of today."""
    day = question.as_of or date.min
    subject = canonical_for(question.code, hashes)
    facts = facts_of([subject], day, reg.record).get(subject) if subject else None
    found = verdicts_of(facts, reg, day) if facts else {}
    place = max((found[key] for key in matter.keys if key in found), default=0)
    told = facts.as_json() if facts else None
    return {"as_of": day.isoformat(), "until": day.isoformat(), "facts": told, "place": place}


def _answered(noted: Noted) -> Answer:
    row, question, setting, about, reg, today = noted
    if row.entry is None:
        raise Conflict("checks.unlogged", "核查没有写入审计记录，不能答复。", mend="请稍后重新核查。")
    day = question.as_of or today
    given = AnswerRow(
        number=row.number,
        asked_at=row.asked_at,
        entry=row.entry,
        case_number=question.case_number,
        purpose=setting.purpose,
        asked_code=question.code,
        asked_name=question.name,
        kind=row.kind or "",
        code=row.code or "",
        name=row.name or "",
        name_fits=row.fits,
        facts=json.loads(row.facts) if isinstance(row.facts, str) else row.facts,
        as_of=day,
        valid_until=day if day < today else about.valid_until,
    )
    asker = Asker(setting.department, setting.by.actor_name)
    told = payload(given, asker, about.matter, reg, freshness(today))
    text = canonical(told)
    return Answer(told, text, signed(text))
