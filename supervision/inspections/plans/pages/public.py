"""/inspections/ for everybody: plans, tasks that were announced, and what is needed to repeat each draw.

Names are shown of those only whom the notice has reached, or whose result is out, as the task said beforehand.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casework.pages.draws import PROGRAM, as_shown
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from disclosure.rules.masking import public_name
from supervision.inspections.libraries.queries import counts_by_department
from supervision.inspections.plans.actions.freezing import exclusion_lines
from supervision.inspections.plans.actions.steps import secret_of
from supervision.inspections.plans.forms import PlanFilter, TaskFilter
from supervision.inspections.plans.models import InspectionPlan, InspectionTask
from supervision.inspections.plans.pages.tasks import chance_in_words
from supervision.inspections.plans.queries.freezing import items_of
from supervision.inspections.plans.queries.redraws import redraws
from supervision.inspections.plans.queries.seen import stepper
from supervision.inspections.plans.rules.slips import salt_of

SORTS = {"newest": Sort("最近开始", ("-starts_on", "-pk")), "oldest": Sort("最早开始", ("starts_on", "pk"))}
PLAN_SORTS = {"newest": Sort("年度", ("-year", "-pk"))}
OPENED = 200
"""Names on one page; the file has them all."""
COLUMNS = (
    Column("任务编号", "number", 16),
    Column("任务名称", "title", 30),
    Column("发起单位", "department.name", 24),
    Column("筛选条件", "scope", 30),
    Column("检查开始日期", "starts_on"),
    Column("检查结束日期", "ends_on"),
    Column("名单户数", "population"),
    Column("排除户数", "excluded"),
    Column("抽取户数", "size"),
    Column("状态", lambda row: row.get_state_display()),
    Column("抽取编号", "draw.number", 16),
    Column("作废或者重新抽取的原因", "ended_reason", 30),
)
PLAN_COLUMNS = (
    Column("年度", "year"),
    Column("名称", "title", 30),
    Column("单位", "department.name", 24),
    Column("批准日期", "approved_on"),
    Column("公布日期", "published_on"),
)


@require_safe
def tasks(request: HttpRequest) -> HttpResponseBase:
    """Every task that was announced, also void ones and those that were drawn anew."""
    rows = InspectionTask.objects.public().select_related("department", "draw").defer("draw__strata", "draw__drawn")
    listing = ListPage(request, rows, TaskFilter, sorts=SORTS, size=20)
    if listing.export:
        return listing.export_response(COLUMNS, "双随机抽查任务")
    year = timezone.localdate().year
    context = {"listing": listing, "page": listing.page, "here": "tasks", "year": year, "redraws": redraws(year)}
    return render(request, "inspections/public/tasks.html", context, status=listing.status)


@require_safe
def plans(request: HttpRequest) -> HttpResponseBase:
    """Every plan that was published, and how many inspectors each department has."""
    rows = InspectionPlan.objects.public().select_related("department")
    listing = ListPage(request, rows, PlanFilter, sorts=PLAN_SORTS, size=20)
    if listing.export:
        return listing.export_response(PLAN_COLUMNS, "年度抽查计划")
    context = {"listing": listing, "page": listing.page, "here": "plans", "inspectors": counts_by_department()}
    return render(request, "inspections/public/plans.html", context, status=listing.status)


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan with its batches and the tasks that came of them."""
    row = get_object_or_404(InspectionPlan.objects.public().select_related("department"), pk=pk)
    batches = row.batches.prefetch_related("items", "partners")
    announced = InspectionTask.objects.public()
    context = {"row": row, "batches": [(each, announced.filter(batch=each)) for each in batches]}
    return render(request, "inspections/public/plan.html", context)


@require_safe
def draw(request: HttpRequest, number: str) -> HttpResponse:
    """One task: what was fixed beforehand, its draw, and how to repeat it here or anywhere else."""
    task = _announced(number)
    if task.draw is None:
        raise Http404
    strata = [(each, chance_in_words(each.count, each.size)) for each in task.strata.defer("members")]
    context = as_shown(task.draw) | {
        "task": task,
        "stepper": stepper(task),
        "items": items_of(task),
        "strata": strata,
        "exclusions": task.exclusions.defer("members"),
        "opened": opened(task, OPENED),
        "departments": [part.department for part in task.parts.select_related("department")],
        "program": PROGRAM.read_text(encoding="utf-8"),
        "redrawn_as": InspectionTask.objects.public().filter(redraw_of=task).first(),
    }
    return render(request, "inspections/public/draw.html", context)


@require_safe
def exclusions(request: HttpRequest, number: str) -> HttpResponse:
    """Who was left out, by slip, with the reason: the very bytes of which the digest was published."""
    task = _announced(number)
    answer = HttpResponse(exclusion_lines(task), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{task.number}-exclusions.txt"'
    return answer


@require_safe
def names(request: HttpRequest, number: str) -> JsonResponse:
    """The slips that are open, for machines: name, code, salt, slip."""
    task = _announced(number)
    answer = JsonResponse(
        {"task": task.number, "opened": opened(task)}, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    answer["Content-Disposition"] = f'attachment; filename="{task.number}-opened.json"'
    return answer


def opened(task: InspectionTask, most: int | None = None) -> list[dict[str, str]]:
    """The subjects whose names are public, the first `most` of them, each with what opens its slip.

    Natural persons behind a sole trader's name are masked."""
    rows = list(task.objects_drawn.named().select_related("subject").order_by("stratum", "place")[:most])
    secret = secret_of(task) if rows else ""
    return [
        {
            "name": public_name(each.subject.name, each.subject.kind),
            "code": each.subject.code or "",
            "salt": salt_of(secret, each.subject.code or ""),
            "slip": each.slip,
            "state": each.get_state_display(),
            "tone": each.tone,
        }
        for each in rows
    ]


def _announced(number: str) -> InspectionTask:
    rows = InspectionTask.objects.public().select_related("department", "draw__department", "edition", "redraw_of")
    rows = rows.defer("draw__strata")
    return get_object_or_404(rows, number=number)
