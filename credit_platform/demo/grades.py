"""Grades in the demonstration city: what sectors, province and market bureau send, the city's model in use, a second version being tried.

Everything goes through the real doors and actions on the settable clock; grades and numbers are made up.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from credit_platform.accounts.models import Department, User
from credit_platform.demo import clock
from records.imports.batches.batches import Options, receive
from records.imports.batches.engine import run
from records.models import Subject
from supervision.grading.actions import adopting, drawing, trying
from supervision.grading.actions.computing import compute_all
from supervision.grading.models import Grade, ReceivedGrade
from supervision.grading.rules.schemes import INTERNAL, RECEIVED
from supervision.grading.standards import PREFIX

SEED = 16
WHY = "首次采用，检查结果尚少，先按本版本试行，半年后复核。"


class Sent(NamedTuple):
    """What one department sends: of how many subjects, in which scheme, with which weights of the grades."""

    department: str
    kind: str
    scheme: str
    name: str
    grades: dict[str, int]
    share: float
    days_ago: int


SENT = (
    Sent("fgw", RECEIVED, "NS-XY", "纳税缴费信用评价", {"A": 1}, 0.05, 200),
    Sent("sthjj", RECEIVED, "HJ-XY", "企业环境信用评价", {"绿": 5, "蓝": 10, "黄": 3, "红": 1}, 0.02, 180),
    Sent("jtj", RECEIVED, "YS-XY", "道路运输企业质量信誉考核", {"AAA": 3, "AA": 8, "A": 5, "B": 1}, 0.02, 150),
    Sent("scjgj", INTERNAL, "SJ-FX", "企业信用风险分类", {"A": 65, "B": 25, "C": 8, "D": 2}, 0.4, 20),
    Sent("zjj", INTERNAL, "HLJ-FJ", "黑龙江省行业监管信用等级", {"A": 4, "B": 8, "C": 5, "D": 2, "E": 1}, 0.03, 90),
)


class Grades:
    """The grades of the city as they stand today."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.random = Random(SEED)
        self.drawer, self.adopter = (User.objects.get(username=name) for name in ("xyb", "xyb2"))
        firms = Subject.objects.unmerged().filter(kind="legal", code__isnull=False)
        self.firms = list(firms.order_by("pk").only("pk", "name", "code"))

    def build(self) -> int:
        """What is sent, the version in use with its grades, another one tried; how many grades there are."""
        for each in SENT:
            self._send(each)
        with clock.at(self.today - timedelta(days=6), 10):
            first = drawing.draw_up("哈尔滨市监管信用分级模型", by=self.drawer, basis="哈政办规〔2020〕12号第16项")
            trying.run(trying.order(first, by=self.drawer).pk)
            first.refresh_from_db()
            adopting.propose(first, by=self.drawer)
        with clock.at(self.today - timedelta(days=5), 15):
            adopting.adopt(first, by=self.adopter, reason=WHY)
            compute_all()
        with clock.at(self.today, 3, 20):
            compute_all()
        with clock.at(self.today, 9, 10):
            second = drawing.draw_up("哈尔滨市监管信用分级模型", by=self.drawer, basis=first.basis, previous=first)
            line = second.indicators.get(code="CF1")
            drawing.save_line(second, type(line), {"points": -15, "cap": 45}, by=self.drawer, version="1", line=line)
            trying.run(trying.order(second, by=self.drawer).pk)
        return ReceivedGrade.objects.count() + Grade.objects.count()

    def _send(self, sent: Sent) -> None:
        clerk = User.objects.get(username=f"{sent.department}_lr")
        department = Department.objects.get(code=sent.department)
        day = self.today - timedelta(days=sent.days_ago)
        chosen = self.random.sample(self.firms, max(1, int(len(self.firms) * sent.share)))
        grades = self.random.choices(list(sent.grades), weights=list(sent.grades.values()), k=len(chosen))
        sender = {
            "JG": department.name,
            "JGDM": department.uscc or "",
            "LYDW": department.name,
            "LYDWDM": department.uscc or "",
        }
        rows = [
            _row(sent, firm, grade, day, nth) | {f"{PREFIX[sent.kind]}_{end}": value for end, value in sender.items()}
            for nth, (firm, grade) in enumerate(zip(chosen, grades, strict=True), 1)
        ]
        with clock.at(day, 9, 30):
            options = Options(standard=sent.kind, department=department, channel="api")
            body = json.dumps(rows, ensure_ascii=False).encode()
            run(receive([body], f"{sent.name}_{day:%Y%m%d}.json", options, by=clerk).pk)


def _row(sent: Sent, firm: Subject, grade: str, day: date, number: int) -> dict[str, str]:
    given = {
        "BH": f"{sent.scheme}〔{day.year}〕{number}号",
        "XDR_MC": firm.name,
        "XDR_LB": "法人及非法人组织",
        "XDR_SHXYM": firm.code or "",
        "FABM": sent.scheme,
        "FAMC": sent.name,
        "DJ": grade,
        "PJRQ": day.isoformat(),
        "GKSX": "社会公开" if sent.kind == RECEIVED else "不予公开",
    }
    return {f"{PREFIX[sent.kind]}_{end}": value for end, value in given.items()}
