"""Forms of who learns: enrolling, the code, the paper, a pack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from credit_platform.web.forms import ActionForm, KitForm
from education.models import Course
from education.queries.courses import learnable
from education.rules.papers import PaperQuestion

SEVERAL = "（多选）"


class EnrolForm(ActionForm):
    """A person without an account."""

    takes_numbers = True
    name = forms.CharField(label="姓名", max_length=40)
    number = forms.CharField(
        label="身份证号码",
        max_length=30,
        help_text="姓名和号码加密保存，只用于计算考试次数和印制证书（姓名只印姓氏，号码只印末四位），不公开、不记入信用记录。",
    )
    agreed = forms.BooleanField(label="我同意按上述说明处理我的姓名和身份证号码")


class CodeForm(KitForm):
    """The code that a person learns under."""

    code = forms.CharField(label="学习码", max_length=20, help_text="登记时显示的12位字符。")


class PackCodeForm(KitForm):
    """The code of a firm's pack."""

    code = forms.CharField(label="加入码", max_length=20, help_text="由单位提供的10位字符。")


class BeginForm(ActionForm):
    """Begins a test; nothing to fill in."""

    begin = forms.CharField(widget=forms.HiddenInput, initial="1")


class PaperForm(ActionForm):
    """The paper as it was drawn: one field a question; what is not ticked is a wrong answer, not a mistake of the form."""

    paper = forms.CharField(widget=forms.HiddenInput, initial="1", required=False)

    def __init__(self, *args: Any, paper: Sequence[PaperQuestion], **options: Any) -> None:
        super().__init__(*args, **options)
        self.questions = paper
        for place, question in enumerate(paper, 1):
            choices = [(str(number), text) for number, text in enumerate(question["options"])]
            several = len(question["right"]) > 1
            label = f"{place}. {question['text']}{SEVERAL if several else ''}"
            name = f"q{question['id']}"
            if several:
                self.fields[name] = forms.MultipleChoiceField(
                    label=label, choices=choices, widget=forms.CheckboxSelectMultiple
                )
            else:
                self.fields[name] = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
            self.fields[name].error_messages["required"] = f"第{place}题还没有作答。"

    def answers(self) -> dict[str, list[int]]:
        """What was ticked, by the question's id."""
        given = {each["id"]: self.cleaned_data[f"q{each['id']}"] for each in self.questions}
        return {
            key: [int(each) for each in (value if isinstance(value, list) else [value])] for key, value in given.items()
        }


class PackForm(ActionForm):
    """A pack for new staff."""

    title = forms.CharField(label="名称", max_length=60, help_text="例如：新员工入职诚信教育。")
    courses = forms.ModelMultipleChoiceField(
        label="课程", queryset=Course.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["courses"]
        assert isinstance(choice, forms.ModelMultipleChoiceField)  # noqa: S101 - declared above
        choice.queryset = Course.objects.filter(pk__in=learnable().values("course")).order_by("audience", "title")


class CloseForm(ActionForm):
    """Ends a pack; nothing to fill in."""

    close = forms.CharField(widget=forms.HiddenInput, initial="1")
