"""Editions of the list, texts of letters and measures: who may, in which state, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command

from commitments.lists.actions import measures, texts
from commitments.lists.actions.matters import LISTS
from commitments.lists.queries.register import Register
from commitments.lists.start_list import MATTERS, MEASURES
from commitments.models import LetterTemplate, Matter, MatterEntry, MatterList, Measure
from commitments.tests import cases
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from credit_platform.accounts.tests import factories as people
from credit_platform.audit.models import AuditEntry
from credit_platform.editions.rules import MOVES, EditionState
from credit_platform.errors import Conflict, Forbidden, Refused

pytestmark = pytest.mark.django_db
GOOD = {
    "kind": "power",
    "commitment_type": "approval",
    "subject_kinds": ["legal"],
    "who": "依法登记的企业",
    "notice": "开业前须具备规定的条件。",
}


@pytest.fixture
def admin() -> User:
    return people.SystemAdminFactory()


@pytest.fixture
def bureau():
    return people.DepartmentFactory()


def draft(by, code="list-1", day=date(2026, 1, 1)) -> MatterList:
    return LISTS.new(code, f"示例清单{code}", by=by, basis="示例文件", valid_from=day)


def filled(by, bureau, **more) -> MatterList:
    edition = draft(by, **more)
    matter, _ = Matter.objects.get_or_create(code="SX-1", defaults={"name": "示例事项"})
    LISTS.save_entry(edition, matter, GOOD | {"department": bureau}, by=by)
    return edition


def test_an_edition_is_drawn_up_issued_and_follows_the_former(admin, bureau):
    first = LISTS.issue(filled(admin, bureau), by=admin)
    second = LISTS.new_from(
        first, by=admin, code="list-2", name="第二版", basis="示例文件", valid_from=date(2026, 7, 1)
    )
    LISTS.save_entry(
        second, Matter.objects.create(code="SX-2", name="又一事项"), GOOD | {"department": bureau}, by=admin
    )
    LISTS.issue(second, by=admin)
    first.refresh_from_db()
    assert first.valid_until == date(2026, 6, 30)
    assert MatterEntry.objects.in_force(date(2026, 6, 30)).get(matter__code="SX-1").edition == first
    assert MatterEntry.objects.in_force(date(2026, 7, 1)).get(matter__code="SX-1").edition == second
    assert not MatterEntry.objects.in_force(date(2026, 6, 30)).filter(matter__code="SX-2").exists()
    assert AuditEntry.objects.filter(verb="commitments.list.issue").count() == 2


VERBS = {
    "edit": lambda row, by, bureau: LISTS.save_entry(row, Matter.objects.first(), GOOD | {"department": bureau}, by=by),
    "issue": lambda row, by, bureau: LISTS.issue(row, by=by),
    "repeal": lambda row, by, bureau: LISTS.repeal(row, by=by, reason="调整"),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", list(EditionState))
def test_every_state_allows_what_the_table_says(state, verb, admin, bureau):
    edition = filled(admin, bureau)
    if state is not EditionState.DRAFT:
        edition = LISTS.issue(edition, by=admin)
    if state is EditionState.REPEALED:
        edition = LISTS.repeal(edition, by=admin, reason="调整")
    if (state, verb) in MOVES:
        VERBS[verb](edition, admin, bureau)
        edition.refresh_from_db()
        assert edition.state == MOVES[state, verb]
    else:
        with pytest.raises(Conflict):
            VERBS[verb](edition, admin, bureau)


def test_only_the_system_administrator_and_the_platform_may(bureau):
    for other in (people.ClerkFactory(), people.ReviewerFactory(), people.CreditOfficeFactory()):
        with pytest.raises(Forbidden):
            draft(other)
    assert draft(SYSTEM).state == EditionState.DRAFT


def test_what_is_not_sound_is_refused_with_every_reason_and_nothing_is_kept(admin, bureau):
    edition = draft(admin)
    with pytest.raises(Refused):
        LISTS.issue(edition, by=admin)
    bad = GOOD | {"department": bureau, "commitment_type": "shortfall", "subject_kinds": [], "notice": " "}
    with pytest.raises(Refused) as refused:
        LISTS.save_entry(edition, Matter.objects.create(code="SX-9", name="不完整"), bad, by=admin)
    assert {each.field for each in refused.value.findings} == {"shortfall_after", "subject_kinds", "notice"}
    assert not MatterEntry.objects.exists()
    with pytest.raises(Conflict):
        draft(admin)


def test_an_edition_cannot_begin_before_one_that_is_in_force(admin, bureau):
    LISTS.issue(filled(admin, bureau), by=admin)
    with pytest.raises(Refused):
        LISTS.issue(filled(admin, bureau, code="list-2", day=date(2026, 1, 1)), by=admin)


def text(matter, by, day=date(2026, 1, 1), **more) -> LetterTemplate:
    given = {"title": "承诺书", "body": "本单位地址为{{地址}}。", "liability": "依法承担责任。"}
    blanks = [{"name": "地址", "label": "经营地址", "kind": "text", "required": True}]
    return texts.new_template(matter, by=by, valid_from=day, **({"blanks": blanks} | given | more))


def test_versions_of_a_text_follow_one_another(admin):
    matter = Matter.objects.create(code="SX-1", name="示例事项")
    first = texts.issue_template(text(matter, admin), by=admin)
    second = text(matter, admin, date(2026, 7, 1), title="承诺书（修订）")
    texts.edit_template(second, {"liability": "依法承担相应责任。"}, by=admin)
    texts.issue_template(second, by=admin)
    first.refresh_from_db()
    assert (second.version, first.valid_until) == (2, date(2026, 6, 30))
    assert LetterTemplate.objects.in_force(date(2026, 7, 1)).get(matter=matter).version == 2
    with pytest.raises(Conflict):
        texts.edit_template(first, {"title": "改"}, by=admin)
    retired = texts.retire_template(second, by=admin, on=date(2026, 9, 1), reason="文字已过时")
    assert retired.valid_until == date(2026, 9, 1)


@pytest.mark.parametrize("body", ["没有填写项。", "{{地址}}和{{面积}}"])
def test_blanks_and_text_agree(admin, body):
    with pytest.raises(Refused) as refused:
        text(Matter.objects.create(code="SX-1", name="示例事项"), admin, body=body)
    assert refused.value.findings


def test_a_measure_has_its_basis_and_a_bar_its_months(admin):
    values = {
        "code": "CS-1",
        "name": "一年内不再适用告知承诺",
        "kind": "bar",
        "valid_from": date(2026, 1, 1),
        "basis": "",
    }
    with pytest.raises(Refused) as refused:
        measures.save_measure(values, by=admin)
    assert {each.field for each in refused.value.findings} == {"basis", "months"}
    made = measures.save_measure(values | {"basis": "国办发〔2020〕42号", "months": 12}, by=admin)
    again = measures.save_measure({"code": "CS-1", "months": 24}, by=admin)
    assert (again.pk, again.months) == (made.pk, 24)


def test_a_refused_issue_leaves_the_former_edition_in_force(admin, bureau):
    first = LISTS.issue(filled(admin, bureau), by=admin)
    empty = draft(admin, "list-2", date(2026, 7, 1))
    with pytest.raises(Refused):
        LISTS.issue(empty, by=admin)
    first.refresh_from_db()
    assert first.valid_until is None
    assert first.valid_from < cases.TODAY


def test_an_installation_begins_with_about_forty_matters_once_its_departments_are_there():
    call_command("load_base", verbosity=0)
    assert not MatterList.objects.exists()
    assert Measure.objects.count() == len(MEASURES)
    names = {each.department for each in MATTERS}
    for name in names:
        people.DepartmentFactory(short_name=name, name=f"哈尔滨{name}")
    call_command("load_base", verbosity=0)
    call_command("load_base", verbosity=0)
    edition = MatterList.objects.get()
    assert (edition.state, edition.entries.count()) == (EditionState.ISSUED, len(MATTERS))
    assert len(MATTERS) >= 40
    assert LetterTemplate.objects.in_force(cases.TODAY).count() == len(MATTERS)
    for entry in edition.entries.prefetch_related("measures"):
        assert entry.measures.exists()
        assert entry.basis
        assert "核查" in entry.notice


def test_start_data_never_touch_a_list_that_an_administrator_began(admin):
    draft(admin)
    people.DepartmentFactory(short_name=MATTERS[0].department)
    call_command("load_base", verbosity=0)
    assert MatterList.objects.count() == 1
    assert not MatterEntry.objects.exists()


def test_a_repealed_list_answers_for_the_days_before(admin, bureau):
    edition = LISTS.issue(filled(admin, bureau), by=admin)
    LISTS.repeal(edition, by=admin, reason="调整", on=date(2026, 7, 1))
    listed = Register()
    days = {date(2025, 12, 31): False, date(2026, 1, 1): True, date(2026, 6, 30): True, date(2026, 7, 1): False}
    assert {day: listed("sx-1", day) for day in days} == days
