"""Written authorisations: taken in at the window with their paper, ended when they are taken back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from casework.actions.attachments import keep
from casework.rules.attachments import AttachedFile
from credit_platform import vault
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.audit.looks import Particulars
from credit_platform.errors import Conflict, Finding, Refused, at_field, refuse, required
from lookups.models import Authorisation, Purpose
from lookups.queries.targets import target_of
from lookups.rules.questions import authorisation_number
from records.actions.looks import reference
from records.identifiers import idcard
from records.models import Subject

AUTHORISE, FOLDER, RANDOM = "lookups.authorise", "authorisations", 5


def keep_authorisation(
    subject: Subject,
    *,
    purpose: Purpose,
    holder: str,
    valid_from: date,
    ends_on: date,
    paper: Sequence[AttachedFile],
    by: User,
) -> Authorisation:
    """Register a written authorisation of `subject` with its paper. Who: `lookups.authorise` (window, credit office).

    Refused without the paper, without an end, for one that has run out already (征信业管理条例 art. 18, as model).
    """
    today = timezone.localdate()
    refuse(_against(holder, valid_from, ends_on, paper, today))
    with acting(by):
        policy.require(by, AUTHORISE)

        def create(**columns: object) -> Authorisation:
            return Authorisation.objects.create(
                number=authorisation_number(today, os.urandom(RANDOM)),
                subject=subject,
                purpose=purpose,
                holder=holder.strip(),
                valid_from=valid_from,
                ends_on=ends_on,
                **columns,
            )

        row = keep(paper, create, folder=FOLDER, by=by)[0]
        after = {"subject": reference(subject), "purpose": purpose.code, "ends_on": ends_on, "sha256": row.sha256}
        audit.record(AUTHORISE, row, by=by, after=after, unit_id=by.department_id)
    return row


def end_authorisation(authorisation: Authorisation, *, reason: str, by: User) -> Authorisation:
    """Write down that an authorisation was taken back: from today nobody asks with it. Conflict when it had ended."""
    with acting(by):
        policy.require(by, AUTHORISE)
        row = Authorisation.objects.select_for_update().get(pk=authorisation.pk)
        if row.ended_on is not None:
            raise Conflict("lookups.ended", "这份授权书已经登记撤回。")
        refuse(required(reason, "reason", "请写明撤回的原因。", rule="lookups.reason", most=200))
        row.ended_on, row.ended_why = timezone.localdate(), reason.strip()
        row.save(update_fields=["ended_on", "ended_why"])
        audit.record("lookups.end_authorisation", row, by=by, reason=row.ended_why, unit_id=by.department_id)
    return row


def sought(text: str, *, purpose: str, by: User) -> Subject:
    """The one subject with this code or name, or the person with this number; to seek a person is a look, registered first.

    Refused when nobody fits, or several do.
    """
    target = target_of(text)
    found = target.subject
    if target.number:
        ref, results = idcard.mask_id(target.number), int(found is not None)
        told = Particulars(subject_id=found.pk if found else None, number=target.number)
        with acting(by):
            audit.look("lookups.sought", by=by, subject_ref=ref, purpose=purpose, results=results, particulars=told)
    if found is None:
        words = "有多个主体符合，请输入完整名称或者代码。" if target.choices else "没有找到该主体的信用档案。"
        refuse([at_field("lookups.q", "q", words, mend="请核对后重新输入。")])
    assert found is not None  # refused else
    return found


def see_paper(authorisation: Authorisation, *, by: User, purpose: str) -> bytes:
    """The paper in clear, for this answer only; the look is registered first. Refused without a purpose, or when the file was disposed of or is
    gone."""
    if authorisation.disposed_on:
        gone = f"授权书已于{authorisation.disposed_on:%Y年%-m月%-d日}按保存期限销毁，编号、期限和摘要保留。"
        raise Refused("lookups.disposed", gone)
    with acting(by):
        audit.look(
            "lookups.authorisation",
            by=by,
            subject_ref=reference(authorisation.subject),
            purpose=purpose,
            fields=authorisation.name,
            results=1,
            basis=authorisation.number,
            particulars=Particulars(subject_id=authorisation.subject_id),
        )
    return vault.read(authorisation.path)


def _against(holder: str, valid_from: date, ends_on: date, paper: Sequence[AttachedFile], on: date) -> list[Finding]:
    found = list(required(holder, "holder", "请填写被授权人。", rule="lookups.holder", most=100))
    if len(paper) != 1:
        found.append(at_field("lookups.paper", "paper", "请上传一份授权书。", mend="多页的请合成一个 PDF 文件。"))
    if ends_on < valid_from:
        found.append(at_field("lookups.dates", "ends_on", "授权截止日早于起始日。"))
    elif ends_on < on:
        found.append(at_field("lookups.past", "ends_on", "授权书已经过期。", mend="请由授权人重新出具。"))
    return found
