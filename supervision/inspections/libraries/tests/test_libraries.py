"""Inspectors and bearers of tags by file: previewed, taken whole or not at all; who may be drawn on a span of days."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory
from credit_platform.errors import Conflict, Forbidden, Refused
from records.tests.factories import PersonFactory, SubjectFactory
from supervision.inspections.libraries import actions
from supervision.inspections.libraries.models import Inspector
from supervision.inspections.libraries.queries import able, avoided, objects
from supervision.inspections.tests.factories import TODAY, InspectorFactory, ItemEntryFactory, TagFactory

HEADS = "姓名,执法证种类,执法证号,有效期起,有效期止,专业,专家"
SEALED = re.compile(r'name="sealed" value="([^"]+)"')


@pytest.fixture
def clerk(db):
    return ClerkFactory(department=DepartmentFactory())


def sent(text):
    return {"file": SimpleUploadedFile("人员.csv", text.encode("utf-8-sig"))}


def test_a_file_is_previewed_and_then_taken(client, clerk):
    old = InspectorFactory(department=clerk.department, card_number="HS000001", name="季某")
    client.force_login(clerk)
    line = "行政执法证（国家统一样式）,{},2025-01-01,2028-12-31,{},否"
    text = "\n".join(
        [HEADS, "季某," + line.format("HS000001", "食品、特种设备"), "单某," + line.format("HS000002", "")]
    )
    page = client.post("/desk/inspections/inspectors/upload/", sent(text)).content.decode()
    assert all(words in page for words in ("新增 1 项", "修改 1 项", "专业： → 食品、特种设备"))
    assert Inspector.objects.count() == 1
    sealed = SEALED.search(page)[1]
    assert (
        client.post("/desk/inspections/inspectors/upload/", {"sealed": sealed}).url == "/desk/inspections/inspectors/"
    )
    old.refresh_from_db()
    assert (old.specialities, old.card_until, Inspector.objects.count()) == (
        ["食品", "特种设备"],
        date(2028, 12, 31),
        2,
    )
    client.post("/desk/inspections/inspectors/upload/", {"sealed": sealed})
    assert "预览之后名录库又有变动" in client.get("/desk/inspections/inspectors/upload/").content.decode()
    client.post("/desk/inspections/inspectors/upload/", {"sealed": sealed + "x"})
    assert "预览已失效" in client.get("/desk/inspections/inspectors/upload/").content.decode()


def test_every_mistake_is_told_with_its_row_and_nothing_taken(client, clerk):
    client.force_login(clerk)
    card = "行政执法证（国家统一样式）"
    lines = [
        HEADS,
        "季某,国家证,HS000001,2025-01-01,2028-12-31,,否",
        f",{card},HS000003,2025-01-01,2028-12-31,,否",
        f"单某,{card},HS000003,2025-01-01,2028-12-31,,否",
    ]
    answer = client.post("/desk/inspections/inspectors/upload/", sent("\n".join(lines)))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert all(words in page for words in ("第2行“执法证种类”：没有这个选项", "第3行“姓名”", "第4行：与第3行重复"))
    wrong = f"{HEADS}\n季某,{card},hs1,2025-01-01,2024-12-31,,否\n"
    page = client.post("/desk/inspections/inspectors/upload/", sent(wrong)).content.decode()
    assert all(words in page for words in ("执法证号写法不正确", "早于起始日期"))
    assert not Inspector.objects.exists()


def test_a_speciality_that_is_too_long_is_refused_at_its_field_and_in_its_row(client, clerk):
    client.force_login(clerk)
    long = "食" * 21
    wrong = f"{HEADS}\n季某,行政执法证（国家统一样式）,HS000001,2025-01-01,2028-12-31,食品、{long},否\n"
    answers = [client.post("/desk/inspections/inspectors/upload/", sent(wrong))]
    given = {"name": "季某", "card_kind": "national", "card_number": "HS000001", "card_from": "2025-01-01"}
    given |= {"card_until": "2028-12-31", "specialities": f"食品；{long}"}
    answers.append(client.post("/desk/inspections/inspectors/new/", given))
    assert [each.status_code for each in answers] == [422, 422]
    assert all("每项专业最多20个字" in each.content.decode() for each in answers)
    assert client.post("/desk/inspections/inspectors/new/", given | {"specialities": "食品；电梯"}).status_code == 302
    assert Inspector.objects.get().specialities == ["食品", "电梯"]


def test_a_preview_is_taken_on_its_own_page_by_whom_it_was_shown(client, clerk):
    tag, firm = TagFactory(), SubjectFactory()
    here, there = "/desk/inspections/objects/upload/", "/desk/inspections/inspectors/upload/"
    client.force_login(clerk)
    page = client.post(here, sent(f"统一社会信用代码\n{firm.code}\n") | {"tag": tag.pk}).content.decode()
    sealed = {"sealed": SEALED.search(page)[1]}
    client.post(there, sealed)
    assert "预览已失效" in client.get(there).content.decode()
    client.force_login(ClerkFactory(department=DepartmentFactory()))
    client.post(here, sealed)
    assert "预览已失效" in client.get(here).content.decode()
    assert not tag.tagged.exists()


def test_the_card_of_another_department_is_refused(clerk):
    InspectorFactory(card_number="HS000009")
    row = {"name": "某", "card_kind": "national", "card_number": "HS000009", "card_from": TODAY, "card_until": TODAY}
    with pytest.raises(Refused, match="其他单位"):
        actions.take_inspectors(clerk.department, [row], by=clerk, seen=["foreign"])
    with pytest.raises(Conflict):
        actions.take_inspectors(clerk.department, [row], by=clerk, seen=["new"])
    with pytest.raises(Forbidden):
        actions.take_inspectors(DepartmentFactory(), [row], by=clerk, seen=["foreign"])


def test_bearers_of_a_tag_come_by_their_codes(client, clerk):
    tag, firm = TagFactory(), SubjectFactory()
    client.force_login(clerk)
    unknown = client.post("/desk/inspections/objects/upload/", sent("统一社会信用代码\n91X\n") | {"tag": tag.pk})
    assert (unknown.status_code, "第2行" in unknown.content.decode()) == (422, True)
    page = client.post("/desk/inspections/objects/upload/", sent(f"统一社会信用代码\n{firm.code}\n") | {"tag": tag.pk})
    client.post("/desk/inspections/objects/upload/", {"sealed": SEALED.search(page.content.decode())[1]})
    assert [row.pk for row in objects({"tag": tag.code}, date.today())] == [firm.pk]
    actions.unmark(tag.tagged.get(), reason="停止经营。", by=clerk, on=date(2020, 1, 1))
    assert not tag.tagged.filter(until=None).exists()
    with pytest.raises(Conflict, match="已经取消"):
        actions.unmark(tag.tagged.get(), reason="停止经营。", by=clerk, on=TODAY)


def test_persons_are_in_no_library(db):
    PersonFactory()
    assert not objects({}, TODAY).exists()


def test_who_can_be_drawn_holds_a_card_on_each_day_and_may_inspect_every_item(db):
    entry, other = ItemEntryFactory(), ItemEntryFactory()
    department = DepartmentFactory()
    everything = InspectorFactory(department=department)
    one = InspectorFactory(department=department)
    one.items.set([entry.item])
    span = (date(2026, 12, 1), date(2026, 12, 31))
    InspectorFactory(department=department, card_until=date(2026, 12, 30))
    InspectorFactory(department=department, card_from=date(2026, 12, 2))
    InspectorFactory(department=department, duty="suspended", duty_reason="借调")
    assert list(able(department, [entry.item_id], *span)) == [everything, one]
    assert list(able(department, [entry.item_id, other.item_id], *span)) == [everything]


def test_a_recusal_holds_from_its_day_to_its_end(clerk):
    inspector, firm = InspectorFactory(department=clerk.department), SubjectFactory()
    recusal = actions.recuse(inspector, firm, ground="interest", source="firm", by=clerk, on=TODAY)
    with pytest.raises(Conflict):
        actions.recuse(inspector, firm, ground="interest", source="own", by=clerk, on=TODAY)
    days = [date(2026, 11, 22), TODAY, date(2026, 11, 30), date(2026, 12, 1)]
    assert [bool(avoided([firm.pk], [inspector.pk], day)) for day in days[:2]] == [False, True]
    actions.end_recusal(recusal, reason="已离职。", by=clerk, on=date(2026, 12, 1))
    assert [bool(avoided([firm.pk], [inspector.pk], day)) for day in days] == [False, True, True, False]
    with pytest.raises(Conflict, match="已经解除"):
        actions.end_recusal(recusal, reason="已离职。", by=clerk, on=date(2027, 1, 1))
    assert not avoided([firm.pk], [inspector.pk], days[3]), "what has ended is not made longer"
