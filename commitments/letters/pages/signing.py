"""/my/commitments/: the matters of a company, what it reads, fills in, signs, and what it signed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from commitments.letters.actions import signing
from commitments.letters.forms import BlanksForm, SignForm
from commitments.letters.queries.signing import Offer, disclosure_of, entries_for, offer, signatures_of
from commitments.models import Signature
from commitments.rules.states import FULFILMENT_LABELS, Fulfilment
from companies.lockout import sign_on_form
from companies.queries import canonical_subject
from companies.sessions import company_page, require_company
from credit_platform.accounts import policy
from credit_platform.accounts.desk import staff_of
from credit_platform.audit import actions as audit
from credit_platform.errors import Conflict, DomainError
from credit_platform.web.acting import sent_before
from credit_platform.web.errors import apply_errors, form_response
from credit_platform.web.export import download
from credit_platform.web.formats import cn_datetime
from credit_platform.web.keyset import KeysetPage

SHOWN = 50


@require_safe
@company_page
def matters(request: HttpRequest) -> HttpResponse:
    """Matters that may be signed online, and what was signed."""
    account, on = require_company(request), timezone.localdate()
    entries = list(entries_for(canonical_subject(account), on)[:200])
    page = KeysetPage(signatures_of(account), ("-signed_at", "-pk"), cursor=request.GET.get("cursor", ""), size=SHOWN)
    return render(request, "commitments/letters/my_matters.html", {"entries": entries, "page": page})


def _offer(request: HttpRequest, code: str) -> Offer:
    found = offer(canonical_subject(require_company(request)), code, timezone.localdate())
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def read(request: HttpRequest, code: str) -> HttpResponse:
    """Who may, the notice in plain words, the text and what changed, and the blanks. A barred subject is told before it fills anything."""
    found = _offer(request, code)
    if not found.availability.available:
        return render(
            request,
            "commitments/letters/my_barred.html",
            {"offer": found},
            status=422 if request.method == "POST" else 200,
        )
    kept = request.session.get(_key(code)) or {}
    initial = {f"blank-{name}": value for name, value in kept.items()}
    form = BlanksForm(request.POST if request.method == "POST" else None, blanks=found.template.blanks, initial=initial)
    context = {"offer": found}
    if request.method != "POST" or not form.is_valid():
        return form_response(request, "commitments/letters/my_read.html", context, form)
    subject = canonical_subject(require_company(request))
    try:
        signing.draft(found.entry, found.template, subject, form.values(), timezone.localdate())
    except DomainError as refused:
        apply_errors(form, refused)
        return form_response(request, "commitments/letters/my_read.html", context, form, error=refused)
    request.session[_key(code)] = form.values()
    return redirect("commitments:my-confirm", code=code)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@company_page
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """The whole text once more; ticked as read, proved with the password or a fresh log-in, and signed."""
    account, found = require_company(request), _offer(request, code)
    values = request.session.get(_key(code))
    if values is None or not found.availability.available:
        return redirect(sent_before(request) or reverse("commitments:my-read", args=[code]))
    draft = signing.draft(found.entry, found.template, canonical_subject(account), values, timezone.localdate())
    form = SignForm(request.POST or None, ask_password=account.has_password, initial={"seen": draft.sha256})

    context = {
        "offer": found,
        "draft": draft,
    }

    def action(given: dict[str, Any]) -> str:
        made = signing.sign(
            found.entry, by=account, values=values, seen=given["seen"], site=request.build_absolute_uri("/")
        )
        request.session.pop(_key(code), None)
        return reverse("commitments:my-letter", args=[made.number])

    template = "commitments/letters/my_confirm.html"
    return sign_on_form(request, template, context, form, account=account, action=action, message="承诺书已签署。")


@require_safe
@company_page
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """One signed letter of the company."""
    row = get_object_or_404(signatures_of(require_company(request)), number=number)
    pairs = [
        ("承诺书编号", row.number),
        ("承诺事项", row.template.matter.name),
        ("受理单位", row.letter.department.name),
        ("签署时间", cn_datetime(timezone.localtime(row.signed_at))),
        ("签署人（经办人）", row.signer_name),
        ("履约状态", FULFILMENT_LABELS[Fulfilment(row.letter.fulfilment)]),
        ("文本摘要", row.text_sha256),
        ("文件摘要", row.pdf_sha256),
    ]
    shown = disclosure_of(row, timezone.localdate())
    return render(request, "commitments/letters/my_letter.html", {"row": row, "pairs": pairs, "shown": shown})


@require_safe
@company_page
def letter_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The PDF for the company itself."""
    return pdf_answer(get_object_or_404(signatures_of(require_company(request)), number=number))


@require_safe
@login_required
def desk_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The PDF for the department that accepted the letter; registered as a look."""
    user = staff_of(request)
    policy.require(user, "commitments.view")
    row = get_object_or_404(Signature.objects.select_related("letter__department", "letter__subject"), number=number)
    if not policy.allows(user, "commitments.view", row.letter.department):
        raise Http404
    audit.look(
        "commitments.pdf",
        by=user,
        subject_ref=row.letter.subject.code or str(row.letter.subject),
        purpose="核对在线签署的承诺书",
        fields=row.number,
        results=1,
        unit_id=row.letter.department_id,
    )
    return pdf_answer(row)


def pdf_answer(row: Signature) -> HttpResponse:
    """The stored PDF as a file of its number; Conflict when what lies on the disk is not what was signed."""
    data = signing.pdf_of(row)
    if signing.file_hash(data) != row.pdf_sha256:
        raise Conflict("letter.pdf", "保存的文件与签署时不一致，不能下载。", mend="请联系市信用办。")
    return download(data, f"{row.number}.pdf", "application/pdf")


def _key(code: str) -> str:
    return f"signing:{code}"
