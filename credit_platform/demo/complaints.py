"""Complaints of the demonstration city: half a year of 12315, brought in month by month by the importer, with reports of violations among them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from random import Random

from casework.rules.clocks import Clock, last_day
from companies.models import CompanyAccount
from credit_platform.accounts.models import User
from credit_platform.demo import clock
from credit_platform.demo.subjects import DemoSubject
from credit_platform.workdays.queries import calendar
from disclosure.models import Disclosure
from records.imports.batches.batches import Options, receive
from records.imports.batches.engine import run
from supervision.complaints.models import Complaint, ViolationReport

SEED = 12315
DAYS_BACK = 200
EVERY = 2
"""Days between two complaints."""
FIRMS = 12
GOODS = (
    ("食品", "质量"),
    ("餐饮住宿", "食品安全"),
    ("家用电器", "售后服务"),
    ("教育培训", "预付消费"),
    ("服装鞋帽", "质量"),
    ("美容美发洗浴", "合同"),
)
TEXTS = (
    "投诉人李女士反映购买的商品有质量问题，商家拒绝退换，联系电话13900000000。",
    "消费者称办理会员卡后门店停业，要求退还余额。",
    "投诉人反映商品与宣传不符，要求退款。",
    "顾客反映收费与标价不一致，要求退还多收的费用。",
)
RESULTS = ("达成调解", "达成调解", "先行和解", "未达成调解", "终止调解", "撤回投诉")
PLATFORMS = ("", "", "", "示例优选平台", "示例到家平台")
BRANDS = ("", "", "示例冰城", "示例松江")


class Complaints:
    """Half a year of complaints about a dozen firms, those with an account among them."""

    def __init__(self, today: date, people: list[DemoSubject]) -> None:
        self.today, self.random = today, Random(SEED)  # noqa: S311 - a made-up city
        self.clerk = User.objects.get(username="scjgj_lr")
        self.days = calendar()
        known = {each.code: each for each in people if each.kind != "person" and each.code}
        own = [
            code for code in CompanyAccount.objects.active().values_list("subject__code", flat=True) if code in known
        ]
        others = [code for code in known if code not in own]
        self.firms = [known[code] for code in [*own, *self.random.sample(others, min(FIRMS, len(others)))]]

    def build(self) -> int:
        """Bring them in, month by month; how many complaints and reports there are."""
        rows: list[tuple[date, dict[str, str]]] = []
        for number, back in enumerate(range(DAYS_BACK, 0, -EVERY), 1):
            rows.append(self._row(number, self.today - timedelta(days=back)))
        for start in range(0, len(rows), 20):
            part = rows[start : start + 20]
            self._bring(max(day for day, _ in part), [row for _, row in part])
        return Complaint.objects.count() + ViolationReport.objects.count()

    def _bring(self, day: date, rows: list[dict[str, str]]) -> None:
        department = self.clerk.department
        assert department is not None  # noqa: S101 - a clerk has one
        with clock.at(min(day, self.today), 15):
            body = json.dumps(rows, ensure_ascii=False).encode()
            options = Options(standard="complaint", department=department)
            run(receive([body], f"12315投诉举报_{day:%Y%m%d}.json", options, by=self.clerk).pk)

    def _row(self, number: int, received: date) -> tuple[date, dict[str, str]]:
        """A row and the day on which it is sent: its end, where it has one before today."""
        firm = self.firms[number * number % len(self.firms)]
        goods, problem = self.random.choice(GOODS)
        department = self.clerk.department
        assert department is not None  # noqa: S101 - a clerk has one
        found = {
            "TS_BH": f"哈投诉{received:%Y%m%d}{number:04d}",
            "TS_LX": "举报" if number % 11 == 0 else "投诉",
            "TS_QD": self.random.choice(("全国12315平台", "12315热线", "12345热线")),
            "TS_DJRQ": received.isoformat(),
            "TS_XDR_MC": firm.name,
            "TS_XDR_SHXYM": "" if number % 17 == 0 else firm.code,
            "TS_PT": self.random.choice(PLATFORMS),
            "TS_PP": self.random.choice(BRANDS),
            "TS_LB": goods,
            "TS_WT": problem,
            "TS_NR": self.random.choice(TEXTS),
            "TS_QH": firm.district,
            "TS_SHXF": "是",
            "TS_JG": department.name,
            "TS_JGDM": department.uscc or "",
            "TS_LYDW": department.name,
            "TS_LYDWDM": department.uscc or "",
            "TS_GKSX": "社会公开",
        }
        course = self._inquiry(received) if found["TS_LX"] == "举报" else self._course(number, firm, received)
        last = max(
            (date.fromisoformat(course[code]) for code in ("TS_BJRQ", "TS_HCRQ") if course.get(code)), default=received
        )
        return min(max(last, received), self.today), found | course

    def _course(self, number: int, firm: DemoSubject, received: date) -> dict[str, str]:
        """Accepted and ended where the days allow it; some not accepted, some still under way."""
        accepted, closed = self._after(received, 4), self._after(received, 4 + self.random.randrange(3, 30))
        if accepted > self.today:
            return {}
        if number % 13 == 0:
            return {"TS_SLJG": "不予受理", "TS_SLRQ": accepted.isoformat()}
        found = {"TS_SLJG": "受理", "TS_SLRQ": accepted.isoformat()}
        if closed > self.today:
            return found
        case = self._penalty(firm) if number % 7 == 0 else ""
        result = self.random.choice(RESULTS)
        return found | {"TS_BLJG": result, "TS_BJRQ": closed.isoformat(), "TS_AJWH": case}

    def _inquiry(self, received: date) -> dict[str, str]:
        checked = self._after(received, 12)
        if checked > self.today:
            return {}
        return {
            "TS_HCRQ": checked.isoformat(),
            "TS_HCJG": "不予立案",
            "TS_GZRQ": min(self._after(checked, 3), self.today).isoformat(),
        }

    def _penalty(self, firm: DemoSubject) -> str:
        """诉转案: a public penalty of the firm, where it has one."""
        rows = Disclosure.objects.visible_on(self.today).filter(kind="penalty", subject_code=firm.code)
        return rows.order_by("pk").values_list("document_number", flat=True).first() or ""

    def _after(self, day: date, days: int) -> date:
        found = last_day(Clock(day, days), self.days)
        assert found is not None  # noqa: S101 - a clock without pauses does not stand
        return found[0]
