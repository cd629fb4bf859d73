"""What the forms of alerts, verifications, rules and back-tests ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms

from casework import forms as kit
from credit_platform.accounts.models import Department
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm, EditForm
from records.models import CreditRecord
from supervision.alerts.actions.ruling import NUMBERS
from supervision.alerts.models import AlertRule
from supervision.alerts.queries.conditions import Parameter, condition_of
from supervision.alerts.rules.alerts import MEASURE_LABELS, SAID, SEVERITY_LABELS, VERDICT_LABELS
from supervision.alerts.rules.ruling import LONGEST_WINDOW, RECEIVER_LABELS
from supervision.inspections.items.models import Item

PARAMETER = "p_"
"""How the fields of a condition's parameters begin."""


if TYPE_CHECKING:
    _Choice = forms.ModelChoiceField[CreditRecord]
else:
    _Choice = forms.ModelChoiceField  # takes no type at run time


class RecordChoice(_Choice):
    """One of the records that an alert stands on; of whom it is about nothing is said."""

    def label_from_instance(self, obj: Any) -> str:
        """Its title and number."""
        return f"{obj.title}（{obj.document_number}）" if obj.document_number else str(obj.title)


class AcknowledgeForm(kit.StepForm):
    """Somebody takes it up."""

    on = ChineseDateField(label="签收日期")


class HandleForm(kit.StepForm):
    """How it will be looked into."""

    plan = forms.CharField(label="核实打算", max_length=500, widget=kit.LONG, help_text="怎样核实、由谁核实。")


class RecordForm(kit.StepForm):
    """A step that names one of the alert's records: `names` is the field."""

    names = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields[self.names]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - declared by the form
        choice.queryset = CreditRecord.objects.filter(pk__in=[each.pk for each in self.offered])


class InterviewForm(RecordForm):
    """The order to correct that begins here."""

    names = "record"
    record = RecordChoice(
        label="依据的信息",
        queryset=CreditRecord.objects.none(),
        empty_label="请选择",
        help_text="只能选择本单位提供的信息（谁认定、谁约谈）。",
    )
    facts = forms.CharField(label="需要整改的问题", max_length=2000, widget=kit.LONG)
    demands = forms.CharField(label="整改要求和复查办法", max_length=2000, widget=kit.LONG)


class InspectForm(kit.StepForm):
    """The inspection that begins here; `offered` are the items of the own list in force."""

    ground = forms.CharField(label="检查事由", max_length=500, widget=kit.LONG)
    items = forms.ModelMultipleChoiceField(
        label="检查事项",
        queryset=Item.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="只能检查已公布清单内的事项。",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["items"]
        assert isinstance(choice, forms.ModelMultipleChoiceField)  # noqa: S101 - declared above
        choice.queryset = Item.objects.filter(pk__in=[each.pk for each in self.offered])


class CloseForm(RecordForm):
    """What came of it."""

    names = "wrong"
    verdict = forms.ChoiceField(
        label="结论", choices=[("", "请选择"), *((each.value, VERDICT_LABELS[each]) for each in SAID)]
    )
    measure = forms.ChoiceField(
        label="处置方式",
        choices=[("", "没有"), *choices(MEASURE_LABELS)],
        required=False,
        help_text="结论为属实已处置的必填。",
    )
    document = forms.CharField(
        label="处置文书号", max_length=128, required=False, help_text="立案移送、纳入重点关注的必填。"
    )
    wrong = RecordChoice(
        label="有误的信息",
        queryset=CreditRecord.objects.none(),
        required=False,
        empty_label="没有",
        help_text="结论为信息有误的必填；办结后自动请提供单位核实。",
    )
    reason = forms.CharField(label="核实情况", max_length=500, widget=kit.LONG)


class VerifyForm(kit.StepForm):
    """What the provider says of its record."""

    reason = forms.CharField(label="情况说明", max_length=500, widget=kit.LONG)


class RuleForm(EditForm):
    """The words and numbers of a rule; the fields of its condition's own parameters are added by what the condition declares."""

    name = forms.CharField(label="名称", max_length=100)
    severity = forms.ChoiceField(label="级别", choices=choices(SEVERITY_LABELS))
    window_days = forms.IntegerField(label="观察期（天）", min_value=1)
    threshold = forms.IntegerField(label="触发值", min_value=1, help_text="数值达到触发值时预警。")
    clear_threshold = forms.IntegerField(
        label="解除值", min_value=0, help_text="数值降到解除值时情形消失，应小于触发值。"
    )
    receiver = forms.ChoiceField(label="接收单位", choices=choices(RECEIVER_LABELS))
    department = forms.ModelChoiceField(
        label="指定的单位",
        queryset=Department.objects.of_the_city().order_by("code"),
        required=False,
        empty_label="没有",
        help_text="接收单位为指定单位的必填。",
    )
    ack_days = forms.IntegerField(label="签收时限（工作日）", min_value=1)
    handle_days = forms.IntegerField(label="处置时限（工作日）", min_value=1)
    cooldown_days = forms.IntegerField(
        label="静默期（天）",
        min_value=0,
        help_text="办结后在此期间，没有新的依据不再预警；误报和信息有误的，有新的依据才再预警。",
    )
    horizon_days = forms.IntegerField(
        label="验证期（天）", min_value=1, help_text="预警后多少天内发生后果算作预警正确。"
    )
    outcomes = forms.CharField(
        label="验证所用的后果",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="每行一个信息种类代号，如 penalty、list-entry。",
    )
    weekly_budget = forms.IntegerField(label="每人每周件数上限", min_value=1)
    false_share = forms.IntegerField(label="停用的误报占比（%）", min_value=1, max_value=100)
    false_least = forms.IntegerField(label="停用所需办结件数", min_value=1)
    owner = forms.CharField(label="责任人", max_length=100)
    advice = forms.CharField(label="收到后怎样办", max_length=500, widget=kit.LONG)
    basis = forms.CharField(label="参数依据", max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rule = self.edited
        assert isinstance(rule, AlertRule)  # noqa: S101 - the page gives one
        condition = condition_of(rule.condition)
        values = condition.values(rule.parameters)
        for each in condition.parameters:
            self.fields[PARAMETER + each.name] = _field(each)
            self.initial.setdefault(PARAMETER + each.name, _shown(values[each.name]))
        for name in (*NUMBERS, "name", "severity", "receiver", "department", "owner", "advice", "basis"):
            self.initial.setdefault(name, getattr(rule, f"{name}_id" if name == "department" else name))
        self.initial.setdefault("outcomes", _shown(rule.outcomes))

    def clean_outcomes(self) -> list[str]:
        """Kinds, one a line."""
        return _lines(self.cleaned_data["outcomes"])

    def clean(self) -> dict[str, Any]:
        """Named receivers are named; the parameters of the condition as one value."""
        data = super().clean() or self.cleaned_data
        if data.get("receiver") == "named" and not data.get("department"):
            self.add_error("department", "请选择指定的单位。")
        assert isinstance(self.edited, AlertRule)  # noqa: S101 - as above
        parameters = condition_of(self.edited.condition).parameters
        data["parameters"] = {
            each.name: _lines(value) if each.is_several else value
            for each in parameters
            if (value := data.pop(PARAMETER + each.name, None)) is not None
        }
        return data


class WhyForm(EditForm):
    """Why a rule falls silent or ends."""

    why = forms.CharField(label="理由", max_length=300, widget=kit.LONG)


class BacktestForm(ActionForm):
    """Over which days."""

    first = ChineseDateField(label="起始日")
    last = ChineseDateField(label="截止日", help_text="应早于今天，最长两年。")


def _field(each: Parameter) -> forms.Field:
    if each.is_number:
        return forms.IntegerField(label=each.label, min_value=0, max_value=LONGEST_WINDOW, help_text=each.help)
    widget = forms.Textarea(attrs={"rows": 3}) if each.is_several else forms.TextInput()
    return forms.CharField(label=each.label, widget=widget, help_text=each.help)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _shown(value: object) -> object:
    return "\n".join(map(str, value)) if isinstance(value, Iterable) and not isinstance(value, str) else value
