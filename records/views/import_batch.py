"""One import at the desk: its progress, its result, its undo, and the files that tell what was wrong."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from kombu.exceptions import OperationalError as BrokerAway
from redis import RedisError

from credit_platform.accounts import policy
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import download, stream_csv
from credit_platform.web.keyset import KeysetPage, capped_count
from records.forms.imports import UndoForm
from records.imports.batches import results, undo, undoing
from records.models import ImportBatch
from records.tasks import undo_import
from records.views.staff import user_of

State = ImportBatch.State
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RUNNING = (State.QUEUED, State.READING, State.APPLYING, State.UNDOING)
KEPT_SHOWN = 50


def batch_of(request: HttpRequest, pk: int) -> ImportBatch:
    """A batch that the person may see; 404 for any other."""
    user = user_of(request)
    policy.require(user, "records.view")
    return get_object_or_404(results.batches_of(user), pk=pk)


def workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook as a download that nobody keeps."""
    return download(content, name, XLSX)


@require_safe
@login_required
@never_cache
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch: where it stands while it runs, else what became of it."""
    row = batch_of(request, pk)
    if row.state == State.MAPPING:
        if request.headers.get("HX-Request"):  # the whole page goes there; a redirect would put that page into the box
            return HttpResponse(headers={"HX-Redirect": reverse("records:import-mapping", args=[pk])})
        return redirect("records:import-mapping", pk=pk)
    if row.state in RUNNING:
        context = {
            "batch": row,
            "progress": _progress(row),
            "may_import": policy.allows(request.user, "records.import", row.department),
        }
        box = "kit/progress.html" if request.headers.get("HX-Request") else "records/imports/progress.html"
        return render(request, box, context)
    if request.headers.get("HX-Request"):
        return render(request, "kit/progress.html", {"progress": _progress(row)})
    return render(request, "records/imports/result.html", _result(request, row))


def _progress(row: ImportBatch) -> dict[str, Any]:
    told = row.progress
    read, expected = int(told.get("read", 0)), int(told.get("expected", 0))
    if row.state == State.QUEUED:
        text = "排队等待处理。"
    elif row.state == State.READING:
        text = f"已读取校验 {read} 行，合格 {told.get('staged', 0)} 行，有错误 {told.get('refused', 0)} 行。"
    elif row.state == State.APPLYING:
        text = f"校验完成，共 {read} 行，正在入库。"
    elif row.state == State.UNDOING:
        read = expected = 0  # one transaction: how far it has come cannot be seen from outside
        text = "正在撤回本批次。可以离开本页，撤回不会中断。"
    elif row.state == State.REFUSED:
        text = row.refusal or "没有数据入库。"
    else:
        text = f"共 {row.total} 行，合格 {row.accepted} 行，退回 {row.rejected} 行。"
    done = row.state not in RUNNING
    return {
        "id": "import-progress",
        "title": f"{'撤回' if row.state == State.UNDOING else '模拟导入' if row.simulate else '导入'} {row.file_name}",
        "url": reverse("records:import", args=[row.pk]),
        "position": read,
        "total": expected or read,
        "percent": min(99, read * 100 // expected) if expected else 0,
        "text": text,
        "done": done,
        "failed": row.state in (State.REFUSED, State.FAILED),
        "next_url": reverse("records:import", args=[row.pk]) if done else "",
        "next_label": "查看结果",
    }


def _result(request: HttpRequest, row: ImportBatch) -> dict[str, Any]:
    rule, field, level = (request.GET.get(name, "") for name in ("rule", "field", "level"))
    found = row.findings.all()
    if rule:
        found = found.filter(rule=rule, field=field)
    if level in ("error", "warning"):
        found = found.filter(level=level)
    mine = policy.allows(request.user, "records.import", row.department)
    return {
        "batch": row,
        "finding_groups": results.groups(row),
        "page": KeysetPage(found, ("row", "id"), cursor=request.GET.get("cursor", ""), size=50),
        "total_findings": capped_count(found),
        "filtered": bool(rule or level),
        "rule": rule,
        "field": field,
        "level": level,
        "may_mend": mine and row.rejects.exists(),
        "may_undo": mine
        and row.state == State.DONE
        and not row.simulate
        and row.channel != ""
        and row.accepted > row.unchanged,
        "kinds": results.other_kinds(row) if mine else [],
        "left_out": results.left_out(row),
        "may_clear": mine and row.state == State.DONE and row.blanks == ImportBatch.Blanks.KEEP and bool(row.file_path),
        "may_enter": mine and row.state == State.DONE and row.simulate and row.accepted > 0,
        "undone": row.progress.get("undo"),
        "undo_refused": row.progress.get("undo_refused", "") if row.state == State.DONE else "",
    }


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an undo would do, and do it."""
    row = batch_of(request, pk)
    user = user_of(request)
    policy.require(user, "records.import", row.department)
    form = UndoForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        if undoing.take_back(row, by=user, reason=given["reason"]) is None:
            transaction.on_commit(lambda: _wake(pk))
        return reverse("records:import", args=[pk])

    plan = undo.preview(row)
    context = {"batch": row, "plan": plan, "kept": undo.named(plan.kept, KEPT_SHOWN), "kept_shown": KEPT_SHOWN}
    return act_on_form(
        request,
        "records/imports/undo.html",
        context,
        form,
        action=action,
        message="已受理撤回。" if len(plan.hidden) + len(plan.restored) > undoing.AT_ONCE else "已撤回。",
    )


def _wake(pk: int) -> None:
    """Tell a worker; without a broker the sweep finds the batch in PostgreSQL."""
    try:
        undo_import.delay(pk)
    except (BrokerAway, RedisError):
        return


@require_safe
@login_required
def errors(request: HttpRequest, pk: int) -> HttpResponse:
    """The bad rows in the same template, with their reasons."""
    row = batch_of(request, pk)
    content = results.error_workbook(row, by=user_of(request))
    return workbook(content, f"{results.receipt_name(row).removesuffix('_回执')}_退回行.xlsx")


@require_safe
@login_required
def receipt(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All findings as a text file."""
    row = batch_of(request, pk)
    return stream_csv(results.receipt_rows(row), results.RECEIPT, results.receipt_name(row))
