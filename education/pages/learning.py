"""/education/learn/: a person enrols, comes back with the learning code, and is tested. Nothing of a person stands in an address.

No page of these acts for somebody who is signed in, so a forged form gains nothing: they set no cookie and are counted by address.
"""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from credit_platform.audit.middleware import client_network
from credit_platform.web.acting import act_on_form
from credit_platform.web.rates import spend
from education import actions
from education.actions.enrolling import digest
from education.forms.learning import CodeForm, EnrolForm, PackCodeForm
from education.models import CourseVersion, Learner, StaffPack
from education.pages.taking import take
from education.queries.courses import learnable, published_course
from education.queries.learning import learner_under, progress

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
SALT, THREE_HOURS = "education.learner", 3 * 3600
IN_TEN_MINUTES = 20
WRONG = "没有这个学习码，请核对后重新输入。"


@never_cache
@csrf_exempt  # see the head of this module
@get_or_post
def enter(request: HttpRequest) -> HttpResponse:
    """Come back with a learning code; a wrong one says no more than that."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        spend("education", client_network(request), limit=IN_TEN_MINUTES, seconds=600)
        learner = learner_under(digest(form.cleaned_data["code"]))
        if learner is not None:
            return redirect("education:learner", signing.dumps(learner.pk, salt=SALT))
        form.add_error("code", WRONG)
    status = 422 if form.errors else 200
    return render(request, "education/enter.html", {"form": form, "pack_form": PackCodeForm()}, status=status)


@never_cache
@csrf_exempt  # see the head of this module
@get_or_post
def enrol(request: HttpRequest) -> HttpResponse:
    """Enrol without a firm."""
    return _enrol(request, None)


@never_cache
@require_http_methods(["GET", "HEAD"])
def join(request: HttpRequest) -> HttpResponse:
    """From the code of a pack to its page."""
    form = PackCodeForm(request.GET if request.GET.get("code") else None)
    if form.is_valid():
        code = form.cleaned_data["code"].strip().upper()
        if StaffPack.objects.filter(code=code, closed_on__isnull=True).exists():
            return redirect("education:pack", code)
        form.add_error("code", "没有这个加入码，或者已经停用，请向提供单位询问。")
    status = 422 if form.errors else 200
    return render(request, "education/enter.html", {"form": CodeForm(), "pack_form": form}, status=status)


@never_cache
@csrf_exempt  # see the head of this module
@get_or_post
def pack(request: HttpRequest, code: str) -> HttpResponse:
    """A firm's pack: its courses, and enrolling into it."""
    row = get_object_or_404(StaffPack.objects.filter(closed_on__isnull=True).select_related("subject"), code=code)
    return _enrol(request, row)


def _enrol(request: HttpRequest, row: StaffPack | None) -> HttpResponse:
    form = EnrolForm(request.POST or None)
    made: list[str] = []

    def action(given: dict[str, Any]) -> str:
        spend("education", client_network(request), limit=IN_TEN_MINUTES, seconds=600)
        _, code = actions.enrol(name=given["name"], number=given["number"], pack=row)
        made.append(code)
        return reverse("education:enter")

    versions = learnable().filter(course__packs=row) if row is not None else learnable()
    context = {"pack": row, "versions": versions}
    response = act_on_form(request, "education/enrol.html", context, form, action=action)
    return render(request, "education/code.html", {"code": made[0], "form": CodeForm()}) if made else response


@never_cache
@require_safe
def learner(request: HttpRequest, token: str) -> HttpResponse:
    """The courses of a person, and how far with each."""
    row = _learner(token)
    versions = learnable().filter(course__packs=row.pack) if row.pack is not None else learnable()
    lines = [progress(row, version) for version in versions]
    return render(request, "education/learner.html", {"learner": row, "lines": lines, "token": token})


@never_cache
@csrf_exempt  # see the head of this module
@get_or_post
def test(request: HttpRequest, token: str, code: str) -> HttpResponse:
    """The test of a course."""
    row, version = _learner(token), _version(code)
    back = reverse("education:learner", args=[token])
    return take(request, row, version, template="education/test.html", back_url=back, token=token)


@never_cache
@require_safe
def certificate(request: HttpRequest, token: str, number: str) -> HttpResponse:
    """A certificate of this person, to print."""
    row = _learner(token)
    found = get_object_or_404(row.certificates.select_related("course_version__course"), number=number)
    return render(
        request, "education/certificate_print.html", {"row": found, "word": found.word_on(timezone.localdate())}
    )


def _learner(token: str) -> Learner:
    try:
        pk = signing.loads(token, salt=SALT, max_age=THREE_HOURS)
    except signing.BadSignature:
        raise Http404 from None
    return get_object_or_404(Learner.objects.select_related("pack").defer("name_cipher", "id_cipher"), pk=pk)


def _version(code: str) -> CourseVersion:
    return get_object_or_404(published_course(code))
