"""Entering: what the catalogue and the standard let in becomes one record; everything else leaves nothing behind."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Iterator, Sequence

import pytest
from django.db import connection
from django.utils import timezone

from credit_platform.accounts.models import Department, User
from credit_platform.accounts.tests.factories import DepartmentFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from records import followers
from records.actions.entry import check_row, enter
from records.models import Arrival, CreditRecord, EntryDraft, Subject
from records.rules import RecordExists
from records.tests import factories

pytestmark = pytest.mark.django_db


def penalty(department: Department, **given: object) -> dict[str, object]:
    """A fine of 2,000 yuan as a clerk types it."""
    return {
        "CF_XDR_MC": "哈尔滨示例商贸有限公司",
        "CF_XDR_LB": "法人及非法人组织",
        "CF_XDR_SHXYM": factories.valid_code(1),
        "CF_FRDB": "赵某",
        "CF_WSH": "示市监罚〔2026〕1号",
        "CF_WFXW": "销售不符合食品安全标准的食品",
        "CF_SY": "当事人销售超过保质期的食品。",
        "CF_YJ": "《食品安全法》第一百二十四条",
        "CF_CFLB": "罚款",
        "CF_NR": "罚款人民币2000元。",
        "CF_NR_FK": "0.2",
        "CF_JDRQ": "2026-01-05",
        "CF_YXQ": "2027-01-05",
        "CF_CFJG": department.name,
        "CF_CFJGDM": department.uscc,
        "CF_SJLY": department.name,
        "CF_SJLYDM": department.uscc,
    } | given


def person_penalty(department: Department, number: str) -> dict[str, object]:
    return penalty(
        department,
        CF_XDR_MC="李某某",
        CF_XDR_LB="自然人",
        CF_XDR_SHXYM="",
        CF_FRDB="",
        CF_XDR_ZJLX="身份证",
        CF_XDR_ZJHM=number,
    )


class Listening:
    """A follower that keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, list[int]]] = []
        self.held: dict[int, str] = {}
        self.fails = False

    def _tell(self, verb: str, ids: Sequence[int]) -> None:
        if self.fails:
            raise Refused("follower", "跟随者不同意。")
        self.told.append((verb, list(ids)))

    def entered(self, record_ids: Sequence[int], *, by: object) -> None:
        self._tell("entered", record_ids)

    def changed(self, record_ids: Sequence[int], *, by: object) -> None:
        self._tell("changed", record_ids)

    def revoked(self, record_ids: Sequence[int], *, by: object, reason: str) -> None:
        self._tell("revoked", record_ids)

    def may_undo(self, record_ids: Sequence[int]) -> dict[int, str]:
        return {pk: self.held[pk] for pk in record_ids if pk in self.held}

    def undone(self, record_ids: Sequence[int], *, by: object) -> None:
        self._tell("undone", record_ids)

    def moved(self, record_ids: Sequence[int], *, by: object) -> None:
        self._tell("moved", record_ids)


@pytest.fixture
def follower(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listening]:
    listening = Listening()
    monkeypatch.setattr(followers, "_followers", [listening])
    return listening


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    factories.PenaltyEntryFactory()


def test_an_entered_penalty_stands_in_the_ledger(alice_clerk: User, follower: Listening) -> None:
    record = enter("penalty-2018", penalty(alice_clerk.department), by=alice_clerk, department=alice_clerk.department)
    record.refresh_from_db()
    assert (record.status, record.kind, record.standard, record.version) == ("active", "penalty", "penalty-2018", 1)
    assert record.subject.code == factories.valid_code(1)
    assert record.content["CF_NR_FK"] == "0.2"
    assert record.decided_on == datetime.date(2026, 1, 5)
    assert record.entered_by == alice_clerk
    assert record.first_arrived_at <= record.first_compliant_at
    assert follower.told == [("entered", [record.pk])]
    entry = AuditEntry.objects.about(record).get()
    assert (entry.verb, entry.actor_id, entry.unit_id) == ("records.enter", alice_clerk.pk, alice_clerk.department_id)


def test_the_same_decision_twice_is_told_where_the_first_is(alice_clerk: User, follower: Listening) -> None:
    bureau = alice_clerk.department
    first = enter("penalty-2018", penalty(bureau), by=alice_clerk, department=bureau)
    with pytest.raises(RecordExists) as told:
        enter("penalty-2018", penalty(bureau, CF_WSH="示市监罚[2026] 1号"), by=alice_clerk, department=bureau)
    assert told.value.record_id == first.pk
    assert CreditRecord.objects.count() == 1
    assert len(follower.told) == 1


def test_one_document_may_concern_several_subjects(alice_clerk: User) -> None:
    bureau = alice_clerk.department
    enter("penalty-2018", penalty(bureau), by=alice_clerk, department=bureau)
    other = penalty(bureau, CF_XDR_SHXYM=factories.valid_code(2))
    enter("penalty-2018", other, by=alice_clerk, department=bureau)
    assert CreditRecord.objects.values("document_key").distinct().count() == 1
    assert CreditRecord.objects.count() == 2


def test_the_same_number_of_two_authorities_is_two_records(alice_clerk: User, dan_other_clerk: User) -> None:
    for clerk in (alice_clerk, dan_other_clerk):
        enter("penalty-2018", penalty(clerk.department), by=clerk, department=clerk.department)
    assert CreditRecord.objects.count() == 2
    assert Subject.objects.count() == 1


def test_a_bad_row_is_refused_with_every_finding_and_leaves_only_its_arrival(alice_clerk: User) -> None:
    bureau = alice_clerk.department
    bad = penalty(bureau, CF_NR_FK="", CF_XDR_SHXYM="91230102MA1B00017X")
    with pytest.raises(Refused) as told:
        check_row("penalty-2018", bad, by=alice_clerk, department=bureau)
    assert {"CF_NR_FK", "CF_XDR_SHXYM"} <= {finding.field for finding in told.value.findings}
    assert not CreditRecord.objects.exists()
    assert not Subject.objects.exists()
    assert Arrival.objects.count() == 1


def test_a_mended_row_keeps_its_first_arrival(alice_clerk: User) -> None:
    bureau = alice_clerk.department
    with pytest.raises(Refused):
        check_row("penalty-2018", penalty(bureau, CF_NR_FK=""), by=alice_clerk, department=bureau)
    early = timezone.now() - datetime.timedelta(days=3)
    Arrival.objects.update(first_at=early)
    record = enter("penalty-2018", penalty(bureau), by=alice_clerk, department=bureau)
    assert record.first_arrived_at == early
    assert record.first_compliant_at > early


def test_what_the_catalogue_does_not_hold_today_is_refused_by_its_code(alice_clerk: User) -> None:
    bureau = alice_clerk.department
    gone = factories.CatalogueEntryFactory(
        item=factories.CatalogueItemFactory(code="OLD-1", name="已停止归集事项"),
        valid_until=timezone.localdate() - datetime.timedelta(days=1),
    )
    with pytest.raises(Refused, match="OLD-1") as told:
        enter("penalty-2018", penalty(bureau), by=alice_clerk, department=bureau, item=gone.item)
    assert told.value.code == "catalogue.not-in-force"
    with pytest.raises(Refused, match="permit-2018"):
        enter("permit-2018", {}, by=alice_clerk, department=bureau)


def test_only_the_named_providers_may_enter_an_item(alice_clerk: User) -> None:
    entry = factories.PenaltyEntryFactory()
    entry.providers.add(DepartmentFactory())
    with pytest.raises(Refused, match="不是目录事项 XZCF-2018 的提供单位"):
        enter("penalty-2018", penalty(alice_clerk.department), by=alice_clerk, department=alice_clerk.department)
    entry.providers.add(alice_clerk.department)
    enter("penalty-2018", penalty(alice_clerk.department), by=alice_clerk, department=alice_clerk.department)


def test_an_item_that_is_not_about_persons_refuses_them(alice_clerk: User) -> None:
    entry = factories.PenaltyEntryFactory()
    entry.subject_kinds = ["legal", "sole_trader"]
    entry.save()
    bureau = alice_clerk.department
    with pytest.raises(Refused, match="不适用于自然人"):
        enter("penalty-2018", person_penalty(bureau, factories.valid_person_id(1)), by=alice_clerk, department=bureau)


@pytest.mark.parametrize(
    "who",
    ["dan_other_clerk", "bob_reviewer", "wendy_window", "carol_credit_office", "simon_system_admin", "arthur_auditor"],
)
def test_only_clerks_of_the_department_enter(
    who: str, market_bureau: Department, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Forbidden):
        enter("penalty-2018", penalty(market_bureau), by=request.getfixturevalue(who), department=market_bureau)
    assert not CreditRecord.objects.exists()


def test_when_a_follower_refuses_nothing_stays(alice_clerk: User, follower: Listening) -> None:
    follower.fails = True
    with pytest.raises(Refused):
        enter("penalty-2018", penalty(alice_clerk.department), by=alice_clerk, department=alice_clerk.department)
    assert not CreditRecord.objects.exists()
    assert not Subject.objects.exists()
    assert not AuditEntry.objects.filter(verb="records.enter").exists()


def test_a_person_is_kept_sealed_and_plain_nowhere(alice_clerk: User) -> None:
    bureau, number = alice_clerk.department, factories.valid_person_id(8)
    record = enter("penalty-2018", person_penalty(bureau, number), by=alice_clerk, department=bureau)
    assert record.subject.kind == "person"
    assert record.content["CF_XDR_ZJHM"]["masked"] == f"{number[:6]}********{number[-4:]}"
    with connection.cursor() as cursor:
        for table in ("records_creditrecord", "records_subject", "audit_entry", "audit_history", "records_arrival"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{number}%"])
            assert cursor.fetchone() == (0,), table


def test_a_record_of_an_undone_batch_comes_back(alice_clerk: User, follower: Listening) -> None:
    bureau = alice_clerk.department
    record = enter("penalty-2018", penalty(bureau), by=alice_clerk, department=bureau)
    CreditRecord.objects.update(status="undone")
    again = enter("penalty-2018", penalty(bureau, CF_NR="罚款贰仟元。"), by=alice_clerk, department=bureau)
    assert (again.pk, again.status, again.version) == (record.pk, "active", 2)
    assert AuditEntry.objects.filter(verb="records.revive").count() == 1


def test_a_revoked_decision_does_not_come_back(alice_clerk: User) -> None:
    bureau = alice_clerk.department
    enter("penalty-2018", penalty(bureau), by=alice_clerk, department=bureau)
    CreditRecord.objects.update(status="revoked", revoked_on=timezone.localdate())
    with pytest.raises(Conflict, match="已被撤销"):
        enter("penalty-2018", penalty(bureau), by=alice_clerk, department=bureau)


def test_a_decision_made_anew_stands_for_the_revoked_one(alice_clerk: User) -> None:
    bureau = alice_clerk.department
    old = enter("penalty-2018", penalty(bureau), by=alice_clerk, department=bureau)
    new = penalty(bureau, CF_WSH="示市监罚〔2026〕2号")
    with pytest.raises(Refused, match="已撤销的记录"):
        enter("penalty-2018", new, by=alice_clerk, department=bureau, replaces=old)
    CreditRecord.objects.update(status="revoked", revoked_on=timezone.localdate())
    old.refresh_from_db()
    made = enter("penalty-2018", new, by=alice_clerk, department=bureau, replaces=old)
    assert made.replaces == old


def test_the_draft_of_the_form_goes_with_the_entry(alice_clerk: User) -> None:
    bureau = alice_clerk.department
    draft = factories.EntryDraftFactory(author=alice_clerk, department=bureau)
    enter("penalty-2018", penalty(bureau), by=alice_clerk, department=bureau, draft=draft)
    assert not EntryDraft.objects.exists()


def test_the_name_follows_the_latest_document_until_there_are_registration_data(alice_clerk: User) -> None:
    bureau = alice_clerk.department
    enter("penalty-2018", penalty(bureau), by=alice_clerk, department=bureau)
    later = penalty(bureau, CF_WSH="2号", CF_JDRQ="2026-03-05", CF_XDR_MC="哈尔滨新名商贸有限公司")
    record = enter("penalty-2018", later, by=alice_clerk, department=bureau)
    subject = Subject.objects.get()
    assert subject.name == "哈尔滨新名商贸有限公司"
    assert set(subject.names.values_list("name", "is_current")) == {
        ("哈尔滨新名商贸有限公司", True),
        ("哈尔滨示例商贸有限公司", False),
    }
    assert "subject.name-differs" in [warning["rule"] for warning in record.warnings]
    Subject.objects.update(operating_status="存续")
    other = penalty(bureau, CF_WSH="3号", CF_JDRQ="2026-05-05", CF_XDR_MC="哈尔滨错名商贸有限公司")
    enter("penalty-2018", other, by=alice_clerk, department=bureau)
    subject.refresh_from_db()
    assert subject.name == "哈尔滨新名商贸有限公司"
    assert subject.names.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_record(alice_clerk: User) -> None:
    factories.PenaltyEntryFactory()
    bureau = alice_clerk.department
    outcomes: list[str] = []

    def work() -> None:
        try:
            enter("penalty-2018", penalty(bureau), by=alice_clerk, department=bureau)
            outcomes.append("entered")
        except RecordExists:
            outcomes.append("exists")
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["entered", "exists", "exists", "exists"]
    assert CreditRecord.objects.count() == Subject.objects.count() == 1


def registration(**given: object) -> dict[str, object]:
    return {
        "QYMC": "哈尔滨登记商贸有限公司",
        "TYSHXYDM": factories.valid_code(1),
        "CLRQ": "2015-03-01",
        "FDDBR": "钱某",
        "DJZT": "存续",
    } | given


def test_a_later_document_rewrites_neither_representative_nor_registered_name(alice_clerk: User) -> None:
    """Trap 43: who was responsible is whom the decision names; who leads the firm is what the register says."""
    factories.RegistrationEntryFactory()
    bureau = alice_clerk.department
    enter("registration", registration(), by=alice_clerk, department=bureau)
    record = enter("penalty-2018", penalty(bureau) | {"CF_FRDB": "孙某"}, by=alice_clerk, department=bureau)
    subject = Subject.objects.get()
    assert (subject.name, subject.legal_representative) == ("哈尔滨登记商贸有限公司", "钱某")
    assert record.content["CF_FRDB"] == "孙某"


def test_registration_data_rule_the_file_and_are_one_record(alice_clerk: User) -> None:
    factories.RegistrationEntryFactory()
    bureau = alice_clerk.department
    enter("penalty-2018", penalty(bureau), by=alice_clerk, department=bureau)
    record = enter("registration", registration(), by=alice_clerk, department=bureau)
    subject = Subject.objects.get()
    assert (subject.name, subject.legal_representative) == ("哈尔滨登记商贸有限公司", "钱某")
    assert (subject.registered_on, subject.operating_status) == (datetime.date(2015, 3, 1), "存续")
    assert subject.names.get(is_current=False).name == "哈尔滨示例商贸有限公司"
    with pytest.raises(RecordExists) as told:
        enter("registration", registration(CLRQ="2016-03-01"), by=alice_clerk, department=bureau)
    assert told.value.record_id == record.pk


def test_an_organisation_older_than_the_republic_can_be_registered(alice_clerk: User) -> None:
    factories.RegistrationEntryFactory()
    old = registration(CLRQ="1900-06-01")
    record = enter("registration", old, by=alice_clerk, department=alice_clerk.department)
    assert record.subject.registered_on == datetime.date(1900, 6, 1)
    assert record.decided_on == datetime.date(1949, 10, 1)
