"""Stored periods are reckoned again under the rules as they stand, and departments are told; what one person kept back is looked at again."""

import io
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import reverse

from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Forbidden
from disclosure import actions
from disclosure.actions.periods import Reckoned
from disclosure.models import Disclosure, DisclosureChange, Lowering, MovedEnd
from disclosure.queries.public import public_disclosures
from disclosure.queries.worklists import work
from disclosure.rules.states import State
from disclosure.tests import factories
from disclosure.tests.factories import TODAY, DisclosureFactory, ExemptFactory, PublishedFactory

pytestmark = pytest.mark.django_db

WHY = "示例：规则变更"


@pytest.fixture(autouse=True)
def _on_that_day(today):
    return today


def again(row):
    return Disclosure.objects.get(pk=row.pk)


def old_style(decided=date(2026, 6, 1), published=date(2026, 11, 2), ends=date(2029, 11, 2), **more):
    """A severe penalty as the draft of 令第36号 had it: from publication, and until the duty was performed."""
    record = factories.severe_penalty(decided_on=decided)
    values = {
        "published_on": published,
        "ends_on": ends,
        "waits_for_performance": True,
        "earliest_repair_on": date(2027, 11, 3),
    }
    return PublishedFactory(record=record, **(values | more))


def recompute(**more):
    return actions.recompute_periods(why=WHY, on=TODAY, **more)


def test_the_end_moves_back_to_the_document_and_the_department_is_told():
    row = old_style()
    assert recompute() == Reckoned(seen=1, written=1, moved=1, stopped=0)
    after = again(row)
    assert (after.ends_on, after.earliest_repair_on, after.waits_for_performance) == (
        date(2029, 6, 1),
        date(2027, 6, 2),
        False,
    )
    assert after.version == row.version + 1
    told = MovedEnd.objects.get()
    assert (told.old_end, told.waited, told.new_end, told.stopped) == (date(2029, 11, 2), True, date(2029, 6, 1), False)
    assert (told.department, told.why, told.rule_set) == (row.source_department, WHY, "R3")
    assert [each.event for each in DisclosureChange.objects.all()] == ["changed"]
    entry = AuditEntry.objects.get(verb="disclosure.recompute_periods")
    assert (entry.members, entry.reason) == ([row.pk], WHY)
    assert "决定之日2026年6月1日" in "".join(after.ends_explained["lines"])


def test_twice_is_once():
    old_style()
    recompute()
    done = recompute()
    assert (done.seen, done.written) == (1, 0)
    assert (MovedEnd.objects.count(), DisclosureChange.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("decided", "shown"), [(date(2023, 11, 22), False), (date(2023, 11, 23), True), (date(2023, 11, 24), True)]
)
def test_what_is_over_by_now_stops_being_public_at_once(decided, shown):
    """The day before, the day, the day after: three years from the decision."""
    row = old_style(decided=decided, published=date(2026, 4, 10), ends=date(2029, 4, 10))
    assert row in public_disclosures(TODAY)
    recompute()
    assert (again(row) in public_disclosures(TODAY)) == shown
    assert again(row).state == (State.PUBLISHED if shown else State.ENDED)
    assert DisclosureChange.objects.get().event == ("changed" if shown else "ended")
    assert MovedEnd.objects.get().stopped == (not shown)


def test_suspended_and_repaired_ones_follow_without_an_event():
    for factory in (factories.SuspendedFactory, factories.RepairedFactory):
        record = factories.severe_penalty(decided_on=date(2026, 6, 1))
        factory(record=record, published_on=date(2026, 11, 2), ends_on=date(2029, 11, 2))
    recompute()
    assert set(Disclosure.objects.values_list("ends_on", flat=True)) == {date(2029, 6, 1)}
    assert not DisclosureChange.objects.exists()
    repaired = Disclosure.objects.get(state=State.REPAIRED)
    actions.restore(repaired, by=CreditOfficeFactory(), reason="错修", on=TODAY)
    assert again(repaired).ends_on == date(2029, 6, 1), "to the original last day"


def test_a_milder_class_of_today_holds_for_what_was_published_before():
    """Published under R2 for three years; 一般 under 令第36号: one year."""
    record = factories.severe_penalty(decided_on=date(2026, 3, 20))
    record.content |= {"CF_CFLB": "没收违法所得"}
    record.save()
    row = PublishedFactory(
        record=record, published_on=date(2026, 3, 30), ends_on=date(2029, 3, 20), rule_set="R2", severity=""
    )
    recompute()
    assert (again(row).rule_set, again(row).severity, again(row).ends_on) == ("R3", "一般", date(2027, 3, 20))


def test_a_fine_without_a_class_keeps_the_period_it_was_published_under():
    record = factories.fine(decided_on=date(2026, 3, 20))
    row = PublishedFactory(
        record=record,
        published_on=date(2026, 3, 30),
        ends_on=date(2029, 3, 20),
        earliest_repair_on=date(2026, 6, 21),
        rule_set="R2",
        severity="",
    )
    recompute()
    assert (again(row).rule_set, again(row).ends_on) == ("R2", date(2029, 3, 20))
    assert not MovedEnd.objects.exists()


def test_a_class_that_the_law_excludes_is_not_made_heavier_but_listed():
    record = factories.severe_penalty(decided_on=date(2026, 6, 1))
    record.content |= {"HRB_YZCD": "一般"}
    record.save()
    row = PublishedFactory(record=record, published_on=date(2026, 6, 10), ends_on=date(2027, 6, 10), severity="一般")
    recompute()
    assert again(row).ends_on == date(2027, 6, 1)
    assert row.lowerings.get().state == "barred"


def test_a_dry_run_writes_nothing():
    row = old_style()
    assert recompute(dry_run=True).moved == 1
    assert again(row).ends_on == date(2029, 11, 2)
    assert not MovedEnd.objects.exists()
    out = io.StringIO()
    call_command("recompute_periods", why=WHY, stdout=out)
    assert "截止日 1 条" in out.getvalue()


def test_only_the_platform_does_it():
    with pytest.raises(Forbidden):
        actions.recompute_periods(why=WHY, by=CreditOfficeFactory())
    with pytest.raises(Forbidden):
        actions.revisit_exempt(why=WHY, by=ReviewerFactory())


def test_the_migration_does_both():
    row = old_style()
    kept = kept_back("轻微")
    import_module("disclosure.migrations.0017_periods_reckoned_again").reckon(apps, None)
    assert again(row).ends_on == date(2029, 6, 1)
    assert again(kept).awaits_confirmation


def kept_back(stated, kinds="罚款", **more):
    record = factories.fine()
    record.content |= {"CF_CFLB": kinds, "HRB_YZCD": stated}
    record.entered_by = ClerkFactory(department=record.source_department)
    record.save()
    return ExemptFactory(record=record, ended_why="属“轻微失信（机关认定）”", **more)


def test_what_one_person_kept_back_awaits_another():
    row = kept_back("轻微")
    assert actions.revisit_exempt(why=WHY, on=TODAY) == 1
    after, said = again(row), row.lowerings.get()
    assert (after.state, after.awaits_confirmation, after.submitted_by) == (
        State.SUBMITTED,
        True,
        row.record.entered_by,
    )
    assert (said.state, said.said_by, said.what) == ("waiting", row.record.entered_by, "class")
    assert actions.revisit_exempt(why=WHY, on=TODAY) == 0
    actions.confirm(after, by=ReviewerFactory(department=row.source_department), on=TODAY)
    assert actions.revisit_exempt(why=WHY, on=TODAY) == 0


def test_what_the_law_does_not_let_be_kept_back_is_a_draft_again():
    row = kept_back("轻微", "吊销许可证件")
    actions.revisit_exempt(why=WHY, on=TODAY)
    assert (again(row).state, row.lowerings.get().state) == (State.DRAFT, "barred")


def test_a_word_of_the_desk_is_found_in_the_trail():
    row = DisclosureFactory(record=factories.severe_penalty())
    one = ReviewerFactory(department=row.source_department)
    actions.exempt(row, by=one, reason="涉及商业秘密")
    Lowering.objects.all().delete()
    Disclosure.objects.filter(pk=row.pk).update(state=State.EXEMPT, awaits_confirmation=False, ended_why="涉及商业秘密")
    actions.revisit_exempt(why=WHY, on=TODAY)
    said = row.lowerings.get()
    assert (said.said_by, said.what, again(row).state) == (one, "exemption", State.SUBMITTED)
    with pytest.raises(Forbidden):
        actions.confirm(again(row), by=one, on=TODAY)


def test_what_a_rule_keeps_back_stays():
    record = factories.fine()
    record.content |= {"CF_CFLB": "警告"}
    record.save()
    ExemptFactory(record=record, ended_why="属“轻微失信（警告、通报批评）”")
    assert actions.revisit_exempt(why=WHY, on=TODAY) == 0


def listed(client, user, query=""):
    client.force_login(user)
    return client.get(reverse("disclosure:moved-ends") + query)


def test_the_list_is_the_departments_with_filters_and_export(client):
    row, other = old_style(), old_style(decided=date(2023, 11, 1), published=date(2026, 4, 10), ends=date(2029, 4, 10))
    recompute()
    reviewer = ReviewerFactory(department=row.source_department)
    page = listed(client, reviewer)
    assert [each.disclosure_id for each in page.context["listing"].page.items] == [row.pk]
    assert "期满并履行之日" in page.content.decode()
    assert "2029年6月1日" in page.content.decode()
    office = CreditOfficeFactory()
    for query, found in (
        ("", {row.pk, other.pk}),
        ("?stopped=true", {other.pk}),
        ("?read=yes", set()),
        ("?end_to=2026-12-31", {other.pk}),
        (f"?department={row.source_department_id}", {row.pk}),
        (f"?q={other.document_number}", {other.pk}),
    ):
        assert {each.disclosure_id for each in listed(client, office, query).context["listing"].page.items} == found, (
            query
        )
    body = b"".join(listed(client, reviewer, "?export=csv").streaming_content).decode()
    assert (WHY in body, other.document_number in body) == (True, False)
    assert "没有变动" in listed(client, ReviewerFactory()).content.decode()


def test_it_stands_in_the_work_list_until_it_is_read(client):
    row = old_style()
    recompute()
    reviewer = ReviewerFactory(department=row.source_department)
    section = next(each for each in work(reviewer, TODAY) if each.title == "公示截止日有变动")
    assert (str(section.count), section.rows[0].note) == ("1", "期满并履行之日 → 2029年6月1日")
    client.force_login(reviewer)
    told = MovedEnd.objects.get()
    client.post(reverse("disclosure:moved-ends-read"), {"id": [told.pk, "x"]})
    assert MovedEnd.objects.get().read_at is not None
    assert next(each for each in work(reviewer, TODAY) if each.title == "公示截止日有变动").rows == []
    stranger = ReviewerFactory()
    assert actions.read_moved_ends(stranger, [told.pk]) == 0
