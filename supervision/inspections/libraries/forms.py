"""Forms of the libraries; nothing is saved here."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms

from casework.forms import LONG
from credit_platform.accounts.models import Department, User
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.districts import TILES
from credit_platform.web.forms import ActionForm, EditForm
from credit_platform.web.lists import RowFilter
from records.models import Subject, SubjectKind
from supervision.inspections.items.models import Item, ItemEntry
from supervision.inspections.libraries import rules
from supervision.inspections.libraries.models import Inspector, ObjectTag


class ObjectFilter(django_filters.FilterSet):
    """What the object library may be narrowed to."""

    q = django_filters.CharFilter(label="统一社会信用代码", field_name="code", lookup_expr="iexact")
    kind = django_filters.ChoiceFilter(
        label="主体类型",
        empty_label="全部",
        choices=[each for each in SubjectKind.choices if each[0] != SubjectKind.PERSON],
    )
    district = django_filters.ChoiceFilter(
        label="登记地", empty_label="全市", choices=[(tile.code, tile.name) for tile in TILES]
    )
    tag = RowFilter(
        label="专项库", empty_label="不限", queryset=lambda request: ObjectTag.objects.order_by("name"), method="by_tag"
    )

    class Meta:
        model = Subject
        fields = ("q", "kind", "district", "tag")

    def by_tag(self, rows: Any, name: str, tag: ObjectTag) -> Any:
        """Those that bear a tag now."""
        return rows.filter(inspection_tags__tag=tag, inspection_tags__until=None)


class InspectorFilter(django_filters.FilterSet):
    """What the list of inspectors may be narrowed to."""

    q = django_filters.CharFilter(label="姓名", field_name="name", lookup_expr="icontains", max_length=50)
    duty = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=choices(rules.DUTY_LABELS))

    class Meta:
        model = Inspector
        fields = ("q", "duty")


class InspectorFields(forms.Form):
    """What is written of an inspector."""

    name = forms.CharField(label="姓名", max_length=50)
    card_kind = forms.ChoiceField(label="执法证种类", choices=choices(rules.CARD_LABELS))
    card_number = forms.CharField(label="执法证号", max_length=20)
    card_from = ChineseDateField(label="执法证有效期起")
    card_until = ChineseDateField(label="执法证有效期止")
    items = forms.ModelMultipleChoiceField(
        queryset=Item.objects.none(),
        label="检查事项范围",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="不选为本单位的全部事项。",
    )
    specialities = forms.CharField(
        label="专业", required=False, max_length=100, help_text="多项用顿号隔开，例如 食品、特种设备。"
    )
    is_expert = forms.BooleanField(label="专家", required=False)
    account = forms.ModelChoiceField(
        queryset=User.objects.none(),
        label="平台账号",
        required=False,
        empty_label="没有",
        help_text="检查现场用来记录结果的账号。",
    )

    def of_department(self, department: Department) -> None:
        """Offer the items and accounts of a department."""
        offered = {
            "items": Item.objects.filter(pk__in=ItemEntry.objects.of_department(department).values("item")),
            "account": User.objects.filter(department=department, is_active=True).order_by("username"),
        }
        for name, rows in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = rows

    def values(self) -> dict[str, Any]:
        """As the action takes them, without the items."""
        data = self.cleaned_data
        names = ("name", "card_kind", "card_number", "card_from", "card_until", "is_expert", "account")
        return {name: data[name] for name in names} | {"specialities": rules.specialities_of(data["specialities"])}


class NewInspectorForm(InspectorFields, ActionForm):
    """A new inspector."""


class InspectorForm(InspectorFields, EditForm):
    """What is changed of one."""


class ReasonForm(EditForm):
    """Why."""

    reason = forms.CharField(label="原因", max_length=300, widget=LONG)


class ResumeForm(EditForm):
    """Nothing to write."""


class RecusalForm(EditForm):
    """Whom an inspector stays away from."""

    code = forms.CharField(label="检查对象的统一社会信用代码", max_length=18)
    ground = forms.ChoiceField(label="回避事由", choices=choices(rules.GROUND_LABELS))
    source = forms.ChoiceField(label="来源", choices=choices(rules.SOURCE_LABELS))
    note = forms.CharField(label="说明", max_length=300, required=False, widget=LONG)

    def clean_code(self) -> Subject:
        """The subject of the code."""
        code = self.cleaned_data["code"].strip().upper()
        found = Subject.objects.with_public_page().filter(code=code).first()
        if found is None:
            raise forms.ValidationError("没有这个统一社会信用代码的主体，请核对。")
        return found


class FileForm(ActionForm):
    """A list of inspectors."""

    file = forms.FileField(
        label="人员名单文件",
        help_text="列名与导出的相同：姓名、执法证种类、执法证号、有效期起、有效期止、专业、专家；xlsx、xls 或 csv。",
    )


class BearersForm(ActionForm):
    """Who bears a tag."""

    tag = forms.ModelChoiceField(queryset=ObjectTag.objects.order_by("name"), label="专项库", empty_label="请选择")
    file = forms.FileField(label="名单文件", help_text="有“统一社会信用代码”一列；xlsx、xls 或 csv，不超过 5 兆字节。")
