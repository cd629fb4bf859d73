import pytest
from django.db import IntegrityError, connection, transaction

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import Department
from credit_platform.audit.context import acting, requested
from credit_platform.audit.models import AuditEntry, AuditHistory
from credit_platform.audit.queries import versions_of

pytestmark = pytest.mark.django_db

TABLE = "accounts_department"


def a_department(code="aaj", **fields):
    with acting(SYSTEM):
        return Department.objects.create(code=code, name=f"{code}局", **fields)


def test_an_insert_with_an_actor_keeps_nothing():
    department = a_department()
    assert versions_of(TABLE, department.pk) == []


def test_an_insert_without_an_actor_keeps_a_line():
    department = Department.objects.create(code="aaj", name="甲局")
    [line] = versions_of(TABLE, department.pk)
    assert (line.op, line.old, line.actor_kind) == ("INSERT", None, "")
    assert line.db_user


def test_an_orm_update_keeps_the_old_row_with_actor_and_request():
    department = a_department()
    with requested("req-1", "10.0.0.8"), acting(SYSTEM):
        department.name = "新名"
        department.save()
    [line] = versions_of(TABLE, department.pk)
    assert line.old["name"] == "aaj局"
    assert (line.op, line.actor_kind, line.actor_name, line.request_id) == ("UPDATE", "system", "系统", "req-1")
    assert line.txid > 0


def test_versions_come_newest_first():
    department = a_department()
    for name in ("一", "二"):
        with acting(SYSTEM):
            Department.objects.filter(pk=department.pk).update(name=name)
    assert [line.old["name"] for line in versions_of(TABLE, department.pk)] == ["一", "aaj局"]


def test_a_bulk_update_keeps_every_row():
    ids = [a_department(f"bm{n}").pk for n in range(5)]
    with acting(SYSTEM):
        Department.objects.filter(pk__in=ids).update(short_name="同")
    kept = AuditHistory.objects.filter(table_name=TABLE, row_pk__in=[str(pk) for pk in ids])
    assert kept.count() == 5
    assert len(set(kept.values_list("txid", flat=True))) == 1


def test_raw_sql_without_an_actor_is_kept_and_told_as_stray():
    department = a_department()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_department SET name = '改' WHERE id = %s", [department.pk])
    [line] = AuditHistory.objects.without_actor().filter(table_name=TABLE)
    assert (line.row_pk, line.old["name"]) == (str(department.pk), "aaj局")


def test_a_delete_keeps_the_row():
    department = a_department()
    pk = department.pk
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_department WHERE id = %s", [pk])
    [line] = versions_of(TABLE, pk)
    assert (line.op, line.old["code"]) == ("DELETE", "aaj")


def test_an_unreadable_actor_counts_as_none_and_does_not_block():
    department = a_department()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.actor', 'me, honestly', true)")
    Department.objects.filter(pk=department.pk).update(name="改")
    assert [line.actor_kind for line in versions_of(TABLE, department.pk)] == [""]


@pytest.mark.parametrize("table", ["audit_entry", "audit_seal", "audit_history"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_append_only_tables_refuse(table, statement):
    column = {"audit_entry": "ip", "audit_seal": "hash", "audit_history": "op"}[table]
    sql = statement.replace("{}", table, 1).replace("{}", column)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_entry_cannot_be_changed_through_the_orm():
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditEntry.objects.update(verb="x")
