"""Import pages of the desk: what was sent, a new file, its headers, its progress, its result."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from credit_platform.accounts import policy
from credit_platform.errors import Refused
from credit_platform.web.acting import act_on_form
from credit_platform.web.export import Column, content_disposition, stream_csv
from credit_platform.web.keyset import KeysetPage, capped_count
from credit_platform.web.lists import ListPage, Sort
from records.imports import batches, kinds, results, undo
from records.imports.forms import NOTHING, BatchFilter, MappingForm, UndoForm, UploadForm
from records.models import CatalogueItem, ImportBatch
from records.queries.catalogue import LOCAL, entries_for, entry_for, standard_for
from records.standards import registry, template
from records.tasks import run_import
from records.views.staff import department_of, user_of

State = ImportBatch.State
SORTS = {"newest": Sort("最近收到", ("-id",)), "oldest": Sort("最早收到", ("id",))}
COLUMNS = (
    Column("批次", "pk"),
    Column("文件", "file_name", 30),
    Column("数据标准", "standard"),
    Column("来源渠道", lambda batch: batch.get_channel_display()),
    Column("部门", "department.name", 30),
    Column("经办人", "uploaded_by_name"),
    Column("收到时间", "received_at"),
    Column("总行数", "total"),
    Column("合格", "accepted"),
    Column("退回", "rejected"),
    Column("有提示", "warned"),
    Column("无变化", "unchanged"),
    Column("状态", lambda batch: batch.get_state_display()),
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RUNNING = (State.QUEUED, State.READING, State.APPLYING)
KEPT_SHOWN = 50


@require_safe
@login_required
def batch_list(request: HttpRequest) -> HttpResponseBase:
    """The batches of the department."""
    user = user_of(request)
    policy.require(user, "records.view")
    listing = ListPage(request, results.batches_of(user), BatchFilter, sorts=SORTS)
    if listing.export:
        return listing.export_response(COLUMNS, "导入批次")
    names = {each.code: each.name for each in registry.all()}
    context = {
        "listing": listing,
        "rows": [
            (batch, names.get(batch.standard, batch.item.name if batch.item else batch.standard))
            for batch in listing.page.items
        ],
        "may_import": policy.allows(user, "records.import") and user.department_id is not None,
    }
    return render(request, "records/imports/list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Choose what to import, the file and how."""
    user, department = user_of(request), department_of(request)
    policy.require(user, "records.import", department)
    entries = entries_for(department, timezone.localdate())
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        entries=entries,
        initial={"what": request.GET.get("what", ""), "mode": "keep"},
    )

    def action(given: dict[str, Any]) -> str:
        file: UploadedFile = given["file"]
        head = b"".join(file.chunks())
        kinds.sniff(head, file.name or "")
        options = batches.Options(
            standard=form.standard,
            department=department,
            item=form.item,
            simulate=given["simulate"],
            all_or_nothing=given["mode"] == NOTHING,
        )
        try:
            batch = batches.receive([head], file.name or "", options, by=user)
        except batches.AlreadyRunning as running:
            messages.warning(request, running.text)
            return reverse("records:import", args=[running.batch_id])
        queue(batch)
        return reverse("records:import", args=[batch.pk])

    context = {"entries": entries, "templates": _templates(entries)}
    return act_on_form(request, "records/imports/new.html", context, form, action=action)


def queue(batch: ImportBatch) -> None:
    """Wake a worker when the transaction is through; a broker that is away is logged and no misfortune, the sweep finds the batch."""

    def wake_a_worker() -> None:
        run_import.delay(batch.pk)

    transaction.on_commit(wake_a_worker, robust=True)


def _templates(entries: list[Any]) -> list[tuple[str, str]]:
    return [
        (
            entry.item.name,
            reverse("records:import-template", args=[entry.standard])
            + (f"?item={entry.item.code}" if entry.standard == LOCAL else ""),
        )
        for entry in entries
    ]


@require_safe
@login_required
def blank_template(request: HttpRequest, standard: str) -> HttpResponse:
    """The Excel template of a standard or of a local item."""
    user = user_of(request)
    policy.require(user, "records.view")
    today = timezone.localdate()
    if standard == LOCAL:
        item = get_object_or_404(CatalogueItem, code=request.GET.get("item", ""))
        declared = standard_for(entry_for(LOCAL, item=item, department=department_of(request), on=today))
    elif standard in {each.code for each in registry.all()}:
        declared = registry.get(standard)
    else:
        raise Refused("standard.unknown", "没有这个数据标准。")
    return _workbook(template.build_template(declared, today), f"{declared.name}填报模板.xlsx")


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition(name)
    response["Cache-Control"] = "no-store"
    return response


def _batch(request: HttpRequest, pk: int) -> ImportBatch:
    user = user_of(request)
    policy.require(user, "records.view")
    return get_object_or_404(results.batches_of(user), pk=pk)


@require_safe
@login_required
@never_cache
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch: where it stands while it runs, else what became of it."""
    row = _batch(request, pk)
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
    elif row.state == State.REFUSED:
        text = row.refusal or "没有数据入库。"
    else:
        text = f"共 {row.total} 行，合格 {row.accepted} 行，退回 {row.rejected} 行。"
    done = row.state not in RUNNING
    return {
        "id": "import-progress",
        "title": f"{'模拟导入' if row.simulate else '导入'} {row.file_name}",
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
        "may_enter": mine and row.state == State.DONE and row.simulate and row.accepted > 0,
        "undone": row.progress.get("undo"),
    }


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Explain the headers that were not recognised; remembered for the department."""
    row = _batch(request, pk)
    user = user_of(request)
    policy.require(user, "records.import", row.department)
    if row.state != State.MAPPING:
        return redirect("records:import", pk=pk)
    standard = results.standard_of_batch(row)
    form = MappingForm(request.POST or None, questions=row.progress.get("mapping", []), standard=standard)

    def action(given: dict[str, Any]) -> str:
        queue(batches.map_headers(row, form.answers, standard, by=user))
        return reverse("records:import", args=[pk])

    context = {"batch": row, "standard": standard}
    return act_on_form(request, "records/imports/mapping.html", context, form, action=action)


@require_POST
@login_required
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a batch that is not yet being entered."""
    batches.cancel(_batch(request, pk), by=user_of(request))
    messages.success(request, "已取消，没有数据入库。")
    return redirect("records:import", pk=pk)


@require_POST
@login_required
def for_real(request: HttpRequest, pk: int) -> HttpResponse:
    """Import the file of a simulation for real."""
    try:
        made = batches.repeat_for_real(_batch(request, pk), by=user_of(request))
    except batches.AlreadyRunning as running:
        messages.warning(request, running.text)
        return redirect("records:import", pk=running.batch_id)
    queue(made)
    return redirect("records:import", pk=made.pk)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an undo would do, and do it."""
    row = _batch(request, pk)
    user = user_of(request)
    policy.require(user, "records.import", row.department)
    form = UndoForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        undo.undo_batch(row, by=user, reason=given["reason"])
        return reverse("records:import", args=[pk])

    plan = undo.preview(row)
    context = {"batch": row, "plan": plan, "kept": undo.named(plan.kept, KEPT_SHOWN), "kept_shown": KEPT_SHOWN}
    return act_on_form(request, "records/imports/undo.html", context, form, action=action, message="已撤回。")


@require_safe
@login_required
def errors(request: HttpRequest, pk: int) -> HttpResponse:
    """The bad rows in the same template, with their reasons."""
    row = _batch(request, pk)
    content = results.error_workbook(row, by=user_of(request))
    return _workbook(content, f"{results.receipt_name(row).removesuffix('_回执')}_退回行.xlsx")


@require_safe
@login_required
def receipt(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All findings as a text file."""
    row = _batch(request, pk)
    return stream_csv(results.receipt_rows(row), results.RECEIPT, results.receipt_name(row))
