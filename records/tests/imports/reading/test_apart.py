"""Sums, notes and numbers of columns are no records: told, kept to be had back, and counted nowhere."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from django.urls import reverse

from records.imports.batches import engine
from records.imports.ledger import stage
from records.models import Arrival, CreditRecord, ImportBatch
from records.tests.imports.samples import as_csv, bring, counts, penalty

pytestmark = pytest.mark.django_db


def with_lines(rows, before=(), after=()):
    table = list(csv.reader(io.StringIO(as_csv(rows).decode("utf-8-sig"))))
    head, body = table[0], table[1:]
    out = io.StringIO()
    csv.writer(out).writerows([["序号", *head], *before, *([str(n), *row] for n, row in enumerate(body, 1)), *after])
    return out.getvalue().encode()


@pytest.fixture
def batch(penalties, market_bureau, alice_clerk):
    rows = [penalty(1, market_bureau), penalty(2, market_bureau, CF_JDRQ="2062-01-01")]
    numbers = [str(n) for n in range(1, 19)]
    after = [
        ["3"],
        ["合计", *[""] * 10, "0.4"],
        ["填表人：张三 13800000000", "", "审核人："],
        ["", *[""] * 6, "续写的事实"],
    ]
    return bring(with_lines(rows, [numbers], after), "a.csv", market_bureau, alice_clerk)


def test_they_are_told_with_their_row_and_counted_nowhere(batch):
    assert counts(batch) == (2, 1, 1, 0)
    told = list(batch.findings.filter(rule__startswith="apart.").order_by("row").values_list("row", "rule", "level"))
    assert told == [
        (2, "apart.numbers", "warning"),
        (5, "apart.empty", "warning"),
        (6, "apart.total", "warning"),
        (7, "apart.note", "warning"),
        (8, "apart.continued", "warning"),
    ]
    assert batch.warned == 0
    assert CreditRecord.objects.count() == 1
    assert Arrival.objects.count() == 2, "a sum never arrived"
    assert "13800000000" not in batch.findings.get(rule="apart.note").value


def test_they_can_be_had_back_with_the_reason(batch, alice_clerk, client):
    client.force_login(alice_clerk)
    answer = client.get(reverse("records:import-errors", args=[batch.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    reasons = [str(row[-1].value) for row in sheet.iter_rows(min_row=3)]
    assert sum("未作为记录" in reason for reason in reasons) >= 3
    page = client.get(reverse("records:import", args=[batch.pk])).content.decode()
    assert "像是合计行，未作为记录。" in page


def test_a_worker_that_goes_on_counts_them_too(penalties, market_bureau, alice_clerk, monkeypatch):
    rows = [penalty(n, market_bureau) for n in range(1, 5)]
    data = with_lines(rows, [[str(n) for n in range(1, 19)]], [["合计", *[""] * 10, "0.8"]])
    monkeypatch.setattr(engine, "CHUNK_ROWS", 2)
    calls = []
    true_add = stage.add

    def dying(batch_id, good):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("killed")
        return true_add(batch_id, good)

    monkeypatch.setattr(stage, "add", dying)
    with pytest.raises(RuntimeError):
        bring(data, "a.csv", market_bureau, alice_clerk)
    monkeypatch.setattr(stage, "add", true_add)
    done = engine.run(ImportBatch.objects.get().pk)
    assert counts(done) == (4, 4, 0, 0)
    assert done.findings.filter(rule__startswith="apart.").count() == 2


def test_a_file_of_nothing_else_has_no_rows(penalties, market_bureau, alice_clerk):
    data = with_lines([penalty(1, market_bureau)], after=[["合计"]]).splitlines()
    batch = bring(b"\n".join([data[0], data[2]]), "a.csv", market_bureau, alice_clerk)
    assert (batch.state, counts(batch)) == ("refused", (0, 0, 0, 0))
