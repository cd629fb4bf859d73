"""What the forms of a campaign ask."""

from __future__ import annotations

from typing import Any

from django import forms

from casework.forms import LONG, AttachmentsField, StepForm
from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.districts import TILES
from credit_platform.web.forms import ActionForm, EditForm
from disclosure import kinds
from supervision.campaigns.models import CampaignField
from supervision.campaigns.rules import ENTERED_LABELS, KINDS, Query

TICKED = forms.CheckboxSelectMultiple
NO_NAMES = "对外公开，不得出现治理对象的名称、代码和负责人姓名，不得含有个人信息。"


def _departments() -> Any:
    return Department.objects.of_the_city().order_by("code")


class OpenForm(ActionForm):
    """The beginning of a campaign; `fields_now` are those that hold today."""

    field = forms.ModelChoiceField(label="领域", queryset=CampaignField.objects.none(), empty_label="请选择")
    name = forms.CharField(label="名称", max_length=100, help_text="例如“2026年拖欠工资专项治理”。对外公开。")
    starts_on = ChineseDateField(label="开始日期")
    ends_on = ChineseDateField(label="结束日期")
    measures = forms.CharField(label="治理措施", max_length=3000, widget=LONG, help_text="一行一项。对外公开。")

    def __init__(self, *args: Any, fields_now: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["field"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - declared above
        choice.queryset = fields_now


class FreezeForm(StepForm):
    """The query over the ledger; `offered` are the items and lists to choose from, as (code, name)."""

    kinds = forms.MultipleChoiceField(label="信息种类", required=False, widget=TICKED)
    items = forms.MultipleChoiceField(
        label="目录事项", required=False, widget=TICKED, help_text="与信息种类、名单任选其一即可，多选的合并计算。"
    )
    lists = forms.MultipleChoiceField(label="名单", required=False, widget=TICKED, help_text="只取当日在名单中的主体。")
    department = forms.ModelChoiceField(
        label="信息来源单位", queryset=_departments(), required=False, empty_label="不限", to_field_name="code"
    )
    districts = forms.MultipleChoiceField(
        label="登记地", required=False, widget=TICKED, choices=[(tile.code, tile.name) for tile in TILES]
    )
    since = ChineseDateField(label="决定日期不早于", required=False)
    until = ChineseDateField(label="决定日期不晚于", required=False)
    on = ChineseDateField(label="冻结日期", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        items, lists = self.offered
        given = {"kinds": [(code, kinds.label(code)) for code in KINDS], "items": items, "lists": lists}
        for name, pairs in given.items():
            choice = self.fields[name]
            assert isinstance(choice, forms.MultipleChoiceField)  # noqa: S101 - declared above
            choice.choices = pairs


def query_of(data: dict[str, Any]) -> Query:
    """The query that a form asks."""
    sets = {name: tuple(data[name]) for name in ("kinds", "items", "lists", "districts")}
    department = data["department"].code if data["department"] else ""
    return Query(**sets, department=department, since=data["since"], until=data["until"])


class ApproveForm(StepForm):
    """The list and the measures are right."""


class ReasonForm(StepForm):
    """Why it is sent back or cancelled."""

    reason = forms.CharField(label="原因", max_length=500, widget=LONG)


class CloseForm(StepForm):
    """What a campaign brought."""

    outcome = forms.CharField(
        label="治理成效", max_length=3000, widget=LONG, help_text=f"数字由平台计算，不必填写。{NO_NAMES}"
    )
    lasting = forms.CharField(
        label="长效机制", max_length=3000, widget=LONG, help_text=f"写明制定的制度和办法。{NO_NAMES}"
    )


class HandlingForm(ActionForm):
    """A telling by other means, or a transfer."""

    progress = forms.ChoiceField(label="办理", choices=choices(ENTERED_LABELS))
    on = ChineseDateField(label="日期")
    document = forms.CharField(label="文书号", max_length=128)
    receiver = forms.ModelChoiceField(
        label="接收单位", queryset=_departments(), required=False, empty_label="没有", help_text="移送的必填。"
    )
    paper = AttachmentsField(label="证明材料")


class TakeBackForm(ActionForm):
    """Why an entry no longer counts."""

    reason = forms.CharField(label="撤回原因", max_length=300, widget=LONG)


class ExampleForm(ActionForm):
    """An example text."""

    title = forms.CharField(label="标题", max_length=100)
    text = forms.CharField(label="正文", max_length=3000, widget=forms.Textarea(attrs={"rows": 12}), help_text=NO_NAMES)


class PublishForm(EditForm):
    """A second person has read the text."""

    read = forms.BooleanField(label="已通读全文，没有可以识别治理对象和个人的内容")


class WithdrawForm(EditForm):
    """Why an example leaves the public page."""

    reason = forms.CharField(label="撤下原因", max_length=300, widget=LONG)
