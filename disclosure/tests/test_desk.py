"""The desk's pages: who sees what, buttons of the state, bulk outcomes, forms that tell what is wrong."""

from datetime import date

import pytest
from django.urls import reverse

from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from disclosure.models import Disclosure, Reminder
from disclosure.queries.item import ACTS
from disclosure.queries.public import Line
from disclosure.rules.states import State
from disclosure.tests import factories
from disclosure.tests.factories import (
    BY_STATE,
    DisclosureFactory,
    PublishedFactory,
    ReturnedFactory,
    SubmittedFactory,
)
from disclosure.views.item import changes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_that_day(today):
    return today


def signed_in(client, user):
    client.force_login(user)
    return client


def reviewer_of(row, **more):
    return ReviewerFactory(department=row.source_department, **more)


@pytest.mark.parametrize("state", list(State), ids=lambda state: state.value)
def test_every_state_has_its_page(client, state):
    row = BY_STATE[state]()
    response = signed_in(client, reviewer_of(row)).get(reverse("disclosure:item", args=[row.pk]))
    assert response.status_code == 200
    text = response.content.decode()
    assert row.get_state_display() in text
    assert row.document_number in text


def test_the_page_offers_only_what_is_allowed(client):
    row = PublishedFactory()
    page = signed_in(client, reviewer_of(row)).get(reverse("disclosure:item", args=[row.pk]))
    offered = {act.slug for act in page.context["acts"]}
    assert offered == {"performance", "suspend", "withdraw"}
    page = signed_in(client, ClerkFactory(department=row.source_department)).get(
        reverse("disclosure:item", args=[row.pk])
    )
    assert {act.slug for act in page.context["acts"]} == {"performance"}


def test_another_department_finds_nothing(client):
    row = DisclosureFactory()
    stranger = ReviewerFactory()
    for name in ("item", "review"):
        assert signed_in(client, stranger).get(reverse(f"disclosure:{name}", args=[row.pk])).status_code == 404
    assert row not in signed_in(client, stranger).get(reverse("disclosure:list")).context["listing"].page.items


def test_the_deadline_is_explained_day_by_day(client):
    row = DisclosureFactory(record=factories.permit(decided_on=date(2026, 9, 23)))
    text = signed_in(client, reviewer_of(row)).get(reverse("disclosure:item", args=[row.pk])).content.decode()
    assert "逐日说明" in text
    assert "国庆" in text


def test_the_list_stands_in_order_of_the_deadline_and_marks_what_is_late(client):
    first = DisclosureFactory(due_on=date(2026, 11, 20))
    clerk = first.drafted_by
    second = DisclosureFactory(
        record=factories.severe_penalty(authority=first.source_department), due_on=date(2026, 12, 1)
    )
    page = signed_in(client, clerk).get(reverse("disclosure:list"))
    assert page.context["listing"].page.items == [first, second]
    assert "is-serious" in page.content.decode()
    page = client.get(reverse("disclosure:list"), {"q": second.document_number})
    assert page.context["listing"].page.items == [second]
    assert client.get(reverse("disclosure:list"), {"scope": "x"}).status_code == 400
    export = client.get(reverse("disclosure:list"), {"export": "csv"})
    assert first.document_number in b"".join(export.streaming_content).decode()


def test_the_number_of_queries_does_not_grow_with_the_rows(client, django_assert_max_num_queries):
    first = DisclosureFactory()
    for _ in range(20):
        DisclosureFactory(record=factories.severe_penalty(authority=first.source_department))
    signed_in(client, first.drafted_by)
    with django_assert_max_num_queries(14):
        client.get(reverse("disclosure:list"))


def test_bulk_submission_tells_every_outcome(client):
    good = DisclosureFactory()
    bad = DisclosureFactory(record=factories.fine(authority=good.source_department))
    signed_in(client, good.drafted_by)
    page = client.post(reverse("disclosure:bulk"), {"verb": "submit", "id": [good.pk, bad.pk]})
    text = page.content.decode()
    assert "成功 1 件，未办理 1 件" in text
    assert "请填写失信严重程度" in text
    again = client.post(reverse("disclosure:bulk"), {"verb": "submit", "id": [good.pk]})
    assert again.status_code == 422
    assert client.post(reverse("disclosure:bulk"), {"verb": "submit"}).status_code == 302


def post(client, row, name, *args, **data):
    url = reverse(f"disclosure:{name}", args=[row.pk, *args])
    form = client.get(url).context["form"]
    return client.post(url, {"version_seen": row.version, "form_token": form.initial["form_token"], **data})


def test_a_clerk_submits_and_a_reviewer_publishes(client):
    row = DisclosureFactory()
    assert post(signed_in(client, row.drafted_by), row, "act", "submit").status_code == 302
    row.refresh_from_db()
    assert row.state == State.SUBMITTED
    response = post(signed_in(client, reviewer_of(row)), row, "review", verdict="publish")
    assert response.status_code == 302
    row.refresh_from_db()
    assert row.state == State.PUBLISHED


def test_personal_data_stop_the_review_until_the_mask_is_checked(client):
    row = SubmittedFactory()
    row.record.content |= {"CF_SY": "联系电话13804511234。"}
    row.record.save()
    signed_in(client, reviewer_of(row))
    page = client.get(reverse("disclosure:review", args=[row.pk])).content.decode()
    assert "138****1234" in page
    assert "已核对，按遮盖后内容公示" in page
    refused = post(client, row, "review", verdict="publish")
    assert refused.status_code == 422
    assert post(client, row, "review", verdict="publish", confirm_masked="on").status_code == 302
    row.refresh_from_db()
    assert "13804511234" not in str(row.shown)


def test_a_return_without_reason_is_told_beside_the_field(client):
    row = SubmittedFactory()
    response = post(signed_in(client, reviewer_of(row)), row, "review", verdict="return")
    assert response.status_code == 422
    assert "reason" in response.context["form"].errors
    assert "有 1 处需要更正" in response.content.decode()


def test_the_own_work_is_refused_on_the_page(client):
    both = ReviewerFactory(roles=["clerk", "reviewer"])
    row = SubmittedFactory(record=factories.severe_penalty(authority=both.department), drafted_by=both)
    response = post(signed_in(client, both), row, "review", verdict="publish")
    assert response.status_code == 403
    assert "本人" in response.content.decode()


def test_two_tabs_of_one_item_have_one_effect(client):
    row = SubmittedFactory()
    signed_in(client, reviewer_of(row))
    url = reverse("disclosure:review", args=[row.pk])
    token = client.get(url).context["form"].initial["form_token"]
    data = {"version_seen": row.version, "form_token": token, "verdict": "publish"}
    assert client.post(url, data).status_code == 302
    assert client.post(url, data).status_code in (302, 422, 409)
    assert Disclosure.objects.get(pk=row.pk).changes.count() == 1


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.slug)
def test_every_verb_has_a_form_for_who_may(client, act):
    row = SubmittedFactory()
    both = ReviewerFactory(department=row.source_department, roles=["clerk", "reviewer"])
    name = ("review", [row.pk]) if act.slug == "review" else ("act", [row.pk, act.slug])
    response = signed_in(client, both).get(reverse(f"disclosure:{name[0]}", args=name[1]))
    assert response.status_code == 200
    window = ClerkFactory(department=row.source_department, roles=["window"])
    assert signed_in(client, window).get(reverse(f"disclosure:{name[0]}", args=name[1])).status_code == 403


def test_the_home_says_what_must_be_done_today(client):
    late = DisclosureFactory(due_on=date(2026, 11, 20))
    DisclosureFactory(record=factories.severe_penalty(authority=late.source_department), due_on=date(2026, 11, 23))
    ReturnedFactory(record=factories.severe_penalty(authority=late.source_department), due_on=date(2026, 12, 1))
    text = signed_in(client, late.drafted_by).get("/desk/").content.decode()
    for heading in ("已逾期未公示", "今日到期", "退回待修改"):
        assert heading in text
    assert late.document_number in text


def test_reminders_are_of_the_department(client):
    row = DisclosureFactory()
    mine = Reminder.objects.create(
        disclosure=row, department=row.source_department, kind="late", on=date(2026, 11, 23), text="已逾期：示例"
    )
    page = signed_in(client, row.drafted_by).get(reverse("disclosure:reminders"))
    assert page.context["listing"].page.items == [mine]
    client.post(reverse("disclosure:read"), {"id": [mine.pk]})
    mine.refresh_from_db()
    assert mine.read_at is not None
    page = signed_in(client, ClerkFactory()).get(reverse("disclosure:reminders"))
    assert page.context["listing"].page.items == []


def test_the_statistics_page_has_a_dash_for_nothing(client):
    page = signed_in(client, CreditOfficeFactory()).get(reverse("disclosure:timeliness"))
    assert page.status_code == 200
    assert "—" in page.content.decode()
    assert client.get(reverse("disclosure:timeliness"), {"year": "x"}).status_code == 422
    sheet = client.get(reverse("disclosure:timeliness"), {"year": "2026", "export": "csv"})
    lines = b"".join(sheet).decode("utf-8-sig").splitlines()
    assert lines[0] == "项目,上报数（条）,合规数（条）,迟报数（条）,逾期公示数（条）,合规率,迟报率"
    assert lines[-1].startswith("合计,")


def test_nobody_gets_in_without_signing_in(client):
    row = DisclosureFactory()
    for url in (reverse("disclosure:list"), reverse("disclosure:item", args=[row.pk]), reverse("disclosure:reminders")):
        assert client.get(url).status_code == 302


def test_a_correction_shows_what_changes_for_the_public_and_nothing_else():
    now = [Line("A", "文书号", "一号"), Line("B", "违法事实", "旧"), Line("C", "姓名", "王某")]
    following = [Line("A", "文书号", "一号"), Line("B", "违法事实", "新"), Line("D", "备注", "补充")]
    assert changes(now, following) == [("违法事实", "旧", "新"), ("姓名", "王某", ""), ("备注", "", "补充")]
