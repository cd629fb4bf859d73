"""The desk's lists of items and reminders: tabs and filters together, boxes only where a verb fits, nothing decided beforehand."""

from datetime import date

import pytest
from django.urls import reverse

from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory
from disclosure.models import Reminder
from disclosure.queries.desk import scope_for
from disclosure.rules.states import State
from disclosure.tests import factories
from disclosure.tests.factories import BY_STATE, DisclosureFactory, PublishedFactory, SubmittedFactory
from disclosure.tests.test_desk import post

pytestmark = pytest.mark.django_db
LIST = reverse("disclosure:list")


@pytest.fixture(autouse=True)
def _on_that_day(today):
    return today


@pytest.fixture
def department():
    return ReviewerFactory().department


def row_of(department, state=State.DRAFT):
    return BY_STATE[state](record=factories.severe_penalty(authority=department))


def tickable(client, user, **asked):
    client.force_login(user)
    return client.get(LIST, asked).context["tickable"]


def test_a_filter_keeps_the_tab(client, department):
    client.force_login(ClerkFactory(department=department))
    page = client.get(LIST, {"scope": "closed", "q": "没有"}).content.decode()
    assert '<input type="hidden" name="scope" value="closed">' in page
    assert page.count('href="?scope=closed"') == 3  # the tab, 清除条件 beside the filter and in the empty list
    assert "清除条件" not in client.get(LIST, {"scope": "closed"}).content.decode()


@pytest.mark.parametrize(
    ("scope", "state", "listed"),
    [
        ("open", "", "open"),
        ("open", "draft", "open"),
        ("overdue", "submitted", "overdue"),
        ("open", "withdrawn", "all"),
        ("closed", "published", "all"),
        ("all", "ended", "all"),
        ("public", "no such state", "all"),
    ],
)
def test_a_state_that_the_tab_cannot_hold_is_looked_for_in_all(scope, state, listed):
    assert scope_for(scope, state) == listed


def test_the_state_is_found_from_any_tab(client, department):
    row = row_of(department, State.WITHDRAWN)
    client.force_login(ClerkFactory(department=department))
    page = client.get(LIST, {"scope": "open", "state": "withdrawn"})
    assert page.context["listing"].page.items == [row]


def test_only_what_can_be_sent_or_judged_has_a_box(client, department):
    draft, returned, submitted = (row_of(department, s) for s in (State.DRAFT, State.RETURNED, State.SUBMITTED))
    row_of(department, State.PUBLISHED)
    assert tickable(client, ClerkFactory(department=department), scope="all") == {draft.pk, returned.pk}
    assert tickable(client, ReviewerFactory(department=department), scope="all") == {submitted.pk}
    page = client.get(LIST, {"scope": "public"}).content.decode()
    assert 'type="checkbox"' not in page
    assert "所选" not in page


def test_no_verdict_is_chosen_beforehand(client):
    row = SubmittedFactory()
    client.force_login(ReviewerFactory(department=row.source_department))
    page = client.get(reverse("disclosure:review", args=[row.pk])).content.decode()
    assert " checked" not in page
    refused = post(client, row, "review")
    assert refused.status_code == 422
    assert "请选择审核结论。" in refused.content.decode()
    row.refresh_from_db()
    assert row.state == State.SUBMITTED


@pytest.mark.parametrize(
    ("given", "said"),
    [({"verdict": "publish"}, "审核通过并已公示"), ({"verdict": "return", "reason": "金额有误。"}, "已退回")],
)
def test_the_next_page_names_what_was_judged(client, given, said):
    row = SubmittedFactory()
    client.force_login(ReviewerFactory(department=row.source_department))
    post(client, row, "review", **given)
    assert f"{said}：{row.subject_name} {row.document_number}。" in client.get(LIST).content.decode()


@pytest.mark.parametrize(("state", "label"), [(State.PUBLISHED, "撤回公示"), (State.SUBMITTED, "登记决定撤销")])
def test_only_what_is_shown_can_be_taken_back(client, state, label):
    row = BY_STATE[state]()
    client.force_login(ReviewerFactory(department=row.source_department))
    page = client.get(reverse("disclosure:item", args=[row.pk]))
    assert [act.label for act in page.context["acts"] if act.slug == "withdraw"] == [label]
    assert f"<h1>{label}</h1>" in client.get(reverse("disclosure:act", args=[row.pk, "withdraw"])).content.decode()


def test_only_a_step_onward_is_the_main_button(client):
    row = PublishedFactory()
    client.force_login(ReviewerFactory(department=row.source_department))
    page = client.get(reverse("disclosure:item", args=[row.pk])).content.decode()
    assert "btn-primary" not in page
    submitted = SubmittedFactory(record=factories.severe_penalty(authority=row.source_department))
    assert "btn btn-primary" in client.get(reverse("disclosure:item", args=[submitted.pk])).content.decode()


def test_a_form_that_does_not_fit_the_state_says_so(client):
    row = PublishedFactory()
    client.force_login(ReviewerFactory(department=row.source_department))
    assert "没有待更正的变更" in client.get(reverse("disclosure:act", args=[row.pk, "correct"])).content.decode()
    assert "不能办理“恢复公示”" in client.get(reverse("disclosure:act", args=[row.pk, "resume"])).content.decode()
    assert "不能办理" not in client.get(reverse("disclosure:act", args=[row.pk, "suspend"])).content.decode()


def test_what_does_not_wait_for_review_has_no_verdict(client):
    row = PublishedFactory()
    client.force_login(ReviewerFactory(department=row.source_department))
    page = client.get(reverse("disclosure:review", args=[row.pk])).content.decode()
    assert "不在待审核之列" in page
    assert 'name="verdict"' not in page


def reminder(row, kind, **more):
    given = {"on": date(2026, 11, 23), "text": "示例"} | more
    return Reminder.objects.create(disclosure=row, department=row.source_department, kind=kind, **given)


def test_reminders_are_filtered_ordered_and_exported(client):
    row = DisclosureFactory()
    late = reminder(row, "late", read_at="2026-11-23T10:00+08:00")
    soon = reminder(row, "one_left", on=date(2026, 11, 20))
    client.force_login(row.drafted_by)
    address = reverse("disclosure:reminders")

    def shown(**asked):
        return client.get(address, asked).context["listing"].page.items

    assert shown() == [late, soon]
    assert shown(sort="oldest") == [soon, late]
    assert shown(read="no") == [soon]
    assert shown(read="yes") == [late]
    assert shown(kind="late") == [late]
    assert shown(q=row.document_number) == [late, soon]
    assert shown(q=row.subject_code) == [late, soon]
    assert shown(q="没有这个名称") == []
    sheet = b"".join(client.get(address, {"kind": "late", "export": "csv"})).decode("utf-8-sig").splitlines()
    assert sheet[0].startswith("提醒日期,提醒,行政相对人")
    assert len(sheet) == 2
    assert row.document_number in sheet[1]


def test_what_is_read_has_no_box_to_tick(client):
    row = DisclosureFactory()
    reminder(row, "late", read_at="2026-11-23T10:00+08:00")
    client.force_login(row.drafted_by)
    page = client.get(reverse("disclosure:reminders")).content.decode()
    assert 'type="checkbox"' not in page
    assert "所选标为已读" not in page
