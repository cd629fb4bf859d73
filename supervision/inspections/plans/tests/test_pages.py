"""From the form of a task to the page on which a stranger repeats its draw; who sees whom before the notice."""

from __future__ import annotations

import hashlib

import pytest
from django.urls import reverse

from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, DepartmentFactory
from credit_platform.audit.models import AuditEntry
from records.tests.factories import SubjectFactory
from supervision.inspections.plans import actions
from supervision.inspections.plans.models import InspectionPlan, InspectionTask, TaskObject
from supervision.inspections.plans.pages import public
from supervision.inspections.plans.rules.slips import slip_of
from supervision.inspections.tests.factories import NAMED, NOW, TODAY
from supervision.inspections.visits.queries.figures import of_year

LOTTERY = {
    "source": "SSQ",
    "number": "2026131",
    "at": "2026-11-24 09:00",
    "fallback_number": "2026132",
    "fallback_at": "2026-11-26 09:00",
}


def text(response):
    return response.content.decode()


def test_a_task_goes_from_the_form_to_the_draw_at_the_desk(at, client, monkeypatch):
    client.force_login(at.clerk)
    given = {
        "title": "2026年11月示例抽查", "items": [at.entry.item.pk], "starts_on": "2026-12-01", "ends_on": "2026-12-31",
        "scope": "全市示例经营者", "capacity_way": "largest", "substitutes": "on", "shown_from": "visit",
    }  # fmt: skip
    refused = client.post("/desk/inspections/new/", given)
    assert (refused.status_code, "计划外的任务应写明理由" in text(refused)) == (422, True)
    page = client.post("/desk/inspections/new/", given | {"reason": "示例专项检查"}).url
    task = InspectionTask.objects.get()
    changed = given | {"reason": "示例专项检查", "title": "改名的抽查", "version_seen": "1"}
    assert client.post(f"{page}edit/", changed).url == page
    late = client.post(f"{page}edit/", changed | {"title": "另一个名称"})
    assert (late.status_code, "另一个名称" in text(late)) == (409, True), "nothing is written over unseen"
    assert "冻结名单" in text(client.get(page))
    assert client.post(f"{page}do/freeze/", {"version_seen": "2"}).url == page
    assert client.post(f"{page}do/commit/", LOTTERY | {"version_seen": "3"}).status_code == 403
    client.force_login(at.second)
    wrong = client.post(f"{page}do/commit/", LOTTERY | {"version_seen": "3", "at": "2026-11-20 21:15"})
    assert (wrong.status_code, "公布前不能已经知道" in text(wrong)) == (422, True)
    assert client.post(f"{page}do/commit/", LOTTERY | {"version_seen": "3"}).url == page
    task.refresh_from_db()
    at.entered(task)
    at.confirmed(task)
    assert "抽中名单" in text(client.get(page))
    assert client.get(f"{page}do/other/").status_code == 404


def test_before_the_notice_only_who_goes_there_sees_the_names_and_is_logged(at, client):
    task = at.drawn()
    one = task.objects_drawn.select_related("subject").first()
    client.force_login(at.clerk)
    looks = AuditEntry.objects.filter(verb="inspections.drawn")
    page = text(client.get(reverse("inspections:drawn", args=[task.pk])))
    assert one.subject.name in page
    assert "本次查看已经登记" in page
    assert looks.count() == 1
    assert one.ticket in text(client.get(reverse("inspections:drawn-object", args=[one.pk])))
    assert looks.count() == 2
    assert len(client.get(reverse("inspections:drawn", args=[task.pk]), {"export": "csv"}).getvalue().splitlines()) == 4
    assert looks.count() == 3
    client.force_login(CreditOfficeFactory())
    assert client.get(reverse("inspections:drawn", args=[task.pk])).status_code == 403
    assert client.get(reverse("inspections:drawn-object", args=[one.pk])).status_code == 403
    client.force_login(ClerkFactory(department=DepartmentFactory()))
    assert client.get(reverse("inspections:drawn", args=[task.pk])).status_code == 404


def test_who_cannot_be_inspected_is_skipped_and_an_inspector_replaced_at_the_desk(at, client):
    task = at.drawn()
    one = task.objects_drawn.order_by("place").first()
    client.force_login(at.clerk)
    page = reverse("inspections:drawn-object", args=[one.pk])
    assert client.post(f"{page}skip/", {"reason": "moved", "note": "", "version_seen": "1"}).status_code == 422
    going = one.assignments.current().first()
    replaced = client.post(
        f"{page}replace/",
        {"assignment": going.pk, "visit_on": "2026-12-10", "reason": "请假。", "version_seen": "1"},
    )
    assert replaced.url == page
    assert one.assignments.count() == 3
    assert client.post(f"{page}skip/", {"reason": "moved", "note": "登记截图。", "version_seen": "1"}).url == page
    assert "替补" in text(client.get(page))


def test_the_public_reads_what_was_fixed_and_no_name(at, client):
    gone = SubjectFactory(operating_status="注销")
    task = at.committed()
    page = text(client.get(f"/inspections/draws/{task.number}/"))
    assert all(each in page for each in (task.list_digest, task.exclusion_digest, task.draw.list_digest, "2026131"))
    assert "一户也查不到的概率" in page
    left = client.get(f"/inspections/draws/{task.number}/exclusions/")
    assert hashlib.sha256(left.content).hexdigest() == task.exclusion_digest
    assert text(left).startswith("deregistered ")
    assert gone.code not in text(left)
    task = at.confirmed(at.entered(task))
    page = text(client.get(f"/inspections/draws/{task.number}/"))
    assert all(each in page for each in (*task.draw.drawn_ids(), task.draw.seed, "在本页重算"))
    assert not any(each.name in page or each.code in page for each in at.subjects)
    assert task.number in text(client.get("/inspections/"))


@pytest.mark.parametrize("shown_from", ["notice", "visit"])
def test_a_slip_is_opened_when_the_task_said_so(at, client, shown_from):
    task = at.drawn(shown_from=shown_from)
    one = task.objects_drawn.select_related("subject").first()
    TaskObject.objects.filter(pk=one.pk).update(state="notified", notified_on=TODAY)
    opened = client.get(f"/inspections/draws/{task.number}/names/").json()["opened"]
    assert len(opened) == (shown_from == "notice")
    TaskObject.objects.filter(pk=one.pk).update(state="published")
    (told,) = client.get(f"/inspections/draws/{task.number}/names/").json()["opened"]
    assert (told["name"], told["code"], told["slip"]) == (one.subject.name, one.subject.code, one.slip)
    assert slip_of(told["salt"], told["code"]) == told["slip"]
    assert one.subject.name in text(client.get(f"/inspections/draws/{task.number}/"))


@pytest.mark.parametrize("year", ["0", "-1", "10000", "9" * 30])
def test_a_year_that_is_none_is_refused_at_its_field(at, client, year):
    page = client.get("/inspections/", {"year": year})
    assert (page.status_code, "请填写四位数的年份" in text(page)) == (422, True)
    client.force_login(at.clerk)
    assert client.get("/desk/inspections/", {"year": year}).status_code == 422
    assert client.get("/desk/inspections/", {"year": "2026"}).status_code == 200


def test_the_file_has_every_slip_that_is_open_and_the_page_the_first(at, client, monkeypatch):
    monkeypatch.setattr(public, "OPENED", 1)
    task = at.drawn()
    task.objects_drawn.update(state="published")
    assert len(client.get(f"/inspections/draws/{task.number}/names/").json()["opened"]) == task.size == 3
    page = text(client.get(f"/inspections/draws/{task.number}/"))
    assert sum(each.code in page for each in at.subjects) == 1


def test_what_was_drawn_anew_stays_public_with_its_reason(at, client):
    old = at.drawn()
    new = actions.redraw(old, reason="抽取范围遗漏。", by=at.second, on=TODAY)
    assert "抽取范围遗漏" in text(client.get(f"/inspections/draws/{old.number}/"))
    assert client.get(f"/inspections/draws/{new.number}/").status_code == 404


def test_more_than_one_repeated_draw_a_year_is_told_of_in_public_and_in_the_figures(at, client):
    actions.redraw(at.drawn(), reason="抽取范围遗漏。", by=at.second, on=TODAY)
    page = text(client.get("/inspections/"))
    assert "2026年重新抽取" in page
    assert "抽取范围遗漏。" in page
    assert "超过一次</span>" not in page
    actions.redraw(at.drawn(), reason="名单来源有误。", by=at.second, on=TODAY)
    assert "超过一次</span>" in text(client.get("/inspections/"))
    (line,) = of_year(2026, [at.department])
    assert (line.redrawn, line.drawn) == (2, 0)
    client.force_login(at.second)
    assert "重新抽取" in text(client.get(reverse("visit:figures"), {"year": 2026}))


def test_what_waits_is_on_the_desk_of_who_may_do_it(at, client, monkeypatch):
    def sections(user):
        client.force_login(user)
        return text(client.get("/desk/"))

    task = at.frozen()
    assert "待公布的抽查名单" not in sections(at.clerk)
    assert "待公布的抽查名单" in sections(at.second)
    task = actions.commit(task, named=NAMED, by=at.second, now=NOW)
    assert "公开值已产生" not in sections(at.third)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NAMED.at)
    assert "公开值已产生，待录入" in sections(at.third)
    at.entered(task)
    assert "待复核抽取" not in sections(at.third)
    assert "公开值已录入，待复核抽取" in sections(at.second)


def test_a_plan_goes_from_its_form_to_the_public(at, client):
    client.force_login(at.clerk)
    given = {"year": 2027, "title": "2027年度示例抽查计划"}
    assert "至少有一个批次" in text(client.post("/desk/inspections/plans/new/", given))
    batch = {"title_1": "第一批", "scope_1": "示例经营者", "planned_1": "3%", "first_1": 3, "last_1": 6}
    assert client.post("/desk/inspections/plans/new/", given | batch).status_code == 422
    page = client.post("/desk/inspections/plans/new/", given | batch | {"items_1": [at.entry.item.pk]}).url
    plan = InspectionPlan.objects.get()
    assert client.get(f"/inspections/plans/{plan.pk}/").status_code == 404
    changed = given | batch | {"items_1": [at.entry.item.pk], "note": "示例说明", "version_seen": "1"}
    assert client.post(f"{page}edit/", changed).url == page
    assert client.post(f"{page}edit/", changed).status_code == 409, "nothing is written over unseen"
    assert client.post(f"{page}do/approve/", {"version_seen": "2"}).status_code == 403
    client.force_login(at.second)
    assert client.post(f"{page}do/approve/", {"version_seen": "2", "filed_with": "已报省局"}).url == page
    assert client.post(f"{page}do/publish/", {"version_seen": "3"}).url == page
    assert "第一批" in text(client.get(f"/inspections/plans/{plan.pk}/"))
    early = client.post(f"{page}do/close/", {"version_seen": "4"})
    assert (early.status_code, "尚未到期" in text(early)) == (422, True)


def test_the_list_of_items_is_public_and_compared(at, client):
    assert at.entry.item.name in text(client.get("/inspections/items/"))
    assert "示例条例第一条" in text(client.get(f"/inspections/items/{at.entry.item.code}/"))
    assert client.get("/inspections/items/compare/").status_code == 200
    assert client.get("/inspections/items/none/").status_code == 404


def test_inspectors_are_kept_at_the_desk_and_only_counted_in_public(at, client):
    client.force_login(at.clerk)
    given = {
        "name": "某检查员", "card_kind": "national", "card_number": "hs", "card_from": "2025-01-01", "card_until": "2027-12-31",
        "specialities": "食品、特种设备",
    }  # fmt: skip
    assert "执法证号写法不正确" in text(client.post("/desk/inspections/inspectors/new/", given))
    page = client.post("/desk/inspections/inspectors/new/", given | {"card_number": "HS123456"}).url
    assert (
        client.post(
            f"{page}do/recuse/", {"code": "X", "ground": "relative", "source": "own", "version_seen": "1"}
        ).status_code
        == 422
    )
    code = at.subjects[0].code
    told = client.post(f"{page}do/recuse/", {"code": code, "ground": "relative", "source": "own", "version_seen": "1"})
    assert told.url == page
    assert at.subjects[0].name in text(client.get(page))
    assert client.post(f"{page}do/suspend/", {"reason": "借调。", "version_seen": "1"}).url == page
    public = text(client.get("/inspections/plans/"))
    assert "某检查员" not in public
    assert at.department.name in public
    assert "检查对象名录库" in text(client.get("/desk/inspections/objects/", {"kind": "legal"}))
