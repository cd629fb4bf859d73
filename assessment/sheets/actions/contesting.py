"""A department contests a number; somebody of the credit office answers, and what was right makes another version of the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from assessment.sheets.models import ContestCase, Number, Sheet
from assessment.sheets.rules import procedures as rules
from assessment.sheets.rules.procedures import ARTICLE, CONTEST_PROCEDURE
from casework.actions import At, open_case, step
from casework.actions.hearing import close as end_case
from casework.actions.hearing import scanned
from casework.models import Case
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Refused, at_field, refuse
from credit_platform.web.formats import cn_date


def lodge(number: Number, *, refs: Sequence[str], text: str, by: User, on: date | None = None) -> Case:
    """Say that rows which a number counts as missed were not. Clerks and reviewers of the department that is assessed, through the last day of
    the window. Refused after it, without rows, for rows that are none of the missed ones and without reasons; Conflict while another contest of
    the number is open, and when the sheet has another version meanwhile."""
    on = on or timezone.localdate()
    with acting(by):
        number = Number.objects.select_related("sheet__month", "sheet__department").get(pk=number.pk)
        sheet = Sheet.objects.select_for_update(of=("self",)).get(pk=number.sheet_id)
        policy.require(by, rules.CONTEST, number.sheet.department)
        month = number.sheet.month
        if on > month.contest_until:
            words = f"申诉期限已于{cn_date(month.contest_until)}届满。"
            raise Refused(
                "contest.late", words, mend="确有错误的，请书面告知市信用办，由更正通报处理。", article=ARTICLE
            )
        if month.is_issued:
            raise Conflict("contest.issued", "该月的通报已经印发。", mend="确有错误的，请书面告知市信用办。")
        if not Sheet.objects.current().filter(pk=sheet.pk).exists():
            raise Conflict("contest.version", "考核表已经重算。", mend="请打开最新的考核表。")
        if number.contests.filter(is_open=True).exists():
            raise Conflict("contest.open", "这个数字有一件申诉正在办理。", mend="请等待答复，或者撤回后重新提出。")
        refuse([*rules.against_contest(refs, number.missed, text), *scanned(text=text)])
        own = {"number": number, "refs": sorted(set(refs)), "text": text.strip()}
        department = number.sheet.department
        return open_case(
            CONTEST_PROCEDURE, subject=None, department=department, by=by, on=on, days=rules.ANSWER_DAYS, own=own
        )


def correct(
    case: Case,
    *,
    upheld: Sequence[str],
    reason: str,
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Some of the rows were met: the sheet gets its next version, the former stays. The credit office, never who contested. From LODGED.

    Refused when no row is named, or one that was not contested.
    """
    with step(CONTEST_PROCEDURE, case, "correct", by=by, on=on, version=version) as at:
        right = sorted(set(upheld))
        strange = set(right) - set(at.own.refs)
        if not right or strange:
            words = "请勾选成立的事项；都不成立的，请选择维持原数字。"
            at.refuse([at_field("contest.upheld", "upheld", words)])
        _answered(at, reason, by, words="请写明更正的理由。")
        at.own.upheld = right
        sheet = _next_version(at.own, right)
        at.detail |= {"sheet": sheet.pk, "upheld": right}
    return at.case


def reject(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The number stays as it is, with reasons. Who: as `correct`. From LODGED."""
    with step(CONTEST_PROCEDURE, case, "reject", by=by, on=on, version=version) as at:
        _answered(at, reason, by, words="请写明维持原数字的理由。")
    return at.case


def withdraw(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The department takes its contest back. From LODGED."""
    with step(CONTEST_PROCEDURE, case, "withdraw", by=by, on=on, version=version) as at:
        end_case(at, reason=reason, words="请写明撤回的原因。")
        at.own.is_open = False
    return at.case


def _answered(at: At, reason: str, by: User, *, words: str) -> None:
    end_case(at, reason=reason, words=words)
    at.refuse(scanned(reason=reason))
    at.case.decided_by, at.case.decided_on, at.own.is_open = by, at.on, False


def _next_version(contest: ContestCase, upheld: Sequence[str]) -> Sheet:
    """The sheet with these rows among the met ones; other numbers are taken over as they were."""
    former = Sheet.objects.select_for_update(of=("self",)).get(pk=contest.number.sheet_id)
    newest = Sheet.objects.filter(month=former.month_id, department=former.department_id).latest("version")
    sheet = Sheet.objects.create(
        month_id=former.month_id, department_id=former.department_id, version=newest.version + 1, contest=contest
    )
    right = set(upheld)
    numbers = []
    for each in newest.numbers.order_by("pk"):
        moved = right & set(each.missed) if each.indicator == contest.number.indicator else set()
        rows = {
            "met": sorted({*each.met, *moved}),
            "missed": sorted(set(each.missed) - moved),
            "late": each.late,
        }
        numbers.append(Number(sheet=sheet, indicator=each.indicator, points=each.points, **rows))
    Number.objects.bulk_create(numbers)
    return sheet
