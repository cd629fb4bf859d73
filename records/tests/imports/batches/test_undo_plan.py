"""What an undo would do with each record, whatever became of it since; and that an undo gives back every column that an import changes."""

from __future__ import annotations

import pytest

from credit_platform.errors import Refused
from records.imports.batches import undo
from records.models import CreditRecord
from records.rules import RECORD_MOVES, RecordStatus
from records.tests.imports.samples import as_csv, bring, penalty

CREATED, UPDATED, REVIVED = "c", "u", "r"


@pytest.fixture(autouse=True)
def nobody_follows(monkeypatch):
    monkeypatch.setattr(undo.followers, "followers", lambda: ())


@pytest.mark.parametrize(
    ("what", "version", "current", "status", "place"),
    [
        (CREATED, 1, 1, "active", "hidden"),
        (REVIVED, 2, 2, "active", "hidden"),
        (UPDATED, 2, 2, "active", "restored"),
        (CREATED, 1, 2, "active", undo.CHANGED),
        (UPDATED, 2, 3, "active", undo.CHANGED),
        (UPDATED, 3, 2, "active", undo.CHANGED),
        (CREATED, 1, 2, "revoked", undo.REVOKED),
        (UPDATED, 2, 3, "revoked", undo.REVOKED),
        (CREATED, 1, 2, "undone", undo.GONE),
        (CREATED, 1, 1, "undone", undo.GONE),
    ],
)
def test_what_becomes_of_a_record(what, version, current, status, place):
    plan = undo._plan([(7, what, version, current, status)])
    assert (plan.hidden == [7], plan.restored == [7], plan.kept.get(7)) == (
        place == "hidden",
        place == "restored",
        place if place in (undo.CHANGED, undo.REVOKED, undo.GONE) else None,
    )


def test_only_what_is_active_is_hidden():
    assert [status for status, verb in RECORD_MOVES if verb == "undo"] == [RecordStatus.ACTIVE]


def test_a_follower_speaks_of_what_would_be_hidden_and_not_of_what_gets_its_content_back(monkeypatch):
    asked = []

    class Follower:
        def may_undo(self, ids):
            asked.append(list(ids))
            return {ids[0]: "已公示"}

    monkeypatch.setattr(undo.followers, "followers", lambda: (Follower(), Follower()))
    plan = undo._plan([(1, CREATED, 1, 1, "active"), (2, CREATED, 1, 1, "active"), (3, UPDATED, 2, 2, "active")])
    assert asked == [[1, 2], [1, 2]]
    assert (plan.hidden, plan.restored, plan.kept) == ([2], [3], {1: "已公示"})


UNTOUCHED = {
    "id", "subject", "item", "kind", "source_department", "document_key", "status", "version", "batch", "entered_by", "first_arrived_at",
    "first_compliant_at", "revoked_on", "revoked_reason", "replaces", "created_at", "updated_at",
}  # fmt: skip
"""What an import never changes of a record that it finds, or what the history of the record is."""


def test_every_column_of_a_record_is_given_back_or_is_named_as_one_that_no_import_changes():
    """Against the model's own fields: a new column of the ledger has to be put on one side."""
    given_back = {name.strip().removesuffix("_id") for name in undo._RESTORED.split(",")}
    assert given_back.isdisjoint(UNTOUCHED)
    assert given_back | UNTOUCHED == {field.name for field in CreditRecord._meta.concrete_fields}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"CF_WFXW": "另一违法行为"},
        {"CF_YXQ": "2028-01-01"},
        {"CF_WSH": "示市监罚[2026]7号"},
        {"CF_NR": "罚款人民币3000元。", "CF_NR_FK": "0.3"},
        {"CF_NR_FK": "2000"},
    ],
)
def test_an_undo_gives_back_what_a_second_file_changed(change, penalties, market_bureau, alice_clerk):
    given_back = [name.strip() for name in undo._RESTORED.split(",")]
    bring(as_csv([penalty(7, market_bureau)]), "一.csv", market_bureau, alice_clerk)
    before = CreditRecord.objects.values(*given_back).get()
    batch = bring(as_csv([penalty(7, market_bureau, **change)]), "二.csv", market_bureau, alice_clerk)
    assert CreditRecord.objects.values(*given_back).get() != before
    undo.undo_batch(batch, by=alice_clerk, reason="传错文件")
    assert CreditRecord.objects.values(*given_back).get() == before


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["", "  "])
def test_an_undo_has_a_reason(reason, penalties, market_bureau, alice_clerk):
    batch = bring(as_csv([penalty(7, market_bureau)]), "一.csv", market_bureau, alice_clerk)
    with pytest.raises(Refused, match="撤回原因"):
        undo.undo_batch(batch, by=alice_clerk, reason=reason)
    assert set(CreditRecord.objects.values_list("status", flat=True)) == {"active"}


@pytest.mark.django_db
def test_of_a_name_list_at_most_so_many_are_named(penalties, market_bureau, alice_clerk):
    bring(as_csv([penalty(n, market_bureau) for n in range(3)]), "一.csv", market_bureau, alice_clerk)
    kept = dict.fromkeys(CreditRecord.objects.order_by("pk").values_list("pk", flat=True), undo.CHANGED)
    assert [len(undo.named(kept, most)) for most in (0, 1, 2, 3, 4)] == [3, 1, 2, 3, 3]
    assert undo.named({-1: undo.CHANGED}) == [("-1", undo.CHANGED)]
