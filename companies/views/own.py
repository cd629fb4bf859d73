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

from companies import actions, home, sessions
from companies.forms import CloseForm, PasswordForm
from companies.queries import standing_subject
from credit_platform.web.acting import act_on_form
from credit_platform.web.formats import cn_datetime


@require_safe
@sessions.company_page
def home_page(request: HttpRequest) -> HttpResponse:
    """The account, what falls due, and what the apps above show of the company."""
    account = sessions.require_company(request)
    subject = standing_subject(account)
    pairs = [
        ("主体名称", subject.name),
        ("统一社会信用代码", subject.code),
        ("经办人", account.handler),
        ("手机号码", account.phone_masked or "—"),
        ("开通方式", account.evidence or "窗口核验"),
        ("开通时间", cn_datetime(timezone.localtime(account.confirmed_at)) if account.confirmed_at else ""),
    ]
    sections = home.sections(account, timezone.localdate())
    context = {"account": account, "subject": subject, "pairs": pairs, "sections": sections}
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
    return act_on_form(request, "companies/password.html", context, form, action=action, message="密码已修改。")


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

    return act_on_form(request, "companies/close.html", {"has_password": account.has_password}, form, action=action)
