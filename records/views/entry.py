"""Entering and editing a record by form."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from credit_platform.accounts import policy
from credit_platform.errors import DomainError
from credit_platform.web.errors import apply_errors, form_response
from credit_platform.web.once import AlreadySent, submit_once, version_of
from records import actions, doors, queries
from records.forms import RecordForm, decision_day, defaults_of, form_for, initial_of
from records.identifiers import uscc
from records.identifiers.clean import clean_code
from records.models import CatalogueItem, CreditRecord, EntryDraft, Subject
from records.queries import row_context
from records.queries.work import draft_url, drafted_for
from records.rules import RecordExists
from records.standards.declaration import Standard
from records.views.signed_out import kept_when_signed_out, word_for
from records.views.staff import department_of, user_of


@require_safe
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """What the department may enter today, and the forms that were begun."""
    policy.require(user_of(request), "records.enter")
    known = queries.entries_for(department_of(request), timezone.localdate())
    entries = [entry for entry in known if doors.of(queries.standard_for(entry).kind) is None]
    drafts = EntryDraft.objects.of_author(user_of(request)).select_related("item").order_by("-updated_at")[:20]
    names = {entry.standard: entry.item.name for entry in entries}
    rows = [
        (
            draft,
            names.get(draft.standard, draft.item.name if draft.item else draft.standard),
            drafted_for(draft),
            draft_url(draft),
        )
        for draft in drafts
    ]
    return render(request, "records/choose.html", {"entries": entries, "drafts": rows})


@require_http_methods(["GET", "POST"])
@kept_when_signed_out
@login_required
@sensitive_post_parameters()
def new(request: HttpRequest, standard: str) -> HttpResponse:
    """The form of a standard, or of a local item (`?item=`): entered, kept as a draft, or shown again with what is wrong."""
    user, department = user_of(request), department_of(request)
    policy.require(user, "records.enter", department)
    item = _item(request)
    entry = queries.entry_for(standard, item=item, department=department, on=timezone.localdate())
    declared = queries.standard_for(entry)
    draft = _draft(request)
    if request.method == "POST":
        return _posted(request, declared, draft, item)
    content = draft.data if draft else defaults_of(declared, department)
    initial, kept = initial_of(declared, content)
    if draft:
        initial["form_token"] = draft.token
    form = form_for(declared, decision_day(declared, content, timezone.localdate()))(initial=initial, kept=kept)
    return _form_page(request, form, {"entry": entry, "draft": draft})


def _posted(
    request: HttpRequest, declared: Standard, draft: EntryDraft | None, item: CatalogueItem | None
) -> HttpResponse:
    user, department = user_of(request), department_of(request)
    form = _bound(request, declared, initial_of(declared, draft.data if draft else {})[1])
    form.is_valid()
    if "save" in request.POST:
        kept = actions.save_draft(declared, form.raw, by=user, token=form.token, department=department, item=item)
        messages.success(request, "已暂存，可随时继续填写。")
        return redirect(draft_url(kept))
    code = declared.code if item is None else "local"
    error: DomainError
    try:
        actions.check_row(code, form.raw, by=user, department=department, item=item, draft=draft)
        with submit_once(form.token) as sent:
            record = actions.enter(code, form.raw, by=user, department=department, item=item, draft=draft)
            sent.result_url = reverse("records:record", args=[record.pk])
        messages.success(request, "已入库。")
        return redirect(sent.result_url)
    except AlreadySent as again:
        return redirect(again.result_url or "records:list")
    except DomainError as refusal:
        error = refusal
    kept = actions.save_draft(declared, form.raw, by=user, token=form.token, department=department, item=item)
    form = _bound(request, declared, initial_of(declared, kept.data)[1])
    form.is_valid()
    apply_errors(form, error)
    return _form_page(request, form, {"draft": kept}, error)


@require_POST
@login_required
@sensitive_post_parameters()
def code_check(request: HttpRequest) -> HttpResponse:
    """While the form is filled in: whether the credit code is one, and whose it is."""
    policy.require(user_of(request), "records.enter")
    code = clean_code(request.POST.get(request.POST.get("field", ""), "")[:40])
    checked = uscc.check(code, exempt=row_context(timezone.localdate()).exempt_codes) if code else None
    errors = () if checked is None or checked.is_placeholder else checked.errors
    subject = (
        Subject.objects.filter(code=code).select_related("merged_into").first() if checked and not errors else None
    )
    context = {
        "checked": None if checked is None or checked.is_placeholder else checked,
        "errors": errors,
        "subject": queries.canonical(subject) if subject else None,
    }
    return render(request, "records/code_check.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def discard(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Ask, then throw a draft away."""
    draft = get_object_or_404(EntryDraft.objects.of_author(user_of(request)), token=token)
    if request.method == "GET":
        return render(request, "records/discard.html", {"draft": draft, "who": drafted_for(draft)})
    actions.discard_draft(draft, by=user_of(request))
    messages.success(request, "暂存内容已删除。")
    return redirect("records:choose")


@require_http_methods(["GET", "POST"])
@login_required
@sensitive_post_parameters()
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a record of the own department."""
    user = user_of(request)
    record = get_object_or_404(queries.records_of(user), pk=pk)
    policy.require(user, "records.edit", record.source_department)
    declared = queries.standard_of(record.standard, record.item)
    initial, kept = initial_of(declared, record.content)
    error: DomainError | None = None
    seen = version_of(record)
    if request.method == "POST":
        seen = request.POST.get("version_seen", "")
        form = _bound(request, declared, kept)
        form.is_valid()
        try:
            with submit_once(form.token) as sent:
                actions.edit(record, form.raw, by=user, version=seen)
                sent.result_url = reverse("records:record", args=[record.pk])
            messages.success(request, "修改已保存。")
            return redirect(sent.result_url)
        except AlreadySent as again:
            return redirect(again.result_url or sent_to(record))
        except DomainError as refusal:
            apply_errors(form, error := refusal)
    else:
        form = form_for(declared, record.decided_on)(initial=initial, kept=kept)
    return _form_page(request, form, {"record": record, "version_seen": seen}, error)


def sent_to(record: CreditRecord) -> str:
    return reverse("records:record", args=[record.pk])


def _bound(request: HttpRequest, declared: Standard, kept: dict[str, str]) -> RecordForm:
    day = decision_day(declared, request.POST, timezone.localdate())
    return form_for(declared, day)(request.POST, kept=kept)


def _form_page(
    request: HttpRequest, form: RecordForm, context: dict[str, Any], error: DomainError | None = None
) -> HttpResponse:
    exists = reverse("records:record", args=[error.record_id]) if isinstance(error, RecordExists) else ""
    values = {"standard": form.standard, "exists_url": exists, **context}
    if "record" not in context:
        values["kept_for"] = word_for(user_of(request), form["form_token"].value())
    return form_response(request, "records/form.html", values, form, error=error)


def _item(request: HttpRequest) -> CatalogueItem | None:
    code = request.GET.get("item", "")
    return get_object_or_404(CatalogueItem, code=code) if code else None


def _draft(request: HttpRequest) -> EntryDraft | None:
    """The draft that the address names, or the one that this form has already left; only one's own."""
    mine = EntryDraft.objects.of_author(user_of(request))
    try:
        if request.method == "POST":
            return mine.filter(token=uuid.UUID(request.POST.get("form_token", ""))).first()
        named = request.GET.get("draft", "")
        return get_object_or_404(mine, token=uuid.UUID(named)) if named else None
    except ValueError as error:
        if request.method == "POST":
            return None
        raise Http404 from error
