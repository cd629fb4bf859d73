"""The verbs of who handles an alert, and how an alert ends by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casework.actions import At, hearing, open_case, step
from casework.actions.hearing import scanned
from casework.models import Case
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import User
from credit_platform.errors import Conflict, Refused, at_field, required
from records.models import CreditRecord
from sanctions.corrections.actions import open_correction
from sanctions.lists.models import ListEntry
from sanctions.lists.rules import Nature
from supervision.alerts.actions.ruling import pause
from supervision.alerts.models import AlertCase, AlertRule
from supervision.alerts.rules import alerts as rules
from supervision.alerts.rules.alerts import ALERT, VERIFICATION, Measure, Verdict
from supervision.alerts.rules.ruling import RuleState
from supervision.inspections.items.models import Item
from supervision.inspections.plans.rules.caps import Exempt
from supervision.inspections.visits.actions import open_outside


def acknowledge(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Somebody has taken an alert up; from here its days to handle it run. Clerks and reviewers of the receiver, from OPEN."""
    with step(ALERT, case, "acknowledge", by=by, on=on, version=version) as at:
        at.due(at.own.rule.handle_days)
    return at.case


def handle(case: Case, *, plan: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """How it will be looked into; the deadline stays that of the acknowledgement. Clerks and reviewers, from ACKNOWLEDGED."""
    with step(ALERT, case, "handle", by=by, on=on, version=version) as at:
        at.refuse(required(plan, "plan", "请写明打算怎样核实。", rule="alert.plan", most=500))
        at.own.plan = plan.strip()
        at.due(at.case.due_days or at.own.rule.handle_days, start=at.case.due_from)
    return at.case


def interview(
    case: Case,
    *,
    record: CreditRecord,
    facts: str,
    demands: str,
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Begin an order to correct on one of the alert's records that the own department brought; what is not corrected leads to a talk.

    Clerks and reviewers, from HANDLING. Refused for a record that the alert does not stand on, and for all that `sanctions.corrections` refuses.
    """
    with step(ALERT, case, "interview", by=by, on=on, version=version) as at:
        if not at.own.facts.filter(record=record, gone_on__isnull=True).exists():
            at.refuse([at_field("alert.record", "record", "请从预警的依据信息中选择。")])
        at.own.correction = open_correction(record, facts=facts, demands=demands, by=by, on=at.on)
        at.detail["correction"] = at.own.correction.number
    return at.case


def inspect(
    case: Case,
    *,
    items: Sequence[Item],
    ground: str,
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Begin an inspection outside the draw, as one that remote supervision gave cause for (国办发〔2024〕54号). Clerks and reviewers, from HANDLING.

    Refused for all that `inspections.visits` refuses; Conflict while one that began here has not ended.
    """
    with step(ALERT, case, "inspect", by=by, on=on, version=version) as at:
        begun = at.own.inspection
        if begun is not None and begun.closed_on is None:
            raise Conflict("alert.inspection", f"检查{begun.number}还没有办结。", mend="请在“检查”中继续办理。")
        at.own.inspection = open_outside(
            at.own.subject,
            department=at.case.department,
            exempt=Exempt.REMOTE,
            ground=ground,
            items=items,
            by=by,
            on=at.on,
        )
        at.detail["inspection"] = at.own.inspection.number
    return at.case


def close(
    case: Case,
    *,
    verdict: Verdict | str,
    reason: str,
    measure: Measure | str = "",
    document: str = "",
    wrong: CreditRecord | None = None,
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """What came of an alert. Clerks and reviewers, from ACKNOWLEDGED and HANDLING.

    信息有误 asks the provider of the record `wrong` to verify it, in the same transaction; 误报 may silence the rule (`is_mostly_wrong`). Refused
    for a verdict without what it needs (`rules.against_close`), for a record that the alert does not stand on, and for 重点关注 without the entry
    of that document on a list.
    """
    with step(ALERT, case, "close", by=by, on=on, version=version) as at:
        own = at.own
        found = list(
            rules.against_close(
                Verdict(verdict),
                measure,
                document=document,
                begun=_begun(own),
                wrong=wrong is not None,
                remarks=reason,
            )
        )
        if measure == Measure.WATCH and not _is_watched(own, document):
            words = "该主体没有以该文书号列入重点关注名单。"
            found.append(at_field("alert.watch", "document", words, mend="请先办理名单认定，再填写列入决定文书号。"))
        if wrong is not None and not own.facts.filter(record=wrong).exists():
            found.append(at_field("alert.wrong", "wrong", "请从预警的依据信息中选择。"))
        at.refuse([*found, *scanned(reason=reason, document=document)])
        own.verdict, own.measure, own.document = Verdict(verdict).value, str(measure), document.strip()
        own.wrong = wrong
        at.case.closed_why = at.reason = reason.strip()
        if wrong is not None:
            _ask(at, wrong, reason, by=by)
    if verdict == Verdict.FALSE:
        quiet_when_mostly_wrong(own.rule)
    return at.case


def clear(own: AlertCase, *, on: date, by: Actor = SYSTEM) -> Case:
    """What the alert warned of is gone by itself. The clock, from OPEN and ACKNOWLEDGED; while somebody handles it, they decide."""
    with step(ALERT, own.case, "clear", by=by, on=on) as at:
        at.own.facts.filter(gone_on__isnull=True).update(gone_on=on, gone_why="已不在观察期内，或者情形已消失。")
        at.own.level = 0
        at.case.closed_why = "预警的情形已消失。"
    return at.case


def reopen(own: AlertCase, *, level: int, on: date, by: Actor = SYSTEM) -> Case:
    """It is there again: the same alert goes on, with its days to acknowledge. The clock, from CLEARED."""
    with step(ALERT, own.case, "reopen", by=by, on=on) as at:
        at.own.level, at.own.reopened, at.case.closed_why = level, at.own.reopened + 1, ""
        at.due(at.own.rule.ack_days)
    return at.case


def lapse(own: AlertCase, *, why: str, by: Actor = SYSTEM) -> Case:
    """The facts that it stood on count no more: the alert ends with the reason. The platform, from every open state."""
    with step(ALERT, own.case, "lapse", by=by) as at:
        at.own.verdict, at.own.level = Verdict.LAPSED.value, 0
        at.case.closed_why = at.reason = why[:500]
    return at.case


def quiet_when_mostly_wrong(rule: AlertRule) -> bool:
    """Silence a rule whose judged alerts were mostly 误报; whether it was."""
    current = AlertRule.objects.get(pk=rule.pk)
    verdicts = list(current.alerts.judged().values_list("verdict", flat=True))
    wrong = rules.is_mostly_wrong(verdicts, share=current.false_share, least=current.false_least)
    if not wrong or current.state != RuleState.ACTIVE:
        return False
    false = verdicts.count(Verdict.FALSE)
    pause(current, why=f"已办结{len(verdicts)}件，其中误报{false}件，超过{current.false_share}%，自动停用。")
    return True


def _begun(own: AlertCase) -> set[Measure]:
    links = {Measure.INTERVIEW: own.correction_id, Measure.INSPECT: own.inspection_id}
    return {measure for measure, link in links.items() if link is not None}


def _is_watched(own: AlertCase, document: str) -> bool:
    """Whether the subject was put on a list of those to be watched by that decision."""
    entries = ListEntry.objects.of(own.subject).of_nature(Nature.WATCH)
    return entries.filter(document_number=document.strip()).exists()


def _ask(at: At, record: CreditRecord, reason: str, *, by: User) -> None:
    """The provider verifies the record; one that somebody has asked about already is not asked twice."""
    row = CreditRecord.objects.select_related("source_department", "subject").get(pk=record.pk)
    if row.verifications.filter(is_open=True).exists():
        return
    own = {"checked": row, "alert": at.own, "asked_version": row.version, "question": reason.strip()}
    open_case(
        VERIFICATION, subject=row.subject, department=row.source_department, by=by, on=at.on, days=rules.VERIFY_DAYS, own=own
    )  # fmt: skip


def correct(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The provider has corrected or revoked the record. Clerks and reviewers of the provider, from ASKED. Refused while it is as it was."""
    with step(VERIFICATION, case, "correct", by=by, on=on, version=version) as at:
        if at.own.checked.version == at.own.asked_version:
            raise Refused("verification.same", "该信息还没有更正。", mend="请先在信用记录中更正或者撤销，再登记。")
        hearing.close(at, reason=reason, words="请写明更正了什么。")
    return at.case


def uphold(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The record is right as it is, with reasons. Clerks and reviewers of the provider, from ASKED."""
    with step(VERIFICATION, case, "uphold", by=by, on=on, version=version) as at:
        hearing.close(at, reason=reason, words="请写明核对情况。")
    return at.case
