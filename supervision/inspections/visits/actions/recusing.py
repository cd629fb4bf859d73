"""The firm asks that an inspector stay away; it is decided before the visit, and granted, somebody else steps in."""

from __future__ import annotations

from datetime import date

from casework.actions import At, step
from casework.actions.notices import tell_subject
from casework.models import Case
from companies.models import CompanyAccount
from credit_platform.accounts.models import User
from credit_platform.errors import Conflict, Forbidden, at_field, required
from supervision.inspections.libraries.models import Inspector, Recusal
from supervision.inspections.libraries.rules import Ground, Source
from supervision.inspections.visits.actions.drawn import replace
from supervision.inspections.visits.models import RecusalRequest
from supervision.inspections.visits.queries.teams import offered
from supervision.inspections.visits.rules.procedure import ARTICLE, VISIT, Ruling


def recuse(case: Case, *, inspector: Inspector, ground: str, account: str, by: CompanyAccount) -> Case:
    """The company asks that an inspector stay away, with the ground. The company itself, from NOTIFIED, before the visit begins.

    Refused for somebody who does not come, and without words; Conflict when it asked before.
    """
    with step(VISIT, case, "recuse", by=by) as at:
        found = list(required(account, "account", "请写明理由。", rule="visit.recusal-account", most=500))
        if inspector not in offered(at.own):
            found.append(at_field("visit.inspector", "inspector", "请选择本次检查的人员。"))
        if ground not in set(Ground):
            found.append(at_field("visit.ground", "ground", "请选择回避事由。"))
        at.refuse(found)
        if at.own.recusal_requests.filter(inspector=inspector).exists():
            raise Conflict("visit.recusal-asked", "已经对该检查人员提出过申请。")
        RecusalRequest.objects.create(
            visit=at.own, inspector=inspector, ground=ground, account=account.strip(), asked_by=by, asked_on=at.on
        )
    return at.case


def rule(
    case: Case,
    *,
    request: RecusalRequest,
    ruling: Ruling | str,
    reasons: str,
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """Decide a request, with reasons: granted, the inspector stays away from the subject and the next in rank steps in; refused, the visit goes on.

    Reviewers of the authority, never who opened the case, nor the inspector whom it is about. From NOTIFIED.
    """
    with step(VISIT, case, "rule", by=by, on=on, version=version) as at:
        found = list(required(reasons, "reasons", "请写明理由。", rule="visit.ruling", most=500))
        if ruling not in (Ruling.GRANTED, Ruling.REFUSED):
            found.append(at_field("visit.ruling", "ruling", "请选择准许或者不准许。"))
        at.refuse(found)
        row = RecusalRequest.objects.select_for_update().get(pk=request.pk, visit=at.own)
        if row.ruling != Ruling.OPEN:
            raise Conflict("visit.ruled", "该申请已经决定。")
        if row.inspector.account_id == by.pk:
            raise Forbidden("visit.oneself", "不能决定对本人的回避申请。", mend="请由本单位另一名审核员决定。")
        row.ruling, row.reasons, row.ruled_by, row.ruled_on = str(ruling), reasons.strip(), by, at.on
        if ruling == Ruling.GRANTED:
            row.recusal = _stay_away(at, row)
            replace(at, row.inspector, reason=f"准许回避：{reasons.strip()}"[:300])
        row.save()
        at.reason, at.basis = row.reasons, ARTICLE
        tell_subject(at.case, kind="ruling", text=f"回避申请{row.get_ruling_display()}。{row.reasons}", on=at.on)
    return at.case


def _stay_away(at: At, row: RecusalRequest) -> Recusal:
    given = {"ground": row.ground, "source": Source.FIRM.value, "note": at.case.number, "valid_from": at.on}
    made, _ = Recusal.objects.get_or_create(
        inspector=row.inspector, subject=at.own.subject, valid_until=None, defaults=given
    )
    return made
