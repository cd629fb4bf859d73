"""Taking a batch back."""

from __future__ import annotations

import pytest

from credit_platform.errors import Conflict, Refused
from records import followers
from records.imports import undo
from records.models import CreditRecord
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
