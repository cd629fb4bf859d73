"""The whole way of a file: read, checked, entered, counted; twice, simulated, all or nothing, resumed after a kill."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from credit_platform.audit.models import AuditEntry
from records.imports.batches import batches, engine
from records.models import Arrival, CreditRecord, ImportBatch, ImportEffect, Subject, SubjectName
from records.tests.imports.samples import as_csv, as_json, as_xlsx, bring, counts, penalty, person_penalty

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (as_csv, "a.csv"),
        (lambda rows: as_csv(rows, "utf-8"), "a.csv"),
        (lambda rows: as_csv(rows, "gb18030"), "a.csv"),
        (as_xlsx, "a.xlsx"),
        (lambda rows: as_xlsx(rows, lead=3, indent=2), "a.xlsx"),
        (as_json, "a.json"),
        (lambda rows: as_json([{"source": "x", "record": row} for row in rows]), "a.json"),
    ],
)
def test_a_file_of_any_kind_becomes_records(make, name, penalties, alice_clerk, market_bureau):
    batch = bring(make([penalty(n, market_bureau) for n in range(3)]), name, market_bureau, alice_clerk)
    assert (batch.state, counts(batch)) == ("done", (3, 3, 0, 0)), batch.refusal
    record = CreditRecord.objects.get(document_number="示市监罚〔2026〕1号")
    assert record.subject.name == "哈尔滨示例第1商贸有限公司"
    assert record.content["CF_NR_FK"] == "0.2"
    assert (record.kind, record.standard, record.status, record.version) == ("penalty", "penalty-2018", "active", 1)
    assert record.authority == market_bureau == record.source_department
    assert record.entered_by == alice_clerk
    assert record.first_compliant_at == batch.received_at
    assert SubjectName.objects.filter(subject=record.subject, is_current=True).count() == 1
    assert ImportEffect.objects.filter(batch=batch, what="c").count() == 3
    assert AuditEntry.objects.filter(verb="records.import.apply", object_id=str(batch.pk)).count() == 1


def test_the_same_file_twice_changes_nothing(penalties, alice_clerk, market_bureau):
    data = as_csv([penalty(n, market_bureau) for n in range(5)] + [person_penalty(9, market_bureau)])
    bring(data, "a.csv", market_bureau, alice_clerk)
    before = list(CreditRecord.objects.order_by("pk").values())
    again = bring(data, "a.csv", market_bureau, alice_clerk)
    assert counts(again) == (6, 6, 0, 6)
    assert list(CreditRecord.objects.order_by("pk").values()) == before
    assert Subject.objects.count() == 6


def test_a_changed_row_updates_its_record_and_keeps_the_old_version(penalties, alice_clerk, market_bureau):
    rows = [penalty(n, market_bureau) for n in range(3)]
    bring(as_csv(rows), "a.csv", market_bureau, alice_clerk)
    rows[1]["CF_SY"] = "当事人销售超过保质期的食品，数量较少。"
    batch = bring(as_csv(rows), "b.csv", market_bureau, alice_clerk)
    assert counts(batch) == (3, 3, 0, 2)
    record = CreditRecord.objects.get(document_number="示市监罚〔2026〕1号")
    assert (record.version, record.content["CF_SY"]) == (2, "当事人销售超过保质期的食品，数量较少。")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT old -> 'content' ->> 'CF_SY' FROM audit_history WHERE table_name = 'records_creditrecord' AND row_pk = %s",
            [str(record.pk)],
        )
        assert cursor.fetchall() == [("当事人销售超过保质期的食品。",)]


def test_bad_rows_are_listed_and_good_ones_kept(penalties, alice_clerk, market_bureau):
    rows = [
        penalty(1, market_bureau),
        penalty(2, market_bureau, CF_XDR_SHXYM="91230102MA1B00017X", CF_JDRQ="2062-01-01"),
        penalty(3, market_bureau, CF_NR_FK=None),
    ]
    batch = bring(as_xlsx(rows), "a.xlsx", market_bureau, alice_clerk)
    assert counts(batch) == (3, 1, 2, 0)
    found = {(f.row, f.field, f.column) for f in batch.findings.filter(level="error")}
    assert (3, "CF_JDRQ", "L") in found
    assert (3, "CF_XDR_SHXYM", "C") in found
    assert any(row == 4 and field == "CF_NR_FK" for row, field, _ in found)
    assert batch.rejects.count() == 2
    assert Arrival.objects.count() >= 1


def test_simulation_gives_the_real_counts_and_enters_nothing(penalties, alice_clerk, market_bureau):
    rows = [penalty(1, market_bureau), penalty(1, market_bureau), penalty(2, market_bureau, CF_JDRQ="x")]
    data = as_csv(rows)
    simulated = bring(data, "a.csv", market_bureau, alice_clerk, simulate=True)
    assert not CreditRecord.objects.exists()
    assert not Subject.objects.exists()
    assert not Arrival.objects.exists()
    real = engine.run(batches.repeat_for_real(simulated, by=alice_clerk).pk)
    assert counts(simulated) == counts(real) == (3, 1, 2, 0)
    assert CreditRecord.objects.count() == 1


def test_all_or_nothing_enters_nothing_when_a_row_is_bad(penalties, alice_clerk, market_bureau):
    rows = [penalty(1, market_bureau), penalty(2, market_bureau, CF_JDRQ="x")]
    batch = bring(as_csv(rows), "a.csv", market_bureau, alice_clerk, all_or_nothing=True)
    assert (batch.state, counts(batch)) == ("refused", (2, 0, 2, 0))
    assert not CreditRecord.objects.exists()
    assert "1 行有错误" in batch.refusal


def test_a_worker_killed_between_chunks_is_resumed_with_nothing_lost_or_doubled(
    penalties, alice_clerk, market_bureau, monkeypatch
):
    monkeypatch.setattr(engine, "CHUNK_ROWS", 4)
    rows = [penalty(n, market_bureau) for n in range(10)] + [penalty(1, market_bureau)]
    chosen = batches.Options(standard="penalty-2018", department=market_bureau)
    batch = batches.receive([as_csv(rows)], "a.csv", chosen, by=alice_clerk)
    kept = engine._Run._checkpoint
    calls = []

    def dies(self, chunk, expected, *, last=False):
        calls.append(chunk.rows)
        if len(calls) == 3:
            raise KeyboardInterrupt
        kept(self, chunk, expected, last=last)

    monkeypatch.setattr(engine._Run, "_checkpoint", dies)
    with pytest.raises(KeyboardInterrupt):
        engine.run(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.progress["read"]) == ("reading", 8)
    monkeypatch.setattr(engine._Run, "_checkpoint", kept)
    batch = engine.run(batch.pk)
    assert counts(batch) == (11, 10, 1, 0)
    assert CreditRecord.objects.count() == 10


def test_the_shell_ends_with_one_line_of_json(penalties, market_bureau, tmp_path):
    path = tmp_path / "处罚.csv"
    path.write_bytes(as_csv([penalty(1, market_bureau), penalty(2, market_bureau, CF_JDRQ="x")]))
    out = StringIO()
    call_command("import_records", "penalty-2018", str(path), department=market_bureau.uscc, json=True, stdout=out)
    line = out.getvalue().strip().splitlines()[-1]
    told = json.loads(line)
    assert told.pop("batch") == ImportBatch.objects.get().pk
    assert told == {"total": 2, "accepted": 1, "rejected": 1, "warned": 0, "unchanged": 0}


def test_no_plain_personal_number_stays_anywhere(penalties, alice_clerk, market_bureau):
    good, bad = person_penalty(7, market_bureau), person_penalty(8, market_bureau, CF_JDRQ="2062-01-01")
    batch = bring(as_csv([good, bad]), "a.csv", market_bureau, alice_clerk)
    assert counts(batch) == (2, 1, 1, 0)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s OR t::text LIKE %s',
                [f"%{good['CF_XDR_ZJHM']}%", f"%{bad['CF_XDR_ZJHM']}%"],
            )
            assert cursor.fetchone()[0] == 0, table
    person = Subject.objects.get()
    assert (person.kind, person.code, person.names.count()) == ("person", None, 0)
