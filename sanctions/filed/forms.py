"""What the forms of published lists ask. They carry the version that the person saw; nothing is saved here."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm, EditForm
from credit_platform.web.lists import KitDateFilter, RowFilter
from credit_platform.workdays.rules.months import add_months
from records.models import Subject
from sanctions.filed import rules
from sanctions.filed.models import FiledPublication, FiledRow
from sanctions.filed.rules import ANSWER_LABELS, PUBLICATION_LABELS, ROW_LABELS, USUAL_MONTHS, Answer
from sanctions.filed.standards import ALL
from sanctions.lists.models import CreditList

LONG = forms.Textarea(attrs={"rows": 4})
YES_NO = (("", "请选择"), ("full", "全量名单"), ("part", "增量名单"))


def _departments(request: Any) -> QuerySet[Department]:
    return Department.objects.order_by("code")


class PublicationForm(ActionForm):
    """A published list that the department will receive files of."""

    standard = forms.ChoiceField(
        label="名单文件的数据标准", choices=[("", "请选择"), *((each.code, each.name) for each in ALL)]
    )
    list_code = forms.ChoiceField(label="列入的名单", help_text="只列出已施行的名单。")
    title = forms.CharField(
        label="公布名单名称", max_length=200, help_text="如：全国法院失信被执行人名单（2026年11月）。"
    )
    authority_name = forms.CharField(label="公布机关", max_length=200)
    authority_code = forms.CharField(label="公布机关统一社会信用代码", max_length=18)
    document_number = forms.CharField(
        label="公布文书号", max_length=128, help_text="名单各行没有自己文书号的，以此为准；没有文书号的填写公告标题。"
    )
    published_on = ChineseDateField(label="公布日期", help_text="名单各行没有自己日期的，以此为列入日期。")
    basis = forms.CharField(label="列入依据", max_length=300)
    published_at = forms.CharField(label="公布处", max_length=300, help_text="如网址、公报期号，供复核人查对。")
    whole = forms.ChoiceField(
        label="名单范围", choices=YES_NO, help_text="全量名单中不再出现的主体会提示核对，不会自动移出；增量名单不提示。"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = CreditList.objects.in_force(timezone.localdate()).order_by("position", "code")
        field = self.fields["list_code"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", "请选择"), *((row.code, f"{row.name}（{row.code}）") for row in rows)]

    @property
    def arguments(self) -> dict[str, Any]:
        """What the action takes."""
        kept = {name: value for name, value in self.cleaned_data.items() if name not in ("form_token", "whole")}
        return kept | {"is_full": self.cleaned_data["whole"] == "full"}


class ReasonForm(EditForm):
    """A step that only wants a reason."""

    reason = forms.CharField(label="原因", max_length=500, widget=LONG)


class ConfirmForm(EditForm):
    """A second person agrees, with a remark where there is one to make."""

    why = forms.CharField(label="复核意见", max_length=500, widget=LONG, required=False)


class ConfirmPublicationForm(EditForm):
    """A second person has looked at the source."""

    seen = forms.BooleanField(label="已到公布处查对公布机关、文书号和日期")


class DeclineForm(EditForm):
    """A second person does not agree."""

    why = forms.CharField(label="不同意的理由", max_length=500, widget=LONG)


class ReleaseForm(EditForm):
    """The source has taken the subject off."""

    document = forms.CharField(label="来源单位移出的文书号", max_length=128, help_text="没有文书号的填写公告标题。")
    reason = forms.CharField(label="核实情况", max_length=300, widget=LONG)


class JudgeForm(EditForm):
    """Who a row means. `subjects` are the candidates that the page shows side by side; another one is named by its code."""

    answer = forms.ChoiceField(label="核对结论", widget=forms.RadioSelect, choices=choices(ANSWER_LABELS))
    subject = forms.ChoiceField(label="主体", required=False, help_text="结论为“登记册中没有该主体”的，不选。")
    code = forms.CharField(
        label="其他主体的统一社会信用代码", max_length=18, required=False, help_text="应选的主体不在上面时填写。"
    )
    reason = forms.CharField(
        label="依据和理由",
        max_length=500,
        widget=LONG,
        help_text="写明查阅了哪些档案、证照，哪些相符，哪些不符。不得含有公民身份号码。",
    )
    until = ChineseDateField(
        label="结论有效期至", help_text=f"最长{rules.MOST_MONTHS}个月；期满或者任何一方资料有变化，都要重新核对。"
    )

    def __init__(self, *args: Any, subjects: list[Subject], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["subject"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [
            ("", "不选"),
            *((str(each.pk), f"{each.name}（{each.code or '无代码'}）") for each in subjects),
        ]
        self.initial.setdefault("until", add_months(timezone.localdate(), USUAL_MONTHS))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        code, found = str(data.get("code") or "").strip().upper(), None
        if code:
            found = Subject.objects.unmerged().filter(code=code).first()
            if found is None:
                self.add_error("code", "登记册中没有这个统一社会信用代码，请核对。")
            elif data.get("subject"):
                self.add_error("code", "已经在上面选择了主体，请清空此栏，或者不选上面的主体。")
        elif data.get("subject"):
            found = Subject.objects.filter(pk=int(data["subject"])).first()
        data["meant"] = found
        return data

    @property
    def kind(self) -> Answer:
        """The answer that was given."""
        return Answer(self.cleaned_data["answer"])


class LineFilter(django_filters.FilterSet):
    """Filters of the list of rows."""

    q = django_filters.CharFilter(label="名单名称、主体代码或文书号", method="by_text")
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=choices(ROW_LABELS))
    list_code = django_filters.CharFilter(label="名单编码", lookup_expr="iexact")
    department = RowFilter(label="接收单位", empty_label="全部", queryset=_departments)
    listed_from = KitDateFilter(label="列入日期自", field_name="listed_on", lookup_expr="gte")
    listed_to = KitDateFilter(label="列入日期至", field_name="listed_on", lookup_expr="lte")

    class Meta:
        model = FiledRow
        fields = ()

    def by_text(self, rows: QuerySet[FiledRow], name: str, value: str) -> QuerySet[FiledRow]:
        text = value.strip()
        return rows.filter(Q(name__contains=text) | Q(subject__code=text.upper()) | Q(document_number=text))


class PublicationFilter(django_filters.FilterSet):
    """Filters of the list of publications."""

    q = django_filters.CharFilter(label="名称、公布机关或文书号", method="by_text")
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=choices(PUBLICATION_LABELS))
    department = RowFilter(label="接收单位", empty_label="全部", queryset=_departments)

    class Meta:
        model = FiledPublication
        fields = ()

    def by_text(self, rows: QuerySet[FiledPublication], name: str, value: str) -> QuerySet[FiledPublication]:
        text = value.strip()
        return rows.filter(Q(title__contains=text) | Q(authority_name__contains=text) | Q(document_number=text))
