"""What a former release kept in clear is sealed: numbers, contents, names, what was shown, findings, drafts and history."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Forbidden
from disclosure.actions.sealing_stored import seal_stored
from disclosure.models import Disclosure, DisclosureChange
from disclosure.tests.factories import PublishedFactory
from records import queries
from records.identifiers.personal import identities
from records.models import CreditRecord, EntryDraft, ImportBatch, ImportFinding, SubjectIdentifier, SubjectName
from records.privacy import tables
from records.privacy.stored import key_without
from records.tests import factories as ledger
from records.tests.test_personal_numbers import ID, OLD, in_clear

pytestmark = pytest.mark.django_db


@pytest.fixture
def left(market_bureau, alice_clerk) -> Disclosure:
    """A trader as a former release left it."""
    shown = PublishedFactory()
    record = shown.record
    subject = record.subject
    SubjectIdentifier.objects.create(subject=subject, kind="tax_no", value=ID)
    SubjectIdentifier.objects.create(subject=subject, kind="reg_no", value=OLD)
    name = SubjectName.objects.create(
        subject=subject, name=f"旧名{ID}", normal=f"旧名{ID}", bigrams=["旧名"], is_current=False
    )
    number = f"哈市监罚〔2026〕{ID}号"
    content = record.content | {"CF_XDR_SWDJ": ID, "BZ": f"经营者{ID}", "CF_WSH": number}
    CreditRecord.objects.filter(pk=record.pk).update(
        content=content, document_number=number, document_key=number, warnings=[{"text": f"“{ID}”"}]
    )
    Disclosure.objects.filter(pk=shown.pk).update(
        shown=shown.shown | {"CF_WSH": number}, document_number=number, document_key=number
    )
    EntryDraft.objects.create(
        author=alice_clerk, department=market_bureau, standard="penalty-2018", data={"BZ": f"身份证{ID}"}
    )
    batch = ImportBatch.objects.create(
        department=market_bureau, standard="penalty-2018", channel="desk", uploaded_by_name="x", file_name=f"{ID}.xlsx"
    )
    ImportFinding.objects.create(batch=batch, row=1, rule="x", level="error", text=f"“{ID}”", value=ID)
    SubjectName.objects.filter(pk=name.pk).update(until="2026-01-01")
    return shown


def test_everything_is_sealed_and_named_and_found_again(left):
    assert {each.table for each in in_clear()} >= {
        "records_subjectidentifier",
        "audit_history",
        "disclosure_disclosure",
    }
    out = StringIO()
    call_command("seal_personal", stdout=out)
    assert in_clear() == []
    assert ID not in out.getvalue()
    told = dict(line.split("\t") for line in out.getvalue().splitlines() if "\t" in line)
    assert told["records_subjectidentifier.value"] == "2"
    assert told["records_importfinding.value"] == "1"
    assert told["audit_history.old"] >= "1"
    entry = AuditEntry.objects.filter(verb="records.personal.seal", detail__has_key="rows").get()
    assert entry.detail["rows"]["records_subjectidentifier.value"] == 2
    assert queries.subject_by_number("tax_no", ID) == left.subject
    record = CreditRecord.objects.get(pk=left.record_id)
    assert record.content["CF_XDR_SWDJ"]["masked"] == "230102********1237"
    assert record.content["BZ"] == "经营者******"
    assert record.document_number == "哈市监罚〔2026〕******号"
    assert record.document_key.startswith("哈市监罚〔2026〕")
    assert EntryDraft.objects.get().data["BZ"]["masked"] == "身份证230102********1237"


def test_what_was_shown_is_shown_without_and_the_feed_says_so(left):
    before = DisclosureChange.objects.count()
    seal_stored()
    left.refresh_from_db()
    assert left.shown["CF_WSH"] == left.document_number == "哈市监罚〔2026〕******号"
    assert DisclosureChange.objects.filter(disclosure=left, event="changed").count() == 1
    assert DisclosureChange.objects.count() == before + 1
    assert AuditEntry.objects.filter(verb="records.personal.seal", object_id=str(left.pk)).count() == 1


def test_a_second_run_changes_nothing(left):
    seal_stored()
    version = CreditRecord.objects.get(pk=left.record_id).version
    assert seal_stored() == {}
    assert CreditRecord.objects.get(pk=left.record_id).version == version
    call_command("seal_personal", "--once", stdout=(out := StringIO()))
    assert out.getvalue() == ""


def test_two_documents_told_apart_by_the_number_alone_stay_two(left):
    keys = {key_without(f"哈市监罚〔2026〕{number}号") for number in (ID, "23010219900307004X")}
    assert len(keys) == 2
    assert not any(identities(each) for each in keys)


def test_history_refuses_changes_again_afterwards(left):
    seal_stored()
    with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_history SET actor_name = 'x'")


def test_only_the_platform_may(left, alice_clerk):
    with pytest.raises(Forbidden):
        seal_stored(by=alice_clerk)


def test_the_search_tables_hold_nothing_of_it(left):
    seal_stored()
    for table, columns in tables.text_columns().items():
        with connection.cursor() as cursor:
            for column in columns:
                cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}"::text LIKE %s', [f"%{ID}%"])
                assert cursor.fetchone() == (0,), (table, column)


def test_organisations_numbers_stay(left):
    kept = SubjectIdentifier.objects.create(subject=left.subject, kind="reg_no", value=ledger.valid_reg_no(5))
    seal_stored()
    kept.refresh_from_db()
    assert kept.value == ledger.valid_reg_no(5)
