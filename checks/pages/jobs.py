"""/desk/checks/files/: a file of up to 100,000 rows, its progress, its result as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from kombu.exceptions import OperationalError as BrokerAway
from redis import RedisError

from checks.actions import jobs
from checks.forms.asking import BatchForm
from checks.models import Check, CheckJob
from checks.queries import hot
from checks.rules.jobs import LABELS, OPEN, TONES, JobState
from checks.rules.questions import Question, against, cleaned
from checks.tasks import run_job
from credit_platform.accounts.desk import staff_of
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column, xlsx_response
from credit_platform.web.lists import ListPage, Sort
from credit_platform.web.progress import Progress, progress_response
from records.identifiers import personal
from sanctions.measures.rules import VERDICT_LABELS, Verdict

SORTS = {"newest": Sort("最近提交", ("-pk",))}
CHUNK = 2000
COLUMNS = (
    Column("行号", lambda line: line["n"]),
    Column("办件编号", lambda line: line["case"], 24),
    Column("统一社会信用代码", lambda line: line["code"], 20),
    Column("所报名称", lambda line: line["name"], 30),
    Column("登记名称", lambda line: line["registered"], 30),
    Column("名称是否一致", lambda line: line["fits"]),
    Column("结论", lambda line: line["verdict"]),
    Column("有效期至", lambda line: line["until"]),
    Column("回执编号", lambda line: line["receipt"], 32),
    Column("问题", lambda line: line["wrong"], 40),
)
FITS = {True: "一致", False: "不一致", None: ""}


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponseBase:
    """The files that one has ordered oneself."""
    user = staff_of(request, "checks.ask")
    page = ListPage(request, CheckJob.objects.visible_to(user).select_related("matter"), None, sorts=SORTS)
    rows = [(row, LABELS[JobState(row.state)], TONES.get(JobState(row.state), "info")) for row in page.page.items]
    return render(request, "checks/jobs.html", {"listing": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def order(request: HttpRequest) -> HttpResponse:
    """Upload a file."""
    user = staff_of(request, "checks.ask")
    form = BatchForm(request.POST or None, request.FILES or None)

    def action(given: dict[str, Any]) -> str:
        matter = hot.matter(given["matter"], timezone.localdate()).row
        file = given["file"]
        job = jobs.order(
            file.chunks(),
            file.name or "",
            matter=matter,
            purpose=given["purpose"],
            case_number=given["case_number"],
            window=given["window"],
            by=user,
        )
        _wake(job)
        return reverse("checks:job", args=[job.pk])

    context = {
        "title": "文件批量核查",
        "lead": "每行是一次核查，各有回执。在后台进行，可以离开页面，也可以取消。",
        "submit_label": "提交",
        "back_url": reverse("checks:jobs"),
        "trail": ("文件批量核查", "checks:jobs", "提交"),
    }
    return act_on_form(request, "kit/form_page.html", context, form, action=action, message="已提交。")


def _wake(job: CheckJob) -> None:
    """Tell a worker; without a broker the sweep finds the file in PostgreSQL."""
    try:
        run_job.delay(job.pk)
    except (BrokerAway, RedisError):
        return


@require_safe
@login_required
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a file has come, then its result."""
    row = _job(request, pk)
    here = reverse("checks:job", args=[row.pk])
    if row.state in OPEN and request.headers.get("HX-Request"):
        text = f"已核查 {row.position} 行，共 {row.total} 行。可以离开本页。"
        return progress_response(request, Progress(f"核查 {row.file_name}", here, row.position, row.total, text))
    if request.headers.get("HX-Request"):
        return progress_response(request, Progress("", here, 1, 1, "已结束。", True, next_url=here))
    counts = _counts(row)
    progress = Progress(
        f"核查 {row.file_name}", here, row.position, row.total, f"已核查 {row.position} 行，共 {row.total} 行。"
    )
    context = {
        "job": row,
        "label": LABELS[JobState(row.state)],
        "tone": TONES.get(JobState(row.state), "info"),
        "open": row.state in OPEN,
        "progress": progress,
        "counts": counts,
    }
    return render(request, "checks/job.html", context)


def _counts(row: CheckJob) -> list[tuple[str, int]]:
    told = list(Check.objects.filter(job=row.pk).values_list("verdict", flat=True))
    return [(label, told.count(verdict.value)) for verdict, label in VERDICT_LABELS.items()]


@require_POST
@login_required
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a file."""
    row = _job(request, pk)
    jobs.cancel(row, by=staff_of(request))
    messages.success(request, "已取消，已经核查的行仍然有效。")
    return redirect("checks:job", pk=row.pk)


@require_safe
@login_required
def result(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The result row by row, in the order of the file."""
    row = _job(request, pk)
    return xlsx_response(_lines(row), COLUMNS, f"核查结果{row.pk}")


def _job(request: HttpRequest, pk: int) -> CheckJob:
    user = staff_of(request, "checks.ask")
    return get_object_or_404(CheckJob.objects.visible_to(user).select_related("matter"), pk=pk)


def _lines(job: CheckJob) -> Iterator[dict[str, Any]]:
    """The rows of the file with what was answered, stretch by stretch."""
    asked = list(jobs.questions_of(job))[: job.position]
    today = timezone.localdate()
    for at in range(0, len(asked), CHUNK):
        stretch = asked[at : at + CHUNK]
        rows = Check.objects.filter(job=job.pk, row__in=[each.row for each in stretch]).select_related("subject")
        answered = {row.row: row for row in rows}
        for question in stretch:
            found = answered.get(question.row)
            yield _answered(question, found) if found else _wrong(question, job, today)


def _answered(question: Question, row: Check) -> dict[str, Any]:
    return {
        "n": question.row,
        "case": row.case_number,
        "code": row.code,
        "name": row.name,
        "registered": row.subject.name if row.subject else "",
        "fits": FITS[row.name_fits],
        "verdict": VERDICT_LABELS[Verdict(row.verdict)],
        "until": row.valid_until,
        "receipt": row.number,
        "wrong": "" if row.subject else "本平台没有登记这一主体。",
    }


def _wrong(question: Question, job: CheckJob, today: Any) -> dict[str, Any]:
    findings = list(against(cleaned(question), today=today))
    shown = {"code": personal.without_numbers(question.code), "name": personal.without_numbers(question.name)}
    told = dict.fromkeys(("registered", "fits", "verdict", "until", "receipt"), "")
    words = " ".join(f"{each.text}{each.mend}" for each in findings)
    return {"n": question.row, "case": personal.without_numbers(question.case_number), **shown, **told, "wrong": words}
