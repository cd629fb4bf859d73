import json
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit import actions, rules, tasks
from credit_platform.audit.context import acting, current_request, requested
from credit_platform.audit.models import AuditEntry, AuditPending, AuditSeal
from credit_platform.audit.verification import verify
from credit_platform.errors import Refused

pytestmark = pytest.mark.django_db


def enter(count=1, **more):
    return [actions.record("test.act", by=SYSTEM, after={"n": n, "text": "哈尔滨"}, **more) for n in range(count)]


def tamper(sql, *values):
    """As somebody who owns the database: triggers and foreign keys off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET session_replication_role = replica")
        try:
            cursor.execute(sql, values)
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")


def command(*arguments):
    out = StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=out)
    except SystemExit as stop:
        return int(stop.code), out.getvalue()
    return 0, out.getvalue()


def test_entries_wait_and_are_sealed_in_order_without_a_gap():
    entered = enter(25)
    assert AuditPending.objects.count() == 25
    assert actions.seal(limit=10) == 10
    assert actions.seal() == 15
    assert actions.seal() == 0
    seals = list(AuditSeal.objects.order_by("seq"))
    assert [seal.seq for seal in seals] == list(range(1, 26))
    assert [seal.entry_id for seal in seals] == [entry.pk for entry in entered]
    assert seals[0].prev_hash == rules.GENESIS
    assert all(after.prev_hash == before.hash for before, after in zip(seals, seals[1:], strict=False))
    assert verify().ok


def test_thousands_of_entries_are_sealed_in_a_handful_of_queries(django_assert_max_num_queries):
    AuditEntry.objects.bulk_create(
        [AuditEntry(verb="x", kind="act", actor_kind="system", actor_name="系统") for _ in range(3000)]
    )
    with django_assert_max_num_queries(12):
        assert actions.seal() == 3000
    report = verify(page=700)
    assert (report.ok, report.checked, report.last_seq) == (True, 3000, 3000)


def test_an_empty_chain_is_whole():
    report = verify()
    assert (report.ok, report.checked) == (True, 0)
    assert command()[0] == 0


def test_an_altered_entry_is_named():
    entries = enter(5)
    actions.seal()
    tamper("UPDATE audit_entry SET reason = 'x' WHERE id = %s", entries[2].pk)
    report = verify()
    assert [(line.kind, line.seq, line.entry_id) for line in report.breaks] == [("entry", 3, entries[2].pk)]
    code, said = command()
    assert code == 1
    assert f"第 3 环，审计记录 {entries[2].pk} 的内容在入链后被改动" in said


@pytest.mark.parametrize(
    "column",
    [name for name in rules.SCHEMES[1] if name != "id"],
)
def test_every_column_of_an_entry_is_under_the_hash(column):
    [entry] = enter()
    actions.seal()
    value = {
        "at": "at + interval '1 microsecond'",
        "actor_id": "999",
        "department_id": "999",
        "unit_id": "999",
        "results": "999",
        "kind": "'look'",
        "members": "'[1]'",
    }.get(column, "'{\"x\": 1}'" if column in {"before", "after", "detail"} else "'altered'")
    tamper(f"UPDATE audit_entry SET {column} = {value} WHERE id = %s", entry.pk)
    assert [line.kind for line in verify().breaks] == ["differs"]


def test_a_deleted_entry_is_named():
    entries = enter(3)
    actions.seal()
    tamper("DELETE FROM audit_entry WHERE id = %s", entries[1].pk)
    assert [(line.kind, line.seq) for line in verify().breaks] == [("missing", 2)]
    tamper("DELETE FROM audit_seal WHERE entry_id = %s", entries[1].pk)
    assert [(line.kind, line.seq) for line in verify().breaks] == [("gap", 3)]


def test_an_altered_seal_is_named():
    enter(3)
    actions.seal()
    tamper("UPDATE audit_seal SET hash = %s WHERE seq = 2", "f" * 64)
    assert [(line.kind, line.seq) for line in verify().breaks] == [("seal", 2), ("prev", 3)]


@pytest.mark.parametrize("change", ["algorithm = 'md9'", "scheme = 77"])
def test_a_seal_of_an_unknown_kind_fits_nothing(change):
    enter(2)
    actions.seal()
    tamper(f"UPDATE audit_seal SET {change} WHERE seq = 1")
    assert not verify().ok


def test_two_entries_that_swapped_places_are_named():
    first, second = enter(2)
    actions.seal()
    second_seal = AuditSeal.objects.values().get(seq=2)
    tamper("DELETE FROM audit_seal WHERE seq = 2; UPDATE audit_seal SET entry_id = %s WHERE seq = 1", second.pk)
    AuditSeal.objects.create(**second_seal | {"entry_id": first.pk})
    assert [line.seq for line in verify().breaks] == [1, 2]


def test_a_tail_that_was_cut_off_shows_against_a_noted_anchor():
    enter(3)
    actions.seal()
    noted = AuditSeal.objects.get(seq=3)
    tamper("DELETE FROM audit_seal WHERE seq = 3; DELETE FROM audit_entry WHERE id = %s", noted.entry_id)
    assert verify().ok
    assert [line.kind for line in verify(anchors={3: noted.hash}).breaks] == ["cut"]
    assert command("--anchor", f"3:{noted.hash}")[0] == 1
    assert [line.kind for line in verify(anchors={2: "0" * 64}).breaks] == ["anchor"]


def test_a_chain_in_sm3_verifies_and_may_follow_one_in_sha256(settings):
    enter(2)
    actions.seal()
    settings.AUDIT_HASH = "sm3"
    enter(2)
    actions.seal()
    assert list(AuditSeal.objects.values_list("algorithm", flat=True)) == ["sha256", "sha256", "sm3", "sm3"]
    assert verify().ok


def test_an_entry_that_was_taken_out_of_the_queue_is_reported_after_five_minutes():
    [entry] = enter()
    tamper("DELETE FROM audit_pending")
    assert verify().unsealed == 0
    tamper("UPDATE audit_entry SET at = at - interval '6 minutes'")
    report = verify()
    assert (report.ok, report.unsealed, report.first_unsealed) == (False, 1, entry.pk)
    code, said = command("--json")
    assert code == 1
    assert json.loads(said.splitlines()[-1])["first_unsealed"] == entry.pk


def test_the_command_seals_what_waits_unless_told_to_read_only():
    enter(2)
    assert json.loads(command("--json", "--no-seal")[1])["checked"] == 0
    assert json.loads(command("--json")[1])["checked"] == 2
    assert "审计链完整，共复核 1 环" in command("--from", "2")[1]


@pytest.mark.parametrize("odd", ["x", "1:zz", "1", "-1:" + "0" * 64])
def test_an_odd_anchor_is_refused(odd):
    with pytest.raises(CommandError):
        call_command("verify_audit", f"--anchor={odd}")


def test_the_clock_seals_a_backlog_and_leaves_the_outcome_of_its_verification(monkeypatch):
    enter(3)
    monkeypatch.setattr(actions, "seal", lambda limit=2, really=actions.seal: really(limit))
    assert tasks.seal_pending() == 3
    assert tasks.verify_chain() is True
    assert AuditEntry.objects.get(verb="audit.verify").after["checked"] == 3


def test_an_act_that_is_rolled_back_leaves_no_entry():
    def fail():
        with acting(SYSTEM):
            enter()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not AuditEntry.objects.exists()


def test_odd_text_is_made_fit_and_still_sealed():
    odd = "a\x00b\ud800c"
    actions.record(
        odd,
        by=SYSTEM,
        before={odd: [odd, {1: float("inf")}]},
        after={"at": timezone.now()},
        reason=odd,
        members={"b", "a"},
    )
    actions.look("subject.profile", by=SYSTEM, subject_ref=odd, purpose=odd, fields=odd, results=-1)
    entry = AuditEntry.objects.get(kind="act")
    assert (entry.verb, entry.before, entry.members) == ("ab?c", {"ab?c": ["ab?c", {"1": "inf"}]}, ["a", "b"])
    actions.seal()
    assert verify().ok


@pytest.mark.parametrize("purpose", ["", "  ", "\u3000"])
def test_a_look_without_a_purpose_is_refused(purpose):
    with pytest.raises(Refused, match="查询事由"):
        actions.look("subject.profile", by=SYSTEM, subject_ref="x", purpose=purpose)


def test_a_look_that_finds_nothing_is_registered_too():
    with requested("req-7", "10.1.2.3"):
        actions.look("subject.search", by=SYSTEM, subject_ref="张*", purpose="办理业务", results=0, basis="授权书1号")
    entry = AuditEntry.objects.get()
    assert (entry.kind, entry.results, entry.request_id, entry.ip) == ("look", 0, "req-7", "10.1.2.3")


def actor_in_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.actor', true), current_setting('app.request', true)")
        actor, request = cursor.fetchone()
    return (json.loads(actor)["name"] if actor else None), request


def test_nested_acting_keeps_the_request_and_gives_the_outer_actor_back(alice_clerk):
    with acting(alice_clerk, request_id="outer", ip="10.0.0.1"):
        assert actor_in_database() == ("甲录入", "outer")
        with acting(SYSTEM, request_id="inner"):
            assert actor_in_database() == ("系统", "outer")
        assert actor_in_database() == ("甲录入", "outer")
        with pytest.raises(ZeroDivisionError), acting(SYSTEM):
            raise ZeroDivisionError
        assert actor_in_database() == ("甲录入", "outer")
        assert current_request().ip == "10.0.0.1"
    assert actor_in_database() == (None, "")


def test_an_actor_with_an_odd_name_breaks_nothing(alice_clerk):
    alice_clerk.full_name = "a\x00\"'{}\ud800"
    with acting(alice_clerk, request_id="\x00" * 3):
        assert actor_in_database() == ("a\"'{}?", "")


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_leave_no_gap_and_no_double():
    enter(400)
    start = threading.Barrier(4)

    def work():
        start.wait()
        for _ in range(30):
            actions.seal(limit=7)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(AuditSeal.objects.values_list("seq", flat=True)) == list(range(1, 401))
    assert verify().ok


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_commits_late_is_sealed_after_those_that_came_first():
    early = threading.Event()
    done = threading.Event()
    kept = {}

    def slow():
        with acting(SYSTEM):
            kept["late"] = enter()[0].pk
            early.set()
            done.wait(10)
        connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    early.wait(10)
    [quick] = enter()
    assert actions.seal() == 1
    done.set()
    thread.join()
    assert actions.seal() == 1
    assert kept["late"] < quick.pk
    assert list(AuditSeal.objects.order_by("seq").values_list("entry_id", flat=True)) == [quick.pk, kept["late"]]
    assert verify().ok


@pytest.mark.django_db(transaction=True)
def test_truncate_is_refused_where_the_tests_have_not_allowed_it():
    with connection.cursor() as cursor:
        for table in ("audit_entry", "accounts_user"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_truncate")
            try:
                with pytest.raises(Exception, match="append-only"):
                    cursor.execute(f"TRUNCATE {table} CASCADE")
            finally:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")


def test_old_unsealed_entries_are_found_by_the_queryset():
    enter()
    assert AuditEntry.objects.unsealed_since(timezone.now() + timedelta(seconds=5)).count() == 1
