"""Forms of the import pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.core.files.uploadedfile import UploadedFile

from credit_platform.gate import guard
from credit_platform.web.forms import ActionForm, ChineseMessages
from credit_platform.web.lists import KitDateFilter
from records.models import CatalogueEntry, CatalogueItem, ImportBatch
from records.queries.catalogue import LOCAL
from records.standards import registry
from records.standards.declaration import Standard
from records.standards.units import UNITS

KEEP, NOTHING = "keep", "nothing"
ACCEPT = ".xlsx,.xls,.csv,.txt,.json"


def choices_of(entries: Sequence[CatalogueEntry]) -> list[tuple[str, str]]:
    """What may be imported: “standard|item” → words; an old layout stands behind the standard that took its place."""
    found: list[tuple[str, str]] = []
    for entry in entries:
        found.append((f"{entry.standard}|{entry.item.code}", f"{entry.item.name}（{entry.item.code}）"))
        for old in registry.all():
            if entry.standard != LOCAL and old.accepted_as == entry.standard:
                found.append((f"{old.code}|{entry.item.code}", f"{entry.item.name}（{old.version}年版旧表样）"))
    return found


MOST_FILES = 20
MOST_BYTES = 250 * 1024 * 1024


class SeveralFiles(forms.FileInput):
    """The browser's choice of one file or of several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files; cleaned to a list of them."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        given = list(data) if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(each, initial) for each in given or [None]]
        if len(files) > MOST_FILES or sum(each.size for each in files) > MOST_BYTES:
            raise forms.ValidationError(
                f"一次最多上传 {MOST_FILES} 个文件，合计不超过 {MOST_BYTES // 1048576} 兆字节。请分几次上传。"
            )
        return files


class UploadForm(ActionForm):
    """Files and how they are to be taken."""

    what = forms.ChoiceField(label="导入内容")
    file = FilesField(
        label="文件",
        help_text=f"xlsx、xls、csv 或 json，每个不超过 {guard.MAX_FILE // 1048576} 兆字节、{guard.MAX_ROWS // 10000} 万行，可一次选择多个文件。"
        "表头可在任意一行，列的顺序不限。",
        widget=SeveralFiles(attrs={"accept": ACCEPT}),
    )
    mode = forms.ChoiceField(
        label="有错误行时",
        choices=[(KEEP, "合格的行入库，有错误的行退回"), (NOTHING, "只要有错误，全部不入库")],
        initial=KEEP,
        widget=forms.RadioSelect,
    )
    simulate = forms.BooleanField(
        label="模拟导入：只校验，不入库", required=False, help_text="结果与正式导入一致，可在结果页转为正式导入。"
    )

    def __init__(self, *args: Any, entries: Sequence[CatalogueEntry], **options: Any) -> None:
        super().__init__(*args, **options)
        self.entries = {entry.item.code: entry for entry in entries}
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - told to the type checker
        field.choices = [("", "请选择"), *choices_of(entries)]

    @property
    def standard(self) -> str:
        """The code of the chosen standard."""
        return str(self.cleaned_data["what"]).split("|", 1)[0]

    @property
    def item(self) -> CatalogueItem:
        """The chosen catalogue item."""
        return self.entries[str(self.cleaned_data["what"]).split("|", 1)[1]].item


class MappingForm(ActionForm):
    """One choice for every header that was not recognised, and the unit of every column of amounts that names none."""

    def __init__(
        self,
        *args: Any,
        questions: Sequence[dict[str, Any]],
        standard: Standard,
        units: Sequence[dict[str, Any]] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.headers: dict[str, str] = {}
        self.amounts: dict[str, str] = {}
        for number, question in enumerate(units):
            name = f"unit_{number}"
            self.amounts[name] = str(question["header"])
            self.fields[name] = forms.ChoiceField(
                label=f"“{str(question['header']).lstrip('*')}”的单位",
                choices=[(unit, unit) for unit in UNITS],
                widget=forms.RadioSelect,
                help_text=f"{_samples(question)} 表头没有写明单位。1万元等于10,000元，选错相差一万倍。".strip(),
            )
        by_label = {each.label: each.code for each in standard.fields}
        chosen = [("", "不导入此列"), *((each.code, f"{each.label}（{each.code}）") for each in standard.fields)]
        for number, question in enumerate(questions):
            header = str(question["header"])
            if header in self.headers.values():
                continue
            name = f"column_{number}"
            self.headers[name] = header
            suggestions = [by_label[label] for label in question.get("suggestions", []) if label in by_label]
            self.fields[name] = forms.ChoiceField(
                label=header.lstrip("*"),
                choices=chosen,
                required=False,
                initial=suggestions[0] if suggestions else "",
                help_text=" ".join(filter(None, (question.get("note", ""), _samples(question)))),
            )

    @property
    def units(self) -> dict[str, str]:
        """Header → 元 or 万元."""
        return {header: self.cleaned_data[name] for name, header in self.amounts.items()}

    @property
    def answers(self) -> dict[str, str]:
        """Header → field code."""
        return {header: self.cleaned_data.get(name, "") for name, header in self.headers.items()}


def _samples(question: dict[str, Any]) -> str:
    samples = "、".join(str(each).rstrip("。；，") for each in question.get("samples", []))
    return f"内容如：{samples}" if samples else ""


class UndoForm(ActionForm):
    """Why a batch is taken back."""

    reason = forms.CharField(label="撤回原因", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class MatchForm(ChineseMessages, forms.Form):
    """A list to be matched; the purpose is registered before anything is shown."""

    file = forms.FileField(
        label="名单文件",
        help_text="xlsx、xls 或 csv，应有名称列，以及统一社会信用代码、组织机构代码、工商注册号中的一列或几列。文件不保存。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
    )
    purpose = forms.CharField(label="比对事由", max_length=200, help_text="将登记在查询记录中。")


class BatchFilter(django_filters.FilterSet):
    """Filters of the list of batches."""

    state = django_filters.ChoiceFilter(label="状态", choices=ImportBatch.State.choices)
    standard = django_filters.ChoiceFilter(label="数据标准", choices=registry.choices)
    channel = django_filters.ChoiceFilter(label="来源渠道", choices=ImportBatch.Channel.choices)
    file_name = django_filters.CharFilter(label="文件名", lookup_expr="icontains")
    since = KitDateFilter(label="收到日期自", field_name="received_at", lookup_expr="date__gte")
    until = KitDateFilter(label="收到日期至", field_name="received_at", lookup_expr="date__lte")

    class Meta:
        model = ImportBatch
        fields: tuple[str, ...] = ()
