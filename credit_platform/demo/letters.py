"""A year of letters of the demonstration city: every type, three ways in, through the importer and the form of the desk.

What is signed online stands in `companies.py`; what becomes of the letters in `breaches.py`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from commitments.models import CommitmentLetter, MatterEntry, Review
from commitments.reviews.actions import complete
from commitments.rules.kinds import TYPE_LABELS, CommitmentType
from commitments.rules.states import Fulfilment
from credit_platform.accounts.models import Department, User
from credit_platform.demo import clock
from credit_platform.demo.subjects import DemoSubject
from credit_platform.workdays.queries import calendar
from records.actions import enter
from records.actions.changes import revoke
from records.imports.batches.batches import Options, receive
from records.imports.batches.engine import run
from records.models import CreditRecord, SubjectKind

BUREAU = "scjgj"
OF_A_YEAR = (12, 9, 6, 3, 2, 1, 0)
FEW_MONTHS = (12, 5, 1)
"""Months back from today in which letters come: those of the city, or of a small one."""
EACH = 2
"""Letters of a department in a month for each of its matters."""
FREE = (
    (CommitmentType.ACTIVE, "依法诚信经营"),
    (CommitmentType.REPAIR, "履行义务、不再发生同类违法行为"),
    (CommitmentType.TRADE, "遵守行业公约"),
    (CommitmentType.OTHER, "按期完成整改"),
)
PAPERS = "经营场所使用证明"
OUTCOMES = (Fulfilment.FULFILLED, Fulfilment.PERFORMING, Fulfilment.PARTLY, Fulfilment.UNVERIFIABLE)


@dataclass(slots=True)
class Letters:
    """The letters of the months up to `today`."""

    today: date
    people: Sequence[DemoSubject]
    random: Random
    months: Sequence[int] = OF_A_YEAR
    each: int = EACH
    made: int = 0
    clerks: dict[int, User] = field(default_factory=dict)

    def build(self) -> int:
        """Month by month, department by department; how many letters stand in the ledger."""
        rows: dict[int, list[MatterEntry]] = defaultdict(list)
        for entry in MatterEntry.objects.in_force(self.today).select_related("matter", "department").order_by("pk"):
            rows[entry.department_id].append(entry)
        for back in self.months:
            day = calendar().roll_forward(self.today - timedelta(days=30 * back))
            for entries in rows.values():
                self._month(min(day, self.today), entries[0].department, entries)
        self._taken_back()
        return CommitmentLetter.objects.count()

    def settle(self) -> None:
        """The reviews of the other departments are done as they fall due, with every outcome that is no breach by itself."""
        due = Review.objects.open().filter(due_on__lt=self.today).exclude(department__code=BUREAU)
        for row in due.select_related("letter", "department").order_by("pk"):
            outcome = OUTCOMES[row.pk % len(OUTCOMES)]
            finding = (
                "" if outcome in (Fulfilment.FULFILLED, Fulfilment.PERFORMING) else "部分内容尚待核实，已要求补充说明。"
            )
            with clock.at(row.due_on, 15):
                complete(row, outcome=outcome, method="材料核查", finding=finding, by=self._clerk(row.department))

    def _month(self, day: date, department: Department, entries: Sequence[MatterEntry]) -> None:
        letters = [self._listed(day, entry) for entry in entries for _ in range(self.each)]
        letters += [self._free(day, department, *given) for given in FREE]
        clerk = self._clerk(department)
        with clock.at(day, 10):
            enter("commitment", letters[0], by=clerk, department=department)
            channel = "api" if day.month % 2 else "desk"
            body = json.dumps(letters[1:], ensure_ascii=False).encode()
            options = Options(standard="commitment", department=department, channel=channel)
            run(receive([body], f"承诺书_{day:%Y%m%d}.json", options, by=clerk).pk)

    def _listed(self, day: date, entry: MatterEntry) -> dict[str, Any]:
        kind = CommitmentType(entry.commitment_type)
        row = self._row(day, entry.department, kind, entry.subject_kinds)
        row |= {"CN_SXMC": entry.matter.name, "CN_SXBM": entry.matter.code}
        return row | ({"CN_RQCL": PAPERS} if kind is CommitmentType.SHORTFALL else {})

    def _free(self, day: date, department: Department, kind: CommitmentType, title: str) -> dict[str, Any]:
        return self._row(day, department, kind, ("legal", "sole_trader")) | {"CN_SXMC": title}

    def _row(self, day: date, department: Department, kind: CommitmentType, kinds: Sequence[str]) -> dict[str, Any]:
        self.made += 1
        fitting = [each for each in self.people if each.kind in kinds and (each.registered_on or day) <= day]
        subject = self.random.choice(fitting or list(self.people))
        return _who(subject) | {
            "CN_BM": f"HRBCN{day:%Y%m}{self.made:06d}",
            "CN_LX": TYPE_LABELS[kind],
            "CN_NR": "已知晓告知的全部内容，承诺符合规定的条件，所填写的信息真实、准确。",
            "CN_ZR": "违背承诺的，愿意依法承担相应责任，并同意记入信用记录。",
            "CN_QH": department.district,
            "CN_ZCRQ": day.isoformat(),
            "CN_JG": department.name,
            "CN_JGDM": department.uscc or "",
            "CN_LYDW": department.name,
            "CN_LYDWDM": department.uscc or "",
            "CN_GKSX": "政务共享" if self.made % 40 == 0 else "社会公开",
        }

    def _taken_back(self) -> None:
        """One letter that its department revoked."""
        record = CreditRecord.objects.filter(kind="commitment").exclude(source_department__code=BUREAU).last()
        if record is not None:
            with clock.at(self.today, 9):
                clerk = self._clerk(record.source_department)
                revoke(record, by=clerk, reason="承诺人撤回办理申请。", on=self.today)

    def _clerk(self, department: Department) -> User:
        if department.pk not in self.clerks:
            self.clerks[department.pk] = User.objects.select_related("department").get(username=f"{department.code}_lr")
        return self.clerks[department.pk]


def _who(subject: DemoSubject) -> dict[str, Any]:
    found: dict[str, Any] = {"CN_XDR_MC": subject.name, "CN_XDR_LB": SubjectKind(subject.kind).label}
    if subject.kind == SubjectKind.PERSON:
        return found | {"CN_XDR_ZJLX": "身份证", "CN_XDR_ZJHM": subject.person_id}
    return found | {"CN_XDR_SHXYM": subject.code, "CN_FRDB": subject.legal_rep}
