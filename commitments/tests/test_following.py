"""A letter follows its record through the ledger's verbs: entered, imported, edited, revoked, undone, revived, merged; and the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commitments.letters.actions.days import first_review_days
from commitments.letters.actions.following import STAYS
from commitments.models import CommitmentLetter, Review
from commitments.rules.kinds import CommitmentType
from commitments.tests import cases
from credit_platform.accounts.tests.factories import (
    ClerkFactory,
    CreditOfficeFactory,
    DepartmentFactory,
    SystemAdminFactory,
)
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Refused
from credit_platform.workdays.queries import calendar
from credit_platform.workdays.rules import Calendar, DayRule
from records.actions import MergeDocument, decide_merge, enter, propose_merge
from records.actions.changes import edit, revoke
from records.actions.merges import reverse_merge
from records.imports.batches.undo import undo_batch
from records.models import CreditRecord, ImportBatch
from records.standards import registry
from records.standards.example import example_row
from records.tests import factories as ledger
from records.tests.imports.samples import as_csv, bring

MADE = date(2026, 10, 8)


@pytest.fixture(autouse=True)
def _fresh(desk):
    cache.clear()


@pytest.fixture
def bureau():
    return DepartmentFactory(uscc=ledger.valid_code(70000002, "11"), district="230103")


@pytest.fixture
def entry(bureau):
    return cases.EntryFactory(department=bureau, matter__code="SX-0001")


def row(bureau, number=1, **changes) -> dict[str, object]:
    authority = {"CN_JG": bureau.name, "CN_JGDM": bureau.uscc, "CN_LYDW": bureau.name, "CN_LYDWDM": bureau.uscc}
    own = {
        "CN_LX": "审批替代型", "CN_SXBM": "SX-0001", "CN_GKSX": "社会公开", "CN_BM": f"HRBCN2026-{number:06d}",
        "CN_ZCRQ": MADE.isoformat(), "CN_QH": "", "CN_XDR_SHXYM": ledger.valid_code(30000000 + number),
        "CN_XDR_MC": f"哈尔滨承诺第{number}有限公司", "CN_YXQZ": "", "CN_YXQZI": "",
    }  # fmt: skip
    return example_row(registry.get("commitment"), MADE) | authority | own | changes


def entered(bureau, number=1, **changes) -> CommitmentLetter:
    record = enter("commitment", row(bureau, number, **changes), by=ClerkFactory(department=bureau), department=bureau)
    return CommitmentLetter.objects.get(record=record)


def imported(bureau, rows) -> ImportBatch:
    labels = {field.code: field.label for field in registry.get("commitment").fields}
    data = as_csv([{labels[code]: value for code, value in each.items()} for each in rows])
    batch = bring(data, "承诺书.csv", bureau, ClerkFactory(department=bureau), standard="commitment")
    assert batch.state == "done", batch.state
    return batch


def test_an_entered_letter_goes_by_the_entry_in_force_on_its_day(bureau, entry):
    letter = entered(bureau)
    assert (letter.entry, letter.matter, letter.department) == (entry, entry.matter, bureau)
    assert (letter.district, letter.channel, letter.made_on) == ("230103", "desk", MADE)
    assert letter.next_review_on == calendar().due_on(MADE, entry.first_after)
    assert letter.next_review_kind == "first"


def test_a_letter_of_before_the_list_is_refused_and_an_active_one_is_not(bureau, entry):
    with pytest.raises(Refused):
        entered(bureau, CN_ZCRQ="2020-10-30")
    free = entered(bureau, 2, CN_LX="主动型", CN_SXBM="")
    assert (free.entry, free.matter) == (None, None)
    assert free.next_review_on is not None


@pytest.mark.parametrize(("stated", "due"), [("2026-10-30", date(2026, 10, 30)), ("", None)])
def test_the_day_for_missing_papers_is_the_stated_one_or_that_of_the_entry(bureau, stated, due):
    kind = CommitmentType.SHORTFALL.value
    cases.EntryFactory(department=bureau, matter__code="SX-0002", commitment_type=kind, shortfall_after=20)
    letter = entered(bureau, CN_LX="容缺受理型", CN_SXBM="SX-0002", CN_RQCL="消防合格证明", CN_BZQX=stated)
    assert letter.shortfall_due_on == (due or calendar().due_on(MADE, 20))
    assert letter.shortfall_papers == "消防合格证明"


def test_an_import_makes_a_letter_for_each_record_and_twice_makes_none_more(bureau, entry):
    rows = [row(bureau, number) for number in range(1, 6)]
    imported(bureau, rows)
    assert set(CommitmentLetter.objects.values_list("channel", "entry_id")) == {("file", entry.pk)}
    assert CommitmentLetter.objects.count() == 5
    imported(bureau, rows)
    assert CommitmentLetter.objects.count() == 5


def test_a_batch_that_is_taken_back_takes_its_letters_and_brings_them_again(bureau, entry):
    batch = imported(bureau, [row(bureau, number) for number in range(1, 4)])
    opened = Review.objects.create(
        letter=CommitmentLetter.objects.first(), department=bureau, kind="first", due_on=date(2027, 1, 4)
    )
    undo_batch(batch, by=ClerkFactory(department=bureau), reason="报送有误")
    assert set(CommitmentLetter.objects.values_list("fulfilment", "next_review_on")) == {("withdrawn", None)}
    opened.refresh_from_db()
    assert opened.state == "void"
    imported(bureau, [row(bureau, number) for number in range(1, 4)])
    again = CommitmentLetter.objects.all()
    assert {each.fulfilment for each in again} == {"performing"}
    assert {each.next_review_on for each in again} == {calendar().due_on(MADE, entry.first_after)}
    assert CommitmentLetter.objects.count() == 3


def test_a_letter_that_was_reviewed_stays_when_its_batch_goes(bureau, entry):
    batch = imported(bureau, [row(bureau, 1), row(bureau, 2)])
    kept = CommitmentLetter.objects.get(code="HRBCN2026-000001")
    reviewer = ClerkFactory(department=bureau)
    Review.objects.create(
        letter=kept, department=bureau, kind="first", due_on=MADE, state="done", outcome="performing", method="现场核查",
        reviewer=reviewer, done_on=MADE,
    )  # fmt: skip
    plan = undo_batch(batch, by=reviewer, reason="报送有误")
    assert plan.kept == {kept.record_id: STAYS}
    kept.refresh_from_db()
    assert kept.fulfilment == "performing"


def test_an_edit_moves_the_letter_with_its_record(bureau, entry):
    other = cases.EntryFactory(department=bureau, matter__code="SX-0003", first_after=30)
    letter = entered(bureau)
    record = CreditRecord.objects.get(pk=letter.record_id)
    changed = row(bureau, CN_SXBM="SX-0003", CN_QH="230102", CN_YXQZI="2028-10-07")
    edit(record, changed, by=ClerkFactory(department=bureau), version=str(record.version))
    letter.refresh_from_db()
    assert (letter.entry, letter.district, letter.valid_until) == (other, "230102", date(2028, 10, 7))
    assert letter.next_review_on == calendar().due_on(MADE, 30)


def test_an_edit_leaves_the_next_review_of_a_letter_that_was_looked_at(bureau, entry):
    letter = entered(bureau)
    CommitmentLetter.objects.filter(pk=letter.pk).update(assessed_on=date(2026, 11, 2), next_review_on=date(2027, 5, 4))
    record = CreditRecord.objects.get(pk=letter.record_id)
    edit(record, row(bureau, CN_QH="230102"), by=ClerkFactory(department=bureau), version=str(record.version))
    letter.refresh_from_db()
    assert (letter.district, letter.next_review_on) == ("230102", date(2027, 5, 4))


def test_a_revoked_letter_counts_no_more_and_is_not_looked_at_again(bureau, entry):
    letter = entered(bureau)
    record = CreditRecord.objects.get(pk=letter.record_id)
    revoke(record, by=ClerkFactory(department=bureau), reason="申请人撤回申请", on=timezone.localdate())
    letter.refresh_from_db()
    assert (letter.fulfilment, letter.next_review_on) == ("withdrawn", None)
    assert not CommitmentLetter.objects.active().exists()
    assert AuditEntry.objects.filter(verb="commitments.letter.withdraw").count() == 1


def test_letters_go_over_with_a_merged_subject_and_come_back(bureau, entry):
    letter, other = entered(bureau), entered(bureau, 2)
    office, second = CreditOfficeFactory(), CreditOfficeFactory()
    document = MergeDocument("（哈市监）登记更正〔2026〕3号", "哈尔滨市市场监督管理局", date(2026, 10, 8))
    case = propose_merge(other.subject, letter.subject, by=office, reason="同一主体", document=document)
    decide_merge(case, by=second)
    letter.refresh_from_db()
    assert letter.subject == other.subject
    case.refresh_from_db()
    reverse_merge(case, by=second, note="查明不是同一主体")
    letter.refresh_from_db()
    assert letter.subject != other.subject


def test_a_record_of_another_kind_makes_no_letter(bureau):
    from commitments.letters.actions.following import follower

    record = ledger.PenaltyRecordFactory()
    follower.entered([record.pk], by=ClerkFactory(department=bureau))
    assert not CommitmentLetter.objects.exists()


def test_the_number_of_statements_does_not_grow_with_the_letters(bureau, entry):
    from commitments.letters.actions.following import follower

    imported(bureau, [row(bureau, number) for number in range(1, 31)])
    ids = list(CreditRecord.objects.filter(kind="commitment").values_list("pk", flat=True))
    clerk = ClerkFactory(department=bureau)
    counted = []
    for some in (ids[:2], ids):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            follower.changed(some, by=clerk)
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_a_notice_that_gives_a_day_off_moves_what_nobody_has_looked_at(bureau, entry):
    waiting, seen = entered(bureau), entered(bureau, 2)
    CommitmentLetter.objects.filter(pk=seen.pk).update(assessed_on=date(2026, 11, 2))
    old = calendar()
    new = Calendar({**old.special, date(2026, 11, 25): DayRule(False, "示例假日", "示例通知")}, old.published_years)
    before, after = old.due_on(MADE, entry.first_after), new.due_on(MADE, entry.first_after)
    assert [(each.old_due, each.new_due) for each in first_review_days.preview(old, new)] == [(before, after)]
    admin = SystemAdminFactory()
    assert first_review_days.recompute(old, new, by=admin) == 1
    assert first_review_days.recompute(old, new, by=admin) == 0
    waiting.refresh_from_db()
    seen.refresh_from_db()
    assert (waiting.next_review_on, seen.next_review_on) == (after, before)
