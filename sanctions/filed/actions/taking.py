"""Taking a file of a published list in: who each staged row is, what becomes of it, and what the file no longer names.

Runs in the transaction that closes the batch (`records.doors`): a fixed number of statements whatever the number of rows. Two imports of one list
stand in line at its publication.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from credit_platform import pg
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.errors import Finding, Level
from records.imports.ledger.apply import Outcome, Target
from records.imports.ledger.within import Within, enter_within
from records.imports.reading.findings import RowFinding
from records.models import Subject
from sanctions.filed import rules
from sanctions.filed.actions.entry_rows import entry_row, person_of, standard_of
from sanctions.filed.actions.lapsing import judged_of, lapse_judgements
from sanctions.filed.actions.lines import Line, differs, double_of, insert, side_of, staged, update
from sanctions.filed.models import FiledPublication, FiledRow
from sanctions.filed.queries import matching
from sanctions.filed.queries.grounds import taken
from sanctions.filed.queries.matching import Who
from sanctions.filed.rules import ROW_MOVES, Answer, RowState, Why
from sanctions.lists.models import CreditList
from sanctions.lists.queries.registers import Rules

S = RowState


class Taking:
    """One file on its way in; `go` says what became of it."""

    def __init__(self, target: Target, publication: FiledPublication, by: Actor) -> None:
        self.target, self.publication, self.by = target, publication, by
        self.today = timezone.localdate()
        self.lists = Rules()
        self.outcome = Outcome()
        self.within = Within(self.outcome)

    def go(self) -> Outcome:
        """All of it, in the order in which one asks for the next."""
        lines = self._placed(list(staged(self.target, self.publication)))
        self._lapse([each for each in lines if each.kept is not None])
        self._match([each for each in lines if self._is_open(each)])
        self._enter([each for each in lines if each.state is S.ENTERED and each.who.why is None])
        self._keep(lines)
        left_out = self._left_out(lines)
        self._tell(lines, left_out)
        return self.outcome

    # --- what the file says

    def _placed(self, lines: Sequence[Line]) -> list[Line]:
        """The rows with what is kept of them; doubles, and rows of a list that does not hold or whose term is over, are refused."""
        kept = self._kept([each.key for each in lines])
        first: dict[str, Line] = {}
        for line in lines:
            twin = first.get(line.key)
            against = double_of(twin) if twin else self._against(line)
            if against is not None:
                self.outcome.refused.append(RowFinding(line.n, against))
                continue
            first[line.key] = line
            line.kept = kept.get(line.key)
            if line.kept is not None:
                line.state, line.why, line.record_id = RowState(line.kept.state), line.kept.why, line.kept.record_id
        return list(first.values())

    def _kept(self, keys: Sequence[str]) -> dict[str, FiledRow]:
        rows = FiledRow.objects.in_stream(self.target.department, self.publication.list_code)
        return {
            each.key: each
            for each in rows.filter(key__in=keys).select_related("subject").select_for_update(of=("self",))
        }

    def _against(self, line: Line) -> Finding | None:
        row = self._list_on(line)
        if row is None:
            words = f"名单{self.publication.list_code}在{line.said.listed_on:%Y-%m-%d}没有施行，不得列入。"
            return Finding(
                "list.in-force", Level.ERROR, words, "请核对列入日期和公布名单的名单编码。", article=rules.ARTICLE
            )
        if line.said.until is not None and line.said.until < self.today:
            words = f"名单所列期限已于{line.said.until:%Y-%m-%d}届满，不再列入。"
            return Finding("filed.over", Level.ERROR, words, "无需处理；期限有误的，请核对来源名单。")
        return None

    def _list_on(self, line: Line) -> CreditList | None:
        return self.lists.on(self.publication.list_code, line.said.listed_on)

    # --- who it is

    def _is_open(self, line: Line) -> bool:
        """Rows about which something is to be decided by the import: new ones, those that come back, those that wait or say something else."""
        kept = line.kept
        if kept is None:
            return True
        if line.state in (S.ENDED, S.UNDONE):
            line.state = _moved(line.state, "relist")
        if line.state is S.ENTERED and not line.same:
            return True
        return line.state is S.WAITING

    def _lapse(self, lines: Sequence[Line]) -> None:
        """Decisions about these rows that no longer hold; what was decided and still holds is what the rows bring along."""
        known = {each.kept.pk: each for each in lines if each.kept is not None}
        rows = [each.kept for each in known.values() if each.kept is not None]
        sides = {pk: side_of(each) for pk, each in known.items()}
        for lapsed in lapse_judgements(rows, row_sides=sides, on=self.today, by=self.by):
            line = known[lapsed.row_id]
            if lapsed.kind is not Answer.NOT_SAME and (line.state, "reopen") in ROW_MOVES:
                line.state, line.why = _moved(line.state, "reopen"), lapsed.lapsed_why
        vetoes, same = judged_of(rows)
        for pk, line in known.items():
            line.asked.vetoed, line.decided = vetoes.get(pk, set()), same.get(pk)

    def _match(self, lines: Sequence[Line]) -> None:
        for line, who in zip(lines, matching.decide([each.asked for each in lines]), strict=True):
            self._decided(line, who)

    def _decided(self, line: Line, who: Who) -> None:
        line.who = who = Who(line.decided) if line.decided is not None else who
        if line.state is S.ENTERED:
            if line.kept is not None and line.kept.listed_on != line.said.listed_on:
                line.state, line.why = _moved(line.state, "reopen"), Why.DAY.value
            elif line.kept is not None and line.kept.subject is not None:
                line.who = Who(line.kept.subject)  # whoever was found or decided stays the one
            return
        if who.why is not None:
            line.who, line.why = Who(why=who.why), who.why.value
            return
        if line.asked.is_person and who.subject is None:
            line.who = Who(person_of(line.asked.name, line.said.content, line.id_type), new=True)
        line.state, line.why = _moved(line.state, "match"), ""

    # --- what becomes of it

    def _enter(self, lines: Sequence[Line]) -> None:
        wanted = [each for each in lines if each.who.subject is not None]
        if not wanted:
            return
        rows = []
        for line in wanted:
            row, subject = self._list_on(line), line.who.subject
            assert row is not None  # noqa: S101 - asked by _against
            assert subject is not None  # noqa: S101 - these are the wanted ones
            rows.append((line.n, line.row, entry_row(row, self.publication, subject, line.said)))
        kind = standard_of(next(row for each in wanted if (row := self._list_on(each))))
        documents = frozenset((self.publication.list_code, each.said.document_number) for each in wanted)
        with taken(documents):
            self.within = enter_within(self.target, kind, rows, by=self.by)
        of = self._subjects_of(self.within.records.values())
        for line in wanted:
            line.record_id = self.within.records.get(line.n, line.record_id)
            if line.n in self.within.refused:
                self._refused(line)
            elif line.record_id in of:
                line.who = Who(of[line.record_id])

    def _refused(self, line: Line) -> None:
        """What the standard of entries or the ledger refuses waits for a person, with the reason."""
        line.why = " ".join(each.text for each in self.within.refused[line.n])[:300] or Why.NONE.value
        line.state = S.WAITING if line.kept is None or line.record_id is None else _moved(S.ENTERED, "reopen")

    @staticmethod
    def _subjects_of(record_ids: Any) -> dict[int, Subject]:
        found = pg.query("SELECT id, subject_id FROM records_creditrecord WHERE id = ANY(%s)", [list(record_ids)])
        subjects = Subject.objects.in_bulk({int(str(pk)) for _, pk in found})
        return {int(str(record)): subjects[int(str(pk))] for record, pk in found}

    def _keep(self, lines: Sequence[Line]) -> None:
        new = [each for each in lines if each.kept is None]
        insert(new, self.target, self.publication)
        changed = [each for each in lines if each.kept is not None and differs(each)]
        update(changed, self.publication)
        self.outcome.unchanged = len(lines) - len(new) - len(changed)

    # --- what it no longer says

    def _left_out(self, lines: Sequence[Line]) -> list[int]:
        """Rows that stand and that a full list does not name any more: noted, and never ended by that."""
        if not self.publication.is_full:
            return []
        rows = FiledRow.objects.in_stream(self.target.department, self.publication.list_code).filter(
            state__in=[S.ENTERED.value, S.REVIEW.value], missing_since__isnull=True
        )
        ids = list(rows.exclude(key__in=[each.key for each in lines]).values_list("pk", flat=True))
        FiledRow.objects.filter(pk__in=ids).update(missing_since=self.today, updated_at=timezone.now())
        return ids

    def _tell(self, lines: Sequence[Line], left_out: Sequence[int]) -> None:
        done = self.within.outcome
        self.outcome.created, self.outcome.updated, self.outcome.revived = done.created, done.updated, done.revived
        waits = [each for each in lines if each.state in (S.WAITING, S.REVIEW)]
        told = [
            RowFinding(each.n, Finding("filed.waits", Level.WARNING, each.why, "请在“名单核对”中核对。"))
            for each in waits
        ]
        self.outcome.warnings = [*done.warnings, *told]
        self.outcome.warned = len({each.n for each in self.outcome.warnings})
        if left_out:
            self.outcome.about_file.append(
                Finding(
                    "filed.left-out",
                    Level.WARNING,
                    f"本文件是全量名单，此前列入的{len(left_out)}条不再出现，没有自动移出。",
                    "请在“名单核对”的“来源已不列”中逐条确认移出，或者核对文件是否完整。",
                )
            )
        counts = {state.value: sum(each.state is state for each in lines) for state in RowState}
        audit.record(
            "sanctions.filed.take",
            self.publication,
            by=self.by,
            unit_id=self.target.department.pk,
            detail={"batch": self.target.batch_id, "rows": counts, "left_out": len(left_out)},
        )


def _moved(state: RowState, verb: str) -> RowState:
    return RowState(ROW_MOVES[state, verb])
