"""Two roles on a real server: the one that runs does all that the platform does, and can neither alter nor silence nor cut anything."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from psycopg2 import errors

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from credit_platform.audit import actions as audit
from credit_platform.audit import rereading
from credit_platform.audit.checkpoints import make_checkpoint
from credit_platform.audit.history import AppendOnly
from credit_platform.audit.models import AuditHistory
from credit_platform.deployment import privileges, servers
from credit_platform.deployment.outcomes import Grade
from credit_platform.tests.databases import working_in
from disclosure import actions
from disclosure.models import Disclosure, DisclosureChange
from records import actions as ledger_actions
from records.imports.batches import undo
from records.models import CreditRecord, ImportBatch
from records.tests import factories as ledger

pytestmark = pytest.mark.django_db

APPEND_ONLY = ("audit_entry", "audit_seal", "audit_history", "audit_checkpoint", "audit_alteration")
APPEND_ONLY += ("disclosure_face", "disclosure_disclosurechange", "commitments_signature")


def made_role(name):
    """A role like that of `deploy/postgres/roles.sql`, in the database of this test."""
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE ROLE "{name}" LOGIN')
        cursor.execute(f'CREATE SCHEMA "{name}" AUTHORIZATION "{name}"')
        cursor.execute(
            f'ALTER ROLE "{name}" IN DATABASE "{connection.settings_dict["NAME"]}" SET search_path = public, "$user"'
        )
    call_command("grant_runtime", name, stdout=StringIO())
    return name


@pytest.fixture
def running(people, tmp_path, settings):
    """The session of the test is that of the run-time role; what is done is rolled back, the role itself too."""
    settings.CHECKPOINT_DIR = tmp_path / "checkpoints"
    name = made_role(f"play_{connection.settings_dict['NAME']}")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            f'SET SESSION AUTHORIZATION "{name}"; SET search_path = public, "$user"'
        )  # as its log-in sets it
        yield name
        cursor.execute("RESET SESSION AUTHORIZATION; RESET search_path")


@pytest.fixture
def runtime(transactional_db):
    """The same role for sessions of its own; gone afterwards."""
    name = made_role(f"run_{connection.settings_dict['NAME']}")
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f'DROP OWNED BY "{name}" CASCADE')
        cursor.execute(f'DROP ROLE "{name}"')


@pytest.fixture
def people(db):
    ledger.PenaltyEntryFactory()
    ledger.RegistrationEntryFactory()
    authority = DepartmentFactory()
    return authority, ClerkFactory(department=authority), ReviewerFactory(department=authority)


def one(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


def published(people):
    authority, clerk, reviewer = people
    form = ledger.PenaltyRecordFactory.build(
        authority=authority, source_department=authority, subject=ledger.SubjectFactory()
    )
    raw = ledger.penalty_content(form) | {"HRB_YZCD": "一般"}
    record = ledger_actions.enter("penalty-2018", raw, by=clerk, department=authority)
    row = Disclosure.objects.get(record=record)
    actions.submit(row, by=clerk)
    actions.approve_and_publish(row, by=reviewer)
    return record, raw


def test_the_running_role_does_all_that_the_platform_does(people, running):
    authority, clerk, reviewer = people
    assert one("SELECT current_user, session_user") == (running, running)
    record, raw = published(people)
    ledger_actions.edit(record, raw | {"CF_NR": "罚款人民币2000元，限期改正。"}, by=clerk, version=str(record.version))
    row = Disclosure.objects.get(record=record)
    actions.correct(row, by=reviewer, reason="笔误")
    assert AuditHistory.objects.filter(table_name="records_creditrecord", db_user=running).exists()
    assert DisclosureChange.objects.number_pending() >= 2
    while audit.seal():
        pass
    assert make_checkpoint(by=SYSTEM).size > 0
    assert audit.verify_and_record(by=SYSTEM).ok
    actions.anchor_faces()
    assert rereading.go_on(by=SYSTEM).altered == 0
    actions.withdraw(row, by=reviewer, reason="复议撤销", public_note="该行政决定已被撤销。")
    client = Client()
    client.force_login(reviewer)
    assert [client.get(path).status_code for path in ("/", "/search/?q=示例", "/desk/", "/readyz")] == [200] * 4


def test_the_running_role_imports_a_file_and_takes_it_back(runtime):
    ledger.RegistrationEntryFactory()
    authority = DepartmentFactory()
    clerk = ClerkFactory(department=authority)
    with working_in(USER=runtime, PASSWORD=""):
        sample = Path(settings.BASE_DIR) / "docs" / "samples" / "registration.csv"
        call_command("import_records", "registration", str(sample), department=authority.code, stdout=StringIO())
        batch = ImportBatch.objects.latest("pk")
        assert (batch.state, CreditRecord.objects.filter(batch=batch).count()) == (ImportBatch.State.DONE, 20)
        undo.undo_batch(batch, by=clerk, reason="演练")
        assert CreditRecord.objects.filter(batch=batch, status="active").count() == 0


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("sql", ["DELETE FROM {0}", "TRUNCATE {0}", "UPDATE {0} SET id = id", "DROP TABLE {0}"])
def test_nothing_append_only_is_touched(running, table, sql):
    sql = sql.replace("id = id", "seq = seq") if table == "audit_seal" else sql
    refused(sql.format(table))


@pytest.mark.parametrize(
    "sql",
    [
        "SET session_replication_role = replica",
        "ALTER TABLE records_creditrecord DISABLE TRIGGER ALL",
        "ALTER TABLE records_creditrecord DISABLE TRIGGER USER",
        "ALTER TABLE audit_entry ADD COLUMN x int",
        "DROP TRIGGER audit_entry_append_only ON audit_entry",
        "CREATE TRIGGER x BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "DROP FUNCTION audit_refuse() CASCADE",
        "TRUNCATE records_creditrecord CASCADE",
        "TRUNCATE disclosure_disclosure CASCADE",
        "DROP TABLE records_creditrecord CASCADE",
        "CREATE TABLE public.audit_entry_shadow (id int)",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "CREATE ROLE another",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'x', now())",
        "UPDATE disclosure_disclosurechange SET event = 'ended'",
        "UPDATE audit_signing_key SET public = 'x'",
        "ALTER SEQUENCE audit_entry_id_seq RESTART",
        "COPY audit_entry TO PROGRAM 'cat'",
        "SET ROLE {owner}",
        "DROP SCHEMA public CASCADE",
    ],
)
def test_what_would_silence_or_cut_is_refused(running, sql):
    [owner] = one("SELECT relowner::regrole::text FROM pg_class WHERE oid = 'audit_entry'::regclass")
    refused(sql.format(owner=owner))


def refused(sql):
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert isinstance(caught.value.__cause__, errors.InsufficientPrivilege)


def test_it_may_seal_the_history_anew_and_nothing_else_of_it(running):
    assert one("SELECT has_column_privilege('audit_history', 'old', 'UPDATE')") == (True,)
    for column in ("at", "actor_name", "db_user", "row_pk"):
        assert one("SELECT has_column_privilege('audit_history', %s, 'UPDATE')", column) == (False,)


def test_what_it_changes_in_sql_is_kept_with_its_name(people, running):
    record, _ = published(people)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_creditrecord SET title = '改' WHERE id = %s", [record.pk])
    stray = AuditHistory.objects.without_actor().filter(table_name="records_creditrecord").latest("pk")
    assert (stray.row_pk, stray.db_user) == (str(record.pk), running)


def test_the_check_list_tells_a_role_that_may_too_much(runtime):
    assert servers._role().grade == Grade.FAIL  # the tests' own role owns everything
    assert "超级用户" in servers._role().text
    with working_in(USER=runtime, PASSWORD=""):
        assert privileges.beyond() == []
        assert servers._role().grade == Grade.PASS
    with connection.cursor() as cursor:
        cursor.execute(f'GRANT DELETE ON audit_seal TO "{runtime}"')
        cursor.execute(f'CREATE TABLE "{runtime}".audit_entry (id int)')
    with working_in(USER=runtime, PASSWORD=""):
        assert privileges.beyond() == [privileges.BEYOND["append-only"], privileges.BEYOND["shadow"]]
        # And yet no name of ours leads there: public comes first.
        assert one("SELECT to_regclass('audit_entry')::oid = to_regclass('public.audit_entry')::oid") == (True,)


def test_a_table_of_a_later_release_is_readable_at_once_and_append_only_after_the_grant():
    runtime = made_role(f"later_{connection.settings_dict['NAME']}")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, note text)")
        for statement in AppendOnly("later").statements()[0]:
            cursor.execute(statement)
    assert _may(runtime, "later") == (True, True, True)
    call_command("grant_runtime", runtime)
    assert _may(runtime, "later") == (True, True, False)


def _may(role, table):
    return one(
        "SELECT has_table_privilege(%s, %s, 'SELECT'), has_table_privilege(%s, %s, 'INSERT'), has_table_privilege(%s, %s, 'DELETE')",
        *[role, table] * 3,
    )


def test_nobody_grants_to_himself_or_to_nobody():
    with pytest.raises(CommandError, match="不能给自己授权"):
        call_command("grant_runtime", one("SELECT current_user")[0])
    with pytest.raises(CommandError, match="没有角色"):
        call_command("grant_runtime", "nobody_of_this_name")
