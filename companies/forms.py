"""Forms of companies' accounts: the public ones, and those of the window and the desk."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms

from companies.models import CompanyAccount, CompanyAccountQuerySet
from companies.rules import LABELS, PAPERS
from credit_platform.labels import choices
from credit_platform.web.forms import ActionForm, KitForm
from credit_platform.web.lists import KitDateFilter
from records.identifiers.clean import clean_code


def secret(label: str, kind: str, **more: Any) -> forms.CharField:
    """A password's field; `kind` is what browsers fill in."""
    widget = forms.PasswordInput(attrs={"autocomplete": kind})
    return forms.CharField(label=label, max_length=128, strip=False, widget=widget, **more)


class RegisterForm(ActionForm):
    """An application for an account."""

    code = forms.CharField(
        label="统一社会信用代码",
        max_length=30,
        help_text="营业执照或者登记证书上的 18 位代码。",
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off", "autocapitalize": "characters"}),
    )
    name = forms.CharField(
        label="主体名称",
        max_length=200,
        help_text="与营业执照或者登记证书一致的全称。",
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    handler = forms.CharField(label="经办人姓名", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label="经办人手机号码",
        max_length=11,
        help_text="仅用于办理时联系，加密保存，不公开。",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "numeric", "class": "code"}),
    )
    login = forms.CharField(
        label="登录名",
        max_length=30,
        help_text="字母开头，4 至 30 位字母、数字和 . _ - 。",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = secret(
        "密码", "new-password", help_text="至少 10 位，大写字母、小写字母、数字、其他符号中的至少三种，不得包含登录名。"
    )
    again = secret("再次输入密码", "new-password")

    def clean_again(self) -> str:
        return same(self.cleaned_data, "password")


class LoginForm(KitForm):
    """What is wrong is never said apart."""

    login = forms.CharField(
        label="登录名",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = secret("密码", "current-password")


class PasswordForm(ActionForm):
    """One's own new password."""

    old = secret("原密码", "current-password")
    password = secret("新密码", "new-password", help_text="不得与最近 5 次使用过的密码相同。")
    again = secret("再次输入新密码", "new-password")

    def clean_again(self) -> str:
        return same(self.cleaned_data, "password")


class CloseForm(ActionForm):
    """Closing one's own account."""

    sure = forms.BooleanField(label="我确认注销本账户，注销后不能恢复")
    password = secret("密码", "current-password")


class ConfirmForm(ActionForm):
    """What the person at the window has seen."""

    papers = forms.MultipleChoiceField(
        label="已核验的材料", choices=list(PAPERS.items()), widget=forms.CheckboxSelectMultiple
    )


class ReasonForm(ActionForm):
    """A verb that needs a reason."""

    reason = forms.CharField(label="原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class FindForm(KitForm):
    """The window's one field."""

    q = forms.CharField(
        label="申请编号或者统一社会信用代码",
        required=False,
        max_length=100,
        help_text="也可以输入主体名称的开头。",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "autofocus": True, "class": "code"}),
    )


class AccountFilter(django_filters.FilterSet):
    """Filters of the desk's list; they stay in the address."""

    q = django_filters.CharFilter(label="申请编号、代码或名称开头", method="by_text")
    state = django_filters.ChoiceFilter(label="状态", choices=choices(LABELS))
    applied_from = KitDateFilter(label="申请日期自", field_name="applied_at", lookup_expr="date__gte")
    applied_to = KitDateFilter(label="申请日期至", field_name="applied_at", lookup_expr="date__lte")

    class Meta:
        model = CompanyAccount
        fields = ("q", "state", "applied_from", "applied_to")

    def by_text(self, rows: CompanyAccountQuerySet, name: str, value: str) -> CompanyAccountQuerySet:
        """A receipt, a whole code, or the beginning of the subject's name."""
        number = clean_code(value)
        by_number = rows.filter(receipt=number) | rows.filter(subject__code=number)
        return by_number | rows.filter(subject__name__startswith=value.strip())


def same(given: dict[str, Any], name: str) -> str:
    """The repeated password; ValidationError when it is another than `name`."""
    if given["again"] != given.get(name):
        raise forms.ValidationError("两次输入的密码不一致。")
    return str(given["again"])
