"""A breach is never automatic: told, served, heard, found by a second person, decided out of the list; and taken back."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from casework.models import Case, Hearing
from commitments.breaches import actions as breaches
from commitments.breaches import sweep
from commitments.breaches.rules import MOVES, BreachState, Source
from commitments.models import CommitmentLetter
from commitments.rules.kinds import BreachKind
from commitments.tests import cases
from commitments.tests.cases import TODAY, case_in, step
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure.models import Disclosure
from records.models import CreditRecord

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
VERBS = sorted({verb for _, verb in MOVES})


@pytest.mark.parametrize(("state", "verb"), list(product(BreachState, VERBS)))
def test_every_step_is_a_move_or_refused(state, verb):
    case = case_in(state.value)
    if (state, verb) == (BreachState.SERVED, "determine"):
        case = step(case, "hear")
    if (state, verb) in MOVES:
        more = {"document_number": "示市监诺决〔2026〕2号"} if verb == "decide" else {}
        assert step(case, verb, **more).state == MOVES[state, verb]
    else:
        with pytest.raises(Conflict):
            step(case, verb)


def test_a_decided_breach_is_public_bars_the_subject_and_leaves_the_letter_standing():
    case = case_in("decided")
    record = case.record
    assert (record.item.code, record.standard, record.document_number) == (
        "XYWN",
        "commitment-breach",
        "示市监诺决〔2026〕1号",
    )
    assert record.content["WN_ZL"] == "未履行承诺"
    assert record.content["WN_BM"] == case.own.letter.code
    assert Disclosure.objects.get(record=record).state == "published"
    assert case.own.barred_until == date(2027, 11, 23)
    letter = CommitmentLetter.objects.get(pk=case.own.letter_id)
    assert (letter.fulfilment, letter.record.status) == ("unfulfilled", "active")
    assert case.own.measures.get().until == date(2027, 11, 23)


def test_the_record_of_a_decision_is_logged_in_the_name_of_who_decided():
    record = case_in("decided").record
    decided = AuditEntry.objects.get(verb="commitments.breach.decide")
    entered = AuditEntry.objects.about(record).get(verb="records.enter")
    assert entered.actor_kind == "staff"
    assert (entered.actor_id, entered.actor_name) == (decided.actor_id, decided.actor_name)


def test_a_false_commitment_is_told_apart_and_has_its_own_measures():
    case = cases.CandidateFactory(kind=BreachKind.FALSE.value)
    only_unfulfilled = cases.MeasureFactory(after_false=False)
    case.own.letter.entry.measures.add(only_unfulfilled)
    with pytest.raises(Refused) as refused:
        step(case, "notify", intended=[only_unfulfilled.code])
    assert refused.value.findings[0].rule == "measure.not-fitting"
    case.own.letter.entry.measures.set([cases.MeasureFactory()])
    for verb in ("notify", "serve", "hear", "determine", "decide"):
        case = step(case, verb)
    assert case.record.content["WN_ZL"] == "虚假承诺"


def test_only_measures_of_the_list_that_were_told_may_be_decided():
    case = case_in("determined")
    outside, late = cases.MeasureFactory(), cases.MeasureFactory()
    case.own.letter.entry.measures.add(late)
    with pytest.raises(Refused) as refused:
        step(case, "decide", measures=[outside.code, late.code])
    assert {finding.rule for finding in refused.value.findings} == {"measure.not-listed", "measure.not-told"}
    assert not CreditRecord.objects.filter(item__code="XYWN").exists()


def test_the_finding_is_another_persons_than_the_draft():
    case = case_in("heard")
    both = ReviewerFactory(department=case.department)
    Case.objects.filter(pk=case.pk).update(drafted_by=both)
    with pytest.raises(Forbidden) as refused:
        step(case, "determine", by=both)
    assert refused.value.code == "breach.two_people"


def test_who_tells_of_a_case_of_the_clock_is_its_drafter():
    case = cases.CandidateFactory(drafted_by=None)
    reviewer = ReviewerFactory(department=case.department)
    case = step(case, "notify", by=reviewer)
    assert case.drafted_by == reviewer
    case = step(step(case, "serve"), "hear")
    with pytest.raises(Forbidden):
        step(case, "determine", by=reviewer)


@pytest.mark.parametrize("verb", ["determine", "decide", "dismiss", "annul"])
def test_a_clerk_decides_nothing(verb):
    case = case_in({"determine": "heard", "decide": "determined", "dismiss": "candidate", "annul": "decided"}[verb])
    with pytest.raises(Forbidden):
        step(case, verb, by=ClerkFactory(department=case.department))


@pytest.mark.parametrize("verb", ["notify", "serve", "hear"])
def test_other_departments_and_the_credit_office_handle_nothing(verb):
    case = case_in({"notify": "candidate", "serve": "notified", "hear": "served"}[verb])
    for stranger in (ClerkFactory(), ReviewerFactory(), CreditOfficeFactory()):
        with pytest.raises(Forbidden):
            step(case, verb, by=stranger)


def test_the_last_day_to_speak_is_counted_in_working_days_over_a_holiday():
    case = case_in("notified", drafted_on=date(2026, 9, 21))
    Case.objects.filter(pk=case.pk).update(moved_on=date(2026, 9, 21))
    Hearing.objects.filter(pk=case.pk).update(notified_on=date(2026, 9, 21))
    case = step(case, "serve", on=date(2026, 9, 24))
    # 25 to 27 September and 1 to 7 October are free: 28, 29, 30 September, 8 and 9 October count.
    assert case.hearing.until == date(2026, 10, 9)


def test_nobody_finds_while_the_subject_may_still_speak(monkeypatch):
    case = case_in("served")
    with pytest.raises(Refused) as refused:
        step(case, "determine", on=TODAY)
    assert refused.value.code == "case.hearing-open"
    cases.at(case.hearing.until, monkeypatch)
    with pytest.raises(Refused):
        step(case, "determine", on=case.hearing.until)
    cases.at(case.hearing.until + timedelta(days=1), monkeypatch)
    assert step(case, "determine", on=case.hearing.until + timedelta(days=1)).state == BreachState.DETERMINED


def test_a_waiver_opens_the_finding_at_once_and_a_statement_must_be_answered():
    waived = step(case_in("served"), "hear", statement="", waived=True)
    assert step(waived, "determine", considered="").state == BreachState.DETERMINED
    heard = case_in("heard")
    with pytest.raises(Refused) as refused:
        step(heard, "determine", considered=" ")
    assert refused.value.findings[0].field == "considered"


def test_what_only_falls_due_later_is_not_a_breach():
    letter = cases.ShortfallLetterFactory(shortfall_due_on=TODAY)
    clerk = ClerkFactory(department=letter.department)
    with pytest.raises(Refused) as refused:
        breaches.open_candidate(letter, kind="unfulfilled", facts="材料未补正。", source=Source.DESK, by=clerk)
    assert refused.value.code == "breach.not-yet-due"
    made = breaches.open_candidate(letter, kind="false", facts="租赁合同系伪造。", source=Source.DESK, by=clerk)
    assert made.own.kind == BreachKind.FALSE


def test_the_clock_suspects_missing_papers_the_day_after_the_last_day_and_only_once(monkeypatch):
    letter = cases.ShortfallLetterFactory(shortfall_due_on=TODAY)
    settled = cases.ShortfallLetterFactory(shortfall_due_on=TODAY, shortfall_settled_on=TODAY)
    assert sweep.shortfall_candidates(TODAY) == 0
    assert sweep.shortfall_candidates(TODAY + timedelta(days=1)) == 1
    case = Case.objects.get()
    assert (case.own.letter, case.state, case.own.source, case.drafted_by) == (letter, "candidate", "shortfall", None)
    assert letter.fulfilment == "performing"
    assert not settled.breaches.exists()
    cases.at(TODAY + timedelta(days=1), monkeypatch)
    step(case, "dismiss")
    assert sweep.shortfall_candidates(TODAY + timedelta(days=2)) == 0


def test_an_annulled_decision_ends_the_bar_and_is_not_shown_any_more():
    case = case_in("annulled")
    record = CreditRecord.objects.get(pk=case.record_id)
    shown = Disclosure.objects.get(record=record)
    assert (record.status, shown.state, shown.public_note) == ("revoked", "withdrawn", "该决定已依法撤销。")
    assert case.own.barred_until is None
    letter = CommitmentLetter.objects.get(pk=case.own.letter_id)
    assert letter.fulfilment == "performing"
    assert letter.next_review_on > TODAY


def test_a_refused_decision_leaves_nothing_behind(monkeypatch):
    case = case_in("determined")

    def refuse(*args, **kwargs):
        raise Refused("record.findings", "不符合数据标准。")

    monkeypatch.setattr("commitments.breaches.actions.enter_breach", refuse)
    audits = AuditEntry.objects.count()
    with pytest.raises(Refused):
        step(case, "decide")
    case.refresh_from_db()
    assert (case.state, case.own.measures.count(), case.own.barred_until) == ("determined", 0, None)
    assert CommitmentLetter.objects.get(pk=case.own.letter_id).fulfilment == "performing"
    assert AuditEntry.objects.count() == audits


def test_the_second_of_two_is_told():
    case = case_in("candidate")
    seen = str(case.version)
    step(case, "notify", version=seen)
    with pytest.raises(Conflict) as refused:
        step(case, "dismiss", version=seen)
    assert refused.value.code == "form.stale"


def test_service_needs_a_proof_that_is_what_it_says():
    case = case_in("notified")
    with pytest.raises(Refused) as refused:
        step(case, "serve", proof=[])
    assert refused.value.findings[0].field == "proof"
    with pytest.raises(Refused) as refused:
        step(case, "serve", proof=[cases.AttachedFile("回证.pdf", b"MZ executable")])
    assert refused.value.code == "attachment.type"
    assert step(case, "serve").attachments.get().media_type == "application/pdf"


def test_one_open_case_a_letter():
    case = case_in("candidate")
    with pytest.raises(Conflict):
        breaches.open_candidate(
            case.own.letter, kind="false", facts="另一事实。", source=Source.DESK, by=case.drafted_by
        )
