"""The desk's pages of published lists: candidates side by side, the forms, what is hidden from others, what is told."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from records.tests.factories import SubjectNameFactory, valid_code, valid_person_id
from sanctions.filed import actions
from sanctions.filed.models import FiledPublication, FiledRow, Judgement
from sanctions.filed.rules import RowState
from sanctions.filed.tests.factories import DraftPublicationFactory, PublicationFactory, line, row_in, subject_of, take
from sanctions.lists.models import ListEntry
from sanctions.lists.tests.factories import SeriousListFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filing")]


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def sign_in(client):
    def as_one(user):
        client.force_login(user)
        return client

    return as_one


def test_the_candidates_stand_side_by_side_with_what_agrees_and_differs(sign_in):
    publication, subject = PublicationFactory(), subject_of(1, name="哈尔滨示列商贸有限公司道里分公司")
    SubjectNameFactory(subject=subject, name="哈尔滨旧名贸易有限公司")
    take(publication, [line(1, GB_MC="哈尔滨示列商贸有限公司", GB_SHXYM=None, GB_FRDB="赵某某")])
    row = FiledRow.objects.get()
    page = text_of(sign_in(ClerkFactory(department=row.department)).get(reverse("filed:row", args=[row.pk])))
    for words in (
        "总机构与分支机构（“道里分公司”）",
        "哈尔滨旧名贸易有限公司",
        subject.code,
        "赵某某",
        "虚构交易，情节严重。",
    ):
        assert words in page


def test_a_row_of_another_department_is_not_there(sign_in):
    row = row_in(RowState.WAITING)
    assert sign_in(ClerkFactory()).get(reverse("filed:row", args=[row.pk])).status_code == 404
    assert row.name not in text_of(sign_in(ReviewerFactory()).get(reverse("filed:rows")))
    assert row.name in text_of(sign_in(CreditOfficeFactory()).get(reverse("filed:rows")))


def test_a_clerk_proposes_and_another_one_confirms(sign_in):
    row, subject = row_in(RowState.WAITING), subject_of(9)
    clerk, reviewer = ClerkFactory(department=row.department), ReviewerFactory(department=row.department)
    address = reverse("filed:judge", args=[row.pk])
    client = sign_in(clerk)
    empty = client.post(address, {"version_seen": str(row.version)})
    assert empty.status_code == 422
    assert "请选择核对结论" in text_of(empty)
    sent = {
        "answer": "same",
        "code": subject.code.lower(),
        "reason": "执照一致。",
        "until": "2027-11-01",
        "version_seen": str(row.version),
    }
    assert client.post(address, sent).status_code == 302
    row.refresh_from_db()
    assert "不能复核" not in text_of(client.get(reverse("filed:row", args=[row.pk])))
    client = sign_in(reviewer)
    assert "公布名单，核对结论待复核" in text_of(client.get("/desk/"))
    confirm = reverse("filed:row-step", args=[row.pk, "confirm"])
    assert client.post(confirm, {"why": "", "version_seen": str(row.version)}).status_code == 302
    assert ListEntry.objects.get().subject == subject


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": valid_code(1)}, "登记册中没有这个统一社会信用代码"),
        ({"answer": "nobody", "code": ""}, ""),
        ({"until": "2026-11-23"}, "应晚于今天"),
        ({"reason": ""}, "请填写依据和理由"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(sign_in, changes, words):
    row, subject = row_in(RowState.WAITING), subject_of(9)
    client = sign_in(ClerkFactory(department=row.department))
    given = {
        "answer": "same",
        "code": subject.code,
        "reason": "执照一致。",
        "until": "2027-11-01",
        "version_seen": str(row.version),
    }
    answer = client.post(reverse("filed:judge", args=[row.pk]), given | changes)
    assert answer.status_code == (422 if words else 302)
    if words:
        assert words in text_of(answer)
        assert not Judgement.objects.exists()


def test_who_does_not_exist_is_no_choice(sign_in):
    row = row_in(RowState.WAITING)
    client = sign_in(ClerkFactory(department=row.department))
    given = {
        "answer": "same",
        "subject": "999999999999999999999",
        "reason": "x",
        "until": "2027-11-01",
        "version_seen": str(row.version),
    }
    assert client.post(reverse("filed:judge", args=[row.pk]), given).status_code == 422


def test_an_old_page_is_told(sign_in):
    row, subject = row_in(RowState.WAITING), subject_of(9)
    given = {"answer": "same", "code": subject.code, "reason": "执照一致。", "until": "2027-11-01", "version_seen": "0"}
    answer = sign_in(ClerkFactory(department=row.department)).post(reverse("filed:judge", args=[row.pk]), given)
    assert answer.status_code in (409, 422)
    assert not Judgement.objects.exists()


def test_a_publication_is_registered_by_form_and_confirmed_by_another(sign_in):
    row = SeriousListFactory(code="GB-SHI")
    clerk = ClerkFactory()
    sent = {
        "standard": "filed-general", "list_code": row.code, "title": "示例名单", "authority_name": "示例公布机关",
        "authority_code": valid_code(86000001, pair="11", area="110000"), "document_number": "示公〔2026〕1号",
        "published_on": "2026年11月2日", "basis": "《示例条例》", "published_at": "示例网站", "whole": "full",
    }  # fmt: skip
    client = sign_in(clerk)
    bad = client.post(reverse("filed:new-publication"), sent | {"authority_code": "9", "whole": ""})
    assert bad.status_code == 422
    assert "请选择名单范围" in text_of(bad)
    assert client.post(reverse("filed:new-publication"), sent).status_code == 302
    made = FiledPublication.objects.get()
    assert made.is_full
    client = sign_in(ReviewerFactory(department=clerk.department))
    assert "公布名单，待确认" in text_of(client.get("/desk/"))
    step = reverse("filed:publication-step", args=[made.pk, "confirm"])
    assert client.post(step, {"version_seen": "1"}).status_code == 422, "the source must have been looked at"
    assert client.post(step, {"seen": "on", "version_seen": "1"}).status_code == 302
    assert "导入名单文件" in text_of(client.get(reverse("filed:publication", args=[made.pk])))


def test_the_clerk_who_registered_finds_no_button_to_confirm(sign_in):
    both = ReviewerFactory()
    row = DraftPublicationFactory(department=both.department, drafted_by=both)
    page = text_of(sign_in(both).get(reverse("filed:publication", args=[row.pk])))
    assert reverse("filed:publication-step", args=[row.pk, "confirm"]) not in page


def test_what_the_source_left_out_is_on_the_desk_until_somebody_has_looked(sign_in):
    row = row_in(RowState.ENTERED)
    take(row.publication, [line(2)])
    client = sign_in(ReviewerFactory(department=row.department))
    assert "公布名单，来源已不列，待确认" in text_of(client.get("/desk/"))
    assert row.name in text_of(client.get(reverse("filed:rows") + "?scope=left_out"))
    row.refresh_from_db()
    step = reverse("filed:row-step", args=[row.pk, "release"])
    sent = {"document": "示移〔2026〕1号", "reason": "已核实。", "version_seen": str(row.version)}
    assert client.post(step, sent).status_code == 302
    assert "公布名单，来源已不列，待确认" not in text_of(client.get("/desk/"))


@pytest.mark.parametrize(
    "query", ["?scope=nothing", "?state=x", "?listed_from=abc", "?q=%00", "?list_code=%27", "?cursor=x"]
)
def test_no_address_breaks_the_list(sign_in, query):
    client = sign_in(ReviewerFactory(department=row_in(RowState.WAITING).department))
    assert client.get(reverse("filed:rows") + query).status_code in (200, 400, 422)


@pytest.mark.parametrize("name", ["filed:rows", "filed:publications"])
def test_the_list_goes_out_as_a_file(sign_in, name):
    row = row_in(RowState.WAITING)
    client = sign_in(ReviewerFactory(department=row.department))
    answer = client.get(reverse(name) + "?export=csv")
    assert answer.status_code == 200
    assert "示公〔2026〕1号" in b"".join(answer.streaming_content).decode("utf-8-sig")


def test_the_number_of_a_person_is_nowhere_on_the_pages(sign_in):
    publication, number = PublicationFactory(), valid_person_id(900)
    take(publication, [line(1, GB_MC="王某某", GB_SHXYM=None, GB_LB="自然人", GB_ZJLX="身份证", GB_ZJHM=number)])
    row = FiledRow.objects.get()
    page = text_of(sign_in(ReviewerFactory(department=row.department)).get(reverse("filed:row", args=[row.pk])))
    assert number not in page
    assert f"{number[:6]}********{number[-4:]}" in page


def test_a_form_and_a_push_do_not_make_entries_of_lists(sign_in):
    clerk = ClerkFactory()
    page = text_of(sign_in(clerk).get("/desk/records/entry/"))
    assert "其他机关公布的严重失信主体名单" not in page


def test_a_row_with_nobody_alike_says_what_to_do(sign_in):
    take(PublicationFactory(), [line(1, GB_MC="大庆无人知晓建材有限公司", GB_SHXYM=None)])
    row = FiledRow.objects.get()
    page = text_of(sign_in(ClerkFactory(department=row.department)).get(reverse("filed:row", args=[row.pk])))
    assert "登记册中没有找到相近的主体" in page


def test_a_decision_is_shown_with_who_and_why(sign_in):
    row = row_in(RowState.PROPOSED)
    actions.decline(row, why="档案不足以认定。", by=(second := ReviewerFactory(department=row.department)))
    page = text_of(sign_in(second).get(reverse("filed:row", args=[row.pk])))
    assert "档案不足以认定。" in page
    assert second.full_name in page
