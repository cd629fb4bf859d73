"""/desk/grades/: present grades, grades as received, the table of tiers, and one subject with everything that its grade rests on."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.web.desk import is_key
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from records.models import Subject
from supervision.grading.actions.looking import look
from supervision.grading.models import GradeScheme, SupervisionField, TierRule
from supervision.grading.queries import desk
from supervision.grading.queries.explained import explained
from supervision.grading.queries.history import former_grades, words_of
from supervision.grading.queries.models import in_use
from supervision.grading.queries.tiers import decided_everywhere
from supervision.grading.rules.permissions import VIEW

SORTS = {
    "newest": Sort("最近变化", ("-since", "-subject_id")),
    "lowest": Sort("得分由低到高", ("score", "subject_id")),
    "highest": Sort("得分由高到低", ("-score", "-subject_id")),
}
COLUMNS = (
    Column("主体名称", "subject.name", 30),
    Column("统一社会信用代码", "subject.code", 20),
    Column("登记地", lambda row: desk.DISTRICTS.get(row.subject.district, row.subject.district), 12),
    Column("等级", "grade"),
    Column("得分", "score"),
    Column("上一等级", "before"),
    Column("等级起始日期", "since"),
    Column("模型版本", lambda row: f"第{row.model.number}版"),
)
RECEIVED_SORTS = {"newest": Sort("最近评价", ("-as_of", "-pk")), "ending": Sort("最早到期", ("valid_until", "pk"))}
RECEIVED_COLUMNS = (
    Column("主体名称", "subject.name", 30),
    Column("统一社会信用代码", "subject.code", 20),
    Column("评价方案", "scheme.name", 30),
    Column("等级", "grade"),
    Column("评价日期", "as_of"),
    Column("有效期至", "valid_until"),
    Column("来源", "source", 26),
)
MOST_SIMULATED = 200


@require_safe
@login_required
def grades(request: HttpRequest) -> HttpResponseBase:
    """Present grades of our own model."""
    user = staff_of(request, VIEW)
    listing = ListPage(request, desk.grades(), desk.GradeFilter, sorts=SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(COLUMNS, "监管等级（内部）")
    context = {"listing": listing, "model": in_use(), "districts": desk.DISTRICTS}
    return render(request, "grading/grades.html", context, status=listing.status)


@require_safe
@login_required
def received(request: HttpRequest) -> HttpResponseBase:
    """Grades as others found them."""
    user = staff_of(request, VIEW)
    listing = ListPage(request, desk.received(), desk.ReceivedFilter, sorts=RECEIVED_SORTS)
    if listing.export:
        policy.require(user, "exports.make")
        return listing.export_response(RECEIVED_COLUMNS, "外来等级（内部）")
    context = {"listing": listing, "today": timezone.localdate()}
    return render(request, "grading/received.html", context, status=listing.status)


@require_safe
@login_required
def tiers(request: HttpRequest) -> HttpResponse:
    """The table of tiers in force, the schemes in their order, the fields with their floors."""
    staff_of(request, VIEW)
    today = timezone.localdate()
    rules: dict[int, list[TierRule]] = {}
    for rule in TierRule.objects.in_force(today).select_related("field"):
        rules.setdefault(rule.scheme_id, []).append(rule)
    schemes = [
        (scheme, sorted(rules.get(scheme.pk, []), key=lambda rule: scheme.place(rule.grade)))
        for scheme in GradeScheme.objects.in_force(today).select_related("field")
    ]
    former = GradeScheme.objects.filter(valid_until__lt=today)
    fields = SupervisionField.objects.in_force(today)
    return render(request, "grading/tiers.html", {"schemes": schemes, "former": former, "fields": fields})


@require_safe
@login_required
def subject(request: HttpRequest, pk: int) -> HttpResponse:
    """One subject: its tier in every field, its grade part by part, what would change it, what others say. The look is registered first."""
    user, today = staff_of(request, VIEW), timezone.localdate()
    row = get_object_or_404(Subject.objects.unmerged().exclude(kind="person"), pk=pk)
    look(row, by=user)
    removed = [int(each) for each in request.GET.getlist("without")[:MOST_SIMULATED] if is_key(each)]
    context: dict[str, Any] = {
        "subject": row,
        "tiers": decided_everywhere(row.pk, today),
        "explained": explained(row, today, removed=removed),
        "removed": removed,
        "words": words_of(row, today),
        "former": former_grades(row),
        "district": desk.DISTRICTS.get(row.district, row.district),
        "today": today,
    }
    return render(request, "grading/subject.html", context)
