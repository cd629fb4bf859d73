"""The one place where a domain error becomes an answer: a page, a form's error or JSON."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import unquote_plus, urlsplit

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from credit_platform.errors import Conflict, DomainError, Finding, Forbidden, Level, Refused
from credit_platform.web.requests import of_the_machine, unavailable

logger = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]
HEADINGS = {
    400: "请求无法识别",
    403: "没有办理权限",
    404: "页面不存在",
    405: "不能这样打开",
    409: "记录已发生变化",
    422: "无法办理",
    429: "操作过于频繁",
}


class BadRequest(DomainError):
    """The request itself is malformed: a cursor that is not ours, a format that we do not have (HTTP 400)."""

    status = 400


# --- forms


def apply_errors(form: BaseForm, error: DomainError) -> None:
    """Put a refusal into the form: findings at their fields, the rest on top. The caller renders the form again."""
    placed = False
    for finding in error.findings:
        form.add_error(
            finding.field if finding.field in form.fields else None, _with_article(_told(finding), finding.article)
        )
        placed = True
    if not placed:
        text = error.text + error.mend
        form.add_error(None, _with_article(text, error.article))


def _told(finding: Finding) -> str:
    """What is wrong and how to mend it; of a field left empty the second says it all."""
    return finding.mend if finding.mend and finding.text.endswith("”必填。") else finding.text + finding.mend


def _with_article(text: str, article: str) -> str:
    return f"{text}（依据：{article}）" if article else text


def at_field(error: Refused, name: str) -> Refused:
    """A refusal without findings as one about a field of the form, so that it is told beside it."""
    if error.findings:
        return error
    finding = Finding(error.code, Level.ERROR, error.text, error.mend, field=name, article=error.article)
    return Refused(error.code, error.text, article=error.article, mend=error.mend, findings=[finding])


def form_response(
    request: HttpRequest, template: str, context: dict[str, Any], form: BaseForm, *, error: DomainError | None = None
) -> HttpResponse:
    """Render a form's page: 200 when fresh, 422 when it has errors (409 when somebody else was faster), the error's own status
    when an action refused."""
    status = error.status if error else _status_of(form)
    return render(request, template, {"form": form, **context}, status=status)


def _status_of(form: BaseForm) -> int:
    if not form.is_bound or not form.errors:
        return 200
    stale = any(each.code == "stale" for found in form.errors.as_data().values() for each in found)
    return Conflict.status if stale else 422


# --- pages and JSON


def wants_json(request: HttpRequest) -> bool:
    accept = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or ("application/json" in accept and "text/html" not in accept)


def as_json(error: DomainError) -> dict[str, Any]:
    """The body of every refusal over the API."""
    body: dict[str, Any] = {"code": error.code, "text": error.text}
    if error.article:
        body["article"] = error.article
    if error.mend:
        body["mend"] = error.mend
    if error.findings:
        body["findings"] = [
            {
                "rule": finding.rule,
                "level": str(finding.level),
                "field": finding.field,
                "text": finding.text,
                "mend": finding.mend,
                "article": finding.article,
            }
            for finding in error.findings
        ]
    return body


def error_response(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The answer to a domain error that no form has taken."""
    if wants_json(request):
        return JsonResponse(as_json(error), status=error.status, json_dumps_params={"ensure_ascii": False})
    if request.headers.get("HX-Request"):
        return HttpResponse(render_to_string("kit/refusal.html", {"error": error}, request), status=error.status)
    advice = ["打开最新的记录，确认后重新办理。"] if isinstance(error, Conflict) else []
    if isinstance(error, Forbidden):
        advice = ["如确因工作需要，请联系本部门管理员调整角色。"]
    return _page(request, error.status, error=error, advice=advice)


def _page(
    request: HttpRequest,
    status: int,
    *,
    heading: str = "",
    text: str = "",
    error: DomainError | None = None,
    advice: Sequence[str] = (),
) -> HttpResponse:
    desk = request.path.startswith(("/desk/", "/window/")) and getattr(request, "user", None) is not None
    context = {
        "status": status,
        "heading": heading or HEADINGS.get(status, HEADINGS[422]),
        "text": text,
        "error": error,
        "advice": advice,
        "back_url": _back(request),
    }
    return render(request, "kit/error_page_desk.html" if desk else "kit/error_page.html", context, status=status)


def _back(request: HttpRequest) -> str:
    """Where the visitor came from, when that was here and another page."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.META.get("HTTP_HOST") or came_from.path == request.path:
        return ""
    return came_from.path + (f"?{came_from.query}" if came_from.query else "")


class DomainErrorMiddleware:
    """Turns a domain error that left a view into its page or JSON, and an empty 405 into one that says something."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            return _wrong_method(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return error_response(request, error) if isinstance(error, DomainError) else None


def _wrong_method(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if wants_json(request):
        answer: HttpResponse = JsonResponse({"code": "method", "text": "该地址不支持这种请求方法"}, status=405)
    else:
        answer = _page(request, 405, text="这个网址只能由页面上的按钮提交，不能直接打开。请返回上一页重新操作。")
    answer["Allow"] = response.headers.get("Allow", "")
    return answer


class CleanInputMiddleware:
    """PostgreSQL has no NUL character: an address or query with one is a 400, a cookie with one is no cookie.

    Stands before everything that reads the database, sessions included.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if "\x00" in name + value]:
            del request.COOKIES[name]
        if "\x00" in request.path or "\x00" in unquote_plus(request.META.get("QUERY_STRING", "")):
            return plain_bad_request(request)
        return self.get_response(request)


def plain_bad_request(request: HttpRequest) -> HttpResponse:
    error = BadRequest("request.characters", "网址或查询内容含有不能识别的字符，请检查后重新输入。")
    if wants_json(request):
        return error_response(request, error)
    # Sessions and messages are not there yet, so the page is rendered without the request's context.
    context = {"status": 400, "heading": HEADINGS[400], "error": error}
    return HttpResponse(render_to_string("kit/error_page.html", context), status=400)


# --- handlers of the root URL configuration


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"code": "request.bad", "text": HEADINGS[400]}, status=400)
    return _page(request, 400, text="提交的内容不完整或格式不正确，请返回后重新操作。")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"code": "forbidden", "text": HEADINGS[403]}, status=403)
    return _page(
        request, 403, text="您的账号不能办理这项业务。", advice=["如确因工作需要，请联系本部门管理员调整角色。"]
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long or came from elsewhere (setting CSRF_FAILURE_VIEW)."""
    logger.warning("CSRF check failed: %s", reason)
    return _page(request, 403, heading="页面已过期", text="提交的内容没有保存。请返回上一页，刷新后重新提交。")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"code": "not-found", "text": "没有这个地址或记录"}, status=404)
    advice = ["核对网址是否完整。", "按名称、统一社会信用代码或文书号查询。", "信息可能已超过公示期或依法终止公示。"]
    return _page(request, 404, text="没有找到您要看的内容。", advice=advice)


def server_error(request: HttpRequest) -> HttpResponse:
    if of_the_machine(sys.exc_info()[1]):
        return unavailable(request)
    if wants_json(request):
        return JsonResponse({"code": "server-error", "text": "系统出现故障，请稍后再试"}, status=500)
    return HttpResponseServerError(render_to_string("500.html"))
