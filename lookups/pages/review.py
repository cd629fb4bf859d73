"""/desk/audit/queries/ and …/review/: the register, the queue, what one person finds and another confirms."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casework.rules.drawing import ALGORITHM
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.verbs import label_of
from credit_platform.errors import Forbidden
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column
from credit_platform.web.keyset import KeysetPage
from credit_platform.web.lists import ListPage, Sort
from lookups.actions import reviewing
from lookups.actions.reviewing import CONFIRM, REVIEW
from lookups.filters import FindingFilter, QueryFilter
from lookups.forms import AnswerForm, JudgeForm, SecondForm
from lookups.models import DailySample, Finding, Query
from lookups.rules.reviewing import PROPOSED, Ground, ReviewState

SORTS = {"newest": Sort("最近查询", ("-pk",)), "oldest": Sort("最早查询", ("pk",))}
QUEUE = {"newest": Sort("最近提示", ("-pk",)), "oldest": Sort("最早提示", ("pk",))}
JOINED = ("department", "purpose", "authorisation", "window", "subject")
SCOPES = {"open": "待审查", "proposed": "待确认", "all": "全部"}
COLUMNS = (
    Column("查询编号", "number", 26),
    Column("时间", "at", 18),
    Column("查询单位", lambda row: row.department.name if row.department else "", 24),
    Column("查询人", "actor_name", 14),
    Column("方式", lambda row: label_of(row.way), 16),
    Column("目的或事由", "why", 24),
    Column("办理事项", "matter", 20),
    Column("办件编号", "case_number", 24),
    Column("查询依据", lambda row: row.get_authority_display() if row.authority else "", 20),
    Column("授权书", lambda row: row.authorisation.number if row.authorisation else "", 18),
    Column("查询对象", "subject_ref", 24),
    Column("查询的信息", "fields", 30),
    Column("结果", "outcome_label", 12),
    Column("结果数", "results"),
    Column("未予查询的原因", "refused", 30),
    Column("来源地址", "ip", 16),
)
VERDICTS = {"note": reviewing.note, "warn": reviewing.warn, "refer": reviewing.refer}
SECONDS = {"confirm": reviewing.confirm, "reject": reviewing.reject}


@require_safe
@login_required
def register(request: HttpRequest) -> HttpResponseBase:
    """Every query with its filters; an export is itself an entry of the audit."""
    user = staff_of(request, REVIEW)
    listing = ListPage(request, Query.objects.select_related(*JOINED), QueryFilter, sorts=SORTS)
    if listing.export:
        response = listing.export_response(COLUMNS, "查询登记")
        asked = {name: value for name, value in request.GET.items() if name != "export" and value}
        audit.record("lookups.export", by=user, detail={"filters": asked, "format": listing.export})
        return response
    rows = [(row, label_of(row.way)) for row in listing.page.items]
    return render(request, "lookups/register.html", {"listing": listing, "rows": rows}, status=listing.status)


@require_safe
@login_required
def query(request: HttpRequest, number: str) -> HttpResponse:
    """One query, what became of it, and the other queries of the same person's data."""
    staff_of(request, REVIEW)
    row = get_object_or_404(Query.objects.select_related(*JOINED, "number_asked"), number=number)
    others = Query.objects.none()
    if row.subject_id or row.number_asked_id:
        digest = [row.number_asked.digest] if row.number_asked else []
        others = Query.objects.about([row.subject_id] if row.subject_id else [], digest).exclude(pk=row.pk)
    context = {
        "row": row,
        "way": label_of(row.way),
        "findings": row.findings.order_by("pk"),
        "holds": row.hold_backs.select_related("proposed_by", "confirmed_by"),
        "others": others.select_related("department").order_by("-pk")[:20],
    }
    return render(request, "lookups/query.html", context)


@require_safe
@login_required
def findings(request: HttpRequest) -> HttpResponseBase:
    """The queue: never of one's own queries."""
    user = _reviewing(request)
    scope = request.GET.get("scope", "open")
    rows = Finding.objects.for_reviewer(user).select_related("query__department", "query__purpose")
    rows = {"open": rows.open(), "proposed": rows.proposed()}.get(scope, rows)
    listing = ListPage(request, rows, FindingFilter, sorts=QUEUE, also=("scope",))
    tabs = [
        {"label": label, "url": f"?scope={code}", "current": code == scope or (code == "open" and scope not in SCOPES)}
        for code, label in SCOPES.items()
    ]
    context = {"listing": listing, "tabs": tabs, "may_read": policy.allows(user, REVIEW)}
    return render(request, "lookups/findings.html", context, status=listing.status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding: judged by one person, confirmed by another where it weighs."""
    user = _reviewing(request)
    rows = Finding.objects.select_related("query__department", "query__purpose", "decided_by", "confirmed_by", "sample")
    row = get_object_or_404(rows, pk=pk)
    second = ReviewState(row.state) in PROPOSED
    judging = AnswerForm if row.ground == Ground.ASKED else JudgeForm
    form = (SecondForm if second else judging)(request.POST or None, edited=row)

    def action(given: dict[str, Any]) -> str:
        if second:
            SECONDS[given["verdict"]](row, by=user, version=form.version)
        else:
            words = {"text": given["text"], "answer": given.get("answer", "")}
            VERDICTS[given["verdict"]](row, **words, by=user, version=form.version)
        return reverse("lookups:findings")

    may = policy.allows(user, CONFIRM if second else REVIEW) and not (second and row.decided_by_id == user.pk)
    context = {
        "row": row,
        "way": label_of(row.query.way),
        "second": second,
        "may": may and (second or row.state == ReviewState.OPEN),
    }
    return act_on_form(request, "lookups/finding.html", context, form, action=action, message="已登记。")


def _reviewing(request: HttpRequest) -> User:
    user = staff_of(request)
    if not (policy.allows(user, REVIEW) or policy.allows(user, CONFIRM)):
        raise Forbidden("policy.forbidden", "您没有权限进行此项操作。")
    return user


@require_safe
@login_required
def samples(request: HttpRequest) -> HttpResponse:
    """The daily samples, the latest first."""
    staff_of(request, REVIEW)
    page = KeysetPage(DailySample.objects.all(), ("-day",), cursor=request.GET.get("cursor", ""), size=50)
    return render(request, "lookups/samples.html", {"page": page})


@require_safe
@login_required
def sample_file(request: HttpRequest, pk: int) -> JsonResponse:
    """What repeats a sample: `manage.py recompute_draw` reads it."""
    staff_of(request, REVIEW)
    row = get_object_or_404(DailySample, pk=pk)
    told = {
        "algorithm": ALGORITHM,
        "ids": sorted(Query.objects.on_day(row.day).values_list("number", flat=True)),
        "n": row.size,
        "nonce": "",
        "public_value": row.root,
        "list_digest": row.list_digest,
        "seed": row.seed,
        "drawn": row.drawn,
    }
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="sample-{row.day:%Y%m%d}.json"'
    return answer
