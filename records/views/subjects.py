"""Search for a subject, and the verbs of its file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.errors import DomainError, Refused
from credit_platform.web.desk import is_key
from credit_platform.web.errors import apply_errors, form_response
from credit_platform.web.forms import ActionForm
from credit_platform.web.once import AlreadySent, submit_once
from records import actions, queries
from records.forms import (
    HeadForm,
    IdentifierForm,
    MergeForm,
    NumberForm,
    OfficeMergeForm,
    PersonSearchForm,
    PurposeForm,
    RenameForm,
    SubjectSearchForm,
)
from records.identifiers.clean import clean_code
from records.models import MergeCase, Subject, SubjectKind
from records.views.looks import Stated, state_purpose
from records.views.staff import user_of


@require_safe
@login_required
def search(request: HttpRequest) -> HttpResponse:
    """By name, code or old number; natural persons only by number, with a form of their own."""
    policy.require(user_of(request), "records.view_shared")
    form = SubjectSearchForm(request.GET if "q" in request.GET else None)
    context: dict[str, Any] = {"person_form": PersonSearchForm(), "result": None, "error": None}
    if form.is_bound and form.is_valid():
        after = request.GET.get("after", "")
        try:
            context["result"] = queries.search_subjects(
                form.cleaned_data["q"], after=int(after) if is_key(after) else None
            )
        except Refused as refusal:
            context["error"] = refusal
    return render(request, "records/subjects.html", {"form": form, **context})


@require_POST
@login_required
@sensitive_post_parameters("number")
def find_person(request: HttpRequest) -> HttpResponse:
    """A natural person by the whole number; registered with its purpose, also when nobody is found."""
    policy.require(user_of(request), "records.view_shared")
    form = PersonSearchForm(request.POST)
    error: DomainError | None = None
    none = False
    if form.is_valid():
        stated = Stated(form.cleaned_data["purpose"], form.cleaned_data["case_number"])
        try:
            found = actions.find_person(form.cleaned_data["number"], by=user_of(request), **stated._asdict())
            if found is not None:
                state_purpose(request, found, stated)
                return redirect("records:subject", pk=found.pk)
            none = True
        except DomainError as refusal:
            apply_errors(form, error := refusal)
    context = {"form": SubjectSearchForm(), "person_form": form, "person_none": none}
    return render(
        request, "records/subjects.html", context, status=error.status if error else 422 if form.errors else 200
    )


@require_POST
@login_required
def purpose(request: HttpRequest, pk: int) -> HttpResponse:
    """State why the file is read; the pages that follow are registered with it for a quarter of an hour."""
    policy.require(user_of(request), "records.view_shared")
    subject = get_object_or_404(Subject, pk=pk)
    form = PurposeForm(request.POST)
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = reverse("records:subject", args=[pk])
    if not form.is_valid():
        context = {"subject": subject, "form": form, "next": target}
        return render(request, "records/purpose.html", context, status=422)
    state_purpose(request, subject, Stated(form.cleaned_data["purpose"], form.cleaned_data["case_number"]))
    return redirect(target)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def number(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole number of a natural person: asked with a purpose, registered, shown once in the answer to the form."""
    user = user_of(request)
    policy.require(user, "records.person_number.see")
    subject = get_object_or_404(Subject, pk=pk, kind=SubjectKind.PERSON)
    form = NumberForm(request.POST or None)
    error, plain = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            stated = Stated(form.cleaned_data["purpose"], form.cleaned_data["case_number"])
            plain = actions.see_person_number(subject, by=user, **stated._asdict())
        except DomainError as refusal:
            apply_errors(form, error := refusal)
    context = {"label": f"{subject.name} · {subject.id_type}", "plain": plain, "back_url": _page_of(subject)}
    return form_response(request, "records/number.html", context, form, error=error)


@require_http_methods(["GET", "POST"])
@login_required
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a change of name."""
    return _act(
        request,
        pk,
        RenameForm,
        "更名",
        lambda subject, data, user: actions.rename(
            subject, data["name"], by=user, since=data["since"], reason=data["reason"]
        ),
    )


@require_http_methods(["GET", "POST"])
@login_required
def add_identifier(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an old number."""
    return _act(
        request,
        pk,
        IdentifierForm,
        "登记号码",
        lambda subject, data, user: actions.add_identifier(
            subject, data["kind"], data["value"], by=user, reason=data["reason"]
        ),
    )


@require_http_methods(["GET", "POST"])
@login_required
def set_head(request: HttpRequest, pk: int) -> HttpResponse:
    """Say of which head office the subject is a branch."""
    return _act(
        request,
        pk,
        HeadForm,
        "登记总机构",
        lambda subject, data, user: actions.set_head(
            subject, _named(data["head_code"]) if data["head_code"] else None, by=user, reason=data["reason"]
        ),
    )


@require_http_methods(["GET", "POST"])
@login_required
def propose_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose that another subject is this one."""
    return _act(
        request,
        pk,
        OfficeMergeForm if policy.allows(user_of(request), "records.merge.decide") else MergeForm,
        "提出合并",
        lambda subject, data, user: actions.propose_merge(
            subject, _named(data["other"]), by=user, reason=data["reason"], document=_document(data)
        ),
        permission="records.merge.propose",
    )


def _document(data: dict[str, Any]) -> actions.MergeDocument | None:
    """The document of a merge, whole or none; only the credit office is asked for it."""
    if not data.get("document_number"):
        return None
    return actions.MergeDocument(data["document_number"], data["document_issuer"], data["document_on"])


def _act(
    request: HttpRequest,
    pk: int,
    form_class: type[ActionForm],
    title: str,
    act: Callable[[Subject, dict[str, Any], User], object],
    *,
    permission: str = "subjects.edit",
) -> HttpResponse:
    user = user_of(request)
    policy.require(user, permission)
    subject = get_object_or_404(Subject.objects.unmerged(), pk=pk)
    form = form_class(request.POST or None)
    error = None
    if request.method == "POST" and form.is_valid():
        try:
            with submit_once(form.token) as sent:
                made = act(subject, form.cleaned_data, user)
                case = made if isinstance(made, MergeCase) else None
                sent.result_url = reverse("records:merge", args=[case.pk]) if case else _page_of(subject)
            messages.success(request, "已提出合并，由市信用办另一人复核。" if case else f"已{title}。")
            return redirect(sent.result_url)
        except AlreadySent as again:
            return redirect(again.result_url or _page_of(subject))
        except DomainError as refusal:
            apply_errors(form, error := refusal)
    context = {
        "title": f"{title}：{subject.name}",
        "submit_label": title,
        "back_url": _page_of(subject),
        "trail": ("主体查询", "records:subjects", subject.name, _page_of(subject)),
    }
    return form_response(request, "kit/form_page.html", context, form, error=error)


def _page_of(subject: Subject) -> str:
    return reverse("records:subject", args=[subject.pk])


def _named(text: str) -> Subject:
    """The subject with a code or a file number; Refused when there is none."""
    code = clean_code(text).removeprefix("档案")
    found = Subject.objects.filter(code=code).first() if len(code) == 18 else None
    if found is None and code.isdigit() and len(code) < 18:
        found = Subject.objects.filter(pk=int(code)).first()
    if found is None:
        raise Refused("subject.unknown", f"没有找到主体“{text.strip()[:20]}”。", mend="请核对代码或档案编号。")
    return found
