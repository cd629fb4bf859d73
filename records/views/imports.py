"""Import pages of the desk: what was sent, a new file, its template, its headers, and its start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.errors import Refused
from credit_platform.gate.refusals import FileRefused
from credit_platform.web.acting import act_on_form
from credit_platform.web.errors import at_field
from credit_platform.web.export import Column
from credit_platform.web.lists import ListPage, Sort
from records.forms.imports import NOTHING, BatchFilter, MappingForm, UploadForm
from records.imports.batches import batches, parcels, results
from records.models import CatalogueItem, ImportBatch
from records.queries.catalogue import LOCAL, entries_for, entry_for, standard_for
from records.standards import registry, template
from records.tasks import run_import
from records.views.import_batch import batch_of, workbook
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
    """Choose what to import, the files and how."""
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
        options = batches.Options(
            standard=form.standard,
            department=department,
            item=form.item,
            simulate=given["simulate"],
            all_or_nothing=given["mode"] == NOTHING,
        )
        try:
            received = parcels.receive_all(given["file"], options, by=user)
        except FileRefused as refusal:
            raise at_field(refusal, "file") from refusal
        if received.running:
            messages.warning(request, parcels.refusals(received.running))
        for batch in received.opened:
            queue(batch)
        return _where(received)

    context = {"entries": entries, "templates": _templates(entries)}
    return act_on_form(request, "records/imports/new.html", context, form, action=action)


def _where(received: parcels.Received) -> str:
    """The page to go to: of the parcel, of the only batch, else of the run that has the file already."""
    opened = [batch.pk for batch in received.opened] or [each.batch_id for each in received.running]
    parcel = received.opened[0].parcel if received.opened else None
    return reverse("records:import-parcel", args=[parcel]) if parcel else reverse("records:import", args=opened[:1])


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
    return workbook(template.build_template(declared, today), f"{declared.name}填报模板.xlsx")


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def mapping(request: HttpRequest, pk: int) -> HttpResponse:
    """Explain the headers that were not recognised; remembered for the department."""
    row = batch_of(request, pk)
    user = user_of(request)
    policy.require(user, "records.import", row.department)
    if row.state != State.MAPPING:
        return redirect("records:import", pk=pk)
    standard = results.standard_of_batch(row)
    asked = row.progress
    form = MappingForm(
        request.POST or None, questions=asked.get("mapping", []), standard=standard, units=asked.get("units", [])
    )

    def action(given: dict[str, Any]) -> str:
        queue(batches.map_headers(row, form.answers, standard, by=user, units=form.units))
        return reverse("records:import", args=[pk])

    context = {"batch": row, "standard": standard, "headers_asked": bool(asked.get("mapping"))}
    return act_on_form(request, "records/imports/mapping.html", context, form, action=action)


@require_POST
@login_required
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a batch that is not yet being entered."""
    batches.cancel(batch_of(request, pk), by=user_of(request))
    messages.success(request, "已取消，没有数据入库。")
    return redirect("records:import", pk=pk)


@require_POST
@login_required
def other_kind(request: HttpRequest, pk: int) -> HttpResponse:
    """Import the file as the kind of information that its header says it is."""
    item = CatalogueItem.objects.filter(code=request.POST.get("item", "")).first()

    def verb(batch: ImportBatch, by: User) -> ImportBatch:
        policy.require(by, "records.import", batch.department)
        if item is None:
            raise Refused("import.item", "请选择目录事项。")
        return batches.change_kind(batch, str(batch.progress.get("other", "")), item, by=by)

    return _repeated(request, pk, verb)


@require_POST
@login_required
def clearing(request: HttpRequest, pk: int) -> HttpResponse:
    """Simulate the same file with blank meaning deleted, to see what would be emptied."""
    return _repeated(request, pk, batches.simulate_clearing)


@require_POST
@login_required
def for_real(request: HttpRequest, pk: int) -> HttpResponse:
    """Import the file of a simulation for real."""
    return _repeated(request, pk, batches.repeat_for_real)


def _repeated(request: HttpRequest, pk: int, verb: Callable[..., ImportBatch]) -> HttpResponse:
    try:
        made = verb(batch_of(request, pk), by=user_of(request))
    except batches.AlreadyRunning as running:
        messages.warning(request, running.text)
        return redirect("records:import", pk=running.batch_id)
    queue(made)
    return redirect("records:import", pk=made.pk)
