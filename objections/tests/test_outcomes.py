"""What an outcome does to the public: the trace of a correction, the end of a period, an entry off its list, both sides' words, marks of lawsuits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from casework import disputes
from casework.models import Case
from casework.rules.disputes import About
from companies.tests.factories import sign_in
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, WindowClerkFactory
from credit_platform.errors import Conflict, Forbidden, Refused
from deliveries.models import Delivery
from deliveries.tests import factories as deliveries
from disclosure.models import Disclosure
from disclosure.tests.factories import PublishedFactory
from objections import actions
from objections.models import Contest, Correction
from objections.queries.outcomes import Reached, reached
from objections.queries.statistics import year_of
from objections.rules.outcomes import Outcome, Verified
from objections.rules.procedure import OBJECTION
from objections.tests.factories import PDF, TODAY, case_in, company, filed, take
from repair.tests import factories as repairs
from sanctions.joint.actions import pushing
from sanctions.joint.tests import factories as joint
from sanctions.lists.models import ListEntry
from sanctions.lists.tests.conftest import catalogue, grounds  # noqa: F401 - a fixture
from sanctions.lists.tests.factories import SeriousListFactory, WatchListFactory, enter, face

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
OLD, NEW = "责令停产停业三个月。", "责令停产停业一个月。"


def shown(case: Case) -> Disclosure:
    return Disclosure.objects.get(pk=case.own.disclosure_id)


def item_that_says(words: str) -> Disclosure:
    made = PublishedFactory()
    Disclosure.objects.filter(pk=made.pk).update(shown=made.shown | {"CF_NR": words})
    made.refresh_from_db()
    return made


def record_says(case: Case, **content: str) -> None:
    """The source has corrected its record, and a second person has not confirmed it yet."""
    item = shown(case)
    item.record.content |= content
    item.record.version += 1
    item.record.save(update_fields=["content", "version"])
    Disclosure.objects.filter(pk=item.pk).update(needs_correction=True, changed_by=ClerkFactory())


def found_wrong(**more) -> Case:
    return take(case_in("forwarded", **more), "answer", finding=Verified.WRONG, text="录入有误。")


@pytest.mark.parametrize("private", [False, True])
def test_a_correction_tells_the_public_what_was_said_before_unless_it_was_private(client, private):
    case = found_wrong(item=item_that_says(OLD), field="CF_NR")
    record_says(case, CF_NR=NEW)
    take(case, "decide", outcome=Outcome.CORRECTED, answer="已更正。", old_is_private=private)
    row = Correction.objects.get(code="CF_NR")
    assert (row.code, row.old, row.new, row.is_private) == ("CF_NR", "" if private else OLD, NEW, private)
    page = client.get(f"/disclosure/{shown(case).public_id}/").content.decode()
    assert "更正说明" in page
    assert (OLD in page, NEW in page) == (not private, True)


def test_who_has_read_the_wrong_value_is_told_of_the_correction_and_the_tracker_says_how_many(client):
    case = found_wrong(item=item_that_says(OLD), field="CF_NR")
    record_says(case, CF_NR=NEW)
    deliveries.reader()
    case = take(case, "decide", outcome=Outcome.CORRECTED, answer="已更正。")
    (delivery,) = Delivery.objects.filter(disclosure=shown(case))
    assert delivery.what == "corrected"
    assert reached(case.own) == Reached(recipients=1, acknowledged=0)
    sign_in(client, company(shown(case)))
    assert "1个单位" in client.get(reverse("objection:my-objection", args=[case.pk])).content.decode()


def test_a_number_of_a_person_in_the_old_value_is_never_told(client):
    case = found_wrong(item=item_that_says("罚张三11010519491231002X。"), field="CF_NR")
    record_says(case, CF_NR=NEW)
    take(case, "decide", outcome=Outcome.CORRECTED, answer="已更正。")
    assert Correction.objects.get(code="CF_NR").is_private
    assert "11010519491231002X" not in client.get(f"/disclosure/{shown(case).public_id}/").content.decode()


def test_a_period_that_is_over_as_the_corrected_record_reckons_it_is_stopped():
    item = PublishedFactory(ends_on=TODAY + timedelta(days=300))
    case = found_wrong(item=item, about=About.PERIOD, field="", claimed="应当早已届满。")
    with pytest.raises(Refused):
        take(case, "decide", outcome=Outcome.STOPPED, answer="已届满。")
    record_says(case, CF_JDRQ="2020-01-06", HRB_YZCD="一般")
    item.record.refresh_from_db()
    item.record.decided_on = item.record.decided_on.replace(year=2020)
    item.record.save(update_fields=["decided_on"])
    take(case, "decide", outcome=Outcome.STOPPED, answer="已届满。")
    assert shown(case).state == "ended"


@pytest.fixture
def listed(request) -> ListEntry:
    """An entry with a joint action that a department has to carry out."""
    request.getfixturevalue("grounds")
    catalogue()
    joint.measured()
    return enter(SeriousListFactory(code="SY-1"))


def test_an_entry_wrongly_kept_leaves_its_list_by_two_people_and_joint_measures_with_it(listed, client):
    pushing.push_pending(TODAY)
    task = Case.objects.get(procedure="joint-task")
    for verb in joint.WAYS["completed"]:
        task = joint.take(task, verb)
    case = found_wrong(item=face(listed))
    clerk = case.own.answered_by
    with pytest.raises(Refused) as refused:
        take(case, "decide", outcome=Outcome.DELISTED, answer="不应列入。")
    assert {each.field for each in refused.value.findings} == {"public_note"}
    office = CreditOfficeFactory()
    take(case, "decide", outcome=Outcome.DELISTED, answer="不应列入。", public_note="列入有误，已移出。", by=office)
    listed.refresh_from_db()
    assert (listed.ended_way, listed.ended_document) == ("wrong", case.number)
    assert (listed.end_asked_by, listed.end_confirmed_by) == (clerk, office)
    assert shown(case).state == "withdrawn"
    assert client.get(f"/disclosure/{shown(case).public_id}/").status_code == 410
    assert Case.objects.filter(procedure="joint-lifting", department=task.department).count() == 1


def test_what_is_no_entry_is_not_taken_off_a_list():
    with pytest.raises(Refused):
        take(found_wrong(), "decide", outcome=Outcome.DELISTED, answer="不应列入。", public_note="已移出。")


@pytest.mark.usefixtures("grounds")
def test_an_entry_between_organs_only_is_disputed_by_its_subject_and_at_the_window(client):
    catalogue()
    entry = enter(WatchListFactory(code="ZD-1"))
    (found,) = disputes.own_of(entry.subject, TODAY)
    assert (found.place, found.public, found.number) == ("entry", False, str(entry.pk))
    given = {"about": About.CONTENT, "field": "MD", "claimed": "不应列入。", "grounds": "已经整改。", "evidence": [PDF]}
    case = actions.file(found, by=company(face(entry)), **given)
    assert case.own.label == "是否应当列入该名单"
    assert face(entry).marks == ["objection"]
    with pytest.raises(Conflict, match=case.number):
        actions.file(found, by=WindowClerkFactory(), **given)


def test_the_result_of_a_repair_is_disputed_by_its_case(client):
    repair = repairs.case_in("rejected")
    item = repair.own.disclosure
    (found,) = [each for each in disputes.own_of(item.subject, TODAY) if each.place == "repair"]
    assert "不予修复" in found.result
    assert repair.number == found.number
    given = {"about": About.REPAIR, "claimed": "应当准予修复。", "grounds": "义务已经履行。", "evidence": [PDF]}
    case = actions.file(found, by=company(item), **given)
    assert (case.own.label, case.own.shown_value) == ("信用修复结果", found.result)
    with pytest.raises(Refused):
        actions.file(found, by=company(item), **given | {"about": About.CONTENT})
    sign_in(client, company(item))
    assert found.title in client.get(reverse("objection:my-choose")).content.decode()


def test_what_nobody_could_verify_keeps_both_sides_words_until_it_is_decided_otherwise(client):
    case = case_in("answered")
    note = "主体称日期有误，未能核实。"
    take(case, "decide", outcome=Outcome.UNCLEAR, answer="无法核实。", public_note=note)
    page = client.get(f"/disclosure/{shown(case).public_id}/").content.decode()
    assert "双方说法" in page
    assert case.own.claimed in page
    assert note in page
    case = take(take(case, "appeal"), "settle")
    assert "双方说法" not in client.get(f"/disclosure/{shown(case).public_id}/").content.decode()
    assert shown(case).marks == []


def entered(item: Disclosure, by=None, **more) -> Contest:
    given = {"kind": "lawsuit", "body": "哈尔滨示例法院", "number": "（2026）黑01行初1号", "begun_on": TODAY} | more
    return actions.enter_contest(item, by=by or ClerkFactory(department=item.source_department), **given)


def test_a_lawsuit_is_marked_and_stops_nothing_and_the_mark_goes_with_the_last(client):
    item = PublishedFactory()
    first, second = entered(item), entered(item, kind="reconsideration", number="哈复〔2026〕1号")
    page = client.get(f"/disclosure/{item.public_id}/").content.decode()
    assert "复议、诉讼中" in page
    assert "哈尔滨示例法院" in page
    office = CreditOfficeFactory()
    actions.end_contest(first, result="维持。", ended_on=TODAY, by=office)
    assert Disclosure.objects.get(pk=item.pk).marks == ["contested"]
    actions.end_contest(second, result="维持。", ended_on=TODAY, by=office)
    item.refresh_from_db()
    assert (item.marks, item.state) == ([], "published")
    with pytest.raises(Conflict):
        actions.end_contest(second, result="维持。", ended_on=TODAY, by=office)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"begun_on": TODAY + timedelta(days=1)}, "begun_on"),
        ({"begun_on": TODAY - timedelta(days=3650)}, "begun_on"),
        ({"body": ""}, "body"),
        ({"number": " "}, "number"),
    ],
)
def test_a_lawsuit_that_says_too_little_is_refused_at_its_field(given, field):
    with pytest.raises(Refused) as refused:
        entered(PublishedFactory(), **given)
    assert {each.field for each in refused.value.findings} == {field}


def test_a_lawsuit_is_entered_once_and_by_the_department_alone():
    item = PublishedFactory()
    entered(item)
    with pytest.raises(Refused):
        entered(item)
    with pytest.raises(Forbidden):
        entered(item, by=ClerkFactory())


def test_figures_lead_to_as_many_and_an_appeal_changes_them(client):
    item = item_that_says(OLD)
    case_in("decided", item=item)
    wrong = found_wrong(item=item, claimed="另一处。", field="CF_NR")
    record_says(wrong, CF_NR=NEW)
    wrong = take(wrong, "decide", outcome=Outcome.CORRECTED, answer="已更正。")
    filed(item, claimed="第三处。")
    found = year_of(TODAY.year, Case.objects.of(OBJECTION))
    (department,) = found.by_department
    assert (department.filed, department.answered, department.right, department.right_rate) == (3, 2, 1, "50.00%")
    assert {line.narrows["label"]: line.right for line in found.by_field}[wrong.own.label] == 1
    client.force_login(CreditOfficeFactory())
    page = client.get(reverse("objection:statistics"))
    cells = [cell for _, rows in page.context["tables"] for row in rows for cell in row.cells if cell.url]
    assert len(cells) >= 6
    for cell in cells:
        listing = client.get(cell.url).context["listing"]
        assert (len(listing.page.items), listing.is_valid) == (cell.value, True), cell.url
    take(take(wrong, "appeal"), "settle")
    assert year_of(TODAY.year, Case.objects.of(OBJECTION)).total.right == 0
