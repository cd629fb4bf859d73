"""The body of an API request: strict JSON, within bounds, and read name by name."""

from __future__ import annotations

import difflib
import json
from collections.abc import Sequence
from typing import Any, NoReturn

from django.conf import settings
from rest_framework.parsers import BaseParser

from credit_platform.errors import DomainError
from credit_platform.web.errors import BadRequest

DEEPEST = 32
NOT_JSON = "请求正文不是正确的 JSON。"


class TooLarge(DomainError):
    """More than we read at once (HTTP 413)."""

    status = 413


class StrictJSONParser(BaseParser):
    """JSON in UTF-8 whatever the header says. Refused with a reason: too large, not JSON, NaN, the same name twice, nested too deep,
    and characters that PostgreSQL does not hold (NUL, halves of surrogate pairs)."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        return body_of(stream)


def body_of(stream: Any) -> Any:
    """The value of a whole body, within bounds and sound; refused as the parser says."""
    limit = int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
    raw = stream.read(limit + 1)
    if len(raw) > limit:
        raise TooLarge(
            "request.size", f"请求正文超过 {limit // 1048576} 兆字节。", mend="请减少每次报送的行数，分次报送。"
        )
    data = parsed(raw)
    _require_sound(data)
    return data


def parsed(raw: bytes) -> Any:
    """The value of a JSON text; BadRequest when it is none."""
    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_constant)
    except RecursionError:
        raise _too_deep() from None
    except ValueError as error:
        raise BadRequest("request.body", NOT_JSON, mend=_place(error)) from None


def require_object(data: Any, known: Sequence[str], required: Sequence[str]) -> dict[str, Any]:
    """The body as an object with only `known` names and all `required` ones; BadRequest names what differs, and the nearest name."""
    if not isinstance(data, dict):
        raise BadRequest("request.body", "请求正文应为一个 JSON 对象。", mend=f"可用的名称：{'、'.join(known)}。")
    for name in data:
        if name not in known:
            near = difflib.get_close_matches(name[:60], known, n=1, cutoff=0.4)
            hint = f"您要用的可能是 {near[0]}。" if near else ""
            listed = "、".join(known)
            raise BadRequest(
                "body.unknown", f"请求正文中没有名为“{name[:60]}”的项。{hint}", mend=f"可用的名称：{listed}。"
            )
    for name in required:
        if name not in data:
            raise BadRequest("body.missing", f"请求正文缺少 {name}。", mend=f"必填的名称：{'、'.join(required)}。")
    return data


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadRequest("request.body", f"同一个对象中“{twice[:60]}”出现了两次。", mend="每个名称只写一次。")
    return made


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} 不是 JSON 的数值")


def _place(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"请检查第 {error.lineno} 行第 {error.colno} 列附近。"
    return "请以 UTF-8 编码提交标准的 JSON，数值不超过 4300 位，不使用 NaN、Infinity。"


def _too_deep() -> BadRequest:
    return BadRequest("request.depth", f"JSON 嵌套超过 {DEEPEST} 层。", mend="请按数据标准逐项填写文本或数字。")


def _require_sound(data: Any) -> None:
    """Every text can be stored, nothing is nested too deep. Walks without recursion."""
    waiting: list[tuple[Any, int]] = [(data, 1)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, str):
            _require_storable(value)
        elif isinstance(value, dict | list):
            if depth > DEEPEST:
                raise _too_deep()
            if isinstance(value, dict):
                for name in value:
                    _require_storable(name)
            inner = value.values() if isinstance(value, dict) else value
            waiting.extend((each, depth + 1) for each in inner)


def _require_storable(text: str) -> None:
    if "\x00" in text:
        raise BadRequest("request.characters", "请求正文含有空字符（NUL）。", mend="请去掉 \\u0000 后重新提交。")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise BadRequest("request.characters", "请求正文含有不成对的代理字符（\\ud800 至 \\udfff）。") from None
