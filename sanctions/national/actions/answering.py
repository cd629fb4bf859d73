"""上报 and 回执: answers leave in a numbered file, and what the national system says to each closes the event or brings it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from casework.actions import step
from casework.models import Case
from casework.queries.clocks import days_of
from credit_platform import pg, vault
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Refused, at_field, refuse
from sanctions.national import rules
from sanctions.national.actions.receiving import FOLDER, MOST_BYTES
from sanctions.national.formats import Answer, ReceiptRead, format_of
from sanctions.national.models import (
    NationalEvent,
    NationalFeedback,
    NationalFeedbackLine,
    NationalReceipt,
)
from sanctions.national.rules import EVENT, E, Stage

MOST = 5000
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('sanctions.national.feedback'))"
NUMBER = "国联反〔{year}〕{n:04d}号"


def dispatch(*, by: User, format_code: str = "HRB-NE-1", on: date | None = None) -> NationalFeedback:
    """Write all answers that wait into one numbered file; they are sent with it. Credit office.

    Refused when none waits. At most 5,000 at once; two who press at the same moment do not send an answer twice.
    """
    on = on or timezone.localdate()
    form = format_of(format_code)
    with acting(by):
        policy.require(by, rules.RUN)
        pg.query(ONE_AT_A_TIME)
        waiting = Case.objects.of(EVENT).filter(state=E.ANSWERED).select_related("nationalevent", "department")
        cases = list(waiting.order_by("pk")[:MOST])
        if not cases:
            raise Refused("feedback.none", "没有等待上报的核查结果。")
        number = _next_number(on)
        data = form.feedback(number, on, [_answer(case) for case in cases])
        stored = vault.store([data], folder=FOLDER)
        try:
            with transaction.atomic():
                return _sent(stored, number, form.code, cases, by=by, on=on)
        except BaseException:
            vault.remove(stored.path)
            raise


def _next_number(on: date) -> str:
    """The next number of the year, without gaps: whoever writes a file holds the lock until it is kept."""
    made = NationalFeedback.objects.filter(number__startswith=NUMBER.format(year=on.year, n=0).split("〕")[0]).count()
    return NUMBER.format(year=on.year, n=made + 1)


def _answer(case: Case) -> Answer:
    event: NationalEvent = case.nationalevent
    return Answer(
        number=event.number,
        result=event.result,
        statement=event.statement,
        department=case.department.name,
        verified_on=event.verified_on or case.moved_on,
        settled_on=event.settled_on,
    )


def _sent(
    stored: vault.Stored, number: str, form: str, cases: Sequence[Case], *, by: User, on: date
) -> NationalFeedback:
    feedback = NationalFeedback.objects.create(
        number=number, format=form, path=stored.path, size=stored.size, sha256=stored.sha256, made_by=by
    )
    for case in cases:
        with step(EVENT, case, "dispatch", by=by, on=max(on, case.moved_on)) as at:
            at.detail["feedback"] = number
    NationalFeedbackLine.objects.bulk_create(
        NationalFeedbackLine(feedback=feedback, event=case.nationalevent, result=case.nationalevent.result)
        for case in cases
    )
    audit.record(
        "sanctions.national.feedback", feedback, by=by, detail={"answers": len(cases), "sha256": stored.sha256}
    )
    return feedback


def file_of(feedback: NationalFeedback, *, by: User) -> bytes:
    """The file as it was made. Credit office; that it was taken out is registered."""
    with acting(by):
        policy.require(by, rules.RUN)
        audit.record("sanctions.national.download", feedback, by=by, detail={"sha256": feedback.sha256})
    return vault.read(feedback.path)


def take_receipt(data: bytes, *, format_code: str, by: User, on: date | None = None) -> NationalReceipt:
    """The receipt of a file of answers: what was accepted is closed, what was refused goes back to its department with the reason.

    Credit office. Refused with all findings when it names a file or an event that was not sent with it; Conflict for one that was taken
    already. A receipt may say something of a part only.
    """
    on = on or timezone.localdate()
    if len(data) > MOST_BYTES:
        raise Refused("delivery.size", f"文件超过{MOST_BYTES // 1048576}兆字节。")
    read = format_of(format_code).receipt(data)
    with acting(by):
        policy.require(by, rules.RUN)
        feedback = NationalFeedback.objects.select_for_update().filter(number=read.feedback).first()
        if feedback is None:
            raise Refused("receipt.feedback", f"没有编号为“{read.feedback[:64]}”的上报文件。")
        open_lines = feedback.lines.filter(accepted__isnull=True).select_related("event__case")
        lines = {line.event.number: line for line in open_lines}
        refuse(_against(read, feedback, lines))
        stored = vault.store([data], folder=FOLDER)
        try:
            with transaction.atomic():
                return _taken(stored, feedback, read, lines, by=by, on=on)
        except BaseException:
            vault.remove(stored.path)
            raise


def _against(read: ReceiptRead, feedback: NationalFeedback, lines: dict[str, NationalFeedbackLine]) -> list[Finding]:
    numbers = [each.number for each in read.verdicts]
    done = set(feedback.lines.filter(accepted__isnull=False).values_list("event__number", flat=True))
    if numbers and done.issuperset(numbers):
        raise Conflict("receipt.taken", "这份回执的内容都已经登记。")
    strange = [number for number in dict.fromkeys(numbers) if number not in lines]
    twice = [number for number in dict.fromkeys(numbers) if numbers.count(number) > 1]
    found = [] if numbers else [at_field("receipt.none", "file", "回执中没有结果。")]
    found += [
        at_field("receipt.event", "file", f"事件“{each}”不在这份上报文件中，或者已有回执。") for each in strange[:50]
    ]
    return found + [at_field("receipt.event", "file", f"事件“{each}”出现了多次。") for each in twice[:50]]


def _taken(
    stored: vault.Stored,
    feedback: NationalFeedback,
    read: ReceiptRead,
    lines: dict[str, NationalFeedbackLine],
    *,
    by: User,
    on: date,
) -> NationalReceipt:
    receipt = NationalReceipt.objects.create(
        feedback=feedback, path=stored.path, sha256=stored.sha256, received_by=by.actor_name[:100]
    )
    for verdict in read.verdicts:
        line = lines[verdict.number]
        line.receipt, line.accepted, line.reason = receipt, verdict.accepted, verdict.reason
        _close(line, by=by, on=on)
    NationalFeedbackLine.objects.bulk_update(
        [lines[each.number] for each in read.verdicts], ["receipt", "accepted", "reason"]
    )
    counts = {
        "accepted": sum(each.accepted for each in read.verdicts),
        "refused": sum(not each.accepted for each in read.verdicts),
    }
    audit.record("sanctions.national.receipt", receipt, by=by, detail=counts | {"feedback": feedback.number})
    return receipt


def _close(line: NationalFeedbackLine, *, by: User, on: date) -> None:
    case = line.event.case
    with step(EVENT, case, "acknowledge" if line.accepted else "reject", by=by, on=max(on, case.moved_on)) as at:
        if line.accepted:
            at.case.closed_why = "国家系统已接受核查结果"
            return
        at.own.returned_why = at.reason = line.reason
        at.due(days_of(EVENT, Stage.VERIFYING, on=at.on, otherwise=rules.DAYS[Stage.VERIFYING]))
