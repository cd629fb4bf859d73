"""Telling, serving and hearing, inside a step: each takes the `At` of the verb that it is part of (行政处罚法 arts. 44, 45; 国办发〔2020〕49号).

A procedure's verb is then two lines: the step, and one of these with what only the procedure knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casework.actions.attachments import attach
from casework.actions.step import At
from casework.rules import hearing as rules
from casework.rules.attachments import AttachedFile
from companies.models import CompanyAccount
from credit_platform.accounts.models import User
from credit_platform.errors import Conflict, Finding, Level, at_field, required
from credit_platform.workdays.queries import calendar
from records.identifiers import personal


def notify(
    at: At,
    *,
    notice: str,
    intended: Sequence[str] = (),
    days: int = rules.RESPONSE_DAYS,
    against: Iterable[Finding] = (),
) -> None:
    """The subject is told: `notice` holds facts, basis, what is intended and the right to respond.

    `intended` are codes of which a decision may take only; `days` are working days, 3 to 60; `against` is what the procedure's own rules
    found. Who tells of a case that the clock made becomes its drafter. Refused with all findings.
    """
    at.refuse([*against, *rules.against_notice(notice, days), *scanned(notice=notice)])
    hearing = at.hearing
    hearing.notice, hearing.intended, hearing.days = notice.strip(), sorted(set(intended)), days
    hearing.notified_on = at.on
    if at.case.drafted_by is None and isinstance(at.by, User):
        at.case.drafted_by = at.by


def serve(at: At, *, how: str, proof: Sequence[AttachedFile]) -> None:
    """The notice reached the subject: how, with the proof (回证) as files. From here the days to respond are counted; they are the
    deadline of the state that begins. Refused without a way of service or a proof."""
    missing = [] if proof else [at_field("case.proof", "proof", "请上传送达回证。")]
    at.refuse([*required(how, "how", "请填写送达方式。", rule="case.how", most=60), *missing])
    hearing = at.hearing
    deadline = calendar().deadline(at.on, hearing.days or rules.RESPONSE_DAYS)
    hearing.served_on, hearing.served_how = at.on, how.strip()
    hearing.until, hearing.provisional = deadline.due_on, deadline.provisional
    at.due(hearing.days or rules.RESPONSE_DAYS)
    attach(at.case, proof, role="service", by=at.by)


def hear(at: At, *, statement: str = "", waived: bool = False, attachments: Sequence[AttachedFile] = ()) -> None:
    """The desk takes the subject's statement in, or its written waiver; also after the last day, as long as nobody has determined.

    Refused for both or neither. What the subject sent online stays word for word: more is added to it, and a waiver is refused.
    """
    hearing = at.hearing
    found = []
    if bool(statement.strip()) == waived:
        found.append(at_field("case.statement", "statement", "请填写陈述申辩内容，或者登记放弃陈述申辩，二者择一。"))
    if hearing.statement_by_id and waived:
        found.append(at_field("case.statement", "waived", "当事人已在线陈述申辩，不能登记放弃。"))
    if hearing.statement_by_id and hearing.statement_on and at.on < hearing.statement_on:
        found.append(at_field("case.day", "on", "陈述申辩日期应在上一步骤之日与今天之间。"))
    at.refuse(found)
    online = hearing.statement_by_id is not None
    hearing.statement = rules.supplemented(hearing.statement, statement, at.on) if online else statement.strip()
    hearing.statement_on, hearing.waived = at.on, waived
    at.detail["on"] = at.on
    attach(at.case, attachments, role="statement", by=at.by)


def respond(at: At, *, statement: str, attachments: Sequence[AttachedFile] = ()) -> None:
    """The subject itself states and defends itself online, once, until its last day (that day included); nothing of it is published.

    Conflict when it has spoken or waived, or the days are over; Refused without words.
    """
    hearing = at.hearing
    if hearing.heard.spoken:
        raise Conflict(
            "case.spoken", "已经陈述申辩或者放弃，不能再次在线提交。", mend="需要补充的，请书面交到办理单位。"
        )
    if not rules.may_respond(hearing.heard, at.on):
        raise Conflict("case.late", "在线陈述申辩的期限已过。", mend="仍要陈述申辩的，请尽快书面交到办理单位。")
    at.refuse(required(statement, "statement", "请填写陈述申辩内容。", rule="case.statement", most=rules.LONGEST))
    hearing.statement, hearing.statement_on = statement.strip(), at.on
    hearing.statement_by = at.by if isinstance(at.by, CompanyAccount) else None
    at.detail["attachments"] = len(attach(at.case, attachments, role="statement", by=at.by))


def determine(at: At, *, reasons: str, considered: str = "") -> None:
    """A second person finds that it is so, with reasons, and with how the statement was considered. Refused while the subject may still
    respond and has neither spoken nor waived."""
    at.refuse(rules.may_determine(at.hearing.heard, reasons=reasons, considered=considered, on=at.on))
    at.case.reasons = at.reason = rules.whole_reasons(reasons, considered)
    at.case.determined_by, at.case.determined_on = _staff(at), at.on


def decide(at: At, *, document_number: str, against: Iterable[Finding] = ()) -> None:
    """The decision with its document; what it does is the procedure's. Refused without a number of the document."""
    number = required(document_number, "document_number", "请填写决定文书号。", rule="case.document", most=128)
    at.refuse([*against, *number])
    at.case.document_number = document_number.strip()
    at.case.decided_by, at.case.decided_on = _staff(at), at.on


def close(at: At, *, reason: str, public_note: str | None = None, words: str = "请写明理由。") -> None:
    """The case ends without a decision, or its decision is taken back: why, and what the public is told (None: nothing).

    Refused without a reason, without a public note where one is wanted, and for personal numbers in it.
    """
    found = list(required(reason, "reason", words, rule="case.reason", most=500))
    if public_note is not None:
        found += required(public_note, "public_note", "请填写对外说明。", rule="case.public-note", most=500)
    at.refuse([*found, *scanned(public_note=public_note or "")])
    at.case.closed_why = at.reason = reason.strip()
    if public_note is not None:
        at.case.public_note = public_note.strip()


def scanned(**texts: str) -> Iterable[Finding]:
    """Personal numbers in texts that the subject or the public will read, each at the field of its name."""
    for name, text in texts.items():
        yield from (each for each in personal.findings(text, field=name) if each.level is Level.ERROR)


def _staff(at: At) -> User | None:
    return at.by if isinstance(at.by, User) else None
