"""Whoever changes a record or a public face past the platform is named at night, though no trigger saw it."""

import json
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from credit_platform.audit import rereading, tasks
from credit_platform.audit.models import Alteration, AuditEntry, AuditHistory, Rereading
from credit_platform.audit.tests.test_chain import tamper
from credit_platform.pg import query
from disclosure import actions
from disclosure.models import Disclosure, Face
from disclosure.queries.faces import RECORD_HASH
from disclosure.rules.states import State
from disclosure.tests import factories
from records import actions as ledger_actions
from records.ledger_rules import canonical, content_hash
from records.models import CreditRecord
from records.rereading import BY_HASH, canonical_sql
from records.tests import factories as ledger

pytestmark = pytest.mark.django_db

RECORDS, DISCLOSURES, FACES = "records_creditrecord", "disclosure_disclosure", "disclosure_face"
RECORD = f'UPDATE {RECORDS} SET content = content || \'{{"CF_NR": "免予处罚"}}\' WHERE id = %s'
BOTH = RECORD.replace(" WHERE", ", content_hash = %s WHERE")
SHOWN = f'UPDATE {DISCLOSURES} SET shown = shown || \'{{"CF_NR": "免予处罚"}}\' WHERE id = %s'


@pytest.fixture
def published():
    """A penalty that went the whole way, and whoever carried it."""
    ledger.PenaltyEntryFactory()
    authority = DepartmentFactory()
    clerk, reviewer = ClerkFactory(department=authority), ReviewerFactory(department=authority)
    form = ledger.PenaltyRecordFactory.build(
        authority=authority, source_department=authority, subject=ledger.SubjectFactory()
    )
    raw = ledger.penalty_content(form) | {"HRB_YZCD": "一般"}
    record = ledger_actions.enter("penalty-2018", raw, by=clerk, department=authority)
    row = Disclosure.objects.get(record=record)
    actions.submit(row, by=clerk)
    actions.approve_and_publish(row, by=reviewer)
    row.refresh_from_db()
    row.people, row.raw = (clerk, reviewer), raw
    actions.anchor_faces()
    return row


def found(**how):
    run = rereading.go_on(by=SYSTEM, **how)
    assert run.finished_at is not None
    return [(each.table_name, each.row_pk, each.which) for each in run.alterations.order_by("pk")]


def test_what_the_platform_wrote_is_as_its_hashes_say(published):
    assert found() == []
    entry = AuditEntry.objects.get(verb="audit.reread")
    assert (entry.after["ok"], entry.after["unanchored"]) == (True, 0)
    assert entry.after["rows"] == {"records": 1, "faces": 1, "entries": 1, "signatures": 0}


def test_a_record_altered_with_the_triggers_off_is_named(published):
    tamper(RECORD, published.record_id)
    assert not AuditHistory.objects.without_actor().filter(table_name=RECORDS).exists()
    assert (RECORDS, published.record_id, "content") in found()
    assert Alteration.objects.filter(text__contains="content_hash").exists()


def test_a_record_altered_together_with_its_hash_is_named_by_what_was_published(published):
    content = published.record.content | {"CF_NR": "免予处罚"}
    tamper(BOTH, content_hash(content), published.record_id)
    assert found() == [(RECORDS, published.record_id, "published-content")]


def test_an_altered_public_face_is_named(published):
    tamper(SHOWN, published.pk)
    assert found() == [(DISCLOSURES, published.pk, "shown")]


@pytest.mark.parametrize("column", ["subject_name", "subject_code", "title", "document_number", "public_id"])
def test_every_column_of_the_face_is_held(published, column):
    tamper(f"UPDATE {DISCLOSURES} SET {column} = 'x' WHERE id = %s", published.pk)
    assert found() == [(DISCLOSURES, published.pk, "shown")]


def test_a_face_altered_together_with_its_hash_is_named_by_the_entry(published):
    tamper(SHOWN, published.pk)
    [(forged,)] = query(f"SELECT hash FROM ({_computed()}) f", [[published.pk]])
    tamper(f"UPDATE {FACES} SET hash = %s WHERE disclosure_id = %s", forged, published.pk)
    entry = Face.objects.get().entry_id
    assert found() == [(FACES, entry, "digest")]


def _computed():
    from disclosure.queries.faces import COMPUTED

    return COMPUTED


def test_a_face_without_its_row_under_the_audit_is_named(published):
    tamper(f"DELETE FROM {FACES} WHERE disclosure_id = %s", published.pk)
    assert found() == [(DISCLOSURES, published.pk, "unanchored")]


def test_what_was_smuggled_in_is_named(published):
    smuggled = factories.PublishedFactory()
    assert found() == [(DISCLOSURES, smuggled.pk, "unanchored")]


def test_a_deleted_item_and_a_deleted_record_are_named(published):
    tamper(f"DELETE FROM {RECORDS} WHERE id = %s", published.record_id)
    assert found() == [(DISCLOSURES, published.pk, "record-gone")]
    tamper(f"DELETE FROM {DISCLOSURES} WHERE id = %s", published.pk)
    assert (DISCLOSURES, published.pk, "gone") in found()


def test_a_correction_leaves_a_new_face_and_the_old_one(published):
    clerk, reviewer = published.people
    edited = published.raw | {"CF_NR": "罚款2000元。"}
    ledger_actions.edit(published.record, edited, by=clerk, version=str(published.record.version))
    assert found() == []  # the record moved on, the face waits for a second person
    actions.correct(published, by=reviewer, reason="处罚内容笔误")
    assert Face.objects.filter(disclosure_id=published.pk).count() == 2
    entry = AuditEntry.objects.get(verb="disclosure.correct")
    assert entry.detail["faces"]["count"] == 1
    assert found() == []


def test_many_at_once_leave_one_digest():
    rows = [factories.ApprovedFactory() for _ in range(3)]
    actions.publish_many([row.pk for row in rows], by=SYSTEM)
    entry = AuditEntry.objects.get(verb="disclosure.publish")
    assert entry.detail["faces"]["count"] == Face.objects.filter(entry_id=entry.pk).count() == 3
    actions.anchor_faces()
    assert found() == []
    tamper(f"DELETE FROM {FACES} WHERE disclosure_id = %s", rows[1].pk)
    assert found() == [(DISCLOSURES, rows[1].pk, "unanchored"), (FACES, entry.pk, "digest")]


def test_what_was_published_before_is_told_apart_and_anchored_once():
    rows = [factories.PublishedFactory() for _ in range(5)]
    drafts = factories.DisclosureFactory()
    run = rereading.go_on(by=SYSTEM)
    assert (run.altered, run.unanchored) == (0, 5)
    assert actions.anchor_faces(chunk=2) == 5
    assert actions.anchor_faces() == 0
    entries = AuditEntry.objects.filter(verb="disclosure.anchor").order_by("pk")
    assert [entry.detail.get("faces", {}).get("count") for entry in entries] == [2, 2, 1, None]
    assert found() == []
    tamper(SHOWN, rows[2].pk)
    assert found() == [(DISCLOSURES, rows[2].pk, "shown")]
    assert not Face.objects.filter(disclosure_id=drafts.pk).exists()


def test_suspension_end_and_resumption_change_no_face(published):
    _, reviewer = published.people
    actions.suspend(published, by=reviewer, reason="异议")
    actions.resume(published, by=reviewer, reason="核查无误")
    assert Disclosure.objects.get().state == State.PUBLISHED
    assert found() == []


def test_an_altered_signed_text_is_named(published):
    reader = next(each for each in rereading.readers() if each.name == "signatures")
    assert reader.page(0, 10).altered == []


def test_a_number_sealed_anew_changes_no_hash(published):
    token = {"sealed": "b25l", "hash": "a" * 64, "masked": "230102********002X"}
    content = published.record.content | {"CF_XDR_ZJHM": token}
    tamper(f"UPDATE {RECORDS} SET content = %s, content_hash = %s", json.dumps(content), content_hash(content))
    [(before,)] = query(f"SELECT {RECORD_HASH} FROM {RECORDS} r")
    content["CF_XDR_ZJHM"] = token | {"sealed": "dHdv"}
    tamper(f"UPDATE {RECORDS} SET content = %s", json.dumps(content))
    assert not [each for each in found() if each[2] == "content"]
    content["CF_XDR_ZJHM"] = token | {"sealed": "dHJl", "hash": "b" * 64}
    tamper(f"UPDATE {RECORDS} SET content = %s, content_hash = %s", json.dumps(content), content_hash(content))
    assert query(f"SELECT {RECORD_HASH} FROM {RECORDS} r") == [(before,)]


plain = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
sealed = st.fixed_dictionaries({"sealed": plain, "hash": plain, "masked": plain})


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(plain, st.one_of(plain, sealed, st.none(), st.booleans(), st.integers(-(10**9), 10**9)), max_size=6)
)
def test_sql_and_python_write_the_same_canonical_content(content):
    [(text,)] = query(
        f"SELECT {canonical_sql('c.content', BY_HASH)} FROM (SELECT %s::jsonb AS content) c", [json.dumps(content)]
    )
    assert text == canonical(content)


def test_what_sql_writes_otherwise_is_judged_by_python(published):
    content = published.record.content | {"list": [1.5, {"b": 1, "aa": "x"}]}
    tamper(f"UPDATE {RECORDS} SET content = %s, content_hash = %s", json.dumps(content), content_hash(content))
    assert not [each for each in found() if each[2] == "content"]


# The pass itself.


def test_a_pass_that_was_broken_off_goes_on_where_it_stood(monkeypatch):
    rows = [factories.PublishedFactory() for _ in range(7)]
    tamper(RECORD, rows[0].record_id)
    pages = iter([True, True, False])
    real = rereading._step

    def killed(*given):
        if not next(pages):
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr(rereading, "_step", killed)
    with pytest.raises(KeyboardInterrupt):
        rereading.go_on(by=SYSTEM, page=2)
    run = Rereading.objects.get()
    assert (run.finished_at, run.done, run.altered) == (None, {"records": 4}, 1)
    monkeypatch.setattr(rereading, "_step", real)
    run = rereading.go_on(by=SYSTEM, page=2)
    assert Rereading.objects.count() == 1
    assert (run.done["records"], run.done["faces"], run.altered) == (7, 7, 1)


def test_a_page_whose_transaction_died_is_read_again(monkeypatch):
    for _ in range(3):
        factories.PublishedFactory()
    with monkeypatch.context() as during:
        during.setattr(rereading, "_keep", lambda run, altered: (_ for _ in ()).throw(RuntimeError))
        with pytest.raises(RuntimeError):
            rereading.go_on(by=SYSTEM, page=2)
    assert Rereading.objects.get().done == {}
    assert rereading.go_on(by=SYSTEM, page=2).done["records"] == 3


def test_a_turn_of_the_clock_has_its_seconds_and_the_next_goes_on():
    for _ in range(4):
        factories.PublishedFactory()
    first = rereading.go_on(by=SYSTEM, page=1, seconds=1e-9)
    assert (first.finished_at, first.total) == (None, 1)
    assert tasks.reread() == 8
    assert tasks.reread() == 0  # once a night
    Rereading.objects.update(started_at=timezone.now() - timedelta(days=1))
    assert tasks.reread() == 8


def test_findings_are_bounded_and_counted(monkeypatch):
    monkeypatch.setattr(rereading, "MOST_KEPT", 2)
    for row in [factories.PublishedFactory() for _ in range(4)]:
        tamper(RECORD, row.record_id)
    run = rereading.go_on(by=SYSTEM)
    assert (run.altered, run.alterations.count()) == (4, 2)


def test_what_was_found_cannot_be_taken_back(published):
    tamper(SHOWN, published.pk)
    found()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_alteration")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {FACES} SET hash = ''")


def test_the_command_names_table_row_and_hash(published):
    tamper(SHOWN, published.pk)
    out = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("reread", stdout=out)
    assert stop.value.code == 1
    assert f"不符：{DISCLOSURES} {published.pk}（shown）" in out.getvalue()
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("reread", "--json", stdout=out)
    assert json.loads(out.getvalue())["found"][0]["which"] == "shown"


def test_the_auditor_is_told(client, published, arthur_auditor):
    client.force_login(arthur_auditor)
    assert "没有发现不符" in client.get("/desk/audit/rereading/").text
    tamper(SHOWN, published.pk)
    found()
    page = client.get("/desk/audit/rereading/").text
    assert f"{DISCLOSURES} {published.pk}" in page
    assert "发现 1 处不符" in page
    assert "内容与校验值不符" in client.get("/desk/").text
    assert client.get("/desk/audit/rereading/", {"table": DISCLOSURES, "row": published.pk}).status_code == 200
    export = b"".join(client.get("/desk/audit/rereading/", {"export": "csv"}).streaming_content).decode()
    assert str(published.pk) in export
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("person", ["alice_clerk", "carol_credit_office", "simon_system_admin", "sarah_security_admin"])
def test_only_auditors_see_it(client, person, request):
    client.force_login(request.getfixturevalue(person))
    assert client.get("/desk/audit/rereading/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_at_once_read_every_page_once():
    rows = [factories.PublishedFactory() for _ in range(9)]
    tamper(RECORD, rows[3].record_id)
    runs, start = [], threading.Barrier(2)

    def read():
        start.wait()
        try:
            runs.append(rereading.go_on(by=SYSTEM, page=1))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(runs) == 2
    done = Rereading.objects.order_by("pk").first()
    assert (done.done["records"], done.done["faces"], done.altered) == (9, 9, 1)
    assert CreditRecord.objects.count() == 9
