"""A file that ends its worker every time is given up; a database that is away never is."""

from __future__ import annotations

import errno

import pytest
from django.db import OperationalError
from django.urls import reverse

from credit_platform.audit.models import AuditEntry
from records.imports.batches import batches, engine, tries, work
from records.models import CreditRecord, ImportBatch
from records.tasks import resume_imports
from records.tests.imports.samples import as_csv, penalty

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(penalties, market_bureau, alice_clerk):
    options = batches.Options(standard="penalty-2018", department=market_bureau)
    return batches.receive([as_csv([penalty(1, market_bureau)])], "处罚.csv", options, by=alice_clerk)


def breaking(monkeypatch, error):
    def enter(self, *args):
        raise error

    monkeypatch.setattr(engine._Run, "_enter", enter)


def run_and_break(batch, error):
    with pytest.raises(type(error)):
        engine.run(batch.pk)
    batch.refresh_from_db()


def test_a_file_that_always_breaks_is_given_up_and_told(
    batch, monkeypatch, client, alice_clerk, caplog, settings, django_capture_on_commit_callbacks
):
    breaking(monkeypatch, ZeroDivisionError())
    for number in range(1, tries.MOST):
        run_and_break(batch, ZeroDivisionError())
        assert (batch.state, batch.progress["tries"]) == ("applying", number)
    run_and_break(batch, ZeroDivisionError())
    assert batch.state == "failed"
    assert "连续 5 次中断（程序错误 ZeroDivisionError）" in batch.refusal
    assert "given up after 5 tries" in caplog.text
    assert AuditEntry.objects.get(verb="records.import.fail").object_id == str(batch.pk)
    assert CreditRecord.objects.count() == 0
    settings.IMPORT_QUIET_SECONDS = -1
    assert resume_imports() == 0, "the sweep leaves it alone"
    client.force_login(alice_clerk)
    page = client.get(reverse("records:import", args=[batch.pk])).text
    assert "处理失败" in page
    assert "重新上传同一文件" in page


def test_a_batch_whose_worker_is_killed_every_time_is_given_up_at_the_next_try(batch):
    ImportBatch.objects.filter(pk=batch.pk).update(progress={"tries": tries.MOST})
    assert engine.run(batch.pk).state == "failed"
    assert engine.run(batch.pk).state == "failed"
    assert AuditEntry.objects.filter(verb="records.import.fail").count() == 1


@pytest.mark.parametrize("error", [OperationalError("server closed"), OSError(errno.ENOSPC, "No space left on device")])
def test_what_the_machine_did_is_not_counted(batch, monkeypatch, error):
    with monkeypatch.context() as broken:
        breaking(broken, error)
        for _ in range(tries.MOST + 3):
            run_and_break(batch, error)
        assert batch.progress["tries"] == 0
    assert engine.run(batch.pk).state == "done"
    assert CreditRecord.objects.count() == 1


def test_getting_further_begins_the_count_anew():
    started = {"read": 100, "tries": 4, "furthest": 100}
    assert tries.further(started, last=False) == started
    assert tries.further(started, last=True) == {"read": 100, "tries": 1, "furthest": 101}
    assert tries.further({**started, "read": 200}, last=False)["tries"] == 1
    assert tries.carried_over({**started, "staged": 3}) == {"tries": 4, "furthest": 100}


def test_a_given_up_file_stands_on_the_desk_until_it_is_sent_again(batch, market_bureau, alice_clerk):
    ImportBatch.objects.filter(pk=batch.pk).update(progress={"tries": tries.MOST})
    engine.run(batch.pk)
    titles = [section.title for section in work.import_work(alice_clerk, None)]
    assert "导入处理失败" in titles
    options = batches.Options(standard="penalty-2018", department=market_bureau)
    again = batches.receive([as_csv([penalty(1, market_bureau)])], "处罚.csv", options, by=alice_clerk)
    assert engine.run(again.pk).state == "done"
    assert "导入处理失败" not in [section.title for section in work.import_work(alice_clerk, None)]
