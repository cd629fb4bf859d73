"""The page of one disclosure, its review, and the forms of its verbs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.errors import Level
from credit_platform.web.acting import act_on_form
from credit_platform.web.forms import EditForm
from disclosure import actions, forms
from disclosure.models import Disclosure
from disclosure.queries.deadlines import explain_deadline, withdrawal_due
from disclosure.queries.evaluation import Evaluation, evaluate_disclosure
from disclosure.queries.item import BY_SLUG, acts_for, history, worded
from disclosure.queries.public import Line, lines
from disclosure.rules.publication import doubts
from disclosure.rules.states import State
from disclosure.views.lists import staff_of


def item_of(request: HttpRequest, pk: int) -> Disclosure:
    """A disclosure that the person may handle, with what its page shows; 404 for any other."""
    user = staff_of(request)
    policy.require(user, "disclosure.view")
    rows = Disclosure.objects.visible_to(user).select_related(
        "record__subject",
        "record__item",
        "source_department",
        "authority",
        "submitted_by",
        "reviewed_by",
        "drafted_by",
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
@login_required
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one item: the record beside what the public sees, the deadline, the period, the acts."""
    return render(request, "disclosure/desk/item.html", page_of(item_of(request, pk), staff_of(request)))


def page_of(row: Disclosure, user: User) -> dict[str, Any]:
    """The context that the page and the review share."""
    evaluation = evaluate_disclosure(row, on=timezone.localdate())
    live = row.state in (State.PUBLISHED, State.SUSPENDED)
    shown = lines(evaluation.standard, row.shown if live else evaluation.shown)
    own = policy.allows(user, "disclosure.submit", row.source_department) or policy.allows(
        user, "disclosure.review", row.source_department
    )
    return {
        "row": row,
        "on": timezone.localdate(),
        "acts": acts_for(row, user),
        "preview": shown,
        "changes": changes(shown, lines(evaluation.standard, evaluation.shown)) if row.needs_correction else [],
        "own": own,
        "sides": side_by_side(lines(evaluation.standard, row.record.content), shown) if own else [],
        "findings": findings(row, evaluation),
        "warnings": row.record.warnings if own else [],
        "doubts": doubts(row.record.warnings) if own and row.is_open else (),
        "exempt": evaluation.exempt if row.is_open else "",
        "deadline": None if row.on_entry else explain_deadline(row),
        "period": row.ends_explained.get("lines") or list(evaluation.period.explained),
        "ends_on": row.ends_on if row.published_on else evaluation.period.ends_on,
        "events": history(row),
    }


@dataclass(frozen=True, slots=True)
class Side:
    """One field: what the record says, what the public sees, and how the two stand to each other."""

    label: str
    record: str
    public: str
    word: str
    tone: str


def side_by_side(record: list[Line], public: list[Line]) -> list[Side]:
    """The record's fields beside the public ones, in the order of the standard."""
    seen = {line.code: line.value for line in public}
    return [_side(line, seen.get(line.code)) for line in record]


def _side(line: Line, public: str | None) -> Side:
    if public is None:
        return Side(line.label, line.value, "", "不公示", "neutral")
    if public != line.value:
        return Side(line.label, line.value, public, "有遮盖或不同", "warn")
    return Side(line.label, line.value, public, "", "")


def changes(now: list[Line], following: list[Line]) -> list[tuple[str, str, str]]:
    """Label, what the public sees now, what it will see after the correction: only the fields that differ."""
    before = {line.code: line.value for line in now}
    after = {line.code: line.value for line in following}
    labels = {line.code: line.label for line in (*now, *following)}
    return [
        (label, before.get(code, ""), after.get(code, ""))
        for code, label in labels.items()
        if before.get(code, "") != after.get(code, "")
    ]


def findings(row: Disclosure, evaluation: Evaluation) -> list[dict[str, str]]:
    """What stands against publication, with the label of the field instead of its code."""
    labels = {field.code: field.label for field in evaluation.standard.fields}
    return [
        {
            "where": labels.get(finding.field, ""),
            "text": finding.text,
            "mend": finding.mend,
            "value": finding.value,
            "tone": "serious" if finding.level is Level.ERROR else "warn",
            "tone_word": "须处理" if finding.level is Level.ERROR else "请核对",
        }
        for finding in (*evaluation.period.findings, *evaluation.scanned)
    ]


@dataclass(frozen=True, slots=True)
class Verb:
    """How a verb is asked: its form, its heading and sentence, and the call."""

    form: type[EditForm]
    lead: str
    call: Callable[[Disclosure, User, Mapping[str, Any]], object]
    done: str


def _version(data: Mapping[str, Any]) -> int:
    return int(data["version_seen"])


VERBS = {
    "submit": Verb(
        forms.SubmitForm,
        "提交后由本单位另一名审核员审核。",
        lambda row, by, data: actions.submit(row, by=by, version=_version(data)),
        "已提交审核。",
    ),
    "publish": Verb(
        forms.SubmitForm,
        "立即向社会公示。",
        lambda row, by, data: actions.publish(row, by=by, version=_version(data)),
        "已公示。",
    ),
    "severity": Verb(
        forms.SeverityForm,
        "据此确定公示期和最早可申请修复的日期。",
        lambda row, by, data: actions.state_severity(
            row, by=by, severity=data["severity"], basis=data["basis"], version=_version(data)
        ),
        "已填写失信严重程度。",
    ),
    "performance": Verb(
        forms.PerformanceForm,
        "现行规则以期满且履行、纠正完毕为终止公示的条件。",
        lambda row, by, data: actions.state_performance(
            row, by=by, performed_on=data["performed_on"], proof=data["proof"], version=_version(data)
        ),
        "已登记履行情况。",
    ),
    "return": Verb(
        forms.ReasonForm,
        "退回后由录入人修改并重新提交，公示时限不停止计算。",
        lambda row, by, data: actions.return_(row, by=by, reason=data["reason"], version=_version(data)),
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
            version=_version(data),
        ),
        "已更正公示内容。",
    ),
    "exempt": Verb(
        forms.ReasonForm,
        "写明不予公开的法定理由。记录仍在归集库中，不计入漏公示。",
        lambda row, by, data: actions.exempt(row, by=by, reason=data["reason"], version=_version(data)),
        "已按依法不公示处理。",
    ),
    "reopen": Verb(
        forms.ReasonForm,
        "恢复为待提交，公示时限按决定日期计算，不重新起算。",
        lambda row, by, data: actions.reopen(row, by=by, reason=data["reason"], version=_version(data)),
        "已恢复办理。",
    ),
    "suspend": Verb(
        forms.SuspendForm,
        "暂不向社会显示，公示期继续计算。",
        lambda row, by, data: actions.suspend(
            row, by=by, reason=data["reason"], public_note=data["public_note"], version=_version(data)
        ),
        "已中止公示。",
    ),
    "resume": Verb(
        forms.ReasonForm,
        "恢复向社会显示，中止的天数不补。",
        lambda row, by, data: actions.resume(row, by=by, reason=data["reason"], version=_version(data)),
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
            version=_version(data),
        ),
        "已撤回公示。",
    ),
}


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
    context = {
        "row": row,
        "act": worded(known, State(row.state)),
        "fits": slug in {each.slug for each in acts_for(row, user)},
        "lead": verb.lead,
        "back_url": here,
        "limit": withdrawal_due(timezone.localdate()) if slug == "withdraw" else None,
    }
    return act_on_form(request, "disclosure/desk/act.html", context, form, action=run, message=verb.done)


@require_http_methods(["GET", "POST"])
@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The reviewer's page: record and preview side by side, findings, and one of three verdicts."""
    row = item_of(request, pk)
    user = staff_of(request)
    policy.require(user, "disclosure.review", row.source_department)
    page = page_of(row, user)
    form = forms.ReviewForm(
        request.POST or None, edited=row, masked=bool(page["findings"]), doubtful=bool(page["doubts"])
    )

    def run(data: dict[str, Any]) -> str:
        decide(row, user, data)
        following = next_to_review(row, user)
        return reverse("disclosure:review", args=[following]) if following else reverse("disclosure:list")

    context = page | {"following": next_to_review(row, user), "waiting": row.state == State.SUBMITTED}
    return act_on_form(request, "disclosure/desk/review.html", context, form, action=run, message=_decided(row, form))


def _decided(row: Disclosure, form: forms.ReviewForm) -> str:
    """What was done, for the page that comes next: it shows another item."""
    named = f"{row.subject_name} {row.document_number}".strip()
    word = {"return": "已退回", "approve": "审核通过，待公示"}.get(form["verdict"].value() or "", "审核通过并已公示")
    return f"{word}：{named}。"


def decide(row: Disclosure, user: User, data: Mapping[str, Any]) -> None:
    """Carry out the verdict of a review."""
    seen: dict[str, Any] = {"by": user, "version": _version(data)}
    checked: dict[str, Any] = {
        "text": data["reason"],
        "confirm_masked": data.get("confirm_masked", False),
        "confirm_doubts": data.get("confirm_doubts", False),
    }
    if data["verdict"] == "return":
        actions.return_(row, reason=data["reason"], **seen)
    elif data["verdict"] == "approve":
        actions.approve(row, publish_from=data["publish_from"], **checked, **seen)
    else:
        actions.approve_and_publish(row, **checked, **seen)


def next_to_review(row: Disclosure, user: User) -> int | None:
    """The submitted item that falls due next, without this one and without the person's own."""
    rows = Disclosure.objects.visible_to(user).filter(state=State.SUBMITTED).exclude(pk=row.pk)
    rows = rows.exclude(drafted_by=user).exclude(submitted_by=user).exclude(changed_by=user)
    return rows.order_by("due_on", "pk").values_list("pk", flat=True).first()
