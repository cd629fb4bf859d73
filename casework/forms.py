"""The forms of the steps that every procedure has. They carry the version that the person saw; nothing is saved here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from casework.rules import draws
from casework.rules import hearing as rules
from casework.rules.attachments import ACCEPT, FILM_HELP, FILM_LARGEST, HELP, LARGEST, MOST, AttachedFile
from casework.rules.tips import WAY_LABELS
from credit_platform.labels import choices
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm, EditForm, KitForm

LONG = forms.Textarea(attrs={"rows": 5})
WHEN = "写成 2026-12-01 21:15，北京时间。"
WAYS = choices(WAY_LABELS)
SERVICE = ("直接送达", "电子送达", "邮寄送达", "留置送达", "委托送达", "转交送达", "公告送达")
"""民事诉讼法 arts. 88 to 95, which 行政处罚法 art. 61 refers to."""


class FilesInput(forms.ClearableFileInput):
    """A file control that takes several."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class AttachmentsField(forms.FileField):
    """Cleans to a list of `AttachedFile`; the action looks at each by its content."""

    widget = FilesInput(attrs={"accept": ACCEPT})

    def __init__(self, *args: Any, films: bool = False, **options: Any) -> None:
        options.setdefault("help_text", FILM_HELP if films else HELP)
        super().__init__(*args, **options)
        self.largest = FILM_LARGEST if films else LARGEST
        if films:
            self.widget.attrs["accept"] = f"{ACCEPT},.mp4"

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        cleaned = [super(AttachmentsField, self).clean(each, initial) for each in given] or [
            super().clean(None, initial)
        ]
        # No more is read than the action would refuse anyway.
        return [AttachedFile(each.name, each.read(self.largest + 1)) for each in cleaned[: MOST + 1] if each]


class PurposeForm(ActionForm):
    """Why somebody must know who told us."""

    purpose = forms.CharField(label="查看事由", max_length=200, help_text="计入查询登记，例如“核查不实反映”。")


class StepForm(EditForm):
    """A step of a case: its day is today unless it says otherwise. `offered` are the choices that a field of a procedure takes."""

    on = ChineseDateField(label="日期")

    def __init__(self, *args: Any, **options: Any) -> None:
        self.offered = options.pop("offered", ())
        super().__init__(*args, **options)
        today: date = timezone.localdate()
        self.initial.setdefault("on", today)


class OffersForm(StepForm):
    """A step that names some of what is offered, ticked at first: `names` is the field, `offer` a choice of it."""

    names = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields[self.names]
        assert isinstance(choice, forms.MultipleChoiceField)  # noqa: S101 - declared by the form
        choice.choices = [self.offer(each) for each in self.offered]
        self.initial.setdefault(self.names, [code for code, _ in choice.choices])

    def offer(self, each: Any) -> tuple[str, str]:
        """Code and words of one thing that is offered: of a row its key and its name, unless the form says otherwise."""
        return str(each.pk), str(each)


class NotifyForm(StepForm):
    """The notice."""

    notice = forms.CharField(
        label="告知内容",
        max_length=rules.LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="写明事实、依据、拟作出的处理以及陈述申辩的权利。",
    )
    days = forms.IntegerField(
        label="陈述申辩期限（工作日）", initial=rules.RESPONSE_DAYS, min_value=rules.LEAST, max_value=rules.MOST
    )
    on = ChineseDateField(label="告知日期")


class ServeForm(StepForm):
    """Service."""

    how = forms.ChoiceField(label="送达方式", choices=[(each, each) for each in SERVICE])
    on = ChineseDateField(label="送达日期", help_text="陈述申辩期限自送达次日起计算。")
    proof = AttachmentsField(label="送达回证")


class HearForm(StepForm):
    """The statement or its waiver."""

    statement = forms.CharField(label="陈述申辩内容", required=False, max_length=rules.LONGEST, widget=LONG)
    waived = forms.BooleanField(label="当事人书面放弃陈述申辩", required=False)
    on = ChineseDateField(label="陈述申辩或者放弃的日期")
    attachments = AttachmentsField(label="陈述申辩材料", required=False)


class RespondForm(ActionForm):
    """What the subject itself says to a notice."""

    statement = forms.CharField(
        label="陈述申辩内容",
        max_length=rules.LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="写明对告知的事实、依据和拟作出的处理有什么意见，以及理由。只供办理本案，不公开。",
    )
    attachments = AttachmentsField(label="证据材料", required=False, help_text=f"{HELP}不公开。")
    final = forms.BooleanField(label="本单位确认以上内容，知晓提交后不能修改，办理单位随后可以认定")


class DetermineForm(StepForm):
    """The determination."""

    reasons = forms.CharField(label="认定理由", max_length=3000, widget=LONG)
    considered = forms.CharField(
        label="对陈述申辩的意见",
        required=False,
        max_length=2000,
        widget=LONG,
        help_text="当事人已陈述申辩的必填：是否采纳及理由。",
    )
    on = ChineseDateField(label="认定日期")


class DecideForm(StepForm):
    """The decision."""

    document_number = forms.CharField(label="决定文书号", max_length=128)
    on = ChineseDateField(label="决定日期")


class DismissForm(StepForm):
    """Nothing weighs on the subject."""

    reason = forms.CharField(label="不予认定的理由", max_length=500, widget=LONG)
    on = ChineseDateField(label="日期")


class AnnulForm(StepForm):
    """A decision is taken back."""

    reason = forms.CharField(label="撤销理由", max_length=500, widget=LONG, help_text="写明撤销决定的文书名称和文号。")
    public_note = forms.CharField(
        label="向社会公开的说明",
        max_length=500,
        widget=LONG,
        help_text="自撤销之日起3个工作日内向社会公开，不得含有个人信息。",
    )
    on = ChineseDateField(label="撤销日期")


class TipForm(ActionForm):
    """What somebody told us; a procedure's own form adds what it is about."""

    way = forms.ChoiceField(label="来源渠道", choices=WAYS)
    received_on = ChineseDateField(label="收到日期")
    account = forms.CharField(
        label="反映内容", max_length=2000, widget=LONG, help_text="按反映的原意记录，不写反映人身份，不得含有个人信息。"
    )
    informant = forms.CharField(
        label="反映人及联系方式",
        max_length=200,
        required=False,
        help_text="加密保存，查看须登记事由，不告知被反映的主体。匿名的留空。",
    )
    attachments = AttachmentsField(label="线索材料", required=False)


class UrgeForm(ActionForm):
    """The credit office urges."""

    text = forms.CharField(label="督办意见", max_length=500, widget=LONG)


class AnswerForm(ActionForm):
    """The department answers."""

    text = forms.CharField(label="答复", max_length=1000, widget=LONG, help_text="写明未按期办结的原因和预计办结时间。")


class TrackForm(KitForm):
    """An outsider asks where a case stands."""

    number = forms.CharField(label="受理编号", max_length=64)
    code = forms.CharField(
        label="查询码",
        max_length=12,
        help_text="受理时告知的8位字母和数字。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class DrawForm(ActionForm):
    """A draw is announced, with the public value that will decide it."""

    sampling = forms.ChoiceField(label="抽取事项")
    month = ChineseDateField(label="抽取月份", help_text="填写该月任意一天。")
    source = forms.ChoiceField(
        label="公开值来源", choices=[(source.code, source.label) for source in draws.SOURCES.values()]
    )
    number = forms.CharField(
        label="首选公开值的期号或者轮次",
        max_length=12,
        help_text="；".join(f"{source.label}：{source.number_help.rstrip('。')}" for source in draws.SOURCES.values())
        + "。",
    )
    at = forms.DateTimeField(label="首选公开值产生时间", help_text=WHEN)
    fallback_number = forms.CharField(
        label="备用公开值的期号或者轮次", max_length=12, help_text="首选公开值没有产生时使用，应晚于首选公开值。"
    )
    fallback_at = forms.DateTimeField(label="备用公开值产生时间", help_text=WHEN)
    reason = forms.CharField(
        label="再次抽取原因",
        required=False,
        max_length=500,
        help_text="本批次已公布过抽取的必填；原抽取及其结果予以保留。",
    )

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["sampling"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101
        choice.choices = offered


class DrawEnterForm(EditForm):
    """The first person enters the public value."""

    value = forms.CharField(label="公开值", max_length=100)
    fallback = forms.BooleanField(label="首选公开值没有产生，使用备用公开值", required=False)
    reason = forms.CharField(label="使用备用公开值的原因", required=False, max_length=500, widget=LONG)


class DrawConfirmForm(EditForm):
    """A second person enters it again."""

    value = forms.CharField(label="公开值", max_length=100, help_text="请从公开渠道重新查得并录入，不要照抄。")


class DrawReasonForm(EditForm):
    """Why a value is sent back, or a draw is void."""

    reason = forms.CharField(label="原因", max_length=500, widget=LONG)
