"""The desk's pages of lists: who sees which entries, what they tell."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from credit_platform.accounts.tests.factories import AuditorFactory, ClerkFactory, CreditOfficeFactory
from sanctions.lists.rules import Way
from sanctions.lists.tests.factories import TODAY, SeriousListFactory, WaitingListFactory, enter, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listing")]


def page(client, user, name: str, *args, status: int = 200, **query) -> str:
    client.force_login(user)
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status
    return answer.content.decode() if not answer.streaming else b"".join(answer.streaming_content).decode("utf-8-sig")


def test_the_lists_tell_what_holds_and_what_waits(client):
    SeriousListFactory(name="施行的名单")
    WaitingListFactory(name="等待的名单")
    text = page(client, ClerkFactory(), "lists:lists")
    assert "施行中" in text
    assert "待主管部门意见" in text


def test_entries_are_those_of_the_department_and_of_all_for_the_credit_office(client):
    entry, other = enter(SeriousListFactory(), given=said(1)), enter(SeriousListFactory(), given=said(2))
    mine = page(client, ClerkFactory(department=entry.record.source_department), "lists:entries")
    assert entry.subject.name in mine
    assert other.subject.name not in mine
    everything = page(client, CreditOfficeFactory(), "lists:entries")
    assert {entry.subject.name in everything, other.subject.name in everything} == {True}
    page(client, ClerkFactory(department=entry.record.source_department), "lists:entry", other.pk, status=404)
    page(client, AuditorFactory(), "lists:entries", status=403)


def test_tabs_and_files_follow_the_day(client):
    entry = enter(SeriousListFactory())
    clerk = ClerkFactory(department=entry.record.source_department)
    entry.ended_on, entry.ended_way = TODAY, Way.SOURCE.value
    entry.save()
    assert entry.subject.name not in page(client, clerk, "lists:entries")
    assert entry.subject.name in page(client, clerk, "lists:entries", scope="ended")
    assert entry.document_number in page(client, clerk, "lists:entries", scope="all", export="csv")


def test_an_entry_tells_its_days_and_its_rule(client):
    row = SeriousListFactory(conflict_note="两个规定不一致。")
    entry = enter(row, given=said(attached_until=TODAY + timedelta(days=700)))
    text = page(client, ClerkFactory(department=entry.record.source_department), "lists:entry", entry.pk)
    for words in ("期限逐日说明", "2029年11月23日", "所附禁止、限制期限届满", "两个规定不一致", "在列"):
        assert words in text


def test_the_pages_of_the_ledger_tell_on_which_lists_a_subject_stands(client):
    row = SeriousListFactory(name="示例工资名单")
    entry = enter(row)
    clerk = ClerkFactory(department=entry.record.source_department)
    assert "示例工资名单" in page(client, clerk, "records:record", entry.record_id)
    assert "示例工资名单" in page(client, clerk, "records:subject", entry.subject_id)
