"""What the forms of a visit ask beside what those of every case ask."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms

from casework.forms import LONG, AttachmentsField, StepForm
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm
from supervision.inspections.items.models import Item
from supervision.inspections.libraries.models import Inspector
from supervision.inspections.libraries.rules import GROUND_LABELS
from supervision.inspections.plans.rules.caps import EXEMPT_LABELS
from supervision.inspections.plans.rules.states import SKIP_LABELS
from supervision.inspections.visits.models import FollowUp, RecusalRequest, VisitItem
from supervision.inspections.visits.rules.follow_ups import OUTCOME_LABELS
from supervision.inspections.visits.rules.procedure import RULING_LABELS, Ruling
from supervision.inspections.visits.rules.results import RESULT_LABELS, ItemResult

if TYPE_CHECKING:
    Choice = forms.ModelChoiceField[Inspector]
else:
    Choice = forms.ModelChoiceField

TICKED = forms.CheckboxSelectMultiple
DIGEST = re.compile(r"[0-9a-f]{64}")


def _offer(form: forms.Form, name: str, rows: Any) -> None:
    """The rows that a choice of a form takes."""
    choice = form.fields[name]
    assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - declared by the form
    assert choice.queryset is not None  # noqa: S101 - declared by the form
    choice.queryset = choice.queryset.model._default_manager.filter(pk__in=[row.pk for row in rows])


class OutsideForm(ActionForm):
    """An inspection outside the draw; `items` are those of the authority on the list in force."""

    code = forms.CharField(label="检查对象统一社会信用代码", max_length=18)
    exempt = forms.ChoiceField(
        label="计划外检查类型", choices=choices(EXEMPT_LABELS), help_text="不计入全年检查次数上限。"
    )
    ground = forms.CharField(label="检查事由", max_length=500, widget=LONG)
    items = forms.ModelMultipleChoiceField(
        label="检查事项", queryset=Item.objects.none(), widget=TICKED, help_text="只能检查已公布清单内的事项。"
    )

    def __init__(self, *args: Any, items: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "items", items)


class NotifyForm(StepForm):
    """Approved and announced."""

    approval_number = forms.CharField(label="审批表编号", max_length=128)
    notice_number = forms.CharField(label="检查通知书文书号", max_length=128)
    planned_on = ChineseDateField(label="拟检查日期")
    notice = forms.CharField(label="通知内容", max_length=4000, widget=forms.Textarea(attrs={"rows": 12}))
    on = ChineseDateField(label="通知日期")


class RuleForm(StepForm):
    """A request for recusal is decided; `offered` are those that wait."""

    request = forms.ModelChoiceField(label="回避申请", queryset=RecusalRequest.objects.none(), empty_label="请选择")
    ruling = forms.ChoiceField(
        label="决定", choices=[(each.value, RULING_LABELS[each]) for each in Ruling if each is not Ruling.OPEN]
    )
    reasons = forms.CharField(label="理由", max_length=500, widget=LONG, help_text="告知检查对象。")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "request", self.offered)


class InspectForm(StepForm):
    """Who came; `offered` are those who were drawn, or may be named."""

    inspectors = forms.ModelMultipleChoiceField(
        label="到场的检查人员", queryset=Inspector.objects.none(), widget=TICKED, help_text="至少两人，执法证当日有效。"
    )
    on = ChineseDateField(label="检查日期")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "inspectors", self.offered)


class ResultsForm(StepForm):
    """The results, one choice and one text an item; `offered` are the rows of the items, with what was written before it was sent back.

    `digests`: what the phone hashed."""

    account = forms.CharField(label="检查情况", max_length=4000, widget=LONG, help_text="写明检查经过和现场情况。")
    ended_on = ChineseDateField(label="检查结束日期")
    photos = AttachmentsField(label="照片", required=False)
    digests = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)
    on = None  # type: ignore[assignment]  # the day of the step is the day on which it arrives

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.pairs: list[tuple[VisitItem, str, str]] = []
        for row in self.offered:
            result, finding = f"result_{row.pk}", f"finding_{row.pk}"
            offered = [("", "请选择"), *choices(RESULT_LABELS)]
            self.fields[result] = forms.ChoiceField(label=f"{row.item.name}：结果", choices=offered, initial=row.result)
            self.fields[finding] = forms.CharField(
                label=f"{row.item.name}：具体情况",
                required=False,
                initial=row.finding,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text="发现问题的必填。",
            )
            self.pairs.append((row, result, finding))
        self.order_fields([name for _, *both in self.pairs for name in both])

    def clean_digests(self) -> dict[str, str]:
        """Name → SHA-256; anything else is no digest and is left out."""
        try:
            sent = json.loads(self.cleaned_data["digests"] or "{}")
        except (ValueError, RecursionError):
            return {}
        pairs = sent.items() if isinstance(sent, Mapping) else ()
        return {str(name): value for name, value in pairs if isinstance(value, str) and DIGEST.fullmatch(value)}


def results_of(given: dict[str, Any]) -> dict[int, ItemResult]:
    """The results of a form by the key of the item's row; what they were made of is taken out of `given`."""
    keys = [int(name.removeprefix("result_")) for name in given if name.startswith("result_")]
    return {key: ItemResult(given.pop(f"result_{key}"), given.pop(f"finding_{key}")) for key in keys}


class ReasonForm(StepForm):
    """Why it is sent back."""

    reason = forms.CharField(label="需要补正的内容", max_length=500, widget=LONG)


class ReviewForm(StepForm):
    """The results are right."""

    document_number = forms.CharField(label="检查结果文书号", max_length=128)
    on = ChineseDateField(label="审核日期")


class PublishForm(StepForm):
    """The result becomes public."""

    confirmed = forms.BooleanField(label="已核对系统提示的疑似个人信息和数据疑点，按隐去后的内容公示", required=False)
    on = ChineseDateField(label="公示日期")


class FollowForm(StepForm):
    """What follows begins."""


class SettleForm(StepForm):
    """One follow-up ends; `offered` are those that are open."""

    follow_up = forms.ModelChoiceField(label="后续处理", queryset=FollowUp.objects.none(), empty_label="请选择")
    outcome = forms.ChoiceField(label="处理结果", choices=choices(OUTCOME_LABELS))
    document = forms.CharField(
        label="文书号", max_length=128, required=False, help_text="列入、立案、移送、不予处罚的必填。"
    )
    note = forms.CharField(label="处理情况", max_length=500, required=False, widget=LONG)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "follow_up", self.offered)


class CloseForm(StepForm):
    """The visit is over."""


class SkipForm(StepForm):
    """The visit cannot take place."""

    reason = forms.ChoiceField(label="不能检查的原因", choices=choices(SKIP_LABELS))
    evidence = forms.CharField(label="证明材料和说明", max_length=500, widget=LONG)


class NamedChoice(Choice):
    """A choice of inspectors for outsiders: by name, without the number of the card."""

    def label_from_instance(self, obj: Inspector) -> str:
        return obj.name


class RecuseForm(ActionForm):
    """The company asks that somebody stay away; `team` are those who come."""

    inspector = NamedChoice(label="检查人员", queryset=Inspector.objects.none(), empty_label="请选择")
    ground = forms.ChoiceField(label="回避事由", choices=choices(GROUND_LABELS))
    account = forms.CharField(label="理由", max_length=500, widget=LONG, help_text="写明是什么关系、从何得知。")

    def __init__(self, *args: Any, team: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self, "inspector", team)
