"""Taking a batch back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Refused
from records import actions, followers, tasks
from records.imports.batches import undo, undoing
from records.models import CreditRecord, ImportBatch, Subject, SubjectName
from records.queries import search_subjects
from records.tests import factories
from records.tests.factories import valid_code
from records.tests.imports.samples import as_csv, bring, counts, penalty

pytestmark = pytest.mark.django_db


def statuses() -> dict[str, str]:
    return dict(CreditRecord.objects.values_list("document_number", "status"))


def test_created_records_are_hidden_and_come_back_with_the_next_import(penalties, alice_clerk, market_bureau):
    data = as_csv([penalty(n, market_bureau) for n in range(3)])
    batch = bring(data, "a.csv", market_bureau, alice_clerk)
    done = undo.undo_batch(batch, by=alice_clerk, reason="传错文件")
    batch.refresh_from_db()
    assert (batch.state, len(done.hidden), set(statuses().values())) == ("undone", 3, {"undone"})
    again = bring(data, "a.csv", market_bureau, alice_clerk)
    assert (counts(again), again.progress["revived"]) == ((3, 3, 0, 0), 3)
    assert set(statuses().values()) == {"active"}


def test_updated_records_get_their_former_content_back(penalties, alice_clerk, market_bureau):
    rows = [penalty(n, market_bureau) for n in range(3)]
    bring(as_csv(rows), "a.csv", market_bureau, alice_clerk)
    before = CreditRecord.objects.get(document_number="示市监罚〔2026〕1号")
    rows[1]["CF_SY"] = "写错的事实。"
    batch = bring(as_csv(rows), "b.csv", market_bureau, alice_clerk)
    done = undo.undo_batch(batch, by=alice_clerk, reason="写错了")
    after = CreditRecord.objects.get(pk=before.pk)
    assert done.restored == [before.pk]
    assert (after.content, after.content_hash, after.status) == (before.content, before.content_hash, "active")
    assert after.version == 3


def test_records_changed_since_are_named_and_kept(penalties, alice_clerk, market_bureau):
    rows = [penalty(n, market_bureau) for n in range(3)]
    first = bring(as_csv(rows), "a.csv", market_bureau, alice_clerk)
    rows[1]["CF_SY"] = "更正后的事实。"
    bring(as_csv(rows), "b.csv", market_bureau, alice_clerk)
    done = undo.undo_batch(first, by=alice_clerk, reason="重复")
    assert len(done.hidden) == 2
    assert list(done.kept.values()) == [undo.CHANGED]
    assert first.findings.get(rule="undo.kept").value == "示市监罚〔2026〕1号"
    assert statuses()["示市监罚〔2026〕1号"] == "active"


def test_a_follower_keeps_what_was_handed_on(penalties, alice_clerk, market_bureau, monkeypatch):
    class Published:
        def __getattr__(self, name):
            return lambda *args, **kwargs: {}

        def may_undo(self, record_ids):
            return {max(record_ids): "已公示"}

    monkeypatch.setattr(followers, "_followers", [Published()])
    batch = bring(as_csv([penalty(n, market_bureau) for n in range(2)]), "a.csv", market_bureau, alice_clerk)
    done = undo.undo_batch(batch, by=alice_clerk, reason="重复")
    assert (len(done.hidden), list(done.kept.values())) == (1, ["已公示"])


def register(rows: list[tuple[str, str, str]], clerk: object, bureau: object, name: str = "r.csv") -> object:
    lines = ["企业名称,统一社会信用代码,成立日期,法定代表人", *(",".join((n, c, "2015-01-02", r)) for n, c, r in rows)]
    return bring("\n".join(lines).encode(), name, bureau, clerk, standard="registration")


def test_a_subject_of_an_undone_batch_only_is_not_found_by_the_public(registrations, alice_clerk, market_bureau):
    made = [(f"哈尔滨错传{n}号有限公司", valid_code(30000100 + n), "甲某") for n in range(30)]
    batch = register(made, alice_clerk, market_bureau)
    true = factories.SubjectFactory(name="哈尔滨错传旧字号有限公司")
    assert len(search_subjects("错传", public=True, limit=50).hits) == 31
    undo.undo_batch(batch, by=alice_clerk, reason="传错文件")
    assert [hit.subject for hit in search_subjects("错传", public=True, limit=5).hits] == [true]
    assert search_subjects(made[0][1], public=True).hits == []
    assert len(search_subjects("错传", limit=50).hits) == 31, "the staff sees that the subject is in the register"
    register(made, alice_clerk, market_bureau, "again.csv")
    assert len(search_subjects("错传", public=True, limit=50).hits) == 31


def test_a_known_subject_gets_its_name_and_particulars_back(penalties, registrations, alice_clerk, market_bureau):
    bring(as_csv([penalty(1, market_bureau)]), "a.csv", market_bureau, alice_clerk)
    before = Subject.objects.values().get()
    batch = register([("哈尔滨错名有限公司", before["code"], "丙某")], alice_clerk, market_bureau)
    assert Subject.objects.get().name == "哈尔滨错名有限公司"
    undo.undo_batch(batch, by=alice_clerk, reason="传错文件")
    after = Subject.objects.values().get()
    assert {name for name in before if before[name] != after[name]} == {"updated_at"}
    assert list(SubjectName.objects.values_list("name", "is_current")) == [(before["name"], True)]
    assert [hit.subject.pk for hit in search_subjects(before["name"], public=True).hits] == [before["id"]]


def test_a_name_given_by_somebody_since_stays(penalties, registrations, alice_clerk, market_bureau):
    bring(as_csv([penalty(1, market_bureau)]), "a.csv", market_bureau, alice_clerk)
    subject = Subject.objects.get()
    batch = register([("哈尔滨错名有限公司", subject.code, "丙某")], alice_clerk, market_bureau)
    actions.rename(
        Subject.objects.get(), "哈尔滨正名有限公司", by=alice_clerk, since=date(2026, 11, 1), reason="变更登记"
    )
    undo.undo_batch(batch, by=alice_clerk, reason="传错文件")
    assert Subject.objects.get().name == "哈尔滨正名有限公司"


def test_an_undo_needs_a_reason_and_happens_once(penalties, alice_clerk, market_bureau):
    batch = bring(as_csv([penalty(1, market_bureau)]), "a.csv", market_bureau, alice_clerk)
    with pytest.raises(Refused):
        undo.undo_batch(batch, by=alice_clerk, reason=" ")
    undo.undo_batch(batch, by=alice_clerk, reason="重复")
    with pytest.raises(Conflict):
        undo.undo_batch(batch, by=alice_clerk, reason="重复")


def test_another_department_may_not_undo(penalties, alice_clerk, dan_other_clerk, market_bureau):
    batch = bring(as_csv([penalty(1, market_bureau)]), "a.csv", market_bureau, alice_clerk)
    with pytest.raises(Exception, match="没有权限"):
        undo.undo_batch(batch, by=dan_other_clerk, reason="重复")


def test_a_large_batch_is_taken_back_by_a_worker_in_the_name_of_who_asked(
    penalties, alice_clerk, market_bureau, monkeypatch
):
    monkeypatch.setattr(undoing, "AT_ONCE", 1)
    batch = bring(as_csv([penalty(n, market_bureau) for n in range(1, 4)]), "a.csv", market_bureau, alice_clerk)
    with pytest.raises(Refused, match="撤回原因"):
        undoing.take_back(batch, by=alice_clerk, reason=" ")
    assert undoing.take_back(batch, by=alice_clerk, reason="传错文件") is None
    batch.refresh_from_db()
    assert (batch.state, set(statuses().values())) == ("undoing", {"active"})
    with pytest.raises(Conflict):
        undoing.take_back(batch, by=alice_clerk, reason="再来一次")
    ImportBatch.objects.filter(pk=batch.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=1))
    assert tasks.resume_imports() == 1
    batch.refresh_from_db()
    assert (batch.state, set(statuses().values())) == ("undone", {"undone"})
    assert batch.progress["undo"]["reason"] == "传错文件"
    assert AuditEntry.objects.get(verb="records.import.undo").actor_id == alice_clerk.pk
    undoing.run(batch.pk)


def test_what_cannot_be_taken_back_is_told_and_a_worker_that_dies_is_given_up(
    penalties, alice_clerk, market_bureau, monkeypatch
):
    monkeypatch.setattr(undoing, "AT_ONCE", 0)
    batch = bring(as_csv([penalty(1, market_bureau)]), "a.csv", market_bureau, alice_clerk)
    undoing.take_back(batch, by=alice_clerk, reason="传错文件")
    CreditRecord.objects.update(status="revoked", revoked_on=timezone.localdate())
    undoing.run(batch.pk)
    batch.refresh_from_db()
    assert batch.state == "done"
    assert "没有可以撤回的记录" in batch.progress["undo_refused"]
    CreditRecord.objects.update(status="active")
    undoing.take_back(batch, by=alice_clerk, reason="传错文件")

    def dies(*args, **more):
        raise RuntimeError("killed")

    monkeypatch.setattr(undoing, "undo_batch", dies)
    for _ in range(undoing.MOST_TRIES):
        with pytest.raises(RuntimeError):
            undoing.run(batch.pk)
    undoing.run(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, set(statuses().values())) == ("done", {"active"})
    assert "连续中断" in batch.progress["undo_refused"]
