"""Who a row speaks of: one subject by code, by person number, by old number with name; never by name alone."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.db import connection

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit.context import acting
from records.actions import numberlocks
from records.actions.resolve import Resolved, Sought, resolve
from records.models import Subject, SubjectIdentifier, SubjectName
from records.queries import search_subjects
from records.sealed_places import number_of
from records.standards.row import RowKeys
from records.tests import factories


def keys(**given: object) -> RowKeys:
    return RowKeys(
        **{
            "subject_name": "哈尔滨示例商贸有限公司",
            "subject_kind": "legal",
            "document_key": "1",
            "decided_on": datetime.date(2026, 11, 2),
        }
        | given
    )


def find(*rows: RowKeys, item_id: int = 1) -> list[Resolved]:
    with acting(SYSTEM):
        return resolve([Sought(keys=row, item_id=item_id, authority_id=1) for row in rows])


pytestmark = pytest.mark.django_db


def test_one_code_is_one_subject_whatever_the_name() -> None:
    code = factories.valid_code(1)
    first, again, renamed = find(keys(code=code), keys(code=code), keys(code=code, subject_name="哈尔滨改名有限公司"))
    assert first.subject.pk == again.subject.pk == renamed.subject.pk
    assert first.created
    assert find(keys(code=code))[0].subject.pk == first.subject.pk
    assert Subject.objects.count() == 1


def test_a_new_organisation_can_be_found_by_name_at_once() -> None:
    (made,) = find(keys(code=factories.valid_code(1)))
    assert [hit.subject for hit in search_subjects("示例商贸").hits] == [made.subject]
    assert made.subject.district == "230102"


def test_a_code_of_92_is_a_sole_trader() -> None:
    (made,) = find(keys(code=factories.valid_code(1, "92")))
    assert made.subject.kind == "sole_trader"


def test_equal_names_with_different_codes_stay_apart() -> None:
    one, other = find(keys(code=factories.valid_code(1)), keys(code=factories.valid_code(2, area="230103")))
    assert one.subject.pk != other.subject.pk


def test_a_former_code_leads_to_the_subject() -> None:
    firm = factories.SubjectFactory()
    factories.SubjectIdentifierFactory(subject=firm, kind="former_code", value=factories.valid_code(9))
    assert find(keys(code=factories.valid_code(9)))[0].subject == firm


def test_two_sole_traders_with_the_same_placeholder_stay_apart() -> None:
    one, other = find(
        keys(placeholder=True, subject_kind="sole_trader", identifiers=(("reg_no", factories.valid_reg_no(1)),)),
        keys(placeholder=True, subject_kind="sole_trader", identifiers=(("reg_no", factories.valid_reg_no(2)),)),
    )
    assert one.subject.pk != other.subject.pk
    assert not SubjectIdentifier.objects.filter(value__contains="0000000X").exists()


def test_without_code_the_old_number_and_the_name_decide() -> None:
    number = (("reg_no", factories.valid_reg_no(1)),)
    first, again, other_name = find(
        keys(identifiers=number), keys(identifiers=number), keys(identifiers=number, subject_name="另一家商店")
    )
    assert first.subject.pk == again.subject.pk
    assert other_name.subject.pk != first.subject.pk
    assert [warning.rule for warning in other_name.warnings] == ["subject.number-elsewhere"]
    assert find(keys(identifiers=number))[0].subject == first.subject


def test_nameless_sole_traders_are_told_apart_by_their_operator() -> None:
    number = (("reg_no", factories.valid_reg_no(1)),)
    nameless = {"subject_name": "个体工商户", "subject_kind": "sole_trader", "identifiers": number}
    one, same, other = find(
        keys(**nameless, legal_rep="张某"), keys(**nameless, legal_rep="张某"), keys(**nameless, legal_rep="王某")
    )
    assert one.subject == same.subject
    assert other.subject != one.subject


def test_a_subject_of_an_old_number_receives_its_code() -> None:
    number = (("reg_no", factories.valid_reg_no(1)),)
    (old,) = find(keys(identifiers=number))
    (now,) = find(keys(identifiers=number, code=factories.valid_code(4)))
    assert now.subject.pk == old.subject.pk
    assert Subject.objects.get().code == factories.valid_code(4)


def test_no_number_at_all_joins_only_the_same_document() -> None:
    record = factories.CreditRecordFactory(subject=factories.SubjectFactory(code=None, name="无代码协会"))
    same = Sought(
        keys=keys(subject_name="无代码协会", document_key=record.document_key, decided_on=record.decided_on),
        item_id=record.item_id,
        authority_id=record.authority_id,
    )
    with acting(SYSTEM):
        assert resolve([same])[0].subject == record.subject
    assert find(keys(subject_name="无代码协会"))[0].subject != record.subject


def test_a_person_is_found_by_number_and_never_by_name() -> None:
    number = factories.valid_person_id(3)
    person = factories.PersonFactory(number=number, name="李某某")
    same, other = find(
        keys(subject_kind="person", person_id=number, person_id_type="身份证", subject_name="李某"),
        keys(
            subject_kind="person",
            person_id=factories.valid_person_id(4),
            person_id_type="身份证",
            subject_name="李某某",
        ),
    )
    assert same.subject == person
    assert other.subject != person
    assert number_of(other.subject) == factories.valid_person_id(4)
    assert not SubjectName.objects.filter(subject__kind="person").exists()


def test_a_merged_subject_leads_to_the_kept_one() -> None:
    kept = factories.SubjectFactory()
    gone = factories.SubjectFactory(merged_into=kept)
    assert find(keys(code=gone.code))[0].subject == kept


def test_the_number_of_queries_does_not_grow_with_the_rows(django_assert_max_num_queries: object) -> None:
    rows = [
        keys(code=factories.valid_code(n), identifiers=(("reg_no", factories.valid_reg_no(n)),)) for n in range(300)
    ]
    with django_assert_max_num_queries(20):
        find(*rows)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_subject() -> None:
    code, number = factories.valid_code(7), (("reg_no", factories.valid_reg_no(8)),)
    errors: list[Exception] = []

    def work() -> None:
        try:
            find(keys(code=code), keys(identifiers=number, subject_name="老字号"))
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Subject.objects.count() == 2


def locks_held() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_thousands_of_old_numbers_take_a_fixed_number_of_locks() -> None:
    rows = [
        keys(subject_name=f"哈尔滨旧号{n}店", identifiers=(("reg_no", factories.valid_reg_no(n)),), document_key=str(n))
        for n in range(5_000)
    ]
    before = locks_held()
    with acting(SYSTEM):
        found = resolve([Sought(keys=row, item_id=1, authority_id=1) for row in rows])
        assert 0 < locks_held() - before <= numberlocks.BUCKETS
    assert len({each.subject.pk for each in found}) == 5_000
