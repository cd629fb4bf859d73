"""POST /api/v1/checks/ and …/batch/: the two narrow paths, and what the description tells of them."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema

from checks.actions.asking import Answer, Setting, ask, ask_many
from checks.api import serializers
from checks.api.door import JSON, NarrowPath
from checks.reading import questions
from checks.rules.questions import Question
from credit_platform.accounts import policy
from credit_platform.accounts.api import IsClient
from credit_platform.accounts.models import ApiClient
from credit_platform.errors import DomainError
from credit_platform.web.api import PlatformView
from credit_platform.web.errors import as_json
from credit_platform.web.rates import spend
from credit_platform.web.requests import is_database_away

logger = logging.getLogger(__name__)
TAG = "信用核查"
AT_ONCE = 250
BATCHES_A_MINUTE = 10
NDJSON = "application/x-ndjson"
EXAMPLE = OpenApiExample(
    "政府采购",
    value={
        "code": "91230102MA00000000",
        "name": "哈尔滨示例商贸有限公司",
        "matter": "HC-ZFCG",
        "case_number": "2026-11-23-0001",
        "purpose": "procurement",
    },
    request_only=True,
)


class NarrowView(PlatformView):
    """Described like every view of the interface, answered by the narrow path."""

    tag = TAG
    permission_classes = (IsClient,)
    narrow_path: ClassVar[NarrowPath]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.narrow_path.answered(request)


def _one(body: Any, client: ApiClient) -> HttpResponse:
    answer = ask(*questions.one(body, client))
    return HttpResponse(written(answer), content_type=JSON)


def _many(body: Any, client: ApiClient) -> StreamingHttpResponse:
    """Everything that concerns the whole is refused before the first line; what concerns one item is told in its line."""
    items, setting = questions.many(body, client)
    policy.require(client, "checks.ask")
    spend("checks.batch", str(client.pk), limit=BATCHES_A_MINUTE, seconds=60)
    first = _lines(items[:AT_ONCE], 0, setting)
    return StreamingHttpResponse(_streamed(first, items, setting), content_type=NDJSON)


def written(answer: Answer) -> bytes:
    """The answer and the receipt over it; the answer stands in the very bytes that were signed."""
    return b'{"answer":' + answer.text + b',"receipt":"' + answer.receipt.encode() + b'"}'


def _streamed(first: list[bytes], items: Sequence[Any], setting: Setting) -> Iterator[bytes]:
    failed, lines = 0, first
    try:
        for at in range(0, len(items), AT_ONCE):
            if at:
                lines = _lines(items[at : at + AT_ONCE], at, setting)
            failed += sum(b'"error":' in line[:40] for line in lines)
            yield b"".join(lines)
        yield json.dumps({"done": True, "count": len(items), "failed": failed}).encode() + b"\n"
    except (DatabaseError, DomainError, OSError) as error:
        # The status has gone out already: who reads on finds the last line missing, and why.
        logger.error("batch of checks broke off: %s", type(error).__name__)
        text = "系统暂时无法提供服务。" if is_database_away(error) else "核查中断。"
        told = {"done": False, "error": {"code": "interrupted", "text": text, "mend": "请就没有答复的重新提交。"}}
        yield json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _lines(items: Sequence[Any], start: int, setting: Setting) -> list[bytes]:
    """The lines of some items, in order. What can be asked is asked in one statement; where one cannot, one by one."""
    read: list[Question | DomainError] = [_read(item) for item in items]
    askable = [each for each in read if isinstance(each, Question)]
    answers = iter(_answers(askable, setting))
    return [_line(start + n, each if isinstance(each, DomainError) else next(answers)) for n, each in enumerate(read)]


def _read(item: Any) -> Question | DomainError:
    try:
        return questions.item(item)
    except DomainError as error:
        return error


def _answers(asked: Sequence[Question], setting: Setting) -> Sequence[Answer | DomainError]:
    if not asked:
        return []
    try:
        return ask_many(asked, setting)
    except DomainError:
        return [_alone(question, setting) for question in asked]


def _alone(question: Question, setting: Setting) -> Answer | DomainError:
    try:
        return ask(question, setting)
    except DomainError as error:
        return error


def _line(n: int, found: Answer | DomainError) -> bytes:
    if isinstance(found, Answer):
        return b'{"n":%d,' % n + written(found)[1:] + b"\n"
    return json.dumps({"n": n, "error": as_json(found)}, ensure_ascii=False).encode() + b"\n"


class CheckView(NarrowView):
    """一次信用核查。"""

    narrow_path = NarrowPath(_one)

    @extend_schema(
        operation_id="checks_ask",
        request=serializers.QuestionSerializer,
        responses={200: serializers.AnsweredSerializer},
        examples=[EXAMPLE],
        summary="审批、采购等办理前的信用核查",
    )
    def post(self, request: HttpRequest) -> None:
        """按统一社会信用代码（自然人按证件号码）查询，名称只作比对。答复依现行措施清单对该事项计算，附签名回执。
        每次核查先写入审计记录，写不进的不答复。需要权限范围 checks.ask，查自然人另需 checks.ask_person。"""


class BatchView(NarrowView):
    """批量信用核查。"""

    narrow_path = NarrowPath(_many)

    @extend_schema(
        operation_id="checks_batch",
        request=serializers.ManySerializer,
        responses={(200, NDJSON): OpenApiResponse(serializers.CheckLineSerializer, "逐行一个 JSON 对象，末行为 done")},
        summary="批量信用核查（最多 10,000 个，逐行返回）",
    )
    def post(self, request: HttpRequest) -> None:
        """逐个答复，次序与提交相同，n 为从 0 起的序号；有问题的行为 error，不影响其他行。最后一行 done 为 true 才是全部答复完毕。
        每分钟最多 10 次。"""
