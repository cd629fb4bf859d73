"""A file of a published list: who enters, who waits and why; twice, changed, in full, simulated, taken back."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from credit_platform.accounts.tests.factories import DepartmentFactory
from credit_platform.audit.models import AuditEntry
from disclosure.models import Disclosure
from records.models import CreditRecord, ImportFinding, Subject
from records.tests.factories import (
    PersonFactory,
    SubjectIdentifierFactory,
    SubjectNameFactory,
    valid_code,
    valid_person_id,
)
from sanctions.filed.models import FiledRow
from sanctions.filed.rules import Why
from sanctions.filed.tests.factories import (
    LIST,
    ClosedPublicationFactory,
    DraftPublicationFactory,
    DroppedPublicationFactory,
    PublicationFactory,
    line,
    subject_of,
    take,
    undo,
)
from sanctions.lists.models import ListEntry
from sanctions.lists.rules import Way
from sanctions.lists.tests.factories import TODAY, RepealedListFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filing")]


def rows() -> dict[str, FiledRow]:
    return {row.name: row for row in FiledRow.objects.select_related("subject", "record")}


def only() -> FiledRow:
    return FiledRow.objects.get()


def told(batch, rule: str) -> list[str]:
    return list(ImportFinding.objects.filter(batch=batch, rule=rule).order_by("id").values_list("text", flat=True))


def test_a_line_with_a_code_is_listed_and_public():
    publication, subject = PublicationFactory(), subject_of(1)
    batch = take(publication, [line(1)])
    assert (batch.state, batch.accepted, batch.rejected) == ("done", 1, 0), batch.refusal
    row = only()
    assert (row.state, row.subject, row.why, row.first_batch) == ("entered", subject, "", batch.pk)
    entry = ListEntry.objects.get()
    assert (entry.record, entry.subject, entry.credit_list.code) == (row.record, subject, LIST)
    assert (entry.entered_on, entry.ends_on) == (date(2026, 11, 2), date(2029, 11, 2))
    assert (entry.document_number, row.record.authority_name) == ("示公〔2026〕1号", "示例公布机关")
    assert row.record.content["MD_SY"] == "虚构交易，情节严重。"
    assert Disclosure.objects.get(record=row.record).state == "published"
    assert AuditEntry.objects.filter(verb="sanctions.filed.take").count() == 1


def test_a_valid_code_that_the_register_does_not_know_makes_its_subject():
    take(PublicationFactory(), [line(5)])
    assert only().subject == Subject.objects.get(code=valid_code(73000005))


def test_an_organisation_code_with_the_name_however_written_is_enough():
    subject = subject_of(1, name="哈尔滨示列商贸有限公司")
    take(
        PublicationFactory(),
        [
            line(
                1,
                GB_MC="哈爾濱示列商貿有限責任公司",
                GB_SHXYM=None,
                GB_ZZJG=subject.code[8:16] + "-" + subject.code[16],
            )
        ],
    )
    assert (only().state, only().subject) == ("entered", subject)


def test_a_whole_credit_code_in_the_column_of_the_organisation_code_is_used():
    subject = subject_of(1)
    take(PublicationFactory(), [line(1, GB_SHXYM=None, GB_ZZJG=subject.code)])
    assert (only().state, only().subject) == ("entered", subject)


def test_a_former_name_beside_an_old_number_is_enough():
    subject = subject_of(1)
    SubjectNameFactory(subject=subject, name="哈尔滨旧名贸易有限公司")
    SubjectIdentifierFactory(subject=subject, kind="tax_no", value="230102123456789")
    take(PublicationFactory(), [line(1, GB_MC="哈尔滨旧名贸易有限公司", GB_SHXYM=None, GB_SWDJ="230102123456789")])
    assert (only().state, only().subject) == ("entered", subject)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"GB_SHXYM": None}, Why.NAME_ONLY),
        ({"GB_SHXYM": None, "GB_MC": "大庆无人知晓商贸有限公司"}, Why.NONE),
        ({"GB_MC": "大庆无人知晓建材有限公司"}, Why.CLASH),
        ({"GB_SHXYM": None, "GB_ZZJG": valid_code(73000001)[8:17], "GB_MC": "哈尔滨另名商贸有限公司"}, Why.NUMBER_ONLY),
        ({"GB_ZZJG": valid_code(73000002)[8:17]}, Why.DIFFERS),
        ({"GB_MC": "王某某", "GB_SHXYM": None, "GB_LB": "自然人"}, Why.PERSON),
    ],
)
def test_everything_else_waits_with_its_reason_and_lists_nobody(changes, why):
    subject_of(1)
    batch = take(PublicationFactory(), [line(1, **changes)])
    assert (only().state, only().why, only().subject, only().record) == ("waiting", why, None, None)
    assert told(batch, "filed.waits") == [why]
    assert (batch.accepted, batch.warned) == (1, 1)
    assert not ListEntry.objects.exists()


def test_a_person_is_listed_by_the_whole_number_alone_and_it_is_sealed():
    known = PersonFactory(name="李某某")
    number = valid_person_id(900)
    person = {"GB_SHXYM": None, "GB_LB": "自然人", "GB_ZJLX": "身份证"}
    take(PublicationFactory(), [line(1, GB_MC="王某某", GB_ZJHM=number, **person), line(2, GB_MC=known.name, **person)])
    found = rows()
    assert (found["王某某"].state, found["李某某"].state) == ("entered", "waiting")
    assert found["王某某"].subject.kind == "person"
    assert number not in str(list(FiledRow.objects.values())) + str(list(CreditRecord.objects.values()))


@pytest.mark.parametrize("factory", [DraftPublicationFactory, ClosedPublicationFactory, DroppedPublicationFactory])
def test_without_a_confirmed_publication_nothing_is_taken_in(factory):
    batch = take(factory(), [line(1)])
    assert batch.state == "refused"
    assert "没有已确认的" in batch.refusal
    assert not FiledRow.objects.exists()


def test_a_list_that_is_out_of_force_and_a_term_that_is_over_refuse_the_line():
    RepealedListFactory(code="GB-OLD")
    batch = take(PublicationFactory(list_code="GB-OLD"), [line(1)])
    assert (batch.accepted, batch.rejected, told(batch, "list.in-force")) == (
        0, 1, ["名单GB-OLD在2026-11-02没有施行，不得列入。"],
    )  # fmt: skip
    other = take(PublicationFactory(), [line(1, GB_QX="2026-11-22"), line(2, GB_QX="2026-11-23")])
    assert (other.accepted, other.rejected) == (1, 1)
    assert told(other, "filed.over") == ["名单所列期限已于2026-11-22届满，不再列入。"]
    assert ListEntry.objects.get().ends_on == date(2026, 11, 23)


def test_one_line_twice_in_a_file_is_refused():
    batch = take(PublicationFactory(), [line(1), line(1, GB_SY="别的事由")])
    assert (batch.accepted, batch.rejected) == (1, 1)
    assert told(batch, "row.double") == ["与第2行是同一条（名单、名称、文书号或号码均相同）。"]


def state_of_everything() -> list[object]:
    kept = (FiledRow, CreditRecord, ListEntry, Subject, Disclosure)
    return [list(model.objects.order_by("pk").values()) for model in kept]


def test_the_same_file_twice_changes_nothing():
    publication = PublicationFactory(is_full=True)
    subject_of(3)
    data = [line(1), line(2, GB_WSH="示公〔2026〕7号", GB_RQ="2026-11-03"), line(3, GB_SHXYM=None)]
    take(publication, data)
    before = state_of_everything()
    again = take(publication, data)
    assert (again.accepted, again.unchanged, again.rejected) == (3, 3, 0)
    assert state_of_everything() == before


def test_a_number_that_comes_later_lists_the_waiting_row():
    publication, subject = PublicationFactory(), subject_of(1)
    take(publication, [line(1, GB_SHXYM=None, GB_WSH="示公〔2026〕7号")])
    assert only().state == "waiting"
    take(publication, [line(1, GB_WSH="示公〔2026〕7号")])
    assert (only().state, only().subject) == ("entered", subject)


def test_what_the_list_says_anew_is_said_by_the_record():
    publication = PublicationFactory()
    take(publication, [line(1)])
    record = only().record
    batch = take(publication, [line(1, GB_SY="虚构交易，情节特别严重。")])
    record.refresh_from_db()
    assert (record.content["MD_SY"], record.version, batch.unchanged) == ("虚构交易，情节特别严重。", 2, 0)
    assert CreditRecord.objects.filter(kind="list-entry").count() == 1


def test_another_day_of_listing_is_for_a_person():
    publication = PublicationFactory()
    take(publication, [line(1)])
    take(publication, [line(1, GB_RQ="2026-11-10")])
    assert (only().state, only().why) == ("review", Why.DAY)
    assert ListEntry.objects.get().entered_on == date(2026, 11, 2), "the entry stands as it was"


@pytest.mark.parametrize(("full", "missing"), [(True, TODAY), (False, None)])
def test_what_a_full_list_leaves_out_is_told_and_never_ended(full, missing):
    publication = PublicationFactory(is_full=full)
    take(publication, [line(1), line(2)])
    batch = take(publication, [line(2)])
    left = rows()[line(1)["GB_MC"]]
    assert (left.state, left.missing_since) == ("entered", missing)
    assert ListEntry.objects.listed(TODAY).count() == 2
    assert len(told(batch, "filed.left-out")) == int(full)
    take(publication, [line(1), line(2)])
    assert rows()[line(1)["GB_MC"]].missing_since is None


def test_a_simulation_leaves_nothing():
    batch = take(PublicationFactory(), [line(1), line(2, GB_SHXYM=None)], simulate=True)
    assert (batch.state, batch.accepted) == ("done", 2)
    assert not FiledRow.objects.exists()
    assert not ListEntry.objects.exists()


def test_a_file_that_is_taken_back_takes_its_entries_back_and_may_come_again():
    publication = PublicationFactory()
    batch = take(publication, [line(1), line(2, GB_SHXYM=None)])
    undo(batch.pk, publication)
    assert {row.state for row in FiledRow.objects.all()} == {"undone"}
    assert not ListEntry.objects.listed(TODAY).exists()
    assert ListEntry.objects.get().ended_way == Way.UNDONE
    again = take(publication, [line(1), line(2, GB_SHXYM=None)])
    assert again.state == "done"
    assert {row.state for row in FiledRow.objects.all()} == {"entered", "waiting"}
    assert ListEntry.objects.listed(TODAY).count() == CreditRecord.objects.filter(kind="list-entry").count() == 1


def test_what_the_ledger_refuses_waits_with_its_words():
    """An entry of another department on the same document is never overwritten."""
    take(PublicationFactory(authority_code=(code := valid_code(86000009, pair="11", area="110000"))), [line(1)])
    FiledRow.objects.all().delete()
    take(PublicationFactory(authority_code=code, department=DepartmentFactory()), [line(1)])
    assert only().state == "waiting"
    assert "其他部门" in only().why or "报送" in only().why


def test_a_court_s_file_is_read_by_its_own_words():
    publication = PublicationFactory(standard="filed-court")
    subject = subject_of(1)
    text = (
        "案号,被执行人姓名/名称,组织机构代码,执行法院,失信被执行人行为具体情形,发布时间,被执行人的履行情况\n"
        f"（2026）黑0102执88号,{subject.name},{subject.code[8:17]},哈尔滨市示例区人民法院,违反财产报告制度,2026年11月5日,全部未履行\n"
    )
    batch = take(publication, text.encode())
    assert batch.state == "done", batch.refusal
    entry = ListEntry.objects.get()
    assert (entry.subject, entry.document_number, entry.entered_on) == (
        subject,
        "（2026）黑0102执88号",
        date(2026, 11, 5),
    )
    assert (
        entry.record.content["MD_SY"]
        == "违反财产报告制度；执行法院：哈尔滨市示例区人民法院；被执行人的履行情况：全部未履行"
    )


def test_as_many_questions_for_sixty_lines_as_for_three():
    publication, asked = PublicationFactory(), []
    for numbers in (range(3), range(100, 160)):
        with CaptureQueriesContext(connection) as seen:
            take(publication, [line(n) for n in numbers])
        asked.append(len(seen))
    assert FiledRow.objects.filter(state="entered").count() == 63
    assert asked[1] <= asked[0]
