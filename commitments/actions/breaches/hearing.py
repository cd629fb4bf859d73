"""The subject is told, served and heard, and a second person finds (国办发〔2020〕49号: 告知、陈述申辩、认定)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from commitments.actions import papers as files
from commitments.actions.breaches.base import facts_of, listed, locked, moved, note, scanned, second_person, write
from commitments.models import BreachCase
from commitments.rules import breaches as rules
from commitments.rules.kinds import BreachKind
from commitments.rules.measures import against
from companies.models import CompanyAccount
from companies.queries import standing_subject
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Forbidden, Level, Refused, refuse
from credit_platform.workdays.queries import calendar


def notify(
    case: BreachCase,
    *,
    notice: str,
    intended: Sequence[str],
    by: User,
    hearing_days: int = rules.HEARING_DAYS,
    on: date | None = None,
    version: str | None = None,
) -> BreachCase:
    """Tell the subject what it is said to have done: `notice` holds facts, basis, measures intended and the right to speak.

    Clerks and reviewers of the department. From CANDIDATE. `intended` are codes of measures of the matter's entry: only what was told
    can be decided later. `hearing_days` are working days, 3 to 60. Who tells of a case that the clock made becomes its drafter.
    """
    today = timezone.localdate()
    on = on or today
    with acting(by):
        row = locked(case, version)
        policy.require(by, "commitments.breach.handle", row.department)
        state = moved(row, "notify")
        found = list(rules.in_order("告知日期", on, after=row.drafted_on, today=today))
        if not notice.strip():
            found.append(Finding("breach.notice", Level.ERROR, "请填写告知内容。", field="notice"))
        if not rules.HEARING_LEAST <= hearing_days <= rules.HEARING_MOST:
            words = f"陈述申辩期限应为{rules.HEARING_LEAST}至{rules.HEARING_MOST}个工作日。"
            found.append(Finding("breach.hearing-days", Level.ERROR, words, field="hearing_days"))
        found += _against(row, intended, on)
        refuse([*found, *scanned(notice=notice)])
        before: dict[str, Any] = {"state": row.state, "notified_on": None, "intended": []}
        write(
            row,
            state=state,
            notice=notice.strip(),
            intended=sorted(set(intended)),
            hearing_days=hearing_days,
            notified_on=on,
            drafted_by=row.drafted_by or by,
        )
        note("notify", row, before, by=by, basis=rules.ARTICLE)
    return row


def _against(row: BreachCase, intended: Sequence[str], on: date) -> list[Finding]:
    known = {measure.code: measure for measure in listed(row)}
    strange = [code for code in intended if code not in known]
    if strange:
        words = f"措施{'、'.join(strange)}不在该事项的违诺措施清单内。"
        return [Finding("measure.not-listed", Level.ERROR, words, field="intended")]
    chosen = [facts_of(known[code]) for code in sorted(set(intended))]
    return list(against(chosen, listed=known, told=intended, kind=BreachKind(row.kind), on=on))


def serve(
    case: BreachCase,
    *,
    how: str,
    on: date,
    proof: Sequence[files.Given],
    by: User,
    version: str | None = None,
) -> BreachCase:
    """The notice reached the subject: how, when, with the proof (回证) as files. From here the days to speak are counted.

    Clerks and reviewers of the department. From NOTIFIED. Refused without a way of service or a proof.
    """
    with acting(by):
        row = locked(case, version)
        policy.require(by, "commitments.breach.handle", row.department)
        state = moved(row, "serve")
        found = list(rules.in_order("送达日期", on, after=row.notified_on, today=timezone.localdate()))
        if not how.strip():
            found.append(Finding("breach.how", Level.ERROR, "请填写送达方式。", field="how"))
        if not proof:
            found.append(Finding("breach.proof", Level.ERROR, "请上传送达回证。", field="proof"))
        refuse(found)
        deadline = calendar().deadline(on, row.hearing_days or rules.HEARING_DAYS)
        before = {"state": row.state, "served_on": None, "hearing_until": None}
        write(
            row,
            state=state,
            served_on=on,
            served_how=how.strip()[:60],
            hearing_until=deadline.due_on,
            hearing_provisional=deadline.provisional,
        )
        files.attach(row, proof, role="service", by=by)
        note("serve", row, before, by=by)
    return row


def hear(
    case: BreachCase,
    *,
    statement: str = "",
    waived: bool = False,
    on: date,
    by: User,
    papers: Sequence[files.Given] = (),
    version: str | None = None,
) -> BreachCase:
    """The subject's statement, or its written waiver. Also after the last day, as long as nobody has found.

    Clerks and reviewers of the department. From SERVED. Refused for both or neither. What the subject sent online stays word for word:
    more is added to it, and a waiver is refused.
    """
    with acting(by):
        row = locked(case, version)
        policy.require(by, "commitments.breach.handle", row.department)
        state = moved(row, "hear")
        if bool(statement.strip()) == waived:
            raise Refused("breach.statement", "请填写陈述申辩内容，或者登记放弃陈述申辩，二者择一。")
        if row.statement_by_id and waived:
            raise Refused("breach.statement", "当事人已在线陈述申辩，不能登记放弃。")
        after = row.statement_on if row.statement_by_id else row.served_on
        refuse(rules.in_order("陈述申辩日期", on, after=after, today=timezone.localdate()))
        before = {"statement_on": row.statement_on, "waived": row.waived}
        whole = rules.supplemented(row.statement, statement, on) if row.statement_by_id else statement.strip()
        write(row, state=state, statement=whole, statement_on=on, waived=waived)
        files.attach(row, papers, role="statement", by=by)
        note("hear", row, before, by=by, detail={"on": on})
    return row


def speak(case: BreachCase, *, statement: str, by: CompanyAccount, papers: Sequence[files.Given] = ()) -> BreachCase:
    """The subject states and defends itself online, once, with its evidence as files; nothing of it is published.

    The company that the case is about, from SERVED, until its last day (working days of the notice, that day included). Refused without
    words; Forbidden for another company; Conflict when it has spoken or waived, the days are over, or the case has gone on.
    """
    on = timezone.localdate()
    with acting(by):
        row = locked(case)
        policy.require(by, "commitments.breach.speak")
        if row.subject_id != standing_subject(by).pk:
            raise Forbidden("breach.other", "只能就本单位的违诺告知陈述申辩。")
        state = moved(row, "hear")
        _in_time(row, on)
        if not statement.strip():
            refuse([Finding("breach.statement", Level.ERROR, "请填写陈述申辩内容。", field="statement")])
        before = {"statement_on": row.statement_on, "statement_by_id": row.statement_by_id}
        write(row, state=state, statement=statement.strip(), statement_on=on, statement_by=by)
        files.attach(row, papers, role="statement", by=by)
        note("speak", row, before, by=by, detail={"papers": len(papers)})
    return row


def _in_time(row: BreachCase, on: date) -> None:
    if row.statement_on is not None or row.waived:
        raise Conflict(
            "breach.spoken", "已经陈述申辩或者放弃，不能再次在线提交。", mend="需要补充的，请书面交到认定单位。"
        )
    if not rules.may_speak(served=True, hearing_until=row.hearing_until, statement_on=None, waived=False, on=on):
        raise Conflict("breach.late", "在线陈述申辩的期限已过。", mend="仍要陈述申辩的，请尽快书面交到认定单位。")


def find(
    case: BreachCase,
    *,
    reasons: str,
    considered: str = "",
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> BreachCase:
    """A second person finds that there was a breach, with reasons, and with how the statement was considered.

    Reviewers of the department, never who drafted the case. From SERVED; Refused while the subject may still speak and neither has
    spoken nor waived it.
    """
    today = timezone.localdate()
    on = on or today
    with acting(by):
        row = locked(case, version)
        policy.require(by, "commitments.breach.decide", row.department)
        state = moved(row, "find")
        second_person(row, by)
        found = rules.may_find(
            hearing_until=row.hearing_until,
            statement_on=row.statement_on,
            waived=row.waived,
            reasons=reasons,
            considered=considered,
            on=on,
        )
        refuse([*found, *rules.in_order("认定日期", on, after=row.served_on, today=today)])
        before = {"state": row.state, "found_on": None}
        whole = rules.whole_reasons(reasons, considered)
        write(row, state=state, reasons=whole, found_by=by, found_on=on)
        note("find", row, before, by=by, reason=whole)
    return row
