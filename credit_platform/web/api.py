"""The kit of every API view: parameters that are declared and checked, one form of refusal, a schema that tells both.

A view lists its `params`; whatever is not on the list is a 400 that names the nearest one, so that a typing error is never
silently an unfiltered answer. Errors are `{"code", "text", "mend"?, "article"?, "findings"?}` in Chinese.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.http import Http404
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions, serializers
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, set_rollback

from credit_platform.errors import DomainError
from credit_platform.web.errors import BadRequest, as_json
from credit_platform.web.parameters import require_known

MAX_TEXT = 400


@dataclass(frozen=True, slots=True)
class Param:
    """One query parameter: its name, how it is read, what it means. `choices` maps accepted values to their meaning; `type` is
    taken from the reader where none is given."""

    name: str
    read: Callable[[str], Any]
    help: str
    choices: Mapping[str, str] | None = None
    type: Any = None
    default: Any = None
    pattern: str = ""


def read_date(text: str) -> date:
    """A calendar day written 2026-11-23."""
    if len(text) != 10:
        raise ValueError("日期应写作 2026-11-23 的形式")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("日期不存在或写法不正确，应写作 2026-11-23 的形式") from None


@dataclass(frozen=True, slots=True)
class read_number:  # noqa: N801 - reads as the other readers do
    """A whole number from `low` to `high`, in ASCII digits."""

    low: int
    high: int

    def __call__(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 19 and self.low <= int(text) <= self.high):
            raise ValueError(f"应为 {self.low} 至 {self.high} 之间的整数")
        return int(text)

    @property
    def shape(self) -> dict[str, Any]:
        """As the schema tells it."""
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True, slots=True)
class read_text:  # noqa: N801 - reads as the other readers do
    """A text of at most `longest` characters, stripped; blank is refused."""

    longest: int = MAX_TEXT

    def __call__(self, text: str) -> str:
        if not text.strip() or len(text) > self.longest:
            raise ValueError(f"不能为空，且不超过 {self.longest} 个字")
        return text.strip()

    @property
    def shape(self) -> dict[str, Any]:
        """As the schema tells it."""
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


def read_params(query: Any, params: Sequence[Param]) -> dict[str, Any]:
    """The values of the declared parameters, defaults filled in. BadRequest for an unknown, doubled or unreadable one."""
    known = {param.name: param for param in params}
    require_known(query, list(known))
    return {param.name: _read(param, query.getlist(param.name)) for param in params}


def _read(param: Param, given: list[str]) -> Any:
    if not given:
        return param.default
    if len(given) > 1:
        raise BadRequest("param.repeated", f"参数 {param.name} 出现了 {len(given)} 次。", mend="每个参数只写一次。")
    value = given[0]
    if param.choices is not None and value not in param.choices:
        near = difflib.get_close_matches(value[:60], param.choices, n=1)
        raise BadRequest(
            "param.choice",
            f"参数 {param.name} 的取值不正确。" + (f"是否为 {near[0]}？" if near else ""),
            mend="可用取值：" + "、".join(f"{key}（{label}）" for key, label in param.choices.items()) + "。",
        )
    try:
        return param.read(value)
    except ValueError as error:
        raise BadRequest("param.value", f"参数 {param.name} 不正确：{error}。") from None


class ErrorSerializer(serializers.Serializer[Any]):
    """The body of every refusal."""

    code = serializers.CharField(help_text="错误代码，供程序判断")
    text = serializers.CharField(help_text="中文说明")
    mend = serializers.CharField(required=False, help_text="如何改正")
    article = serializers.CharField(required=False, help_text="依据条款")
    findings = serializers.ListField(child=serializers.DictField(), required=False, help_text="逐项问题")


ERROR_MEANINGS = {
    400: "请求不正确",
    401: "没有密钥或密钥无效",
    403: "密钥没有此项权限",
    404: "没有这一对象",
    405: "不支持的请求方法",
    406: "不支持的返回格式",
    409: "与当前状态冲突",
    413: "请求过大",
    415: "不支持的内容类型",
    422: "不符合数据标准或业务规则",
    429: "请求过于频繁",
    503: "服务暂不可用，请稍后再试",
}


READING = frozenset({"GET", "HEAD"})
SENDING_ONLY = frozenset({409, 413, 415, 422})
HEADERS = {
    401: {"WWW-Authenticate": {"schema": {"type": "string"}, "description": "密钥所在的请求头"}},
    429: {"Retry-After": {"schema": {"type": "integer"}, "description": "多少秒后再试"}},
}


class PlatformSchema(AutoSchema):
    """Adds the declared parameters and the refusals to every operation; `tag` of the view is its chapter."""

    def get_tags(self) -> list[str]:
        tag = getattr(self.view, "tag", "")
        return [tag] if tag else super().get_tags()

    def get_override_parameters(self) -> list[Any]:
        params = getattr(self.view, "params", ()) if self.method in READING else ()
        return [
            OpenApiParameter(
                param.name,
                type=param.type or getattr(param.read, "shape", OpenApiTypes.STR),
                description=param.help,
                enum=list(param.choices) if param.choices is not None else None,
                pattern=param.pattern or None,
                default=param.default,
            )
            for param in params
        ]

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        body = self.resolve_serializer(ErrorSerializer, direction).ref
        for status, meaning in self._refusals().items():
            answer = {"content": {"application/json": {"schema": body}}, "description": meaning}
            if status in HEADERS:
                answer["headers"] = HEADERS[status]
            bodies.setdefault(str(status), answer)
        return bodies

    def _refusals(self) -> dict[int, str]:
        """Those that this operation can answer."""
        left_out = set(SENDING_ONLY) if self.method in READING else set()
        if "{" not in self.path and self.method in READING:
            left_out.add(404)
        if AllowAny in [type(each) for each in self.view.get_permissions()]:
            left_out.add(403)
        return {status: meaning for status, meaning in ERROR_MEANINGS.items() if status not in left_out}


class AcceptOnly(DefaultContentNegotiation):
    """The header Accept decides; `?format=` is a parameter like any other, known or refused."""

    def filter_renderers(self, renderers: Any, format: str) -> Any:  # noqa: A002 - the name is the framework's
        return renderers


class PlatformView(APIView):
    """A view with declared parameters: `self.asked` holds their values before the handler of a reading request runs. Requests of
    another kind have none."""

    params: Sequence[Param] = ()
    tag = ""
    schema = PlatformSchema()
    http_method_names = ("get", "head", "post", "put", "patch", "delete")
    content_negotiation_class = AcceptOnly
    asked: dict[str, Any]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.asked = read_params(request.query_params, self.params if request.method in READING else ())


CODES = {
    exceptions.ParseError: ("request.body", "请求正文不是正确的 JSON。"),
    exceptions.NotAuthenticated: ("auth.missing", "此接口需要密钥，请在请求头 X-Api-Key 中提供。"),
    exceptions.AuthenticationFailed: ("auth.failed", "密钥无效、已到期或已吊销。"),
    exceptions.PermissionDenied: ("auth.forbidden", "该密钥没有此项权限。"),
    exceptions.MethodNotAllowed: ("request.method", "此接口不支持该请求方法。"),
    exceptions.NotAcceptable: ("request.accept", "接口只返回 application/json。"),
    exceptions.UnsupportedMediaType: ("request.type", "请以 application/json 提交。"),
}


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every exception that an API view may raise, in the one form of refusal; None lets the rest be a logged 500."""
    if isinstance(error, DomainError):
        set_rollback()
        return Response(as_json(error), status=error.status)
    if isinstance(error, Http404):
        return Response({"code": "not-found", "text": "没有找到。"}, status=404)
    if isinstance(error, exceptions.Throttled):
        wait = int(getattr(error, "wait", None) or 60)
        body = {"code": "throttled", "text": "请求过于频繁。", "mend": f"请在 {wait} 秒后再试。"}
        return Response(body, status=429, headers={"Retry-After": str(wait)})
    if isinstance(error, exceptions.APIException):
        set_rollback()
        code, text = CODES.get(type(error), ("request.invalid", "请求不正确。"))
        headers = {"WWW-Authenticate": header} if (header := getattr(error, "auth_header", "")) else {}
        return Response({"code": code, "text": text}, status=error.status_code, headers=headers)
    return None
