"""A form and a file end in the same state; and what the ledger itself decides about rows."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, transaction

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department
from credit_platform.audit.context import acting
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Refused
from records import actions
from records.actions import numberlocks
from records.actions.authorities import place_authorities
from records.imports.batches.push import push_rows
from records.models import CreditRecord, ImportEffect, Subject, SubjectIdentifier, SubjectName
from records.tests import factories
from records.tests.factories import valid_code, valid_reg_no
from records.tests.imports.samples import as_csv, as_json, bring, counts, penalty, person_penalty
from records.tests.published import published

pytestmark = pytest.mark.django_db

MOMENTS = {
    "id",
    "created_at",
    "updated_at",
    "first_arrived_at",
    "first_compliant_at",
    "batch_id",
    "subject_id",
    "authority_id",
    "id_cipher",
}


def state_of(number: str) -> dict[str, object]:
    record = CreditRecord.objects.get(document_number=number)
    content = {code: value["hash"] if isinstance(value, dict) else value for code, value in record.content.items()}
    fields = {
        name: value
        for name, value in CreditRecord.objects.filter(pk=record.pk).values().get().items()
        if name not in MOMENTS
    }
    subject = {
        name: value
        for name, value in Subject.objects.filter(pk=record.subject_id).values().get().items()
        if name not in MOMENTS
    }
    names = sorted(
        SubjectName.objects.filter(subject=record.subject).values_list("name", "normal", "is_current", "bigrams")
    )
    numbers = sorted(SubjectIdentifier.objects.filter(subject=record.subject).values_list("kind", "value"))
    authority = Department.objects.values("code", "uscc", "name", "district", "is_external").get(pk=record.authority_id)
    return {
        **fields,
        "authority": authority,
        "content": content,
        "subject": subject,
        "names": names,
        "numbers": numbers,
    }


ROWS = {
    "a firm": lambda authority: penalty(1, authority),
    "a firm with old numbers": lambda authority: penalty(
        1, authority, CF_XDR_GSZC=valid_reg_no(7), CF_XDR_ZZJG=valid_code(30000001)[8:17]
    ),
    "a sole trader": lambda authority: penalty(1, authority, CF_XDR_LB="个体工商户", CF_XDR_SHXYM=valid_code(5, "92")),
    "a nameless sole trader without a code": lambda authority: penalty(
        1,
        authority,
        CF_XDR_LB="个体工商户",
        CF_XDR_MC="个体工商户",
        CF_XDR_SHXYM="00000000000000000X",
        CF_XDR_GSZC=valid_reg_no(8),
    ),
    "a person": lambda authority: person_penalty(1, authority),
    "a warned row": lambda authority: penalty(1, authority, CF_NR_FK="0.3"),
    "an authority from elsewhere": lambda authority: penalty(
        1, authority, CF_CFJG="双示例市公安局", CF_CFJGDM=valid_code(44000001, "11", "230500")
    ),
}


def forget_everything() -> None:
    with acting(SYSTEM):
        apps.get_model("disclosure.Disclosure").objects.all().delete()
        ImportEffect.objects.all().delete()
        CreditRecord.objects.all().delete()
        Subject.objects.all().delete()
        Department.objects.filter(is_external=True).delete()


@pytest.mark.parametrize("case", ROWS)
def test_a_form_a_push_and_a_file_end_in_the_same_state(case, penalties, alice_clerk, market_bureau):
    row = ROWS[case](market_bureau)
    batch = bring(as_csv([row]), "a.csv", market_bureau, alice_clerk)
    assert counts(batch)[:2] == (1, 1), list(batch.findings.values_list("text", flat=True))
    by_file = state_of(str(row["CF_WSH"]))

    forget_everything()
    actions.enter("penalty-2018", row, by=alice_clerk, department=market_bureau)
    assert state_of(str(row["CF_WSH"])) == by_file

    forget_everything()
    pushed = push_rows("penalty-2018", [row], by=alice_clerk, department=market_bureau)
    assert [each.outcome for each in pushed.rows] == ["created"]
    assert state_of(str(row["CF_WSH"])) == by_file


def test_a_subject_known_by_an_old_number_is_found_and_gets_its_code(penalties, alice_clerk, market_bureau):
    old = factories.SubjectFactory(code=None, name="哈尔滨示例第1商贸有限公司")
    number = valid_reg_no(9)
    SubjectIdentifier.objects.create(subject=old, kind="reg_no", value=number)
    bring(as_csv([penalty(1, market_bureau, CF_XDR_GSZC=number)]), "a.csv", market_bureau, alice_clerk)
    old.refresh_from_db()
    assert (Subject.objects.count(), old.code) == (1, valid_code(30000001))


def test_placeholder_traders_are_not_merged(penalties, alice_clerk, market_bureau):
    def trader(number: int, regno: str, operator: str) -> dict[str, object]:
        changes = {"CF_XDR_LB": "个体工商户", "CF_XDR_MC": "个体工商户", "CF_XDR_SHXYM": "00000000000000000X"}
        return penalty(number, market_bureau, CF_XDR_GSZC=regno, CF_FRDB=operator, **changes)

    rows = [trader(1, valid_reg_no(1), "甲某"), trader(2, valid_reg_no(2), "甲某"), trader(3, valid_reg_no(1), "甲某")]
    batch = bring(as_csv(rows), "a.csv", market_bureau, alice_clerk)
    assert counts(batch) == (3, 3, 0, 0)
    assert Subject.objects.count() == 2


def test_a_revoked_record_stays_revoked_and_is_told(penalties, alice_clerk, market_bureau):
    data = as_csv([penalty(1, market_bureau)])
    bring(data, "a.csv", market_bureau, alice_clerk)
    actions.revoke(
        CreditRecord.objects.get(), by=alice_clerk, reason="行政复议决定撤销", on=CreditRecord.objects.get().decided_on
    )
    batch = bring(as_csv([penalty(1, market_bureau, CF_SY="改写的事实。")]), "b.csv", market_bureau, alice_clerk)
    assert counts(batch) == (1, 1, 0, 1)
    assert batch.warned == 1
    assert batch.findings.get().rule == "record.revoked"
    record = CreditRecord.objects.get()
    assert (record.status, record.content["CF_SY"]) == ("revoked", "当事人销售超过保质期的食品。")


def test_another_departments_record_is_not_overwritten(
    penalties, alice_clerk, dan_other_clerk, market_bureau, housing_bureau
):
    bring(as_csv([penalty(1, market_bureau)]), "a.csv", market_bureau, alice_clerk)
    batch = bring(as_csv([penalty(1, market_bureau, CF_SY="别的。")]), "b.csv", housing_bureau, dan_other_clerk)
    assert counts(batch) == (1, 0, 1, 0)
    assert "不能覆盖" in batch.findings.get(level="error").text
    assert batch.rejects.count() == 1


def test_rows_that_turn_out_to_be_one_record_are_refused_after_the_first(penalties, alice_clerk, market_bureau):
    """One row names the firm by its code, the next by its former code: only the ledger can know."""
    firm = factories.SubjectFactory(code=valid_code(30000001), name="哈尔滨示例第1商贸有限公司")
    former = valid_code(30000777)
    SubjectIdentifier.objects.create(subject=firm, kind="former_code", value=former)
    rows = [penalty(1, market_bureau), penalty(1, market_bureau, CF_XDR_SHXYM=former)]
    batch = bring(as_csv(rows), "a.csv", market_bureau, alice_clerk)
    assert counts(batch) == (2, 1, 1, 0)
    assert batch.findings.get(level="error").text.startswith("与第2行重复")
    assert batch.rejects.get().row == 3


def test_an_authority_from_elsewhere_is_taken_in_with_a_warning(penalties, alice_clerk, market_bureau):
    code = valid_code(44000001, "11", "230500")
    row = penalty(1, market_bureau, CF_CFJG="双示例市公安局", CF_CFJGDM=code)
    batch = bring(as_csv([row]), "a.csv", market_bureau, alice_clerk)
    assert counts(batch) == (1, 1, 0, 0)
    authority = Department.objects.get(uscc=code)
    assert (authority.is_external, authority.name, CreditRecord.objects.get().authority) == (
        True,
        "双示例市公安局",
        authority,
    )
    assert batch.findings.filter(rule="authority.elsewhere").exists()


def test_an_authority_named_only_is_found_by_its_full_name_or_left_with_the_sender(market_bureau, housing_bureau):
    named, unknown, nothing = ("", housing_bureau.name), ("", "哈尔滨市示例旧局"), ("", "")
    with acting(SYSTEM):
        placed = place_authorities([named, unknown, nothing], market_bureau, by=SYSTEM)
        registers = place_authorities([unknown], market_bureau, by=SYSTEM, registration=True)
    assert placed[named].department == housing_bureau
    assert [(each.rule, each.level) for each in placed[named].remarks] == [("authority.not-sender", "warning")]
    assert (placed[unknown].department, placed[nothing].department) == (market_bureau, market_bureau)
    assert [(each.rule, each.level) for each in placed[unknown].remarks] == [("authority.unknown-name", "warning")]
    assert (placed[nothing].remarks, registers[unknown].remarks) == ((), ())


def test_taking_in_an_authority_is_audited_once(penalties, alice_clerk, market_bureau):
    code = valid_code(44000001, "11", "230500")
    rows = [penalty(n, market_bureau, CF_CFJG="双示例市公安局", CF_CFJGDM=code) for n in (1, 2)]
    batch = bring(as_csv(rows), "a.csv", market_bureau, alice_clerk)
    assert batch.findings.filter(rule="authority.elsewhere").count() == 2
    entry = AuditEntry.objects.get(verb="records.authority.take-in")
    assert entry.after["uscc"] == code


@pytest.mark.parametrize("with_code", [True, False])
def test_a_file_of_old_numbers_takes_a_fixed_number_of_locks(with_code, penalties, alice_clerk, market_bureau):
    """One lock per number would exhaust the lock table of the database for everybody."""

    def row(number: int) -> dict[str, object]:
        none = {} if with_code else {"CF_XDR_LB": "个体工商户", "CF_XDR_SHXYM": "00000000000000000X"}
        return penalty(number, market_bureau, CF_XDR_GSZC=valid_reg_no(number), **none)

    with transaction.atomic(), connection.cursor() as cursor:
        batch = bring(as_csv([row(n) for n in range(1, 301)]), "a.csv", market_bureau, alice_clerk)
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s", [0x4E554D])
        held = cursor.fetchone()[0]
    assert counts(batch) == (300, 300, 0, 0)
    assert 0 < held <= numberlocks.BUCKETS


def test_an_item_that_is_not_in_force_refuses_the_file(alice_clerk, market_bureau):
    with pytest.raises(Refused, match="不在现行公共信用信息目录内"):
        bring(as_csv([penalty(1, market_bureau)]), "a.csv", market_bureau, alice_clerk)


def test_rows_of_another_standard_are_refused_by_name(penalties, permits, alice_clerk, market_bureau):
    data = published("doublepub", "heilongjiang_shuangyashan_api_records.json").read_bytes()
    batch = bring(data, "records.json", market_bureau, alice_clerk)
    assert counts(batch) == (2, 1, 1, 0)
    assert "行政许可" in batch.findings.get(rule="row.other-standard").text
    assert CreditRecord.objects.get().content["CF_NR_FK"] == "0.2"


def test_floats_in_code_columns_are_refused_and_the_rest_is_read(penalties, alice_clerk, market_bureau):
    rows = [
        penalty(1, market_bureau, CF_WSH=20260012.0),
        penalty(2, market_bureau, CF_XDR_SHXYM=9.123010212345678e17),
        penalty(3, market_bureau, CF_NR_FK=0.2, CF_JDRQ="二〇二六年十一月二日"),
        penalty(4, market_bureau, CF_JDRQ=46328, CF_XDR_SHXYM="９" + valid_code(30000004)[1:]),
        penalty(5, market_bureau, CF_NR_FK="2000元"),
        penalty(6, market_bureau, CF_NR_FK="2000"),
    ]
    batch = bring(as_json(rows), "a.json", market_bureau, alice_clerk)
    assert counts(batch) == (6, 5, 1, 0)
    assert {each.row for each in batch.findings.filter(level="error")} == {2}
    assert batch.findings.filter(row=1, rule="format.number-tolerated", level="warning").exists()
    assert CreditRecord.objects.get(document_number="示市监罚〔2026〕3号").decided_on.isoformat() == "2026-11-02"
    assert CreditRecord.objects.get(document_number="示市监罚〔2026〕5号").content["CF_NR_FK"] == "0.2"
    assert batch.findings.filter(row=6, rule="amount.matches-text", level="warning").exists()


def test_the_register_of_enterprises_is_accepted_whole(registrations, alice_clerk, market_bureau):
    lines = published("enterprise", "heilongjiang_dev.csv").read_bytes().splitlines(keepends=True)
    data = b"".join([lines[0], *lines[1:401]])
    batch = bring(data, "register.csv", market_bureau, alice_clerk, standard="registration")
    assert (batch.state, batch.rejected) == ("done", 0), list(batch.findings.values_list("text", flat=True))
    assert Subject.objects.exclude(registered_on=None).count() == batch.accepted
    again = bring(data, "register.csv", market_bureau, alice_clerk, standard="registration")
    assert again.unchanged == again.total == batch.total


def test_registration_data_rename_a_subject_and_keep_the_former_name(registrations, alice_clerk, market_bureau):
    header = "企业名称,统一社会信用代码,成立日期,法定代表人\n"
    code = valid_code(30000042)
    bring(
        f"{header}哈尔滨旧名有限公司,{code},2015-01-02,甲某\n".encode(),
        "a.csv",
        market_bureau,
        alice_clerk,
        standard="registration",
    )
    bring(
        f"{header}哈尔滨新名有限公司,{code},2015-01-02,乙某\n".encode(),
        "b.csv",
        market_bureau,
        alice_clerk,
        standard="registration",
    )
    subject = Subject.objects.get()
    assert (subject.name, subject.legal_representative, CreditRecord.objects.get().version) == (
        "哈尔滨新名有限公司",
        "乙某",
        2,
    )
    assert dict(subject.names.values_list("name", "is_current")) == {
        "哈尔滨新名有限公司": True,
        "哈尔滨旧名有限公司": False,
    }
