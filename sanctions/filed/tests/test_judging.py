"""Who a row means, decided by two: every move, the second person, what survives the next file, what opens again."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from commitments.tests.cases import at
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from records.actions.subjects import rename
from records.tests.factories import PersonFactory, SubjectFactory
from sanctions.filed import actions
from sanctions.filed.actions.lapsing import reopen_changed
from sanctions.filed.models import FiledRow, Judgement
from sanctions.filed.rules import ROW_MOVES, Answer, RowState, Why
from sanctions.filed.tests.factories import PublicationFactory, judge, line, row_in, second, subject_of, take
from sanctions.lists.models import ListEntry
from sanctions.lists.rules import Way
from sanctions.lists.tests.factories import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filing")]
S = RowState
PEOPLE = ("propose", "confirm", "decline", "release")
"""The verbs that people take; what they find (set_aside, exclude, retract, send_back) is told apart below."""


def do(row: FiledRow, verb: str):
    row.refresh_from_db()
    if verb == "propose":
        return judge(row, Answer.NOBODY)
    if verb == "confirm":
        return actions.confirm(row, by=second(row))
    if verb == "decline":
        return actions.decline(row, why="档案不足以认定。", by=second(row))
    return actions.release(row, document="示移〔2026〕1号", reason="已向来源单位核实。", by=second(row))


@pytest.mark.parametrize(("state", "verb"), list(product(S, PEOPLE)))
def test_every_step_is_a_move_or_refused(state, verb):
    row = row_in(state)
    FiledRow.objects.filter(pk=row.pk).update(missing_since=TODAY)
    if (state, verb) in ROW_MOVES:
        do(row, verb)
        row.refresh_from_db()
        assert row.state == ROW_MOVES[state, verb]
        return
    before = FiledRow.objects.values().get(pk=row.pk)
    with pytest.raises(Conflict):
        do(row, verb)
    assert FiledRow.objects.values().get(pk=row.pk) == before


def test_the_same_lists_somebody_when_a_second_person_agrees():
    row = row_in(S.PROPOSED)
    assert not ListEntry.objects.exists()
    actions.confirm(row, by=second(row), why="同意。")
    row.refresh_from_db()
    judgement = Judgement.objects.get()
    entry = ListEntry.objects.get()
    assert (row.state, row.subject, row.record, row.why) == ("entered", judgement.subject, entry.record, "")
    assert (judgement.state, judgement.decided_on, judgement.decided_why) == ("standing", TODAY, "同意。")
    assert (entry.document_number, entry.record.authority_name) == ("示公〔2026〕1号", "示例公布机关")
    assert AuditEntry.objects.filter(verb="sanctions.filed.confirm", object_id=str(row.pk)).count() == 1


@pytest.mark.parametrize("verb", ["confirm", "decline"])
def test_who_proposed_does_not_decide(verb):
    row = row_in(S.WAITING)
    both = ReviewerFactory(department=row.department)
    judge(row, Answer.SAME, subject_of(2), by=both)
    with pytest.raises(Forbidden) as refused:
        actions.confirm(row, by=both) if verb == "confirm" else actions.decline(row, why="不同意。", by=both)
    assert refused.value.code == "filed.two_people"
    judgement = Judgement.objects.get()
    with pytest.raises(IntegrityError, match="judgement_by_two"), transaction.atomic():
        Judgement.objects.filter(pk=judgement.pk).update(decided_by=both)
    with pytest.raises(IntegrityError, match="judgement_that_weighs_has_a_second_person"), transaction.atomic():
        Judgement.objects.filter(pk=judgement.pk).update(state="standing")


@pytest.mark.parametrize("who", [lambda row: ClerkFactory(department=row.department), lambda row: ReviewerFactory()])
def test_only_reviewers_of_the_department_decide(who):
    row = row_in(S.PROPOSED)
    with pytest.raises(Forbidden):
        actions.confirm(row, by=who(row))


def test_not_the_same_stands_at_once_where_only_names_are_alike_and_leaves_the_others():
    row = row_in(S.WAITING)
    judgement = judge(row, Answer.NOT_SAME, subject_of(1, code=None))
    row.refresh_from_db()
    assert (row.state, judgement.state, judgement.takes_two, judgement.decided_by) == (
        "waiting",
        "standing",
        False,
        None,
    )


def test_not_the_same_against_a_number_takes_two_and_survives_the_next_file():
    publication, subject = PublicationFactory(), subject_of(1, name="哈尔滨另一家建材有限公司")
    data = [line(1, GB_SHXYM=None, GB_ZZJG=subject.code[8:17], GB_WSH="示公〔2026〕7号")]
    take(publication, data)
    row = FiledRow.objects.get()
    assert row.why == Why.NUMBER_ONLY
    judge(row, Answer.NOT_SAME, subject)
    row.refresh_from_db()
    assert row.state == "proposed"
    actions.confirm(row, by=second(row))
    row.refresh_from_db()
    assert (row.state, row.why) == ("waiting", Why.VETOED)
    take(publication, data)
    row.refresh_from_db()
    assert row.state == "waiting"
    assert Judgement.objects.get().state == "standing"


def test_a_match_that_somebody_ruled_out_does_not_enter_until_a_side_changes():
    publication, subject = PublicationFactory(), subject_of(1)
    data = [line(1, GB_SHXYM=None, GB_WSH="示公〔2026〕7号")]
    take(publication, data)
    judge(FiledRow.objects.get(), Answer.NOT_SAME, subject)
    with_number = [line(1, GB_WSH="示公〔2026〕7号")]
    take(publication, with_number)
    assert FiledRow.objects.get().state == "entered", "the listed side has changed: it has a number now"
    assert Judgement.objects.get().lapsed_why == "名单所列的内容有变化。"


def test_a_veto_holds_while_both_sides_are_what_they_were():
    publication, subject = PublicationFactory(), subject_of(1, name="毫无相同之处商店")
    data = [line(1)]
    take(publication, data)
    row = FiledRow.objects.get()
    assert row.why == Why.CLASH
    judge(row, Answer.NOT_SAME, subject)
    actions.confirm(row, by=second(row))
    take(publication, data)
    row.refresh_from_db()
    assert (row.state, row.why) == ("waiting", Why.VETOED)
    rename(subject, row.name, by=CreditOfficeFactory(), since=TODAY, reason="准予变更登记通知书")
    take(publication, data)
    row.refresh_from_db()
    assert (row.state, row.subject) == ("entered", subject)
    assert Judgement.objects.get().lapsed_why == "主体的名称、号码或者档案有变化。"


def test_nobody_of_ours_stays_aside_through_the_next_file_and_opens_again_after_its_last_day(monkeypatch):
    row = row_in(S.ASIDE)
    take(row.publication, [line(1, GB_SHXYM=None)])
    row.refresh_from_db()
    assert row.state == "aside"
    until = Judgement.objects.get().until
    assert reopen_changed(until) == 0
    assert reopen_changed(until + timedelta(days=1)) == 1
    assert reopen_changed(until + timedelta(days=1)) == 0
    row.refresh_from_db()
    assert (row.state, row.why) == ("waiting", "结论的有效期已满。")


def test_the_same_opens_again_when_the_subject_changes_and_its_entry_stands():
    row = row_in(S.PROPOSED)
    actions.confirm(row, by=second(row))
    row.refresh_from_db()
    assert reopen_changed() == 0
    rename(row.subject, "哈尔滨改名商贸有限公司", by=CreditOfficeFactory(), since=TODAY, reason="准予变更登记通知书")
    assert reopen_changed() == 1
    row.refresh_from_db()
    assert (row.state, row.why) == ("review", "主体的名称、号码或者档案有变化。")
    assert ListEntry.objects.listed(TODAY).count() == 1


def test_what_was_listed_wrongly_is_taken_off_by_the_two():
    row = row_in(S.REVIEW)
    judgement = judge(row, Answer.NOT_SAME, row.subject)
    assert judgement.takes_two
    actions.confirm(row, by=second(row))
    row.refresh_from_db()
    entry = ListEntry.objects.get(subject=judgement.subject)
    assert (row.state, row.record) == ("ended", None)
    assert (entry.ended_way, entry.ended_on, entry.end_asked_by) == (Way.WRONG, TODAY, judgement.proposed_by)


def test_what_is_not_agreed_to_waits_again_and_a_listed_row_goes_back_to_its_review():
    row = row_in(S.REVIEW)
    judge(row, Answer.NOT_SAME, row.subject)
    actions.decline(row, why="档案显示是同一主体。", by=second(row))
    row.refresh_from_db()
    assert (row.state, row.why) == ("review", "复核不同意：档案显示是同一主体。")
    assert Judgement.objects.get().state == "declined"


def test_what_changed_since_the_proposal_is_not_confirmed():
    row = row_in(S.PROPOSED)
    rename(
        Judgement.objects.get().subject,
        "哈尔滨改名商贸有限公司",
        by=CreditOfficeFactory(),
        since=TODAY,
        reason="准予变更登记通知书",
    )
    with pytest.raises(Conflict) as told:
        actions.confirm(row, by=second(row))
    assert told.value.code == "filed.changed"
    assert not ListEntry.objects.exists()


def test_a_person_is_never_told_by_a_name():
    publication = PublicationFactory()
    take(publication, [line(1, GB_MC="李某某", GB_SHXYM=None, GB_LB="自然人")])
    with pytest.raises(Conflict) as told:
        judge(FiledRow.objects.get(), Answer.SAME, PersonFactory(name="李某某"))
    assert told.value.code == "filed.kind"


def test_a_subject_without_a_code_is_not_listed():
    row = row_in(S.WAITING)
    with pytest.raises(Conflict) as told:
        judge(row, Answer.SAME, SubjectFactory(code=None, name="无代码商店"))
    assert told.value.code == "filed.no-code"


def test_an_incomplete_decision_is_refused_with_everything():
    row = row_in(S.WAITING)
    with pytest.raises(Refused) as told:
        actions.propose(
            row, Answer.SAME, subject=None, reason="", until=TODAY, by=ClerkFactory(department=row.department)
        )
    assert [each.rule for each in told.value.findings] == ["filed.subject", "filed.reason", "filed.until"]


def test_a_refusal_of_the_ledger_leaves_nothing(monkeypatch):
    row = row_in(S.PROPOSED)
    FiledRow.objects.filter(pk=row.pk).update(listed_on=date(2019, 1, 1))
    before = [list(model.objects.values()) for model in (FiledRow, Judgement, ListEntry)]
    with pytest.raises(Refused):
        actions.confirm(row, by=second(row))
    assert before == [list(model.objects.values()) for model in (FiledRow, Judgement, ListEntry)]


def test_what_the_source_took_off_ends_with_its_document():
    row = row_in(S.ENDED)
    entry = ListEntry.objects.get(subject__name=row.name)
    assert (entry.ended_way, entry.ended_on, entry.ended_document) == (Way.SOURCE, TODAY, "示移〔2026〕1号")
    assert (row.state, row.missing_since) == ("ended", None)


def test_a_line_that_was_missing_by_mistake_stands():
    row = row_in(S.ENTERED)
    with pytest.raises(Conflict):
        actions.keep(row, reason="仍在名单中。", by=second(row))
    take(row.publication, [line(2)])
    actions.keep(row, reason="来源单位补发了名单。", by=ClerkFactory(department=row.department))
    row.refresh_from_db()
    assert (row.state, row.missing_since) == ("entered", None)


@pytest.mark.parametrize(("document", "reason"), [("", "已核实。"), ("示移〔2026〕1号", " ")])
def test_nobody_leaves_without_document_and_reason(document, reason):
    row = row_in(S.ENTERED)
    take(row.publication, [line(2)])
    with pytest.raises(Refused):
        actions.release(row, document=document, reason=reason, by=second(row))
    assert ListEntry.objects.listed(TODAY).count() == 2


def test_an_ended_row_that_is_listed_again_enters_again(monkeypatch):
    row = row_in(S.ENDED)
    later = TODAY + timedelta(days=10)
    at(later, monkeypatch)
    take(row.publication, [line(1, GB_RQ="2026-12-01"), line(2)])
    row.refresh_from_db()
    assert row.state == "entered"
    assert ListEntry.objects.listed(later).filter(subject__name=row.name).count() == 1
