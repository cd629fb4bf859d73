"""Forms of agencies: the agency's own, the subject's, the desk's."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet

from casework import forms as kit
from credit_platform.accounts.models import ApiClient
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm, EditForm
from industry.agencies import rules
from industry.agencies.models import Agency


class ApplyForm(ActionForm):
    """What an agency declares."""

    kinds = forms.MultipleChoiceField(label="机构类型", choices=rules.KIND_CHOICES, widget=forms.CheckboxSelectMultiple)
    fields_of_work = forms.MultipleChoiceField(
        label="合作领域", choices=rules.FIELD_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    filings = forms.CharField(
        label="备案、许可",
        max_length=300,
        required=False,
        help_text="机关和编号；征信、信用评级机构必填。登记不是许可，不登记不影响依法经营。",
    )
    staff = forms.IntegerField(label="专职人员数", min_value=1, max_value=60000)
    practice = forms.CharField(label="业务情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
    promise = forms.BooleanField(label="本机构承诺登记信息真实、准确，依法使用信用信息，不以信用修复为名收费")


class WordForm(ActionForm):
    """A verb of a company without words."""

    word = forms.CharField(widget=forms.HiddenInput, initial="1")


class GrantForm(ActionForm):
    """A subject authorises an agency."""

    reason = forms.CharField(label="用途", max_length=200, help_text="例如：申请流动资金贷款的信用评估。")
    ends_on = ChineseDateField(label="授权至", help_text="最长一年，可以随时撤回。")
    agreed = forms.BooleanField(
        label="本单位授权该机构在期限内按上述用途查询登记信息、公示信息和授权查询信息，知晓每次查询都有登记、可以查看"
    )


class NoteForm(EditForm):
    """A verb that wants words."""

    note = forms.CharField(label="退回原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class PlainForm(EditForm):
    """A verb without words."""


class ConnectForm(EditForm):
    """The key under which an agency reads."""

    client = forms.ModelChoiceField(
        label="接口客户端",
        queryset=ApiClient.objects.filter(scopes__contains=["agency.read"], revoked_at__isnull=True),
        help_text="由安全管理员签发、权限范围为“agency.read”的客户端。",
    )
    quota = forms.IntegerField(label="每日查询次数上限", min_value=1, initial=rules.QUOTA)


class ProposeForm(ActionForm):
    """Why an agency should be struck."""

    ground = forms.ChoiceField(label="情形", choices=rules.GROUND_CHOICES)
    facts = forms.CharField(label="事实", max_length=3000, widget=forms.Textarea(attrs={"rows": 6}))


class DismissForm(kit.StepForm):
    """Nothing is struck."""

    reason = forms.CharField(label="不予取消的理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class AgencyFilter(django_filters.FilterSet):
    """Filters of the desk's list."""

    q = django_filters.CharFilter(label="机构名称或信用代码", method="by_text")
    kind = django_filters.ChoiceFilter(
        label="机构类型", empty_label="全部", choices=rules.KIND_CHOICES, method="by_kind"
    )
    state = django_filters.ChoiceFilter(label="状态", empty_label="全部", choices=rules.STATE_CHOICES)

    class Meta:
        model = Agency
        fields = ("q", "kind", "state")

    def by_text(self, rows: QuerySet[Agency], name: str, value: str) -> QuerySet[Agency]:
        """A part of the name, or the code."""
        text = value.strip()
        return rows.filter(subject__name__contains=text) | rows.filter(subject__code=text.upper())

    def by_kind(self, rows: QuerySet[Agency], name: str, value: str) -> QuerySet[Agency]:
        """Agencies of a kind."""
        return rows.filter(kinds__contains=[value])
