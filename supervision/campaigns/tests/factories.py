"""Campaigns for tests: brought to a state by their real steps; everything made up."""

from __future__ import annotations

from datetime import date

from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts.models import Department
from credit_platform.accounts.tests.factories import ActingFactory, ClerkFactory, DepartmentFactory, ReviewerFactory
from records.tests.factories import CreditRecordFactory
from sanctions.lists.tests.factories import TODAY
from supervision.campaigns import actions
from supervision.campaigns.models import CampaignField, Example, Target
from supervision.campaigns.rules import Query

PDF = AttachedFile("告知书回执.pdf", b"%PDF-1.4\n%%EOF\n")
PENALTIES = Query(kinds=("penalty",))
WAYS = {
    "drafted": (),
    "frozen": ("freeze",),
    "running": ("freeze", "approve"),
    "closed": ("freeze", "approve", "close"),
    "cancelled": ("cancel",),
}


class FieldFactory(ActingFactory):
    """A field in force."""

    class Meta:
        model = CampaignField
        django_get_or_create = ("no",)

    no = 9
    name = "拖欠工资"
    source = "示例文件"
    certainty = "示例"
    valid_from = date(2020, 10, 16)


class RepealedFieldFactory(FieldFactory):
    no, valid_until = 20, date(2025, 12, 31)


def drafted(department: Department | None = None, **more) -> Case:
    """A campaign that a clerk has begun; somebody can be found."""
    department = department or DepartmentFactory()
    given = {
        "name": "2026年拖欠工资专项治理",
        "measures": "逐户告知。\n督促整改。",
        "starts_on": TODAY.replace(day=2),
        "ends_on": date(2027, 6, 30),
        "by": ClerkFactory(department=department),
        "on": TODAY,
    }
    return actions.open_campaign(FieldFactory(), department=department, **given | more)


def take(case: Case, verb: str, *, by=None, on: date | None = None, **more) -> Case:
    """One real step, by somebody new of the lead."""
    case = Case.objects.select_related("department", "campaigncase").get(pk=case.pk)
    new = ClerkFactory if verb in ("freeze", "cancel") else ReviewerFactory
    given = {"by": by or new(department=case.department), "on": on or case.moved_on}
    if verb == "freeze":
        if not more and case.own.lists.count() == 0:
            penalties(1)
        given["query"] = PENALTIES
    elif verb in ("deny", "cancel"):
        given["reason"] = "取数条件需要调整。"
    elif verb == "close":
        given |= {"outcome": "欠薪已经支付。", "lasting": "建立工资专户检查制度。"}
    return getattr(actions, verb)(case, **given | more)


def penalties(count: int, **more) -> list:
    """Records of penalties of as many subjects."""
    return [CreditRecordFactory(kind="penalty", decided_on=date(2026, 8, 3), **more) for _ in range(count)]


def case_in(state: str, **more) -> Case:
    """A campaign in a state."""
    case = drafted(**more)
    for verb in WAYS[state]:
        case = take(case, verb)
    return case


def target_of(case: Case) -> Target:
    """The first target of a campaign."""
    return Target.objects.filter(target_list__campaign=case.own).select_related("target_list", "subject").first()


def notified(target: Target, **more):
    """A telling with its paper."""
    case = target.target_list.campaign.case
    given = {"progress": "notified", "document": "示告〔2026〕1号", "paper": PDF, "on": TODAY}
    return actions.enter(target, by=more.pop("by", None) or ClerkFactory(department=case.department), **given | more)


def example(case: Case, state: str = "draft", **more) -> Example:
    """An example text in a state."""
    given = {"title": "某建筑企业支付欠薪", "text": "某公司经告知后支付了全部欠薪。"} | more
    row = actions.write(case, by=ClerkFactory(department=case.department), **given)
    if state in ("public", "withdrawn"):
        row = actions.publish(row, by=ReviewerFactory(department=case.department))
    if state == "withdrawn":
        row = actions.withdraw(row, reason="内容已经过时。", by=ReviewerFactory(department=case.department))
    return row
