"""Addresses for the tests of error translation: each raises the domain error of its name."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from credit_platform.errors import Conflict, Finding, Forbidden, Level, Refused
from credit_platform.web import errors
from credit_platform.web.errors import BadRequest

FINDING = Finding("code.check", Level.ERROR, "代码校验不通过。", "核对第 18 位。", "code", article="GB 32100")
RAISED = {
    "refused": Refused("a.refused", "不能公示。", article="第十四条", mend="先完成审核。"),
    "findings": Refused("a.findings", "有 1 项错误。", findings=[FINDING]),
    "forbidden": Forbidden("a.forbidden", "没有权限。"),
    "conflict": Conflict("a.conflict", "已被他人修改。"),
    "bad": BadRequest("a.bad", "参数有误。"),
}


def raising(request: HttpRequest, name: str) -> HttpResponse:
    raise RAISED[name]


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("boom")


def cookies(request: HttpRequest) -> HttpResponse:
    return HttpResponse(json.dumps(dict(request.COOKIES)))


urlpatterns = [
    path("", include("credit_platform.web.urls")),
    path("accounts/", include("credit_platform.accounts.urls")),
    path("raise/<str:name>/", raising),
    path("api/raise/<str:name>/", raising),
    path("broken/", broken),
    path("echo/", cookies),
    path("only-post/", require_POST(cookies)),
    path("api/only-post/", require_POST(cookies)),
]
handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error
