"""Fulfilment that a department reports itself changes the letter as a review does, and what is taken back takes it back."""

from __future__ import annotations

from datetime import date

import pytest

from commitments.letters.actions.following import follower
from commitments.models import CommitmentLetter
from commitments.reviews import actions as reviews
from commitments.tests import cases
from commitments.tests.public_factories import a_bureau, a_letter
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.web.once import version_of
from disclosure.models import Disclosure
from records.actions import enter
from records.actions.changes import edit, revoke
from records.imports.batches.undo import undo_batch
from records.models import CreditRecord
from records.standards import registry
from records.standards.example import example_row
from records.tests import factories as ledger
from records.tests.imports.samples import as_csv, bring

pytestmark = pytest.mark.usefixtures("desk")
STANDARD = "commitment-fulfilment"


@pytest.fixture
def bureau():
    return a_bureau()


@pytest.fixture
def letter(bureau):
    return a_letter(bureau)


def row(letter: CommitmentLetter, outcome: str, on: str = "2026-11-20", authority=None) -> dict[str, str]:
    """What a department reports of a letter."""
    authority = authority or letter.department
    given = {"LY_BM": letter.code, "LY_ZT": outcome, "LY_RDRQ": on, "LY_GKSX": "社会公开", "LY_QK": "已核实。",
             "LY_XDR_MC": letter.subject.name, "LY_XDR_SHXYM": letter.subject.code, "LY_XDR_LB": "法人及非法人组织",
             "LY_JG": authority.name, "LY_JGDM": authority.uscc, "LY_LYDW": authority.name, "LY_LYDWDM": authority.uscc}  # fmt: skip
    return example_row(registry.get(STANDARD), date(2026, 11, 20)) | given


def reported(letter: CommitmentLetter, outcome: str, on: str = "2026-11-20", authority=None) -> CreditRecord:
    authority = authority or letter.department
    return enter(
        STANDARD, row(letter, outcome, on, authority), by=ClerkFactory(department=authority), department=authority
    )


def state_of(letter: CommitmentLetter) -> tuple[str, date | None]:
    letter.refresh_from_db()
    return letter.fulfilment, letter.assessed_on


def test_a_report_is_the_state_of_its_letter(letter):
    first = (letter.next_review_on, letter.next_review_kind)
    assert first[0] is not None
    record = reported(letter, "全部履行")
    assert state_of(letter) == ("fulfilled", date(2026, 11, 20))
    assert letter.next_review_on is None
    revoke(record, by=ClerkFactory(department=letter.department), reason="认定有误", on=cases.TODAY)
    assert state_of(letter) == ("performing", None)
    assert (letter.next_review_on, letter.next_review_kind) == first


def test_the_newest_day_counts_whatever_came_last(letter):
    reported(letter, "全部履行")
    reported(letter, "无法核实", on="2026-11-02")
    assert state_of(letter) == ("fulfilled", date(2026, 11, 20))


def test_a_corrected_report_corrects_the_letter(letter):
    record = reported(letter, "全部履行")
    content = {code: value for code, value in record.content.items() if isinstance(value, str)}
    by = ClerkFactory(department=letter.department)
    edit(record, content | {"LY_ZT": "无法核实"}, by=by, version=version_of(record))
    assert state_of(letter)[0] == "unverifiable"
    assert letter.next_review_on is not None


def test_a_later_review_stands_above_it_and_its_own_record_changes_nothing_twice(letter):
    reported(letter, "全部履行", on="2026-11-02")
    review = cases.ReviewFactory(letter=letter)
    by = ReviewerFactory(department=letter.department)
    reviews.complete(review, outcome="unfulfilled", method="现场核查", finding="没有做到。", by=by, on=cases.TODAY)
    assert state_of(letter) == ("unfulfilled", cases.TODAY)
    assert AuditEntry.objects.filter(verb="commitments.letter.assess").count() == 1


def test_another_authority_says_nothing_of_a_letter(letter):
    reported(letter, "全部履行", authority=DepartmentFactory(uscc=ledger.valid_code(70000002, "11")))
    assert state_of(letter) == ("performing", None)


def test_a_letter_that_comes_after_its_report_takes_it_over(letter):
    reported(letter, "全部履行")
    record = letter.record
    CommitmentLetter.objects.filter(pk=letter.pk).delete()
    follower.entered([record.pk], by=ClerkFactory(department=letter.department))
    assert CommitmentLetter.objects.get(record=record).fulfilment == "fulfilled"


@pytest.mark.parametrize("outcome", ["未履行", "部分履行"])
def test_an_adverse_report_is_not_public_before_a_breach_was_decided(letter, outcome):
    record = reported(letter, outcome)
    shown = Disclosure.objects.get(record=record)
    assert shown.state == "exempt"
    assert "陈述申辩" in shown.ended_why
    content = {code: value for code, value in record.content.items() if isinstance(value, str)}
    by = ClerkFactory(department=letter.department)
    edit(record, content | {"LY_ZT": "全部履行"}, by=by, version=version_of(record))
    assert Disclosure.objects.visible_on(cases.TODAY).filter(record=record).exists()


def test_a_batch_twice_changes_nothing_and_its_undo_takes_it_back(letter):
    by = ClerkFactory(department=letter.department)
    labels = {field.code: field.label for field in registry.get(STANDARD).fields}
    data = as_csv([{labels[code]: value for code, value in row(letter, "全部履行").items()}])
    batch = bring(data, "履约.csv", letter.department, by, standard=STANDARD)
    assert state_of(letter) == ("fulfilled", date(2026, 11, 20))
    bring(data, "履约.csv", letter.department, by, standard=STANDARD)
    assert AuditEntry.objects.filter(verb="commitments.letter.assess").count() == 1
    undo_batch(batch, by=by, reason="文件有误")
    assert state_of(letter) == ("performing", None)
