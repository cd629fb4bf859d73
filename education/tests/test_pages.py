"""The pages of education: a learner from the list of courses to the certificate, a clerk and a reviewer, a firm with its pack."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from companies.tests.factories import ActiveFactory, sign_in
from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory
from education import actions
from education.models import Attempt, Certificate, CourseVersion, Material, StaffPack
from education.rules.courses import State
from education.tests.factories import GIVEN, NUMBER, certified, right_answers, version_in

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def ticked(attempt: Attempt) -> dict[str, object]:
    """The paper filled in rightly, as a browser sends it."""
    return {"paper": "1"} | {f"q{key}": list(map(str, places)) for key, places in right_answers(attempt).items()}


def test_a_person_learns_under_a_code_and_prints_the_certificate(client):
    version = version_in(State.PUBLISHED)
    code = version.course.code
    assert version.course.title in text_of(client.get("/education/"))
    assert "都不影响办理" in text_of(client.get(f"/education/courses/{code}/"))
    given = {"name": "张示例", "number": NUMBER}
    refused = client.post("/education/enrol/", given)
    assert refused.status_code == 422
    page = text_of(client.post("/education/enrol/", given | {"agreed": "on"}))
    learning_code = re.search(r'class="code">([0-9A-Z]{12})<', page)[1]
    assert "没有这个学习码" in text_of(client.post("/education/learn/", {"code": "X" * 12}))
    home = client.post("/education/learn/", {"code": learning_code})["Location"]
    assert NUMBER not in home
    test = f"{home}{code}/"
    assert "开始考试" in text_of(client.get(test))
    assert client.post(test, {"begin": "1"}).status_code == 302
    attempt = Attempt.objects.get()
    assert "没有作答" in text_of(client.post(test, {"paper": "1"}))
    assert client.post(test, ticked(attempt))["Location"] == test
    row = Certificate.objects.get()
    assert row.number in text_of(client.get(test))
    printed = text_of(client.get(f"{home}certificates/{row.number}/"))
    assert all(text in printed for _, text in row.printed)
    assert NUMBER not in printed
    shown = text_of(client.post("/reports/verify/", {"text": f"{row.number} {row.code}"}))
    assert all(text in shown for _, text in row.printed)


def test_a_firm_takes_a_test_and_hands_a_pack_on(client):
    version, account = version_in(State.PUBLISHED), ActiveFactory()
    sign_in(client, account)
    test = reverse("education:my-test", args=[version.course.code])
    assert client.get(test).status_code == 200
    assert client.post(test, {"begin": "1"}).status_code == 302
    assert client.post(test, ticked(Attempt.objects.get())).status_code == 302
    row = Certificate.objects.get()
    assert account.subject.name in text_of(client.get(reverse("education:my-certificate", args=[row.number])))
    made = client.post(reverse("education:my-pack-new"), {"title": "新员工", "courses": [version.course_id]})
    pack = StaffPack.objects.get()
    assert pack.code in text_of(client.get(made["Location"]))
    assert account.subject.name in text_of(client.get(f"/education/packs/?code={pack.code}", follow=True))
    assert row.number in text_of(client.get("/my/education/"))
    assert row.course_version.course.title in text_of(client.get("/my/"))
    assert client.post(reverse("education:my-pack-close", args=[pack.pk]), {"close": "1"}).status_code == 302
    assert client.get(f"/education/packs/{pack.code}/").status_code == 404
    sign_in(client, ActiveFactory())
    assert client.get(made["Location"]).status_code == 404
    assert client.get(reverse("education:my-certificate", args=[row.number])).status_code == 404


def test_a_clerk_writes_a_course_and_a_reviewer_publishes_it(client):
    clerk = ClerkFactory()
    client.force_login(clerk)
    given = {key: value for key, value in GIVEN.items() if value is not None}
    assert "必选" in text_of(client.get(reverse("education:new")))
    assert client.post(reverse("education:new"), given | {"occasions": []}).status_code == 422
    here = client.post(reverse("education:new"), given | {"drawn": "1"})["Location"]
    row = CourseVersion.objects.get()
    film = SimpleUploadedFile("片头.mp4", b"\0\0\0\x18ftypmp42" + b"\x07" * 100)
    lesson = {"title": "第一课", "text": "守信受益。", "papers": [film]}
    assert client.post(reverse("education:lesson-new", args=[row.pk]), lesson).status_code == 302
    question = {"text": "守信受益吗？", "options": "是\n否", "right": "1"}
    new = reverse("education:question-new", args=[row.pk])
    assert client.post(new, question | {"right": "3"}).status_code == 422
    assert client.post(new, question | {"right": "一"}).status_code == 422
    assert client.post(new, question).status_code == 302
    file = Material.objects.get()
    row.refresh_from_db()
    act = reverse("education:act", args=[row.pk, "submit"])
    assert client.post(act, {"version_seen": str(row.version)}).status_code == 302
    assert client.get(f"/education/files/{file.pk}/").status_code == 404
    client.force_login(ReviewerFactory(department=clerk.department))
    assert "待审核的课程" in text_of(client.get("/desk/"))
    row.refresh_from_db()
    assert client.post(
        reverse("education:act", args=[row.pk, "publish"]), {"version_seen": str(row.version)}
    ).status_code == 302  # fmt: skip
    assert "使用中" in text_of(client.get(here))
    client.logout()
    assert client.get(f"/education/files/{file.pk}/").content[-1:] == b"\x07"
    piece = client.get(f"/education/files/{file.pk}/", headers={"range": "bytes=4-7"})
    assert (piece.status_code, piece.content, piece["Content-Range"]) == (206, b"ftyp", "bytes 4-7/112")
    assert client.get(f"/education/files/{file.pk}/", headers={"range": "bytes=900-"}).status_code == 416


def test_the_desk_lists_revokes_and_counts(client):
    row = certified()
    department = row.course_version.course.department
    client.force_login(ReviewerFactory(department=department))
    assert row.number in text_of(client.get(reverse("education:certificates")))
    challenge = reverse("education:certificate-act", args=[row.pk, "challenge"])
    assert client.post(challenge, {"version_seen": "1", "reason": ""}).status_code == 422
    assert client.post(challenge, {"version_seen": "1", "reason": "代考。"}).status_code == 302
    revoke = reverse("education:certificate-act", args=[row.pk, "revoke"])
    assert client.post(revoke, {"version_seen": "2"}).status_code == 403
    client.force_login(ReviewerFactory(department=department))
    assert client.post(revoke, {"version_seen": "2"}).status_code == 302
    figures = text_of(client.get(reverse("education:figures")))
    assert "参加人数" in figures
    assert row.course_version.course.title in figures
    client.force_login(ReviewerFactory())
    assert client.get(reverse("education:certificate", args=[row.pk])).status_code == 404


def test_pages_of_who_has_no_account_set_no_cookie_and_an_empty_question_is_no_mistake(client):
    version, account = version_in(State.PUBLISHED), ActiveFactory()
    pack = actions.make_pack(title="新员工", courses=[version.course], by=account)
    for address in ("", "learn/", "enrol/", "packs/", "packs/?code=", f"packs/{pack.code}/", "trainings/"):
        answer = client.get(f"/education/{address}")
        assert answer.status_code == 200, address
        assert not answer.cookies, address
    assert client.get("/education/packs/?code=NOBODY").status_code == 422


def test_a_code_that_was_altered_opens_nothing(client):
    version = version_in(State.PUBLISHED)
    assert client.get("/education/learn/forged/").status_code == 404
    assert client.get(f"/education/learn/forged/{version.course.code}/").status_code == 404
    assert client.get("/education/courses/unknown/").status_code == 404
    draft = version_in(State.DRAFT, code="another")
    assert client.get(f"/education/courses/{draft.course.code}/").status_code == 404


def test_a_retired_course_is_not_offered(client):
    version = version_in(State.PUBLISHED)
    actions.retire(
        version,
        reason="内容已经过时。",
        by=ReviewerFactory(department=version.course.department),
        seen=str(version.version),
    )
    assert "还没有课程" in text_of(client.get("/education/"))
