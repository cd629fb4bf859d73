"""The forms of the verbs of an item."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.web.acting import act_on_form
from credit_platform.web.forms import EditForm
from disclosure import actions, forms
from disclosure.models import Disclosure
from disclosure.queries.deadlines import withdrawal_due
from disclosure.queries.item import BY_SLUG, acts_for, worded
from disclosure.rules.states import State
from disclosure.views.item.page import item_of


@dataclass(frozen=True, slots=True)
class Verb:
    """How a verb is asked: its form, its heading and sentence, and the call."""

    form: type[EditForm]
    lead: str
    call: Callable[[Disclosure, User, Mapping[str, Any]], object]
    done: str


def version_seen(data: Mapping[str, Any]) -> int:
    """The version of the item that the person had before him."""
    return int(data["version_seen"])


VERBS = {
    "submit": Verb(
        forms.SubmitForm,
        "提交后由本单位另一名审核员审核。",
        lambda row, by, data: actions.submit(row, by=by, version=version_seen(data)),
        "已提交审核。",
    ),
    "publish": Verb(
        forms.SubmitForm,
        "立即向社会公示。",
        lambda row, by, data: actions.publish(row, by=by, version=version_seen(data)),
        "已公示。",
    ),
    "severity": Verb(
        forms.SeverityForm,
        "据此确定公示期和最早可申请修复的日期。轻于处罚类别的，须另一人确认；法规列明属严重失信的处罚类别不能填写较轻的程度。",
        lambda row, by, data: actions.state_severity(
            row, by=by, severity=data["severity"], basis=data["basis"], version=version_seen(data)
        ),
        "已填写失信严重程度。",
    ),
    "performance": Verb(
        forms.PerformanceForm,
        "信用修复须先完全履行义务、纠正违法行为；公示期届满自动停止，主管部门另有规定的除外。",
        lambda row, by, data: actions.state_performance(
            row, by=by, performed_on=data["performed_on"], proof=data["proof"], version=version_seen(data)
        ),
        "已登记履行情况。",
    ),
    "return": Verb(
        forms.ReasonForm,
        "退回后由录入人修改并重新提交，公示时限不停止计算。",
        lambda row, by, data: actions.return_(row, by=by, reason=data["reason"], version=version_seen(data)),
        "已退回。",
    ),
    "correct": Verb(
        forms.CorrectForm,
        "确认后按记录的现有内容公示。更正不重新计算7个工作日和公示期。",
        lambda row, by, data: actions.correct(
            row,
            by=by,
            reason=data["reason"],
            confirm_masked=data["confirm_masked"],
            confirm_doubts=data["confirm_doubts"],
            version=version_seen(data),
        ),
        "已更正公示内容。",
    ),
    "exempt": Verb(
        forms.ReasonForm,
        "写明不予公开的法定理由。经另一名审核员或市信用办确认后不公示；确认前按待审核办理，公示时限继续计算。",
        lambda row, by, data: actions.exempt(row, by=by, reason=data["reason"], version=version_seen(data)),
        "已提出，待另一人确认。",
    ),
    "confirm": Verb(
        forms.ConfirmForm,
        "请与决定书核对后确认。不能确认本人提出的认定，也不能确认本人起草、提交或修改的事项。",
        lambda row, by, data: actions.confirm(row, by=by, text=data["reason"], version=version_seen(data)),
        "已确认。",
    ),
    "deny": Verb(
        forms.ReasonForm,
        "事项退回录入人，按处罚类别重新认定后提交；公示时限不停止计算。",
        lambda row, by, data: actions.deny(row, by=by, reason=data["reason"], version=version_seen(data)),
        "已退回，不予确认。",
    ),
    "reopen": Verb(
        forms.ReasonForm,
        "恢复为待提交，公示时限按决定日期计算，不重新起算。",
        lambda row, by, data: actions.reopen(row, by=by, reason=data["reason"], version=version_seen(data)),
        "已恢复办理。",
    ),
    "suspend": Verb(
        forms.SuspendForm,
        "暂不向社会显示，公示期继续计算。",
        lambda row, by, data: actions.suspend(
            row, by=by, reason=data["reason"], public_note=data["public_note"], version=version_seen(data)
        ),
        "已中止公示。",
    ),
    "resume": Verb(
        forms.ReasonForm,
        "恢复向社会显示，中止的天数不补。",
        lambda row, by, data: actions.resume(row, by=by, reason=data["reason"], version=version_seen(data)),
        "已恢复公示。",
    ),
    "withdraw": Verb(
        forms.WithdrawForm,
        "行政决定被依法变更、撤销、确认违法或者确认无效的，应在3个工作日内撤回信息并公开说明理由（《行政处罚法》第四十八条）。撤回后不能恢复。",
        lambda row, by, data: actions.withdraw(
            row,
            by=by,
            reason=data["reason"],
            public_note=data["public_note"],
            annulled_on=data["annulled_on"],
            basis=data["basis"],
            version=version_seen(data),
        ),
        "已撤回公示。",
    ),
}

REVOKED = {
    "confirm": (
        "请与撤销、变更决定的文书核对。确认后记录撤销，公示撤回并对外说明，不能恢复；登记撤销的人不能复核。",
        "已确认，记录已撤销，公示已撤回。",
    ),
    "deny": (
        "原决定仍然有效的，不予确认：记录保留，事项恢复公示至原截止日；登记撤销的人不能复核。",
        "未予确认，记录保留。",
    ),
}
"""The lead and the word at the end where the decision itself is said to be revoked."""


@require_http_methods(["GET", "POST"])
@login_required
def act(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The form of one verb, and the verb."""
    verb, known = VERBS.get(slug), BY_SLUG.get(slug)
    if verb is None or known is None:
        raise Http404
    row = item_of(request, pk)
    user = staff_of(request)
    policy.require(user, known.permission, row.source_department)
    here = reverse("disclosure:item", args=[row.pk])

    def run(data: dict[str, Any]) -> str:
        verb.call(row, user, data)
        return here

    form = verb.form(request.POST or None, edited=row)
    said = row.lowerings.waiting().first() if slug in REVOKED else None
    lead, done = REVOKED[slug] if said is not None and said.is_revocation else (verb.lead, verb.done)
    context = {
        "row": row,
        "act": worded(known, State(row.state)),
        "fits": slug in {each.slug for each in acts_for(row, user)},
        "lead": lead,
        "back_url": here,
        "said": said,
        "limit": withdrawal_due(timezone.localdate()) if slug == "withdraw" else None,
    }
    return act_on_form(request, "disclosure/desk/act.html", context, form, action=run, message=done)
