"""How this room takes its place in the house; called once by AppConfig.ready()."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from casework import procedure
from casework.models import Case
from casework.queries.course import may_speak
from companies import home
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.accounts import policy
from credit_platform.accounts.rules import CLERK, REVIEWER
from credit_platform.audit import verbs
from disclosure import kinds
from disclosure.kinds import Kind
from records import base_data, panels
from records.models.catalogue import CatalogueEntry, Category, VisibilityChoice
from records.standards import codetables, registry
from sanctions.corrections import rules
from sanctions.corrections.pages import MINE
from sanctions.corrections.queries import panel
from sanctions.corrections.rules import CORRECTION
from sanctions.corrections.standards import INTERVIEW, KIND, TALKS

ROWS = 5
VERBS = {
    "sanctions.correction.open": "提出整改",
    "sanctions.correction.order": "责令整改",
    "sanctions.correction.serve": "登记责令整改送达",
    "sanctions.correction.respond": "报告整改情况",
    "sanctions.correction.pass": "复查：整改到位",
    "sanctions.correction.fail": "复查：整改未到位",
    "sanctions.correction.invite": "通知约谈",
    "sanctions.correction.interview": "登记约谈",
    "sanctions.correction.absent": "登记约谈未到场",
    "sanctions.correction.settle": "约谈后复查：已整改",
    "sanctions.correction.persist": "约谈后复查：仍未整改",
    "sanctions.correction.dismiss": "不予整改",
    "sanctions.correction.annul": "撤销约谈",
    "sanctions.correction.attachment": "查看整改约谈附件",
}
PERMISSIONS = {
    rules.HANDLE: policy.grant(own=[CLERK, REVIEWER]),
    rules.DECIDE: policy.grant(own=[REVIEWER]),
    rules.RESPOND: policy.grant(company=True),
}
ITEM = base_data.OnEntryItem(
    "YTJL",
    "约谈记录信息",
    KIND,
    rules.ARTICLE,
    Category.COMPLIANCE,
    base_data.ORGANISATIONS,
    CatalogueEntry.Nature.NEGATIVE,
    VisibilityChoice.SHARED,
)
TALKED = Kind(
    code=KIND,
    label="约谈记录",
    parts=("约谈内容", "被约谈主体", "约谈单位与来源"),
    day_word="约谈",
    number_label="约谈通知文书号",
    said_by="约谈",
    results=("YT_ZL", "YT_WT"),
)


def register() -> None:
    """The procedure, its record, rights, verbs, and where companies meet it."""
    codetables.register(TALKS)
    registry.register(INTERVIEW)
    base_data.register(ITEM)
    kinds.register(TALKED)
    procedure.register(CORRECTION, group="联合奖惩", order=280)
    policy.declare(PERMISSIONS)
    verbs.declare(VERBS)
    panels.register(panel)
    home.register(_at_home)


def _at_home(account: CompanyAccount, on: date) -> list[home.Section]:
    """What the company's home shows: orders that it may still report on, talks to which it is called."""
    cases = MINE.rows(canonical_subject(account)).open()
    rows = [_line(case, on) for case in cases[:ROWS]]
    return [home.Section("整改和约谈", rows, due=True, order=40)] if rows else []


def _line(case: Case, on: date) -> home.Row:
    url = reverse("correction:my-case", args=[case.pk])
    tone = CORRECTION.tones[case.state]
    note = "可以在线报告整改情况。" if may_speak(case, on) else ""
    return home.Row(
        f"{case.department.name}责令整改", url, note=note, tag=case.get_state_display(), tone=tone, due=case.due_on
    )
