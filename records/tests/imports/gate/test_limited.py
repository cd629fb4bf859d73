"""Imports and the limited process that reads their files: killed, cancelled, out of time; and JSON that is none of a data standard."""

from __future__ import annotations

import itertools
import json
import os
import signal
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from credit_platform.confined import session as sessions
from credit_platform.gate import table
from credit_platform.gate.refusals import Interrupted
from records.imports.batches import batches, engine, sweeping, tries
from records.imports.ledger import stage
from records.models import CreditRecord, ImportBatch
from records.tests.imports.samples import as_csv, as_json, bring, counts, penalty

pytestmark = pytest.mark.django_db
State = ImportBatch.State


@pytest.fixture
def batch(penalties, market_bureau, alice_clerk):
    options = batches.Options(standard="penalty-2018", department=market_bureau)
    rows = [penalty(number, market_bureau) for number in range(600)]
    return batches.receive([as_csv(rows)], "处罚.csv", options, by=alice_clerk)


@pytest.fixture
def children(monkeypatch):
    """The processes that were started, the last one last."""
    started = []
    spawned = sessions._spawned

    def noted(*arguments):
        started.append(spawned(*arguments))
        return started[-1]

    monkeypatch.setattr(sessions, "_spawned", noted)
    return started


def after_rows(count: int, act, monkeypatch) -> None:
    """Do something once, when so many rows of a file have been heard."""
    sheets, left = table.Table.sheets, [True]

    def watched(self, names=None):
        for sheet in sheets(self, names):
            yield table.Sheet(sheet.name, _counted(sheet.lines), sheet.since_1904)

    def _counted(lines):
        for number, line in enumerate(lines):
            if number == count and left:
                left.clear()
                act()
            yield line

    monkeypatch.setattr(table.Table, "sheets", watched)


def test_a_reader_killed_in_the_middle_is_no_fault_of_the_file_and_the_next_try_ends_it(batch, children, monkeypatch):
    monkeypatch.setattr(engine, "CHUNK_ROWS", 100)
    monkeypatch.setattr(sessions, "_PIPE", 4096)
    after_rows(150, lambda: os.kill(children[-1].pid, signal.SIGKILL), monkeypatch)
    with pytest.raises(Interrupted, match="中断"):
        engine.run(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.progress["read"] % 100) == (State.READING, 0)
    assert 100 <= batch.progress["read"] < 600
    assert stage.count(batch.pk) == batch.progress["staged"]
    assert not CreditRecord.objects.exists(), "nothing half done"
    ImportBatch.objects.filter(pk=batch.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=1))
    assert sweeping.waiting() == [batch.pk]
    done = engine.run(batch.pk)
    assert counts(done) == (600, 600, 0, 0)
    assert CreditRecord.objects.count() == 600


def test_a_reader_that_is_killed_every_time_is_given_up_with_the_reason(batch, children, monkeypatch):
    for number in range(tries.MOST):
        with monkeypatch.context() as patch:
            patch.setattr(table.Table, "kind", property(lambda self: _killed()))
            with pytest.raises(Interrupted):
                engine.run(batch.pk)
        batch.refresh_from_db()
        assert (batch.state == State.FAILED) is (number == tries.MOST - 1)
    assert "读取文件的程序被系统中断" in batch.refusal


def _killed():
    raise Interrupted("file.interrupted", "读取文件的程序被系统中断。")


def test_no_process_is_left_behind(batch, children):
    engine.run(batch.pk)
    assert children
    assert all(child.poll() is not None for child in children)


def test_a_silent_reader_is_left_when_the_batch_was_cancelled(batch, alice_clerk, monkeypatch, children):
    """The reader is stopped (not dead); the batch is cancelled meanwhile, and the worker does not wait for the reader."""
    monkeypatch.setattr(engine, "HEARTBEAT_SECONDS", 0)
    monkeypatch.setattr(sessions, "_TICK", 0.1)
    monkeypatch.setattr(sessions, "_PIPE", 4096)

    def halt():
        os.kill(children[-1].pid, signal.SIGSTOP)
        batches.cancel(batch, by=alice_clerk)

    monkeypatch.setattr(engine, "CHUNK_ROWS", 10**6)
    after_rows(10, halt, monkeypatch)
    assert engine.run(batch.pk).state == State.CANCELLED
    assert children[-1].poll() is not None
    assert not CreditRecord.objects.exists()


def test_a_silent_reader_does_not_make_the_batch_look_forgotten(batch, monkeypatch):
    monkeypatch.setattr(engine, "HEARTBEAT_SECONDS", 0)
    ImportBatch.objects.filter(pk=batch.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=9))
    engine._Run(batch, batch.uploaded_by)._still_wanted()
    assert sweeping.waiting() == []


def test_a_try_that_ran_out_of_time_goes_on_when_it_got_further_and_is_given_up_when_not(batch, monkeypatch):
    monkeypatch.setattr(engine, "CHUNK_ROWS", 100)

    def out_of_time():
        raise SoftTimeLimitExceeded

    after_rows(250, out_of_time, monkeypatch)
    with pytest.raises(SoftTimeLimitExceeded):
        engine.run(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.progress["read"]) == (State.READING, 200)
    monkeypatch.setattr(engine._Run, "go", lambda self: out_of_time())
    with pytest.raises(SoftTimeLimitExceeded):
        engine.run(batch.pk)
    batch.refresh_from_db()
    assert batch.state == State.FAILED
    assert "超过单次处理的时限仍没有进展" in batch.refusal
    assert not CreditRecord.objects.exists()


# --- JSON


def test_what_is_left_out_makes_many_lists_of_keys_and_is_no_offence(penalties, market_bureau, alice_clerk):
    """A program that leaves out empty fields, each row others, and adds a key of its own."""
    optional = ("CF_FRDB", "CF_SJLY", "CF_YXQ", "CF_NR_FK", "CF_WFSDX", "CF_DKZZ", "CF_ZKDX", "BZ")
    rows = []
    for number, left_out in enumerate(itertools.product((True, False), repeat=7)):
        row = penalty(number, market_bureau, BZ="备注", id=number)
        rows.append({key: row[key] for key in row if not (key in optional and left_out[optional.index(key) % 7])})
    batch = bring(as_json(rows), "a.json", market_bureau, alice_clerk)
    assert batch.state == State.DONE, batch.refusal
    assert batch.total == len(rows) > 50
    assert "id" in batch.findings.get(rule="column.unknown").text


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{f"k{n}": 1 for n in range(300)}], "第1项有 300 个字段"),
        ([{f"k{n}": 1, "x": 2} for n in range(60)], "各不相同"),
        ([{"CF_WSH": "1"}, {"CF_WSH": "2", "CF_SY": "家住示例街9号\ud800"}], "第2项的字段“CF_SY”含有不完整的字符"),
    ],
)
def test_absurd_json_is_refused_at_once_with_the_place(rows, words, penalties, market_bureau, alice_clerk, caplog):
    batch = bring(json.dumps(rows).encode(), "a.json", market_bureau, alice_clerk)
    assert batch.state == State.REFUSED
    assert words in batch.refusal
    assert "示例街" not in caplog.text + batch.refusal
    assert batch.progress["tries"] == 1
