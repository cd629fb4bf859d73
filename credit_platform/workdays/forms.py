"""The form of a notice: its head, and its days as a file or as the text of the notice; and the sealed form of its confirmation."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone

from credit_platform.errors import Level, Refused
from credit_platform.web.forms import KitForm
from credit_platform.workdays.actions import NoticeHead
from credit_platform.workdays.files import rows_of
from credit_platform.workdays.rules import NoticeDay
from credit_platform.workdays.rules.reading import Reading, read_rows, read_text

SALT = "workdays.notice"
AGE = 2 * 60 * 60
_LINE = forms.TextInput(attrs={"class": "vTextField"})


class NoticeForm(KitForm):
    """Step one: what was published. The days come from a file or from pasted text, not from both."""

    year = forms.IntegerField(label="年份", min_value=2007, max_value=2100)
    title = forms.CharField(
        label="通知标题", max_length=200, required=False, help_text="留空则按标准标题填写。", widget=_LINE
    )
    document_number = forms.CharField(
        label="文号", max_length=60, required=False, help_text="例如：国办发明电〔2025〕7号。", widget=_LINE
    )
    issued_on = forms.DateField(
        label="发布日期", required=False, widget=forms.DateInput(attrs={"type": "date", "class": "vDateField"})
    )
    amends = forms.BooleanField(
        label="这是对本年度安排的调整通知",
        required=False,
        help_text="只改变所列日期，不替换年度通知。",
    )
    text = forms.CharField(
        label="通知正文",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12, "cols": 90, "class": "vLargeTextField"}),
        help_text="可直接粘贴通知全文，例如：七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。",
    )
    file = forms.FileField(
        label="表格文件", required=False, help_text="xlsx 或 CSV，列为：日期、安排（放假或上班）、名称。"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("year", timezone.localdate().year + 1)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        text, file = (data.get("text") or "").strip(), data.get("file")
        if bool(text) == bool(file):
            self.add_error(None, "请粘贴通知正文或上传表格文件，二者选一。")
        elif "year" in data:
            reading = self._read(text, file, data["year"])
            self.reading = reading
            for finding in reading.findings:
                if finding.level is Level.ERROR:
                    self.add_error("file" if file else "text", f"{finding.text}{finding.mend}")
        return data

    def _read(self, text: str, file: Any, year: int) -> Reading:
        if not file:
            return read_text(text, year)
        try:
            return read_rows(rows_of(file.read()), year)
        except Refused as error:
            self.add_error("file", f"{error.text}{error.mend}")
            return Reading()

    @property
    def head(self) -> NoticeHead:
        data = self.cleaned_data
        standard = f"国务院办公厅关于{data['year']}年部分节假日安排的通知"
        return NoticeHead(
            year=data["year"],
            title=data["title"].strip() or standard,
            document_number=data["document_number"].strip(),
            issued_on=data["issued_on"],
            amends=data["amends"],
        )

    @property
    def days(self) -> list[NoticeDay]:
        return sorted(set(self.reading.days))


def seal(head: NoticeHead, days: list[NoticeDay], stamp: uuid.UUID | None) -> str:
    """Return what was previewed as one signed value, so that exactly that is confirmed."""
    value = asdict(head) | {"issued_on": head.issued_on.isoformat() if head.issued_on else None}
    members = [[d.date.isoformat(), d.is_workday, d.name] for d in days]
    return signing.dumps(
        {"head": value, "days": members, "stamp": str(stamp) if stamp else None}, salt=SALT, compress=True
    )


def unseal(value: str) -> tuple[NoticeHead, list[NoticeDay], uuid.UUID | None]:
    """Return what `seal` was given. Refused when it is older than two hours or was altered."""
    try:
        data = signing.loads(value, salt=SALT, max_age=AGE)
    except signing.BadSignature as error:
        raise Refused("calendar.seal", "预览已失效，请重新预览。") from error
    issued_on = data["head"].pop("issued_on")
    head = NoticeHead(**data["head"], issued_on=date.fromisoformat(issued_on) if issued_on else None)
    days = [NoticeDay(date.fromisoformat(day), is_workday, name) for day, is_workday, name in data["days"]]
    return head, days, uuid.UUID(data["stamp"]) if data["stamp"] else None
