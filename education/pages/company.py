"""/my/education/: a company learns for itself, prints its certificates, and hands packs to its staff."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from companies.models import CompanyAccount
from companies.sessions import company_page, require_company
from credit_platform.web.acting import act_on_form
from credit_platform.web.keyset import KeysetPage
from education import actions
from education.forms.learning import CloseForm, PackForm
from education.models import Learner
from education.pages.taking import take
from education.queries.courses import learnable, published_course
from education.queries.learning import certificates_of, packs_of, progress, staff_of

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def _learner(account: CompanyAccount) -> Learner | None:
    return Learner.objects.filter(account=account).first()


@require_safe
@company_page
def mine(request: HttpRequest) -> HttpResponse:
    """Courses with how far one is, certificates, packs."""
    account, on = require_company(request), timezone.localdate()
    row = _learner(account)
    context = {
        "lines": [progress(row, version) for version in learnable()],
        "certificates": [(each, each.word_on(on)) for each in certificates_of(account)[:50]],
        "packs": packs_of(account)[:50],
    }
    return render(request, "education/my_education.html", context)


@get_or_post
@company_page
def test(request: HttpRequest, code: str) -> HttpResponse:
    """The test of a course. The learner of the account is made when its first paper is drawn."""
    account = require_company(request)
    version = get_object_or_404(published_course(code))
    row = _learner(account)
    if row is None and request.method == "POST":
        row = actions.learner_of(account)
    learner = row or Learner(account=account, identity=f"account:{account.pk}")
    back = reverse("education:mine")
    return take(request, learner, version, template="education/my_test.html", by=account, back_url=back)


@require_safe
@company_page
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """A certificate, to print."""
    row = get_object_or_404(certificates_of(require_company(request)), number=number)
    return render(request, "education/certificate_print.html", {"row": row, "word": row.word_on(timezone.localdate())})


@get_or_post
@company_page
def pack_new(request: HttpRequest) -> HttpResponse:
    """A new pack."""
    account = require_company(request)
    form = PackForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        row = actions.make_pack(title=given["title"], courses=list(given["courses"]), by=account)
        return reverse("education:my-pack", args=[row.pk])

    return act_on_form(
        request, "education/my_pack_new.html", {}, form, action=action, message="已建立，请把加入码交给员工。"
    )


@require_safe
@company_page
def pack(request: HttpRequest, pk: int) -> HttpResponse:
    """A pack: the code to hand on, who has joined (masked) and with which certificates."""
    row = get_object_or_404(packs_of(require_company(request)), pk=pk)
    page = KeysetPage(staff_of(row), ("-pk",), cursor=request.GET.get("cursor", ""), size=50)
    address = request.build_absolute_uri(reverse("education:pack", args=[row.code]))
    return render(request, "education/my_pack.html", {"pack": row, "page": page, "address": address})


@get_or_post
@company_page
def pack_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody joins any more."""
    account = require_company(request)
    row = get_object_or_404(packs_of(account), pk=pk)
    form = CloseForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        actions.close_pack(row, by=account)
        return reverse("education:my-pack", args=[row.pk])

    return act_on_form(request, "education/my_pack_close.html", {"pack": row}, form, action=action, message="已停用。")
