"""/my/: the company's home, its password, and closing its account."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from companies import actions, home, lockout, sessions
from companies.forms import CloseForm, PasswordForm
from companies.queries import canonical_subject, notices, signs_from
from credit_platform.errors import DomainError
from credit_platform.web.acting import act_on_form
from credit_platform.web.errors import apply_errors, form_response
from credit_platform.web.formats import cn_datetime
from credit_platform.web.forms import ActionForm
from credit_platform.web.once import result_of


@require_safe
@sessions.company_page
def home_page(request: HttpRequest) -> HttpResponse:
    """The account, what falls due, and what the apps above show of the company."""
    account = sessions.require_company(request)
    subject = canonical_subject(account)
    pairs = [
        ("主体名称", subject.name),
        ("统一社会信用代码", subject.code),
        ("经办人", account.handler),
        ("手机号码", account.phone_masked or "—"),
        ("开通方式", account.evidence or "窗口核验"),
        ("开通时间", cn_datetime(timezone.localtime(account.confirmed_at)) if account.confirmed_at else ""),
    ]
    sections = home.sections(account, timezone.localdate())
    context = {
        "account": account,
        "subject": subject,
        "pairs": pairs,
        "sections": sections,
        "notices": notices(account),
        "paused_until": signs_from(account),
    }
    return render(request, "companies/home.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@sessions.company_page
def password(request: HttpRequest) -> HttpResponse:
    """One's own password; this session goes on, others end."""
    account = sessions.require_company(request)
    form = PasswordForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        changed = actions.change_password(account, by=account, old=given["old"], new=given["password"])
        sessions.refresh(request, changed)
        return reverse("companies:home")

    context = {
        "first": account.must_change_password,
        "due": account.password_is_due,
        "days": settings.PASSWORD_MAX_AGE_DAYS,
        "has_password": account.has_password,
    }
    template = "companies/password.html"
    if refused := _not_proved(request, form, "old"):
        return form_response(request, template, context, form, error=refused)
    return act_on_form(request, template, context, form, action=action, message="密码已修改。")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@sessions.company_page
def close(request: HttpRequest) -> HttpResponse:
    """Close the account; what was signed stays."""
    account = sessions.require_company(request)
    form = CloseForm(request.POST or None)

    def action(given: dict[str, Any]) -> str:
        actions.close(account, by=account, password=given["password"])
        sessions.end(request)
        messages.success(request, "账户已注销，已签署的承诺书不受影响。")
        return reverse("companies:login")

    template, context = "companies/close.html", {"has_password": account.has_password}
    if refused := _not_proved(request, form, "password"):
        return form_response(request, template, context, form, error=refused)
    return act_on_form(request, template, context, form, action=action)


def _not_proved(request: HttpRequest, form: ActionForm, field: str) -> DomainError | None:
    """Why the password that came with a form proves nothing, said at its field; None when it does, or there is nothing to prove."""
    account = sessions.require_company(request)
    if request.method != "POST" or not form.is_valid() or result_of(form.token) or not account.has_password:
        return None
    try:
        lockout.prove(request, account, password=form.cleaned_data[field], field=field)
    except DomainError as refused:
        apply_errors(form, refused)
        return refused
    return None
