"""A list in editions: moves, days in force, what is copied, refused, and what the audit keeps."""

from __future__ import annotations

import re
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from credit_platform.accounts.tests import factories as people
from credit_platform.audit.models import AuditEntry
from credit_platform.editions.comparison import shown_on
from credit_platform.editions.rules import LABELS, MOVES, EditionState, next_state, status
from credit_platform.editions.tests import factories
from credit_platform.editions.tests.factories import FIRST, SECOND
from credit_platform.editions.tests.toy.lists import TOYS
from credit_platform.editions.tests.toy.models import Toy, ToyEdition, ToyEntry
from credit_platform.errors import Conflict, Forbidden, Refused

README = Path(__file__).parents[1] / "README.md"
DAY = timedelta(days=1)
VERBS = {
    "edit": lambda row, by: TOYS.save_entry(row, factories.ToyFactory(code="T-0"), {"kind": "may"}, by=by),
    "issue": lambda row, by: TOYS.issue(row, by=by),
    "repeal": lambda row, by: TOYS.repeal(row, by=by, reason="上位法修改"),
}


@pytest.fixture
def admin(db):
    return people.SystemAdminFactory()


def test_the_moves_are_those_of_the_diagram():
    arrows = re.findall(r"^    (\w+)((?: ──\w+──► \w+)+)", README.read_text(), re.M)
    drawn = {}
    for state, rest in arrows:
        for verb, after in re.findall(r"──(\w+)──► (\w+)", rest):
            drawn[state, verb] = after
            state = after
    assert drawn == {(str(state), verb): str(after) for (state, verb), after in MOVES.items()}
    assert set(LABELS) == set(EditionState)


@pytest.mark.django_db
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", list(EditionState))
def test_every_pair_is_a_move_or_a_refusal(state, verb, admin):
    edition = factories.OF_STATE[state]()
    factories.EntryFactory(edition=edition)
    if (state, verb) in MOVES:
        VERBS[verb](edition, admin)
        edition.refresh_from_db()
        assert edition.state == MOVES[state, verb]
    else:
        with pytest.raises(Conflict, match=LABELS[state]) as refused:
            VERBS[verb](edition, admin)
        assert refused.value.code == "toys.state"
        edition.refresh_from_db()
        assert edition.state == state


@pytest.mark.parametrize(
    ("state", "until", "on", "word"),
    [
        ("draft", None, SECOND, "编制中"),
        ("issued", None, FIRST - DAY, "自2026年1月1日起施行"),
        ("issued", None, FIRST, "现行"),
        ("issued", SECOND, SECOND, "现行"),
        ("issued", SECOND, SECOND + DAY, "已被替代"),
        ("repealed", None, FIRST, "已废止"),
    ],
)
def test_an_edition_is_called_by_its_state_and_its_days(state, until, on, word):
    assert status(state, FIRST, until, on) == word
    assert ToyEdition(state=state, valid_from=FIRST, valid_until=until).status_on(on) == word


@pytest.mark.django_db
def test_an_edition_is_in_force_from_its_first_day_to_its_last():
    edition = factories.IssuedEditionFactory(valid_until=SECOND)
    days = {FIRST - DAY: False, FIRST: True, SECOND: True, SECOND + DAY: False}
    assert {day: ToyEdition.objects.in_force(day).exists() for day in days} == days
    entry = factories.EntryFactory(edition=edition, valid_from=FIRST + DAY, valid_until=SECOND - DAY)
    days = {FIRST: False, FIRST + DAY: True, SECOND - DAY: True, SECOND: False}
    assert {day: ToyEntry.objects.in_force(day).filter(pk=entry.pk).exists() for day in days} == days
    for other in (factories.DraftEditionFactory(valid_from=FIRST), factories.RepealedEditionFactory()):
        factories.EntryFactory(edition=other)
    assert ToyEdition.objects.in_force(FIRST).get() == edition
    assert not ToyEntry.objects.in_force(FIRST).exists()
    assert {each.code for each in ToyEdition.objects.issued()} == {"issued", "repealed"}
    assert {each.edition.code for each in ToyEntry.objects.ever_in_force()} == {"issued"}
    assert ToyEdition.objects.drafts().get().code == "draft"


@pytest.mark.django_db
def test_what_begins_later_is_coming():
    edition = factories.IssuedEditionFactory()
    assert ToyEdition.objects.coming(FIRST - DAY).get() == edition
    assert not ToyEdition.objects.coming(FIRST).exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_ends_before_it_begins():
    factories.IssuedEditionFactory(valid_until=FIRST)
    with pytest.raises(IntegrityError, match="toyedition_days"), transaction.atomic():
        factories.DraftEditionFactory(valid_until=SECOND - DAY)


def test_issuing_ends_the_former_edition_the_day_before(admin):
    former = factories.IssuedEditionFactory()
    draft = TOYS.new("next", "新版", by=admin, basis="示例文件二", valid_from=SECOND)
    TOYS.save_entry(draft, factories.ToyFactory(), {"kind": "may"}, by=admin)
    TOYS.issue(draft, by=admin, reason="批准")
    former.refresh_from_db()
    assert former.valid_until == SECOND - DAY
    assert ToyEdition.objects.in_force(SECOND - DAY).get() == former
    assert ToyEdition.objects.in_force(SECOND).get().code == "next"
    kept = AuditEntry.objects.get(verb="toys.issue")
    assert (kept.reason, kept.basis) == ("批准", "示例文件二")


@pytest.mark.parametrize("day", [FIRST - DAY, FIRST])
def test_an_edition_begins_after_those_in_force(day, admin):
    factories.IssuedEditionFactory()
    draft = factories.DraftEditionFactory(valid_from=day)
    factories.EntryFactory(edition=draft)
    with pytest.raises(Refused, match="不早于本版本"):
        TOYS.issue(draft, by=admin)


def test_the_last_of_several_former_editions_is_ended_and_the_others_stay(admin):
    ended = factories.IssuedEditionFactory(code="ended", valid_from=FIRST - 60 * DAY, valid_until=FIRST - DAY)
    former = factories.IssuedEditionFactory()
    draft = factories.DraftEditionFactory()
    factories.EntryFactory(edition=draft)
    TOYS.issue(draft, by=admin)
    ended.refresh_from_db()
    former.refresh_from_db()
    assert (ended.valid_until, former.valid_until) == (FIRST - DAY, SECOND - DAY)


def test_a_new_edition_begins_with_what_the_former_says(admin):
    former = factories.EntryFactory(edition=factories.IssuedEditionFactory(), valid_until=SECOND, position=3)
    draft = TOYS.new_from(former.edition, by=admin, code="next", name="新版", basis="示例文件二", valid_from=SECOND)
    copied = draft.entries.get()
    said = {name: getattr(former, name) for name in TOYS.fields}
    assert {name: getattr(copied, name) for name in TOYS.fields} == said
    assert set(TOYS.fields) == {"kind", "months", "basis", "valid_from", "valid_until", "position"}
    assert (copied.toy, copied.pk != former.pk, draft.state) == (former.toy, True, "draft")
    assert TOYS.compare(former.edition, draft).same == 1


def test_a_code_is_given_once(admin):
    factories.IssuedEditionFactory()
    with pytest.raises(Conflict, match="已被使用"):
        TOYS.new("issued", "同名", by=admin, basis="示例", valid_from=SECOND)
    assert ToyEdition.objects.count() == 1


def test_what_is_not_sound_is_neither_saved_nor_issued(admin):
    draft = factories.DraftEditionFactory()
    with pytest.raises(Refused, match="还没有事项"):
        TOYS.issue(draft, by=admin)
    with pytest.raises(Refused) as refused:
        TOYS.save_entry(draft, factories.ToyFactory(), {"kind": "must"}, by=admin)
    assert [each.field for each in refused.value.findings] == ["months"]
    assert not ToyEntry.objects.exists()
    factories.EntryFactory(edition=draft)
    factories.EntryFactory(edition=draft, toy__code="T-9", kind="must", months=None)
    with pytest.raises(Refused) as refused:
        TOYS.issue(draft, by=admin)
    assert ["T-9" in each.text for each in refused.value.findings] == [True]
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_an_entry_is_changed_and_taken_out_with_a_trace(admin):
    entry = factories.EntryFactory()
    TOYS.save_entry(entry.edition, entry.toy, {"months": 24, "valid_until": SECOND}, by=admin)
    kept = AuditEntry.objects.get(verb="toys.change")
    assert (kept.before["months"], kept.after) == (12, {"months": 24, "valid_until": "2026-07-01"})
    entry.refresh_from_db()
    TOYS.remove_entry(entry, by=admin, reason="不再采取")
    assert not ToyEntry.objects.exists()
    assert AuditEntry.objects.get(verb="toys.remove").before == {"toy": entry.toy.code}


@pytest.mark.parametrize(
    ("until", "on", "last"),
    [
        (None, FIRST, None),
        (None, FIRST + DAY, FIRST),
        (None, SECOND, SECOND - DAY),
        (SECOND, SECOND + 9 * DAY, SECOND),
        (SECOND, FIRST - DAY, None),
    ],
)
def test_a_repealed_edition_ends_the_day_before_and_counts_until_then(until, on, last, admin):
    entry = factories.EntryFactory(edition=factories.IssuedEditionFactory(valid_until=until))
    edition = TOYS.repeal(entry.edition, by=admin, reason="上位法修改", on=on)
    assert edition.valid_until == last
    assert not ToyEdition.objects.in_force(FIRST).exists()
    assert ToyEntry.objects.ever_in_force().exists() is (last is not None)


def test_a_repeal_needs_its_reason(admin):
    edition = factories.IssuedEditionFactory()
    with pytest.raises(Refused, match="废止理由"):
        TOYS.repeal(edition, by=admin, reason=" ")
    edition.refresh_from_db()
    assert edition.state == "issued"


@pytest.mark.django_db
@pytest.mark.parametrize("who", [people.ClerkFactory, people.ReviewerFactory, people.CreditOfficeFactory])
def test_nobody_else_may(who):
    other, issued, draft = who(), factories.IssuedEditionFactory(), factories.DraftEditionFactory()
    entry = factories.EntryFactory(edition=draft)
    for verb in (
        lambda: TOYS.new("mine", "我的", by=other, basis="", valid_from=SECOND),
        lambda: TOYS.new_from(issued, by=other, code="mine", name="我的", basis="", valid_from=SECOND),
        lambda: TOYS.save_entry(draft, entry.toy, {"months": 1}, by=other),
        lambda: TOYS.remove_entry(entry, by=other, reason="我要"),
        lambda: TOYS.issue(draft, by=other),
        lambda: TOYS.repeal(issued, by=other, reason="我要"),
    ):
        with pytest.raises(Forbidden):
            verb()


@pytest.mark.django_db(transaction=True)
def test_of_two_editions_issued_at_once_one_comes_first():
    admin = people.SystemAdminFactory()
    drafts = [factories.DraftEditionFactory(code=code, valid_from=SECOND) for code in ("a", "b")]
    for draft in drafts:
        factories.EntryFactory(edition=draft)
    ends: list[str] = []

    def issue(draft: ToyEdition) -> None:
        try:
            TOYS.issue(draft, by=admin)
            ends.append("issued")
        except Refused:
            ends.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=issue, args=[draft]) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["issued", "refused"]
    assert ToyEdition.objects.in_force(SECOND).count() == 1


def test_an_unknown_state_of_another_list_is_no_state():
    with pytest.raises(ValueError, match="retired"):
        next_state("retired", "edit", code="toys", what="示例清单")


def test_what_is_registered_once_keeps_its_name(admin):
    made = TOYS.identify(TOYS.named(factories.EntryFactory(toy__code="T-1", toy__name="旧名")), by=admin)
    assert (made.pk, Toy.objects.get().name) == (Toy.objects.get().pk, "旧名")
    assert not AuditEntry.objects.filter(verb="toys.toy.add").exists()


def test_the_comparison_goes_by_codes_and_facts(admin):
    old, new = factories.IssuedEditionFactory(), factories.DraftEditionFactory()
    for code in ("T-3", "T-2", "T-1"):
        factories.EntryFactory(edition=old, toy__code=code)
    factories.EntryFactory(edition=new, toy=Toy.objects.get(code="T-2"), months=None, valid_from=date(2026, 8, 1))
    factories.EntryFactory(edition=new, toy=Toy.objects.get(code="T-3"))
    factories.EntryFactory(edition=new, toy__code="T-4")
    found = TOYS.compare(old, new)
    assert [each.code for each in found.added] == ["T-4"]
    assert [each.code for each in found.removed] == ["T-1"]
    (changed,) = found.changed
    assert (changed.code, [(each.label, each.before, each.after) for each in changed.differences]) == (
        "T-2",
        [("期限（月）", "12", ""), ("生效日期", "", "2026-08-01")],
    )
    assert found.same == 1


@pytest.mark.django_db
def test_what_the_list_says_of_something_is_what_it_says_today_else_what_it_said_at_last():
    entry = factories.EntryFactory(edition=factories.IssuedEditionFactory(valid_until=SECOND - DAY), toy__code="T-1")
    later = factories.EntryFactory(
        edition=factories.IssuedEditionFactory(code="next", valid_from=SECOND), toy=entry.toy
    )
    factories.EntryFactory(edition=factories.DraftEditionFactory(), toy=entry.toy)
    days = {FIRST: entry, SECOND - DAY: entry, SECOND: later, FIRST - DAY: later}
    assert {day: TOYS.published("t-1", day) for day in days} == days
    assert TOYS.published("T-9", FIRST) is None
    draft = factories.EntryFactory(edition=factories.DraftEditionFactory(code="other"), toy__code="T-2")
    assert TOYS.published(draft.toy.code, SECOND) is None


@pytest.mark.parametrize(
    ("state", "own", "on", "told"),
    [
        ("issued", (None, None), FIRST - DAY, "本事项自2026年1月1日起施行。"),
        ("issued", (None, None), FIRST, ""),
        ("issued", (None, None), SECOND, ""),
        ("issued", (None, None), SECOND + DAY, "本事项自2026年7月1日后不再列入清单，不能办理。"),
        ("issued", (FIRST + DAY, SECOND - DAY), FIRST, "本事项自2026年1月2日起施行。"),
        ("issued", (FIRST + DAY, SECOND - DAY), SECOND - DAY, ""),
        ("issued", (FIRST + DAY, SECOND - DAY), SECOND, "本事项自2026年6月30日后不再列入清单，不能办理。"),
        ("repealed", (None, None), FIRST, "“清单”已经废止，不能办理。"),
    ],
)
def test_a_page_says_why_an_entry_is_not_in_force(state, own, on, told):
    edition = ToyEdition(name="清单", state=state, valid_from=FIRST, valid_until=SECOND)
    entry = ToyEntry(edition=edition, valid_from=own[0], valid_until=own[1])
    assert TOYS.why_not(entry, on, so="不能办理。") == told


@pytest.mark.django_db
def test_a_list_shows_what_is_in_force_and_what_comes():
    assert shown_on(TOYS, FIRST) == {"edition": None, "coming": [], "comparable": False}
    current = factories.IssuedEditionFactory(valid_until=SECOND - DAY)
    later = factories.IssuedEditionFactory(code="next", valid_from=SECOND)
    factories.DraftEditionFactory()
    expected = {FIRST - DAY: (None, [later, current]), FIRST: (current, [later]), SECOND: (later, [])}
    for day, (edition, coming) in expected.items():
        assert shown_on(TOYS, day) == {"edition": edition, "coming": coming, "comparable": True}
