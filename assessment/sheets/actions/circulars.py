"""A circular is written by one and signed by another; its figures are frozen with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import partial

from django.utils import timezone

from assessment.sheets.models import CircularCase, Month
from assessment.sheets.papers import circular_paper
from assessment.sheets.queries.scores import as_told
from assessment.sheets.rules import procedures as rules
from assessment.sheets.rules.procedures import ADJUSTMENT, ARTICLE, CIRCULAR, CONTEST_PROCEDURE, CircularState
from casework.actions import attach, open_case, step, verbs
from casework.actions.hearing import scanned
from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform import vault
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Level, Refused, refuse, required
from credit_platform.web.formats import cn_date
from reports.papers.seal import seal

ROLE = "circular"
"""Under which use the signed file lies with the case."""


def write(
    month: Month, *, title: str, text: str, corrects: CircularCase | None = None, by: User, on: date | None = None
) -> Case:
    """Write the circular of a month, or one that corrects an issued one. The credit office. Refused without title and text; Conflict where the month
    has one that this does not correct, or one is being written."""
    with acting(by):
        policy.require(by, rules.WRITE)
        if by.department is None:
            raise Refused("circular.department", "您的账号没有所属单位，不能拟写通报。")
        month = Month.objects.select_for_update().get(pk=month.pk)
        there = month.circulars.exclude(case__state=CircularState.CANCELLED.value)
        if there.filter(case__state=CircularState.DRAFTED.value).exists() or (corrects is None and there.exists()):
            raise Conflict("circular.there", "该月已有通报。", mend="有错误的，请从已印发的通报拟写更正通报。")
        refuse(_against(title, text))
        own = {"month": month, "title": title.strip(), "text": text.strip(), "corrects": corrects}
        return open_case(
            CIRCULAR, subject=None, department=by.department, by=by, on=on or timezone.localdate(), own=own
        )


def revise(case: Case, *, title: str, text: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Change the words; who changes them becomes the drafter. The credit office, from DRAFTED."""
    with step(CIRCULAR, case, "revise", by=by, on=on, version=version) as at:
        at.refuse(_against(title, text))
        at.case.drafted_by, at.own.title, at.own.text = by, title.strip(), text.strip()
    return at.case


def issue(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Sign the circular: the figures as they stand are kept with it, and the file is made. The credit office, never who wrote it. From DRAFTED.

    Refused before the window to contest is over, and while a contest or an adjustment of the month waits (组织实施第4项: 适时通报).
    """
    with step(CIRCULAR, case, "issue", by=by, on=on, version=version) as at:
        month = Month.objects.select_for_update().get(pk=at.own.month_id)
        at.refuse(_against_issuing(month, at.on))
        at.own.figures, at.own.issued_at = as_told(month), timezone.now()
        file = circular_paper(
            number=at.case.number,
            title=at.own.title,
            text=at.own.text,
            figures=at.own.figures,
            issuer=at.case.department.name,
            at=at.own.issued_at,
        )
        at.own.digest, at.own.certificate = hashlib.sha256(file).hexdigest(), seal().pem
        attach(at.case, [AttachedFile(f"{at.case.number}.pdf", file)], role=ROLE, by=by)
        at.case.decided_by, at.case.decided_on = by, at.on
        at.detail["digest"] = at.own.digest
    return at.case


def signed_file(row: CircularCase) -> bytes:
    """The file of an issued circular as it was signed; whoever reads circulars may have it. Refused when it is gone or was altered."""
    return vault.read(row.case.attachments.get(role=ROLE).path)


cancel = partial(verbs.close, CIRCULAR, "cancel", "请写明取消的原因。")
"""A circular that is not issued. The credit office, from DRAFTED."""


def _against(title: str, text: str) -> list[Finding]:
    return [
        *required(title, "title", "请填写标题。", rule="circular.title", most=100),
        *required(text, "text", "请填写正文。", rule="circular.text", most=5000),
        *scanned(title=title, text=text),
    ]


def _against_issuing(month: Month, on: date) -> Iterable[Finding]:
    if on <= month.contest_until:
        words = f"各单位可以申诉至{cn_date(month.contest_until)}，届满后才能印发。"
        yield Finding("circular.window", Level.ERROR, words, article=ARTICLE)
    waiting = Case.objects.of(CONTEST_PROCEDURE).open().filter(contestcase__number__sheet__month=month)
    if waiting.exists():
        yield Finding("circular.contests", Level.ERROR, "该月还有申诉没有答复。", mend="请先答复申诉。")
    if Case.objects.of(ADJUSTMENT).open().filter(adjustmentcase__month=month).exists():
        yield Finding("circular.adjustments", Level.ERROR, "该月还有加减分没有确认。", mend="请先确认或者不予确认。")
