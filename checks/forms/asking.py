"""Asking by form, telling an outcome, and the filters of the lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from checks.models import Check, CheckMatter, DecidedCase
from checks.rules.questions import LONGEST_CASE, Question
from checks.rules.states import CHANNEL_LABELS, LABELS, PURPOSE_LABELS, RESULT_LABELS, State
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm, KitForm
from credit_platform.web.lists import KitDateFilter
from records.identifiers import idcard
from records.identifiers.clean import clean_code
from sanctions.measures.rules import VERDICT_LABELS

ID_TYPES = [idcard.CITIZEN, idcard.PASSPORT, idcard.HK_MACAO_PERMIT, idcard.TAIWAN_PERMIT, idcard.FOREIGN_RESIDENT]


def pairs(labels: Iterable[Any], words: Any) -> list[tuple[str, str]]:
    """Choices of an enumeration."""
    return [(str(each), words[each]) for each in labels]


def matters_on(on: date) -> list[tuple[str, str]]:
    """The matters in force as choices."""
    rows = CheckMatter.objects.in_force(on).order_by("code")
    return [("", "请选择"), *((row.code, f"{row.name}（{row.code}）") for row in rows)]


class SettingForm(ActionForm):
    """For which matter and why."""

    matter = forms.ChoiceField(label="核查事项", choices=[])
    purpose = forms.ChoiceField(
        label="核查目的", choices=[("", "请选择"), *((str(each), label) for each, label in PURPOSE_LABELS.items())]
    )
    window = forms.CharField(label="窗口", max_length=60, required=False, help_text="用于统计各窗口的核查情况。")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen = self.fields["matter"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = matters_on(timezone.localdate())


class AskForm(SettingForm):
    """One check at the desk. The number of a person is never shown again."""

    case_number = forms.CharField(label="办件编号", max_length=LONGEST_CASE)
    code = forms.CharField(
        label="统一社会信用代码", max_length=40, required=False, help_text="法人、非法人组织和个体工商户填写。"
    )
    id_type = forms.ChoiceField(label="证件类型", choices=[(each, each) for each in ID_TYPES], required=False)
    id_number = forms.CharField(
        label="证件号码",
        max_length=40,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="核查自然人时填写，只用于比对，不显示、不保存原文。",
    )
    name = forms.CharField(label="名称或姓名", max_length=200, required=False, help_text="只作比对；核查自然人时必填。")
    as_of = ChineseDateField(
        label="截至日期", required=False, help_text="不填为现在。过去某日的结果不能作为决定的依据。"
    )

    field_order = ["matter", "purpose", "case_number", "code", "name", "id_type", "id_number", "window", "as_of"]

    def question(self) -> Question:
        """What is asked."""
        given = self.cleaned_data
        return Question(
            case_number=given["case_number"],
            code=clean_code(given["code"]) if given["code"] else "",
            name=given["name"],
            id_number=given["id_number"],
            id_type=given["id_type"] or idcard.CITIZEN,
            as_of=given["as_of"],
        )


class OutcomeForm(ActionForm):
    """What became of the case."""

    result = forms.ChoiceField(
        label="办理结果", choices=[("", "请选择"), *((str(each), label) for each, label in RESULT_LABELS.items())]
    )
    decided_on = ChineseDateField(label="决定日期")
    measures = forms.MultipleChoiceField(
        label="采取的措施", choices=[], required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label="未采取措施的理由",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="有应当执行或者应当考量的措施而没有采取的，写明理由。",
    )

    def __init__(self, *args: Any, told: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        measures = self.fields["measures"]
        assert isinstance(measures, forms.MultipleChoiceField)
        measures.choices = told
        if not told:
            del self.fields["measures"], self.fields["reason"]


class CasesForm(ActionForm):
    """Decided cases as a file."""

    file = forms.FileField(
        label="办结件清单", help_text="xlsx、xls 或 csv，列：核查事项编码、办件编号、决定日期、窗口（可不填）。"
    )


class BatchForm(SettingForm):
    """A file whose every row is asked about."""

    file = forms.FileField(
        label="核查名单",
        help_text="xlsx、xls 或 csv，最多 100,000 行；列：统一社会信用代码、名称（可不填）、办件编号（可不填）。",
    )
    case_number = forms.CharField(
        label="办件编号", max_length=LONGEST_CASE, help_text="文件中没有填写办件编号的行，用此编号。"
    )


class CheckFilter(django_filters.FilterSet):
    """Filters of the list of checks."""

    q = django_filters.CharFilter(label="回执编号、办件编号或代码", method="by_text")
    matter = django_filters.CharFilter(label="事项编码", field_name="matter__code", lookup_expr="istartswith")
    verdict = django_filters.ChoiceFilter(label="结论", choices=pairs(VERDICT_LABELS, VERDICT_LABELS))
    state = django_filters.ChoiceFilter(label="状态", choices=pairs(LABELS, LABELS), method="by_state")
    channel = django_filters.ChoiceFilter(label="方式", choices=pairs(CHANNEL_LABELS, CHANNEL_LABELS))
    since = KitDateFilter(label="起始日期", field_name="asked_at", lookup_expr="date__gte")
    until = KitDateFilter(label="截止日期", field_name="asked_at", lookup_expr="date__lte")

    class Meta:
        model = Check
        fields: list[str] = []
        form = KitForm

    def by_text(self, rows: QuerySet[Check], name: str, value: str) -> QuerySet[Check]:
        """The whole number of a receipt or a case, or a code."""
        text = value.strip()
        code = clean_code(text)
        return rows.filter(number=code) | rows.filter(case_number=text) | rows.filter(code=code)

    def by_state(self, rows: Any, name: str, value: str) -> QuerySet[Check]:
        """Those that stand so today."""
        found: QuerySet[Check] = rows.in_state(State(value), timezone.localdate())
        return found


class DecidedFilter(django_filters.FilterSet):
    """Filters of the list of decided cases."""

    q = django_filters.CharFilter(label="办件编号", field_name="case_number", lookup_expr="startswith")
    matter = django_filters.CharFilter(label="事项编码", field_name="matter__code", lookup_expr="istartswith")
    window = django_filters.CharFilter(label="窗口", field_name="window", lookup_expr="startswith")
    checked = django_filters.ChoiceFilter(
        label="核查", choices=[("yes", "已核查"), ("no", "未核查")], method="by_checked"
    )
    since = KitDateFilter(label="起始日期", field_name="decided_on", lookup_expr="gte")
    until = KitDateFilter(label="截止日期", field_name="decided_on", lookup_expr="lte")

    class Meta:
        model = DecidedCase
        fields: list[str] = []
        form = KitForm

    def by_checked(self, rows: Any, name: str, value: str) -> Any:
        """Those with or without a check that held on the day of the decision."""
        return rows.filter(checked__isnull=value == "no")
