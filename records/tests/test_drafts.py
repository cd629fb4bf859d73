"""A form begun and forgotten does not keep personal numbers for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Forbidden
from records.actions import drafts
from records.models import EntryDraft
from records.queries.work import drafted_for
from records.tasks import expire_drafts
from records.tests.factories import EntryDraftFactory

pytestmark = pytest.mark.django_db


def draft(days: int) -> EntryDraft:
    """A draft that was saved last so many days ago."""
    return EntryDraftFactory(updated_at=timezone.now() - timedelta(days=days, minutes=1))


def test_what_nobody_touched_for_ninety_days_goes_and_the_rest_stays() -> None:
    old, young = draft(90), draft(89)
    assert expire_drafts() == 1
    assert list(EntryDraft.objects.all()) == [young]
    entry = AuditEntry.objects.get(verb="records.draft.expire")
    assert (entry.actor_kind, entry.after, entry.members) == (SYSTEM.actor_kind, {"count": 1}, [old.pk])


def test_nothing_old_leaves_no_entry() -> None:
    draft(1)
    assert expire_drafts() == 0
    assert not AuditEntry.objects.filter(verb="records.draft.expire").exists()


def test_many_go_by_batches_with_one_entry_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "_AT_ONCE", 2)
    for _ in range(5):
        draft(100)
    assert expire_drafts() == 5
    counted = (
        AuditEntry.objects.filter(verb="records.draft.expire").order_by("pk").values_list("after__count", flat=True)
    )
    assert list(counted) == [2, 2, 1]


def test_only_the_clock_may(alice_clerk: User) -> None:
    with pytest.raises(Forbidden):
        drafts.expire_drafts(by=alice_clerk)


def test_a_draft_tells_for_whom_it_was_begun() -> None:
    named = EntryDraftFactory(standard="penalty-2018", data={"CF_XDR_MC": " 哈尔滨甲商贸有限公司 "})
    assert drafted_for(named) == "哈尔滨甲商贸有限公司"
    assert drafted_for(EntryDraftFactory(standard="penalty-2018", data={})) == ""
    assert drafted_for(EntryDraftFactory(standard="penalty-2018", data={"CF_XDR_MC": {"sealed": "x"}})) == ""
    assert drafted_for(EntryDraftFactory(standard="no-such-standard", data={"CF_XDR_MC": "某某"})) == ""
