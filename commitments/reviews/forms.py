"""Forms of reviews and missing papers. They carry the version that the person saw; nothing is saved here."""

from __future__ import annotations

from django import forms

from casework.forms import AttachmentsField
from commitments.rules.states import ASSESSED, FULFILMENT_LABELS, Fulfilment
from credit_platform.web.dates import ChineseDateField
from credit_platform.web.forms import ActionForm, EditForm

LONG = forms.Textarea(attrs={"rows": 4})
METHODS = ("现场核查", "书面核查", "数据比对", "电话核实")
# In the order of the keys 1 to 5 on the page.
OUTCOMES = (
    Fulfilment.FULFILLED,
    Fulfilment.PERFORMING,
    Fulfilment.PARTLY,
    Fulfilment.UNFULFILLED,
    Fulfilment.UNVERIFIABLE,
)
assert set(OUTCOMES) == set(ASSESSED)  # noqa: S101


def _outcomes(*which: Fulfilment) -> list[tuple[str, str]]:
    return [(each.value, FULFILMENT_LABELS[each]) for each in which]


class ReviewForm(EditForm):
    """What a review found."""

    outcome = forms.ChoiceField(label="复核结果", choices=_outcomes(*OUTCOMES), widget=forms.RadioSelect)
    method = forms.CharField(label="核查方式", max_length=100, help_text=f"如：{'、'.join(METHODS)}。")
    finding = forms.CharField(
        label="核查情况",
        required=False,
        max_length=2000,
        widget=LONG,
        help_text="除“全部履行”“履行中”外必填。计入信用记录并供政务共享，不得含有个人信息。",
    )
    on = ChineseDateField(label="完成日期")
    attachments = AttachmentsField(label="核查材料", required=False)


class BulkReviewForm(ActionForm):
    """One outcome for several letters."""

    outcome = forms.ChoiceField(
        label="复核结果", choices=_outcomes(Fulfilment.FULFILLED, Fulfilment.PERFORMING), widget=forms.RadioSelect
    )
    method = forms.CharField(label="核查方式", max_length=100, help_text=f"如：{'、'.join(METHODS)}。")


class SettleForm(EditForm):
    """The missing papers have come."""

    on = ChineseDateField(label="补正日期")
    attachments = AttachmentsField(label="补正材料", required=False)
