"""One click, one effect; and the second of two editors is told.

    with submit_once(form.token) as sent:
        record = actions.enter(..., by=request.user)
        sent.result_url = reverse("records:record", args=[record.pk])
    return redirect(sent.result_url)

The token is claimed in the same transaction as the action: a second request waits for the first, then finds the token taken
and is sent to the first one's result. An action that fails frees the token with its own rollback.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from credit_platform.errors import Conflict
from credit_platform.web.models import SentForm

STALE = "此记录已被他人修改，您的修改没有保存。"
STALE_MEND = "请打开最新的记录，核对后重新修改。"


class AlreadySent(Conflict):
    """The same form was carried out before; `result_url` leads to what came of it, "" when unknown."""

    def __init__(self, result_url: str) -> None:
        super().__init__("form.already-sent", "这份表单已经提交过，没有重复办理。", mend="请到列表中查看办理结果。")
        self.result_url = result_url


@dataclass(slots=True)
class Sent:
    """Set `result_url` inside the block: where the person is taken, also after a second click."""

    result_url: str = ""


@contextmanager
def submit_once(token: uuid.UUID | str) -> Iterator[Sent]:
    """Carry the block out once per token. Raises AlreadySent for the second time."""
    number = _number(token)
    with transaction.atomic():
        if not _claim(number):
            taken = SentForm.objects.filter(pk=number).values_list("result_url", flat=True).first()
            raise AlreadySent(taken or "")
        sent = Sent()
        yield sent
        if sent.result_url:
            SentForm.objects.filter(pk=number).update(result_url=sent.result_url)


def result_of(token: uuid.UUID | None) -> str:
    """Where a form that was carried out before has led to; "" for one that was not."""
    if token is None:
        return ""
    return SentForm.objects.filter(pk=token).values_list("result_url", flat=True).first() or ""


def _number(token: uuid.UUID | str) -> uuid.UUID:
    try:
        return token if isinstance(token, uuid.UUID) else uuid.UUID(token)
    except ValueError as error:
        raise Conflict("form.token", "页面已过期，没有保存。", mend="请刷新页面后重新填写。") from error


def _claim(number: uuid.UUID) -> bool:
    """True for the first. A concurrent claim of the same token waits here until the other transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO web_sentform (token, sent_at, result_url) VALUES (%s, now(), '') ON CONFLICT DO NOTHING",
            [number],
        )
        return bool(cursor.rowcount)


def forget_before(moment: datetime) -> int:
    """Remove tokens older than `moment` and answer how many; nobody sends a form that was opened days ago."""
    return SentForm.objects.filter(sent_at__lt=moment).delete()[0]


def version_of(obj: Model) -> str:
    """What changes whenever the row is saved: its `version` number, else its `updated_at`."""
    value: Any = getattr(obj, "version", None)
    if value is None:
        value = getattr(obj, "updated_at", None)
    if value is None:
        raise TypeError(f"{type(obj).__name__} has neither version nor updated_at")
    return value.isoformat() if isinstance(value, datetime) else str(value)


def require_version(locked: Model, version: str) -> None:
    """For actions, after locking the row: Conflict when it was saved since the form with `version` was opened."""
    if version_of(locked) != version:
        raise Conflict("form.stale", STALE, mend=STALE_MEND)
