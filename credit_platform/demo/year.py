"""A year of the demonstration city: when each department reports, what it reports, and what its reviewers do with it."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from credit_platform.accounts.models import Department, User
from credit_platform.demo import clock
from credit_platform.demo.acts import ACTS, act_row
from credit_platform.demo.decisions import (
    PENALTIES,
    PERMITS,
    PenaltyTemplate,
    PermitTemplate,
    Row,
    penalty_row,
    permit_row,
    trades_for,
)
from credit_platform.demo.departments import DEPARTMENTS
from credit_platform.demo.subjects import DemoSubject, fictitious_person
from credit_platform.workdays.queries import calendar
from disclosure.actions.exemptions import exempt, state_severity
from disclosure.actions.published import correct, repair, suspend, withdraw
from disclosure.actions.review import approve, approve_many, return_, submit_many
from disclosure.models import Disclosure
from records.actions.changes import edit, revoke
from records.imports.batches.batches import Options, receive
from records.imports.batches.engine import run

TABLE = {row.code: row for row in DEPARTMENTS}
REPORTS = 6
DECISIONS = (8, 22)
LATE_SHARE = 0.06
BAD_SHARE = 0.03


@dataclass(slots=True)
class Year:
    """The year up to `today`. `subjects` are those that are spoken of; `random` makes it the same every time."""

    today: date
    subjects: list[DemoSubject]
    departments: dict[str, Department]
    random: Random
    reports: int = REPORTS
    clerks: dict[str, User] = field(default_factory=dict)
    reviewers: dict[str, User] = field(default_factory=dict)
    serial: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    fitting: dict[tuple[tuple[str, ...], str], list[DemoSubject]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        staff = {user.username: user for user in User.objects.filter(department__isnull=False)}
        self.clerks = {code: staff[f"{code}_lr"] for code in self.departments}
        self.reviewers = {code: staff[f"{code}_sh"] for code in self.departments}

    def report_days(self) -> list[tuple[date, str]]:
        """Which department reports on which working day, in order; every one reports in the last days too."""
        working = [
            day
            for day in (self.today - timedelta(days=back) for back in range(430, 2, -1))
            if calendar().is_workday(day)
        ]
        speaking = sorted({t.department for t in PERMITS} | {t.department for t in PENALTIES})
        days = [(day, code) for code in speaking for day in self.random.sample(working, self.reports)]
        return sorted(days)

    def report(self, day: date, code: str, *, finish: bool = True) -> None:
        """One department's report on a day: permits, penalties and acts in, then review and publication."""
        for standard, rows in self._decisions(day, code).items():
            self.send(standard, rows, code, day)
        if finish:
            self.review(code, day)

    def send(self, standard: str, rows: list[Row], code: str, day: date) -> None:
        """Import rows as a file of the department, at nine in the morning of the day."""
        if not rows:
            return
        options = Options(standard=standard, department=self.departments[code], channel="api")
        with clock.at(day, 9, self.random.randrange(60)):
            body = json.dumps(rows, ensure_ascii=False).encode()
            batch = receive([body], f"{code}_{standard}_{day:%Y%m%d}.json", options, by=self.clerks[code])
            run(batch.pk)

    def review(self, code: str, day: date) -> None:
        """The clerk submits what is in draft, the reviewer approves and publishes it on the next working day."""
        open_rows = Disclosure.objects.of_department(self.departments[code].pk).open()
        ids = list(open_rows.filter(state="draft").values_list("pk", flat=True))
        with clock.at(day, 11, 20):
            submit_many(ids, by=self.clerks[code])
        next_day = min(calendar().deadline(day, self.random.choice((1, 1, 2))).due_on, self.today)
        with clock.at(next_day, 14, self.random.randrange(60)):
            submitted = list(open_rows.filter(state="submitted", pk__in=ids).values_list("pk", flat=True))
            approve_many(submitted, by=self.reviewers[code])

    def last_days(self) -> None:
        """What is on the desks today: due soon, overdue, submitted, returned, approved and waiting for a day."""
        for back, code in ((1, "scjgj"), (1, "yjj"), (2, "zjj"), (2, "sthjj"), (1, "jtj"), (3, "scjgj")):
            self.report(self.today - timedelta(days=back), code, finish=False)
        self._late_desk("scjgj")
        drafts = Disclosure.objects.filter(state="draft").order_by("pk")
        with clock.at(self.today, 8, 40):
            for code in ("scjgj", "zjj", "yjj"):
                mine = drafts.of_department(self.departments[code].pk)
                submit_many(list(mine.values_list("pk", flat=True)[: mine.count() // 2]), by=self.clerks[code])
            waiting = Disclosure.objects.filter(state="submitted").of_department(self.departments["scjgj"].pk)
            first = waiting.order_by("pk").first()
            if first is not None:
                return_(
                    first, by=self.reviewers["scjgj"], reason="违法事实中的检查日期与决定书不一致，请核对后重新提交。"
                )
            tomorrow = calendar().deadline(self.today, 1).due_on
            for row in waiting.filter(state="submitted", due_on__gte=tomorrow).order_by("-pk")[:2]:
                approve(row, by=self.reviewers["scjgj"], publish_from=tomorrow)
            self._said_lightly("scjgj")

    def _said_lightly(self, code: str) -> None:
        """Two that somebody would keep from the public: they wait for another person."""
        drafts = Disclosure.objects.filter(state="draft").of_department(self.departments[code].pk).order_by("-pk")
        fine = drafts.filter(kind="penalty", record__content__CF_CFLB="罚款").first()
        if fine is not None:
            state_severity(
                fine, by=self.clerks[code], severity="轻微", basis="首次违法且危害后果轻微，拟按裁量基准认定为轻微"
            )
        permit = drafts.filter(kind="permit").first()
        if permit is not None:
            exempt(permit, by=self.reviewers[code], reason="许可内容涉及申请人主张的商业秘密，待核实")

    def afterwards(self) -> None:
        """What happens to published items later: a correction made, one waiting, a withdrawal, a suspension, a repair, a revocation that waits."""
        shown = list(
            Disclosure.objects.filter(kind="penalty", state="published").order_by("-pk").select_related("record")[:5]
        )
        code = {row.pk: department for department, row in self.departments.items()}
        with clock.at(self.today - timedelta(days=1), 15, 10):
            for row in shown[:2]:
                self._reword(row, code[row.source_department_id])
            reviewer = self.reviewers[code[shown[0].source_department_id]]
            correct(shown[0], by=reviewer, reason="处罚内容文字表述有误")
            withdraw(
                shown[2],
                by=self.reviewers[code[shown[2].source_department_id]],
                reason="行政复议决定撤销该处罚决定",
                public_note="该行政处罚决定已被依法撤销，原公示信息同时撤回。",
                annulled_on=self.today - timedelta(days=2),
            )
            suspend(
                shown[3],
                by=self.reviewers[code[shown[3].source_department_id]],
                reason="当事人提出异议，核实期限内未能确认",
                public_note="",
            )
            revoke(
                shown[4].record,
                by=self.clerks[code[shown[4].source_department_id]],
                reason="行政复议决定书撤销该处罚决定，待核对文书",
                on=self.today - timedelta(days=2),
            )
            office = User.objects.get(username="xyb")
            ready = Disclosure.objects.filter(kind="penalty", state="published", earliest_repair_on__lte=self.today)
            for row in ready.order_by("pk")[:2]:
                repair(row, by=office, reason="已履行完毕并作出信用承诺，准予修复", basis="《信用修复管理办法》")

    def _reword(self, row: Disclosure, code: str) -> None:
        record = row.record
        raw = {key: value for key, value in record.content.items() if isinstance(value, str)}
        raw["CF_NR"] = raw["CF_NR"].removesuffix("。") + "，责令改正违法行为。"
        edit(record, raw, by=self.clerks[code], version=str(record.version))

    def _late_desk(self, code: str) -> None:
        old = [t for t in PENALTIES if t.department == code][0]
        decided = calendar().deadline(self.today - timedelta(days=24), 1).due_on
        rows = [self._penalty(old, code, decided) for _ in range(3)]
        self.send("penalty-2018", rows, code, self.today - timedelta(days=5))

    def _decisions(self, day: date, code: str) -> dict[str, list[Row]]:
        out: dict[str, list[Row]] = defaultdict(list)
        permits = [t for t in PERMITS if t.department == code]
        penalties = [t for t in PENALTIES if t.department == code]
        for _ in range(self.random.randint(*DECISIONS)):
            decided = self._decided(day)
            if permits and (not penalties or self.random.random() < 0.6):
                out["permit-2018"].append(self._permit(self.random.choice(permits), code, decided))
            elif penalties:
                out["penalty-2018"].append(self._penalty(self.random.choice(penalties), code, decided))
        return out

    def acts(self) -> None:
        """A few of each of the eight other acts, spread over the year."""
        for template in ACTS:
            code, department = template.department, TABLE[template.department]
            for back in (300, 170, 80, 24):
                day = calendar().deadline(self.today - timedelta(days=back), 1).due_on
                rows = []
                for _ in range(self.random.randint(2, 5)):
                    self.serial[f"{code}{template.mark}"] += 1
                    number = self.serial[f"{code}{template.mark}"]
                    party = self._party(code, template.matter, "legal")
                    uscc = self.departments[code].uscc or ""
                    rows.append(act_row(template, party, department, uscc, self._decided(day), number, self.random))
                self.send(template.standard, rows, code, day)
                self.review(code, day)

    def _decided(self, day: date) -> date:
        back = self.random.randint(16, 30) if self.random.random() < LATE_SHARE else self.random.randint(1, 6)
        return day - timedelta(days=back)

    def _number(self, code: str, mark: str, decided: date) -> int:
        key = f"{code}{mark}{decided.year}"
        self.serial[key] += 1
        return self.serial[key]

    def _permit(self, template: PermitTemplate, code: str, decided: date) -> Row:
        subject = self._person() if template.for_persons else self._party(code, template.content)
        number = self._number(code, template.mark, decided)
        return self._spoil(
            permit_row(template, subject, TABLE[code], self.departments[code].uscc or "", decided, number), "XK"
        )

    def _penalty(self, template: PenaltyTemplate, code: str, decided: date) -> Row:
        subject = self._party(code, template.violation)
        number = self._number(code, "罚", decided)
        uscc = self.departments[code].uscc or ""
        row = penalty_row(template, subject, TABLE[code], uscc, decided, number, self.random)
        return self._spoil(row, "CF")

    def _party(self, code: str, matter: str, kind: str = "") -> DemoSubject:
        trades = trades_for(code, matter)
        key = (trades, kind)
        if key not in self.fitting:
            self.fitting[key] = [
                subject
                for subject in self.subjects
                if (not trades or subject.trade in trades) and kind in ("", subject.kind)
            ] or self.subjects
        return self.random.choice(self.fitting[key])

    def _person(self) -> DemoSubject:
        name, number = fictitious_person(self.random)
        return DemoSubject("person", "", name, "", "", None, "", "", "", "", "", number)

    def _spoil(self, row: Row, prefix: str) -> Row:
        """A few rows carry the mistakes that departments make, so that every page has something refused to show."""
        code = row.get(f"{prefix}_XDR_SHXYM")
        if code and self.random.random() < BAD_SHARE:
            wrong = "1" if code[-1] != "1" else "2"
            return row | {f"{prefix}_XDR_SHXYM": code[:-1] + wrong}
        return row
