"""Entries follow the ledger, whichever way their records come and go: files, undone batches, corrections, merged subjects."""

from __future__ import annotations

from datetime import date

import pytest

from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, DepartmentFactory
from credit_platform.errors import Refused
from credit_platform.web.once import version_of
from records.actions import decide_merge, propose_merge
from records.actions.changes import edit
from records.imports.batches.undo import undo_batch
from records.tests.factories import MistypedSubjectFactory, SubjectFactory, valid_code
from records.tests.imports.samples import as_json, bring
from sanctions import followers
from sanctions.lists.models import ListEntry
from sanctions.lists.rules import Way
from sanctions.lists.tests.factories import TODAY, RedListFactory, SeriousListFactory, StandingEntryFactory, enter, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listing")]


@pytest.fixture
def clerk():
    return ClerkFactory(department=DepartmentFactory(uscc=valid_code(4711, "11", "230100")))


@pytest.fixture
def heard():
    class Ear(followers.Follower):
        def __init__(self) -> None:
            self.told: list[tuple[str, int]] = []

        def entered(self, entries, *, on, by):
            self.told.append(("entered", len(entries)))

        def ended(self, entries, *, on, by):
            self.told.append(("ended", len(entries)))

    ear = Ear()
    followers.register(ear)
    yield ear.told
    followers.forget(ear)


def line(number: int, clerk, **more) -> dict[str, object]:
    authority = clerk.department
    given = {
        "MD_XDR_MC": f"哈尔滨示例第{number}建筑有限公司", "MD_XDR_LB": "法人及非法人组织", "MD_XDR_SHXYM": valid_code(70000 + number),
        "MD_WSH": f"示列决〔2026〕{number}号", "MD_BM": "SY-FILE", "MD_MC": "示例名单", "MD_SY": "拖欠工资。", "MD_YJ": "《示例条例》",
        "MD_LRRQ": "2026-11-02", "MD_JZRQ": "2029-11-02", "MD_JG": authority.name, "MD_JGDM": authority.uscc, "MD_LYDW": authority.name,
        "MD_LYDWDM": authority.uscc, "MD_GKSX": "社会公开",
    }  # fmt: skip
    return given | more


def file(clerk, *rows):
    return bring(as_json(list(rows)), "名单.json", clerk.department, clerk, standard="list-entry", channel="api")


def test_a_file_makes_entries_an_undone_batch_takes_them_and_the_same_file_brings_them_back(clerk, heard):
    SeriousListFactory(code="SY-FILE")
    rows = [line(number, clerk) for number in range(3)]
    batch = file(clerk, *rows)
    assert batch.accepted == 3
    assert ListEntry.objects.listed(TODAY).on_list("SY-FILE").count() == 3
    assert {entry.ends_on for entry in ListEntry.objects.all()} == {date(2029, 11, 2)}
    undo_batch(batch, by=clerk, reason="传错文件")
    assert not ListEntry.objects.listed(TODAY).exists()
    assert set(ListEntry.objects.values_list("ended_way", flat=True)) == {Way.UNDONE}
    file(clerk, *rows)
    assert ListEntry.objects.listed(TODAY).count() == 3
    assert ListEntry.objects.count() == 3
    assert heard == [("entered", 3), ("ended", 3), ("entered", 3)]


def test_rows_without_list_ground_or_last_day_are_refused_each_by_itself(clerk):
    SeriousListFactory(code="SY-FILE")
    wrong = [
        line(1, clerk, MD_BM="SY-NONE"),
        line(2, clerk, MD_WSH="自拟〔2026〕2号"),
        line(3, clerk, MD_JZRQ=""),
        line(4, clerk, MD_JZRQ="2026-11-01"),
    ]
    batch = file(clerk, *wrong, line(5, clerk))
    assert (batch.accepted, batch.rejected) == (1, 4)
    assert ListEntry.objects.get().document_number == "示列决〔2026〕5号"


def test_a_file_of_serious_entries_takes_rewards_away(clerk):
    SeriousListFactory(code="SY-FILE")
    row = line(6, clerk)
    subject = SubjectFactory(code=row["MD_XDR_SHXYM"], name=row["MD_XDR_MC"])
    red = enter(RedListFactory(), subject, said(90))
    file(clerk, row)
    red.refresh_from_db()
    assert red.way is Way.DISPLACED


def test_a_corrected_record_corrects_its_entry(clerk):
    SeriousListFactory(code="SY-FILE")
    row = line(7, clerk)
    file(clerk, row)
    record = ListEntry.objects.get().record
    edit(record, row | {"MD_JZRQ": "2028-11-02"}, by=clerk, version=version_of(record))
    assert ListEntry.objects.get().ends_on == date(2028, 11, 2)


def test_what_a_decision_has_listed_stays_when_its_batch_is_undone(clerk, a_case):
    SeriousListFactory(code="SY-FILE")
    batch = file(clerk, line(8, clerk))
    ListEntry.objects.update(case=a_case)
    with pytest.raises(Refused):
        undo_batch(batch, by=clerk, reason="传错文件")
    assert ListEntry.objects.listed(TODAY).count() == 1


def test_entries_go_with_their_subject_when_two_files_are_one():
    keep, double = SubjectFactory(), MistypedSubjectFactory()
    entry = StandingEntryFactory(record__subject=double)
    merge = propose_merge(keep, double, by=CreditOfficeFactory(), reason="同一主体")
    decide_merge(merge, by=CreditOfficeFactory(), note="核实无误")
    entry.refresh_from_db()
    assert entry.subject == keep
    assert list(ListEntry.objects.of(keep)) == [entry]
