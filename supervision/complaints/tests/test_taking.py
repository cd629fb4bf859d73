"""A file of 12315 on its way in: what becomes public and when, what stays inside, and 举报 of which nothing is seen (traps 129, 130)."""

from __future__ import annotations

from datetime import date

import pytest

from checks.models import Check
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, DepartmentFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Forbidden
from credit_platform.pg import query
from disclosure.actions.published import end_due
from disclosure.models import Disclosure
from records.actions import revoke
from records.imports.batches import undo
from records.imports.batches.push import push_rows
from records.models import CreditRecord, ImportBatch, ImportFinding, Subject
from supervision.complaints import actions
from supervision.complaints.models import Complaint, ViolationReport
from supervision.complaints.queries.clocks import Clocks
from supervision.complaints.rules.clocks import Stage
from supervision.complaints.tests.factories import TODAY, code_of, complaint, open_row, report, report_row, row, take
from tests.days import ONE, around

LAST = date(2027, 5, 23)
"""Six months from the day of publication."""


def public_on(day: date) -> bool:
    return Disclosure.objects.visible_on(day).filter(kind="complaint").exists()


def rules(batch) -> list[str]:
    return list(ImportFinding.objects.filter(batch=batch, level="error").values_list("rule", flat=True))


def test_a_complaint_that_ended_is_public_at_once_for_six_months_and_neutral(bureau, clock):
    found = complaint(bureau)
    item = found.record.disclosure
    assert (item.state, item.published_on, item.ends_on) == ("published", TODAY, LAST)
    assert around(LAST, public_on) == (True, True, False)
    assert item.severity == ""
    clock(LAST + ONE)
    end_due(LAST + ONE)
    assert Complaint.objects.was_public().get() == found, "the figures of the year keep it"
    assert take([row(1, bureau)], bureau).unchanged == 1
    assert not public_on(LAST + ONE)


def test_nothing_of_who_complained_is_stored_or_shown(bureau):
    found = complaint(bureau)
    item = found.record.disclosure
    assert item.shown["TS_NR"] == "投诉人，电话******，称购买的面包发霉，要求退款。"
    assert not {"TS_SQ", "TS_JE", "TS_SHXF", "TS_QD"} & set(item.shown)
    stored = str(found.record.content)
    assert "张伟" not in stored
    assert "13800138000" not in stored


def test_one_that_runs_waits_and_a_later_file_publishes_it(bureau, clock):
    take([open_row(1, bureau)], bureau)
    found = Complaint.objects.get()
    assert (found.state, found.hidden_why, found.record.disclosure.state) == ("待受理", "投诉尚未办结", "exempt")
    assert not public_on(TODAY)
    batch = take([row(1, bureau)], bureau)
    assert (batch.accepted, batch.progress["updated"]) == (1, 1)
    item = Disclosure.objects.get(kind="complaint")
    assert (item.state, item.published_on, item.ends_on) == ("published", TODAY, LAST)
    assert Complaint.objects.get().state == "达成调解"


def test_the_same_file_again_changes_nothing(bureau):
    rows = [row(1, bureau), open_row(2, bureau, firm=2), report_row(3, bureau), row(4, bureau, TS_XDR_SHXYM=None)]
    take(rows, bureau)
    batch = take(rows, bureau)
    assert (batch.accepted, batch.rejected, batch.unchanged) == (4, 0, 2)
    assert (Complaint.objects.count(), ViolationReport.objects.count(), CreditRecord.objects.count()) == (3, 1, 2)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"TS_SLJG": "不予受理", "TS_BLJG": None, "TS_BJRQ": None}, "投诉不予受理"),
        ({"TS_BLJG": "撤回投诉"}, "投诉人已撤回投诉"),
        ({"TS_SHXF": "否"}, "不属于为生活消费需要购买、使用商品或者接受服务"),
        ({"TS_BGK": "恶意投诉"}, "恶意投诉"),
        ({"TS_BGK": "涉及未成年人"}, "涉及未成年人"),
        ({"TS_DJRQ": "2026-03-02", "TS_SLRQ": "2026-03-05", "TS_BJRQ": "2026-05-22"}, "办结时间较早，公示期限已过"),
    ],
)
def test_what_is_not_published_is_collected_with_the_reason(bureau, changes, why):
    found = complaint(bureau, **changes)
    assert found.hidden_why == why
    assert found.record.disclosure.state == "exempt"
    assert not Complaint.objects.was_public().exists()


def test_what_ended_on_the_last_day_of_the_six_months_still_appears(bureau):
    days = {"TS_DJRQ": "2026-03-02", "TS_SLRQ": "2026-03-05", "TS_BJRQ": "2026-05-23"}
    assert complaint(bureau, **days).hidden_why == ""


def test_one_that_says_later_that_it_is_not_public_is_hidden_at_once(bureau):
    complaint(bureau)
    take([row(1, bureau, TS_BGK="涉及个人隐私")], bureau)
    assert not public_on(TODAY)
    take([row(1, bureau)], bureau)
    assert not public_on(TODAY), "a row that is silent about it leaves what was said"
    take([row(1, bureau)], bureau, blanks=ImportBatch.Blanks.CLEAR)
    assert public_on(TODAY)


def test_an_operator_that_was_not_identified_makes_no_subject(bureau):
    take([row(1, bureau, TS_XDR_SHXYM=None)], bureau)
    found = Complaint.objects.get()
    assert (found.record, found.hidden_why) == (None, "经营者未能确定")
    assert not Subject.objects.exists()
    take([row(1, bureau)], bureau)
    found.refresh_from_db()
    assert found.record.subject.code == code_of(1)
    assert public_on(TODAY)


# --- 举报


def test_a_report_of_a_violation_leaves_no_trace_on_the_subject(bureau):
    found = report(bureau)
    assert (found.state, found.department) == ("核查中", bureau)
    for model in (Subject, CreditRecord, Disclosure, Complaint, Check):
        assert not model.objects.exists(), model
    for table in (
        "complaints_violationreport",
        "audit_entry",
        "audit_history",
        "records_importbatch",
        "records_importfinding",
    ):
        said = str(query(f"SELECT row_to_json(t)::text FROM {table} t"))
        assert "示诉" not in said, table
        assert code_of(1) not in said, table


def test_a_report_sent_as_a_complaint_before_is_refused_until_that_is_revoked(bureau):
    found = complaint(bureau, 7)
    batch = take([report_row(7, bureau)], bureau)
    assert rules(batch) == ["complaint.type"]
    clerk = ClerkFactory(department=bureau)
    revoke(found.record, by=clerk, reason="确属举报，误按投诉报送。", on=TODAY)
    assert not public_on(TODAY)
    assert rules(take([report_row(7, bureau)], bureau)) == []
    assert rules(take([row(7, bureau)], bureau)) == ["complaint.type"], "and not back again"


def test_only_who_handles_a_report_reads_it_and_the_look_is_registered_without_the_subject(bureau):
    found = report(bureau)
    for stranger in (ClerkFactory(department=DepartmentFactory()), CreditOfficeFactory()):
        with pytest.raises(Forbidden):
            actions.open_report(found, by=stranger, purpose="核查")
    said = dict(actions.open_report(found, by=ClerkFactory(department=bureau), purpose="核查举报"))
    assert said["诉求内容"] == "举报人李芳：该店使用过期原料。"
    look = AuditEntry.objects.get(verb="complaints.report.open")
    assert (look.object_id, look.purpose) == (found.number, "核查举报")
    assert "示诉" not in str(look.detail)


# --- a number is one matter


def test_a_number_of_another_department_or_another_operator_is_refused(bureau):
    complaint(bureau)
    other = DepartmentFactory()
    assert rules(take([row(1, other)], other)) == ["complaint.other"]
    assert rules(take([row(1, bureau, firm=2)], bureau)) == ["complaint.number"]
    assert rules(take([row(1, bureau, TS_DJRQ="2026-09-11")], bureau)) == ["complaint.number"]
    assert rules(take([row(2, bureau), row(2, bureau, TS_WT="价格")], bureau)) == ["row.double"]
    assert CreditRecord.objects.count() == 2


def test_one_that_is_public_does_not_lose_its_operator_by_a_row_without_a_code(bureau):
    found = complaint(bureau)
    assert rules(take([row(1, bureau, TS_XDR_SHXYM=None)], bureau)) == ["complaint.number"]
    assert Complaint.objects.was_public().get() == found


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"TS_SLRQ": "2026-09-09"}, "complaint.course"),
        ({"TS_BJRQ": "2026-09-14"}, "complaint.course"),
        ({"TS_BJRQ": None}, "complaint.end-day"),
        ({"TS_SLRQ": None}, "complaint.decision-day"),
        ({"TS_BLJG": None}, "complaint.result"),
        ({"TS_SLJG": "不予受理"}, "complaint.accepted"),
        ({"TS_BJRQ": "2026-11-24"}, "complaint.future"),
        ({"TS_BH": "㈠" * 30}, "complaint.number-length"),
    ],
)
def test_a_course_that_cannot_be_is_refused(bureau, changes, rule):
    assert rule in rules(take([row(1, bureau, **changes)], bureau))


# --- push and undo


def test_a_system_pushes_both_kinds(bureau):
    rows = [row(1, bureau), report_row(2, bureau), row(3, bureau, TS_LB="不存在的类别")]
    done = push_rows("complaint", rows, by=ClerkFactory(department=bureau), department=bureau)
    assert [each.outcome for each in done.rows] == ["created", "apart", "refused"]
    assert public_on(TODAY)
    assert ViolationReport.objects.count() == 1


def test_undoing_a_batch_takes_all_of_it_back(bureau):
    batch = take([row(1, bureau), report_row(2, bureau), row(3, bureau, TS_XDR_SHXYM=None)], bureau)
    undo.undo_batch(batch, by=ClerkFactory(department=bureau), reason="文件有误")
    assert not public_on(TODAY)
    assert not Complaint.objects.counted().exists()
    assert not ViolationReport.objects.exists()


def test_what_a_later_batch_sent_again_stays(bureau):
    first = take([report_row(2, bureau)], bureau)
    take([report_row(2, bureau, TS_HCRQ="2026-11-20", TS_HCJG="立案")], bureau)
    with pytest.raises(Exception, match="没有可以撤回的记录"):
        undo.undo_batch(first, by=ClerkFactory(department=bureau), reason="文件有误")
    assert ViolationReport.objects.get().state == "立案"


# --- late


def test_what_is_late_on_a_day(bureau):
    take([open_row(1, bureau, TS_DJRQ="2026-11-12"), open_row(2, bureau, TS_DJRQ="2026-11-11")], bureau)
    take([open_row(3, bureau, TS_DJRQ="2026-08-03", TS_SLJG="受理", TS_SLRQ="2026-08-10")], bureau)
    late = around(TODAY, lambda day: Complaint.objects.filter(Clocks().late(Stage.ACCEPT, day)).count())
    assert late == (1, 1, 2)
    assert Complaint.objects.filter(Clocks().late(Stage.MEDIATE, TODAY)).count() == 1
    clocks = Clocks()
    for each in Complaint.objects.all():
        due = clocks.due(each)
        expected = Complaint.objects.filter(clocks.late(due.stage, TODAY), pk=each.pk).exists()
        assert due.is_late(TODAY) == expected
