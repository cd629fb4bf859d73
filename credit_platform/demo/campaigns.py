"""Campaigns of the demonstration city: one that runs, with what became of its targets and an example text; one whose list waits for approval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts.models import Department, User
from credit_platform.demo import clock
from supervision.campaigns import actions
from supervision.campaigns.models import CampaignField, TargetList
from supervision.campaigns.queries.choosing import sizes
from supervision.campaigns.rules import Query

PAPER = AttachedFile("告知书送达回证.pdf", b"%PDF-1.4\n% made up for the demonstration\n%%EOF\n")
MEASURES = "梳理治理清单，逐户告知并说明整改要求。\n督促整改，未整改到位的约谈。\n引导符合条件的主体申请信用修复。\n涉嫌犯罪的依法移送。"
TRADE, UNTRUE = 17, 2
"""Numbers of the fields."""
NOTIFIED = 6


@dataclass(slots=True)
class Campaigns:
    """What the market bureau leads, up to `today`."""

    today: date
    clerk: User
    reviewer: User

    @classmethod
    def of(cls, today: date) -> Campaigns:
        """For the market bureau, whose accounts the visitor tries first."""
        clerk, reviewer = (
            User.objects.select_related("department").get(username=f"scjgj_{who}") for who in ("lr", "sh")
        )
        return cls(today, clerk, reviewer)

    @property
    def bureau(self) -> Department:
        assert self.clerk.department is not None  # noqa: S101 - the demonstration's own accounts
        return self.clerk.department

    def build(self) -> int:
        """Both campaigns; how many there are."""
        begun = self.today - timedelta(days=35)
        case = self._frozen(
            begun, TRADE, "假冒伪劣商品专项治理", Query(kinds=("penalty",), department=self.bureau.code)
        )
        with clock.at(begun, 15):
            case = actions.approve(case, by=self.reviewer)
        self._handle(case, begun)
        self._example(case)
        recent = Query(kinds=("penalty",), department=self.bureau.code, since=self.today - timedelta(days=120))
        if sizes(recent, self.today)[0]:
            self._frozen(self.today - timedelta(days=2), UNTRUE, "互联网虚假宣传专项治理", recent)
        return Case.objects.of("campaign").count()

    def _frozen(self, day: date, no: int, name: str, query: Query) -> Case:
        field = CampaignField.objects.get(no=no)
        with clock.at(day, 9):
            case = actions.open_campaign(
                field,
                name=f"{day.year}年{name}",
                measures=MEASURES,
                starts_on=day,
                ends_on=day + timedelta(days=180),
                department=self.bureau,
                by=self.clerk,
            )
            return actions.freeze(case, query=query, by=self.clerk)

    def _handle(self, case: Case, begun: date) -> None:
        listing: TargetList = case.own.target_list
        police = Department.objects.get(code="gaj")
        for n, target in enumerate(listing.targets.order_by("pk")[: NOTIFIED + 1]):
            day = begun + timedelta(days=3 * n + 1)
            told, receiver = ("notified", None) if n < NOTIFIED else ("transferred", police)
            document = f"哈市监{'移' if receiver else '告'}〔{begun.year}〕示例{n + 1}号"
            with clock.at(day, 11):
                actions.enter(
                    target, progress=told, document=document, paper=PAPER, receiver=receiver, on=day, by=self.clerk
                )

    def _example(self, case: Case) -> None:
        with clock.at(self.today - timedelta(days=3), 10):
            text = "某商贸企业销售的商品没有进货查验记录。治理中收到告知书后，补齐查验制度和记录，经复查整改到位。"
            row = actions.write(case, title="某商贸企业补齐进货查验记录", text=text, by=self.clerk)
        with clock.at(self.today - timedelta(days=2), 10):
            actions.publish(row, by=self.reviewer)
