"""Taking a file of 12315 in: which rows are reports of violations, which complaints have no operator, and what is left for the ledger.

Runs in the transaction that closes the batch (`records.doors`). Rows that do not go into the ledger are set aside while the ledger reads the
stage, and put back for the importer, which tells of rows by their place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from credit_platform import pg
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.queries import own_department_ids
from credit_platform.audit import actions as audit
from credit_platform.errors import Finding, Level
from records.imports.ledger.apply import Outcome, Target, apply
from records.imports.reading.findings import RowFinding
from records.ledger_rules import canonical, hash_of
from records.standards.compile import NOT_PUBLIC
from supervision.complaints import standard as fields
from supervision.complaints.actions.content import FILLED, day, fill, statement_of, text
from supervision.complaints.models import Complaint, ViolationReport
from supervision.complaints.queries.clocks import still_shown
from supervision.complaints.rules.showing import hidden_because
from supervision.complaints.rules.texts import without_people
from supervision.complaints.rules.words import REPORT, UNIDENTIFIED
from supervision.complaints.sealed_places import sealed

_READ = "n, row, doc_no, doc_key, coalesce(s_code, ''), numbers, decided_on, content"
_REPORT_FILLED = (
    "received_on",
    "trade",
    "problem",
    "extended",
    "checked_on",
    "checked",
    "told_on",
    "sealed",
    "last_batch",
    "updated_at",
)
CHUNK = 2000


@dataclass(slots=True)
class Line:
    """A staged row."""

    n: int
    row: int
    number: str
    key: str
    code: str
    received_on: date
    content: dict[str, Any]
    has_code: bool

    @property
    def is_report(self) -> bool:
        return self.content.get(fields.TYPE) == REPORT


@dataclass(slots=True)
class Intake:
    """One file on its way in; `go` says what became of it."""

    target: Target
    by: Actor
    complaints: dict[str, Complaint] = field(default_factory=dict)
    reports: dict[str, ViolationReport] = field(default_factory=dict)
    refused: list[RowFinding] = field(default_factory=list)

    def go(self) -> Outcome:
        """Part the rows, keep what stays beside the ledger, apply the rest."""
        lines = list(self._staged())
        self._know([each.key for each in lines])
        good = self._refuse(lines)
        apart = [each for each in good if each.is_report or not each.has_code]
        self._judge([each for each in good if not each.is_report and each.has_code])
        self._keep_reports([each for each in apart if each.is_report])
        self._keep_unidentified([each for each in apart if not each.is_report])
        outcome = self._apply_without([*(each.n for each in apart), *(each.n for each in self.refused)])
        outcome.refused += self.refused
        outcome.apart = [each.n for each in apart]
        return outcome

    # --- what the file says

    def _staged(self) -> Iterator[Line]:
        found = pg.query(f"SELECT {_READ} FROM {self.target.stage} ORDER BY n")  # noqa: S608 - own table name
        for n, row, number, key, code, numbers, received_on, content in found:
            assert isinstance(received_on, date)  # noqa: S101 - NOT NULL in the stage
            has_code = bool(code) or bool(numbers)
            yield Line(
                int(str(n)),
                int(str(row)),
                str(number),
                str(key),
                str(code),
                received_on,
                json.loads(str(content)),
                has_code,
            )

    def _know(self, keys: Sequence[str]) -> None:
        rows = Complaint.objects.select_related("record__subject", "department").filter(number_key__in=keys)
        self.complaints = {each.number_key: each for each in rows}
        reports = ViolationReport.objects.select_related("department").filter(number_key__in=keys)
        self.reports = {each.number_key: each for each in reports.select_for_update(of=("self",))}

    # --- a number of 12315 is one matter

    def _refuse(self, lines: Sequence[Line]) -> list[Line]:
        first: dict[str, Line] = {}
        good = []
        own = own_department_ids(self.target.department.pk, timezone.localdate())
        for line in lines:
            against = self._against(line, own) or _twin(first.get(line.key))
            if against is None:
                first[line.key] = line
                good.append(line)
            else:
                self.refused.append(RowFinding(line.n, against))
        return good

    def _against(self, line: Line, own: Any) -> Finding | None:
        complaint, report = self.complaints.get(line.key), self.reports.get(line.key)
        other = complaint or report
        if other is not None and other.department_id not in own:
            return _finding(
                "complaint.other",
                f"该登记编号已由“{other.department.name}”报送。",
                "转办的，由现办理单位以新的登记编号报送。",
            )
        standing = complaint is not None and complaint.record is not None and complaint.record.status == "active"
        if line.is_report:
            words = "该登记编号已按投诉入库。"
            return (
                _finding("complaint.type", words, "确属举报的，请先撤销该条投诉记录，再按举报报送。")
                if standing
                else None
            )
        if report is not None:
            return _finding("complaint.type", "该登记编号已按举报登记，不能再按投诉公示。", "请核对诉求类型。")
        if complaint is not None and standing and _moved(complaint, line):
            words = "该登记编号已入库，登记日期或者经营者代码与原记录不同，或者没有填写代码；一个登记编号只有一条。"
            return _finding("complaint.number", words, "原记录有误的，请先撤销原记录，再重新报送。")
        return None

    # --- what stays beside the ledger

    def _keep_reports(self, lines: Sequence[Line]) -> None:
        rows = [self._report(each) for each in lines]
        ViolationReport.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["number_key"], update_fields=[*_REPORT_FILLED], batch_size=CHUNK
        )
        if rows:
            audit.record("complaints.take", by=self.by, detail={"batch": self.target.batch_id, "reports": len(rows)})

    def _report(self, line: Line) -> ViolationReport:
        said = line.content
        return ViolationReport(
            number=line.number[:64],
            number_key=line.key,
            department=self.target.department,
            received_on=line.received_on,
            trade=text(said, fields.TRADE, 30),
            problem=text(said, fields.PROBLEM, 30),
            extended=text(said, fields.EXTENDED) == "是",
            checked_on=day(said, fields.CHECKED_ON),
            checked=text(said, fields.CHECKED, 8),
            told_on=day(said, fields.TOLD_ON),
            sealed=sealed(line.key, said),
            first_batch=self.target.batch_id,
            last_batch=self.target.batch_id,
        )

    def _keep_unidentified(self, lines: Sequence[Line]) -> None:
        new: list[Complaint] = []
        old: list[Complaint] = []
        for line in lines:
            known = self.complaints.get(line.key)
            row = known or Complaint(number_key=line.key, first_batch=self.target.batch_id)
            row.number, row.department, row.last_batch = line.number[:64], self.target.department, self.target.batch_id
            row.record, row.updated_at = None, timezone.now()
            (old if known else new).append(
                fill(row, cleaned(line.content), received_on=line.received_on, hidden_why=UNIDENTIFIED)
            )
        Complaint.objects.bulk_create(new, batch_size=CHUNK)
        Complaint.objects.bulk_update(old, ["number", "record", "last_batch", *FILLED], batch_size=CHUNK)

    # --- what goes on

    def _judge(self, lines: Sequence[Line]) -> None:
        """Nothing of who complained goes into the ledger; and each complaint says why it is not public, or that nothing stands against it.

        Judged is what the ledger will hold: the row, with what a record has already and the row leaves out (`imports.ledger.merging`).
        """
        still = still_shown()
        stage = "stage_complaint_texts"
        columns = [("n", "int"), ("content", "text"), ("digest", "text"), ("gone", "text")]
        pg.copy_into_new(stage, columns, (self._judged(each, still) for each in lines))
        pg.execute(
            f"""UPDATE {self.target.stage} t SET content = s.content, content_hash = s.digest,
            gone = concat_ws(',', nullif(t.gone, ''), nullif(s.gone, '')) FROM {stage} s WHERE t.n = s.n"""  # noqa: S608 - own table names
        )

    def _judged(self, line: Line, still: Callable[[date, date], bool]) -> tuple[int, str, str, str]:
        known = self.complaints.get(line.key)
        record = known.record if known and known.record and known.record.status == "active" else None
        held = record.content if record and not self.target.clear else {}
        content = cleaned(line.content)
        told = statement_of({**held, **content})
        was_shown = known is not None and record is not None and not known.hidden_why
        shown = was_shown or told.closed_on is None or still(told.closed_on, timezone.localdate())
        why = hidden_because(told, still_shown=shown)
        content |= {NOT_PUBLIC: why} if why else {}
        said = canonical(content)
        return line.n, said, hash_of(said), "" if why else NOT_PUBLIC

    def _apply_without(self, numbers: Sequence[int]) -> Outcome:
        stage = self.target.stage
        pg.execute("DROP TABLE IF EXISTS pg_temp.complaint_aside")
        aside = f"SELECT * FROM {stage} WHERE n = ANY(%s)"  # noqa: S608 - own table name
        pg.execute(f"CREATE TEMP TABLE complaint_aside ON COMMIT DROP AS {aside}", [list(numbers)])
        pg.execute(f"DELETE FROM {stage} WHERE n = ANY(%s)", [list(numbers)])  # noqa: S608
        outcome = apply(self.target, by=self.by)
        pg.execute(f"INSERT INTO {stage} SELECT * FROM complaint_aside")  # noqa: S608
        return outcome


def cleaned(content: dict[str, Any]) -> dict[str, Any]:
    """The content with people taken out of its free texts."""
    return {
        code: without_people(value) if code in fields.TEXTS and isinstance(value, str) else value
        for code, value in content.items()
    }


def _moved(complaint: Complaint, line: Line) -> bool:
    """Whether a row says another day of receipt, another operator or none than the record that stands, so that the ledger would make a second
    one, or the complaint lose the one it has."""
    assert complaint.record is not None  # noqa: S101 - asked by the caller
    held = complaint.record.subject.code or ""
    is_another = not line.has_code or bool(line.code and held and held != line.code)
    return is_another or complaint.record.decided_on != line.received_on


def _twin(first: Line | None) -> Finding | None:
    if first is None:
        return None
    return _finding("row.double", f"与第{first.row}行的登记编号相同。", "同一登记编号只保留一行。")


def _finding(rule: str, words: str, mend: str) -> Finding:
    return Finding(rule, Level.ERROR, words, mend, field=fields.NUMBER)
