"""A subject's file: names, numbers, head office, what was known and public on a day."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from credit_platform.accounts.models import User
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from records import panels
from records.actions import add_identifier, edit, enter, rename, set_head
from records.models import CreditRecord, SubjectName
from records.queries import as_of, search_subjects, subject_timeline
from records.tests import factories
from records.tests.test_entry import penalty

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 5, 1)


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    factories.PenaltyEntryFactory()


def test_a_renamed_subject_is_found_by_both_names(alice_clerk: User) -> None:
    firm = factories.SubjectFactory(name="哈尔滨旧名商贸有限公司")
    rename(firm, "哈尔滨新名商贸有限公司", by=alice_clerk, since=DAY, reason="变更登记通知书")
    firm.refresh_from_db()
    assert firm.name == "哈尔滨新名商贸有限公司"
    former = SubjectName.objects.get(is_current=False)
    assert (former.name, former.until) == ("哈尔滨旧名商贸有限公司", DAY)
    for part in ("旧名", "新名"):
        assert [hit.subject for hit in search_subjects(part).hits] == [firm]
    entry = AuditEntry.objects.get(verb="subjects.rename")
    assert (entry.before, entry.reason) == ({"name": "哈尔滨旧名商贸有限公司"}, "变更登记通知书")


def test_a_name_that_comes_back_is_not_doubled(alice_clerk: User) -> None:
    firm = factories.SubjectFactory(name="甲商贸有限公司")
    for name in ("乙商贸有限公司", "甲商贸有限公司"):
        rename(firm, name, by=alice_clerk, since=DAY, reason="变更登记通知书")
    assert set(firm.names.values_list("name", "is_current")) == {("甲商贸有限公司", True), ("乙商贸有限公司", False)}


def test_a_rename_needs_a_new_name_a_past_day_and_a_reason(alice_clerk: User) -> None:
    firm = factories.SubjectFactory()
    future = timezone.localdate() + datetime.timedelta(days=1)
    for name, since, reason in (
        (firm.name, DAY, "依据"),
        ("新名称", future, "依据"),
        ("新名称", DAY, " "),
        ("新", DAY, "据"),
    ):
        with pytest.raises(Refused):
            rename(firm, name, by=alice_clerk, since=since, reason=reason)


def test_old_numbers_are_checked_and_belong_to_one(alice_clerk: User) -> None:
    firm, other = factories.SubjectFactory(), factories.SubjectFactory()
    number = factories.valid_reg_no(5)
    add_identifier(firm, "reg_no", number, by=alice_clerk, reason="旧执照")
    assert [hit.subject for hit in search_subjects(number).hits] == [firm]
    with pytest.raises(Conflict, match="另一主体"):
        add_identifier(other, "reg_no", number, by=alice_clerk, reason="旧执照")
    with pytest.raises(Conflict):
        add_identifier(other, "former_code", firm.code, by=alice_clerk, reason="旧执照")
    for kind, value in (
        ("reg_no", "00000000000000000X"),
        ("former_code", "123"),
        ("org_code", "12345678-0"),
        ("x", "1"),
    ):
        with pytest.raises(Refused):
            add_identifier(other, kind, value, by=alice_clerk, reason="旧执照")
    with pytest.raises(Refused):
        add_identifier(factories.PersonFactory(), "reg_no", factories.valid_reg_no(6), by=alice_clerk, reason="无")


def test_a_branch_has_a_head_office_and_no_circle(alice_clerk: User) -> None:
    head, branch = factories.SubjectFactory(), factories.SubjectFactory()
    set_head(branch, head, by=alice_clerk, reason="营业执照")
    assert list(head.branches.all()) == [branch]
    with pytest.raises(Refused, match="总机构不能"):
        set_head(head, branch, by=alice_clerk, reason="营业执照")
    with pytest.raises(Refused, match="自然人"):
        set_head(branch, factories.PersonFactory(), by=alice_clerk, reason="营业执照")
    assert set_head(branch, None, by=alice_clerk, reason="已独立").head is None


@pytest.mark.parametrize("who", ["wendy_window", "simon_system_admin", "arthur_auditor"])
def test_who_may_not_change_a_file(who: str, request: pytest.FixtureRequest) -> None:
    person, firm = request.getfixturevalue(who), factories.SubjectFactory()
    with pytest.raises(Forbidden):
        rename(firm, "新名称", by=person, since=DAY, reason="依据")
    with pytest.raises(Forbidden):
        add_identifier(firm, "reg_no", factories.valid_reg_no(6), by=person, reason="依据")
    with pytest.raises(Forbidden):
        set_head(firm, None, by=person, reason="依据")


def test_a_merged_file_is_closed(alice_clerk: User) -> None:
    gone = factories.SubjectFactory(merged_into=factories.SubjectFactory())
    with pytest.raises(Conflict, match="已并入"):
        rename(gone, "新名称", by=alice_clerk, since=DAY, reason="依据")


def test_the_timeline_keeps_own_and_shared_apart(alice_clerk: User, dan_other_clerk: User) -> None:
    firm = factories.SubjectFactory()
    mine = factories.CreditRecordFactory(subject=firm, authority=alice_clerk.department)
    mine_revoked = factories.RevokedRecordFactory(subject=firm, authority=alice_clerk.department)
    shared = factories.CreditRecordFactory(subject=firm, authority=dan_other_clerk.department)
    factories.RevokedRecordFactory(subject=firm, authority=dan_other_clerk.department)
    timeline = subject_timeline(firm, alice_clerk)
    assert set(timeline.own) == {mine, mine_revoked}
    assert list(timeline.shared) == [shared]
    assert set(timeline.seen(with_shared=False)) == {mine, mine_revoked}
    assert set(timeline.seen(with_shared=True)) == {mine, mine_revoked, shared}


def test_what_was_known_and_public_on_a_day_is_told_as_it_was(
    alice_clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau = alice_clerk.department
    record = enter("penalty-2018", penalty(bureau), by=alice_clerk, department=bureau)
    later = factories.CreditRecordFactory(subject=record.subject, authority=bureau)
    first_day = timezone.localdate() - datetime.timedelta(days=30)
    moment = timezone.now() - datetime.timedelta(days=30)
    CreditRecord.objects.filter(pk=record.pk).update(created_at=moment)
    record.subject.created_at = moment
    record.subject.save()
    row = penalty(bureau, CF_WFXW="改过的事项")
    edit(record, row, by=alice_clerk, version="1")
    rename(record.subject, "后来的名称有限公司", by=alice_clerk, since=DAY, reason="变更登记")

    class PublicThen:
        def public_on(self, record_ids: Collection[int], day: datetime.date) -> dict[int, panels.PublicThen]:
            return {record.pk: panels.PublicThen()} if day == first_day and record.pk in record_ids else {}

    monkeypatch.setattr(panels, "_panels", [PublicThen()])
    then = as_of(record.subject, first_day, alice_clerk)
    assert (then.known, then.name) == (True, "哈尔滨示例商贸有限公司")
    (known,) = then.records
    assert (known.pk, known.title, known.was_public) == (record.pk, "销售不符合食品安全标准的食品", True)
    now = as_of(record.subject, timezone.localdate(), alice_clerk)
    assert {each.pk for each in now.records} == {record.pk, later.pk}
    record.subject.refresh_from_db()
    assert as_of(record.subject, timezone.localdate(), alice_clerk).name == "后来的名称有限公司"
    assert not as_of(record.subject, first_day - datetime.timedelta(days=5), alice_clerk).known


def test_the_pages_of_a_file(client: Client, alice_clerk: User) -> None:
    firm = factories.SubjectFactory(name="哈尔滨太阳岛旅游有限公司")
    factories.SubjectNameFactory(subject=firm, name="哈尔滨旧号旅行社")
    factories.SubjectIdentifierFactory(subject=firm)
    factories.SubjectFactory(name="太阳岛分公司", head=firm)
    record = factories.CreditRecordFactory(subject=firm, authority=alice_clerk.department)
    client.force_login(alice_clerk)
    found = client.get("/desk/subjects/", {"q": "旧号"}).content.decode()
    assert f'href="/desk/subjects/{firm.pk}/"' in found
    assert "曾用名：哈尔滨旧号旅行社" in found
    for after in ("²", "9" * 19, "-1"):
        assert "哈尔滨旧号旅行社" in client.get("/desk/subjects/", {"q": "旧号", "after": after}).content.decode()
    assert "至少输入两个字" in client.get("/desk/subjects/", {"q": "岛"}).content.decode()
    assert "没有找到" in client.get("/desk/subjects/", {"q": "南方"}).content.decode()
    page = client.get(f"/desk/subjects/{firm.pk}/").content.decode()
    for text in (record.document_number, "哈尔滨旧号旅行社", "太阳岛分公司", firm.identifiers.get().value):
        assert text in page
    then = client.get(f"/desk/subjects/{firm.pk}/", {"on": timezone.localdate().isoformat()}).content.decode()
    assert "未公示" in then
    assert "不得晚于今天" in client.get(f"/desk/subjects/{firm.pk}/", {"on": "2099-01-01"}).content.decode()
    sent = {
        "form_token": str(uuid.uuid4()),
        "name": "哈尔滨太阳岛文旅有限公司",
        "since": "2026-05-01",
        "reason": "变更登记",
    }
    assert client.post(f"/desk/subjects/{firm.pk}/rename/", sent).status_code == 302
    sent = {"form_token": str(uuid.uuid4()), "head_code": "91230102MA1B00017U", "reason": "营业执照"}
    refused = client.post(f"/desk/subjects/{firm.pk}/head/", sent)
    assert refused.status_code == 422
    assert "没有找到主体" in refused.content.decode()
    number = {"form_token": str(uuid.uuid4()), "kind": "reg_no", "value": factories.valid_reg_no(9), "reason": "旧执照"}
    assert client.post(f"/desk/subjects/{firm.pk}/identifiers/add/", number).status_code == 302


def test_a_file_is_paged_counted_and_exported_whole(client: Client, alice_clerk: User) -> None:
    firm = factories.SubjectFactory()
    for _ in range(53):
        factories.CreditRecordFactory(subject=firm, authority=alice_clerk.department)
    client.force_login(alice_clerk)
    here = f"/desk/subjects/{firm.pk}/"
    for address in (here, f"{here}?on={timezone.localdate():%Y-%m-%d}"):
        first = client.get(address)
        assert "共 53 条" in first.content.decode()
        listing = first.context["listing"]
        assert len(listing.page.items) == 50
        rest = client.get(address, {**dict(listing.params.items()), "cursor": listing.page.next_cursor})
        assert len(rest.context["listing"].page.items) == 3
        file = client.get(address, {**dict(listing.params.items()), "export": "csv"})
        assert len(b"".join(file.streaming_content).decode().splitlines()) == 54


def test_what_was_taken_back_is_listed_only_for_who_asks_for_it(client: Client, alice_clerk: User) -> None:
    firm = factories.SubjectFactory()
    active = factories.CreditRecordFactory(subject=firm, authority=alice_clerk.department)
    gone = factories.UndoneRecordFactory(subject=firm, authority=alice_clerk.department)
    client.force_login(alice_clerk)
    for address in ("/desk/records/", f"/desk/subjects/{firm.pk}/"):
        page = client.get(address)
        assert list(page.context["listing"].page.items) == [active], address
        assert "共 1 条" in page.content.decode()
        file = b"".join(client.get(address, {"export": "csv"}).streaming_content).decode()
        assert gone.document_number not in file
        asked = client.get(address, {"status": "undone"})
        assert list(asked.context["listing"].page.items) == [gone], address


def test_what_was_taken_back_later_was_known_on_the_day(alice_clerk: User) -> None:
    firm = factories.SubjectFactory()
    record = factories.UndoneRecordFactory(subject=firm, authority=alice_clerk.department)
    today = timezone.localdate()
    days = {name: today - datetime.timedelta(days=back) for name, back in (("before", 6), ("came", 5), ("gone", 2))}
    CreditRecord.objects.filter(pk=record.pk).update(
        created_at=timezone.now() - datetime.timedelta(days=5), updated_at=timezone.now() - datetime.timedelta(days=2)
    )
    known = {name: len(as_of(firm, day, alice_clerk).records) for name, day in days.items()}
    assert known == {"before": 0, "came": 1, "gone": 0}


def test_the_file_of_a_person_opens_only_with_a_purpose_for_other_departments(
    client: Client, alice_clerk: User
) -> None:
    person = factories.PersonFactory()
    client.force_login(alice_clerk)
    assert "查询事由" in client.get(f"/desk/subjects/{person.pk}/").content.decode()
    assert client.post(f"/desk/subjects/{person.pk}/purpose/", {"purpose": ""}).status_code == 422
    away = client.post(f"/desk/subjects/{person.pk}/purpose/", {"purpose": "办理许可", "next": "https://example.com/"})
    assert away.url == f"/desk/subjects/{person.pk}/"
    client.get(away.url)
    assert AuditEntry.objects.get(verb="subject.profile").object_id == f"档案{person.pk}"


def test_the_number_of_queries_of_a_file_does_not_grow(
    client: Client, alice_clerk: User, django_assert_max_num_queries: object
) -> None:
    firm = factories.SubjectFactory()
    for _ in range(15):
        factories.CreditRecordFactory(subject=firm, authority=alice_clerk.department)
    client.force_login(alice_clerk)
    with django_assert_max_num_queries(30):
        client.get(f"/desk/subjects/{firm.pk}/")


def test_every_change_of_a_file_keeps_the_old_row(alice_clerk: User) -> None:
    firm = factories.SubjectFactory()
    rename(firm, "新名称有限公司", by=alice_clerk, since=DAY, reason="变更登记")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_history WHERE table_name = 'records_subject' AND actor_name <> ''")
        assert cursor.fetchone()[0] == 1
