"""The pages: a department reads its numbers down to the row and contests one; the credit office answers, and everybody reads the circular."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessment.models import CircularCase, ContestCase, EvidenceCase, Sheet, TaskAssignment
from assessment.plan.rules import Due
from assessment.sheets.actions.circulars import signed_file
from assessment.tests.factories import (
    AFTER,
    OCTOBER,
    POINTS,
    TODAY,
    adopted,
    assigned,
    circular_in,
    frozen_month,
    number_of,
    office,
    plan,
    take_circular,
)
from casework.tests.conftest import at
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def version_on(client, address: str) -> str:
    return re.search(r'name="version_seen" value="([^"]+)"', client.get(address).content.decode()).group(1)


def test_a_department_contests_a_number_and_the_office_corrects_it(client):
    department = DepartmentFactory()
    month = frozen_month(department)
    sheet = month.sheets.get()
    client.force_login(ClerkFactory(department=department))
    assert department.name in text_of(client.get(reverse("assessment:month", args=[month.pk])))
    page = text_of(client.get(reverse("assessment:sheet", args=[sheet.pk])))
    assert "89.29" in page
    assert "样本小" in page
    number = number_of(month)
    address = reverse("assessment:number", args=[number.pk])
    assert "提出申诉" in text_of(client.get(address))
    lodge = reverse("assessment:contest-new", args=[number.pk])
    assert client.post(lodge, {"text": "停机。"}).status_code == 422
    there = client.post(lodge, {"refs": number.missed, "text": "当日停机。"})["Location"]
    assert "待答复" in text_of(client.get(there))
    assert "提出申诉" not in text_of(client.get(address))
    case = ContestCase.objects.get().case
    client.force_login(office())
    step = reverse("contest:step", args=[case.pk, "correct"])
    sent = {
        "upheld": number.missed,
        "reason": "属实。",
        "on": TODAY.isoformat(),
        "version_seen": version_on(client, step),
    }
    assert client.post(step, sent).status_code == 302
    newest = Sheet.objects.current().get(month=month)
    assert "100.00" in text_of(client.get(reverse("assessment:sheet", args=[newest.pk])))
    assert "已被更正" in text_of(client.get(reverse("assessment:sheet", args=[sheet.pk])))
    assert "申诉成立" in text_of(client.get(there))


def test_another_department_sees_no_sheet(client):
    month = frozen_month()
    client.force_login(ReviewerFactory())
    assert client.get(reverse("assessment:sheet", args=[month.sheets.get().pk])).status_code == 404
    assert client.get(reverse("assessment:number", args=[number_of(month).pk])).status_code == 404
    assert month.sheets.get().department.name not in text_of(client.get(reverse("assessment:month", args=[month.pk])))


def test_a_circular_is_written_signed_and_read_by_everybody(client, monkeypatch):
    month = frozen_month()
    client.force_login(office())
    new = reverse("assessment:circular-new", args=[month.pk])
    assert client.post(new, {"title": "通报", "text": ""}).status_code == 422
    there = client.post(new, {"title": "十月通报", "text": "现将情况通报如下。"})["Location"]
    assert "十月通报" in text_of(client.get(there))
    at(AFTER, monkeypatch)
    row = take_circular(CircularCase.objects.get().case, "issue", on=AFTER).own
    client.force_login(ClerkFactory())
    page = text_of(client.get(reverse("assessment:circular-read", args=[row.pk])))
    assert month.sheets.get().department.name in page
    file = client.get(reverse("assessment:circular-file", args=[row.pk]))
    assert b"".join(file.streaming_content if file.streaming else [file.content]) == signed_file(row)
    verdict = client.post(reverse("public:verify"), {"file": SimpleUploadedFile("通报.pdf", signed_file(row))})
    assert "十月通报" in text_of(verdict)


def test_a_draft_of_a_circular_is_read_by_no_department(client):
    row = circular_in("drafted")
    client.force_login(ReviewerFactory(department=row.department))
    assert client.get(reverse("assessment:circular-read", args=[row.pk])).status_code == 404
    assert client.get(reverse("circular:case", args=[row.pk])).status_code == 403


def test_a_task_is_assigned_answered_and_accepted(client):
    plan()
    department = DepartmentFactory()
    client.force_login(office())
    given = {"departments": [department.pk], "due": Due.ONCE.value, "due_on": "2026-12-31", "valid_from": "2026-11-01"}
    task = assigned().task
    there = client.post(reverse("assessment:assign"), given | {"task": task.pk})["Location"]
    assert department.label in text_of(client.get(there))
    row = TaskAssignment.objects.get(department=department)
    client.force_login(ClerkFactory(department=department))
    submit = reverse("assessment:evidence-new", args=[row.pk])
    paper = SimpleUploadedFile("制度.pdf", b"%PDF-1.4\n%%EOF\n")
    sent = {"for_due": "2026-12-31", "done_on": TODAY.isoformat(), "text": "已印发制度。"}
    assert client.post(submit, sent | {"text": ""}).status_code == 422
    assert client.post(submit, sent | {"papers": paper}).status_code == 302
    case = EvidenceCase.objects.get(assignment=row).case
    client.force_login(office())
    step = reverse("evidence:step", args=[case.pk, "accept"])
    assert client.post(step, {"on": TODAY.isoformat(), "version_seen": version_on(client, step)}).status_code == 302
    page = text_of(client.get(reverse("assessment:task", args=[row.pk])))
    assert "已完成" in page
    exported = client.get(reverse("assessment:tasks") + "?export=csv")
    assert "已完成" in b"".join(exported.streaming_content).decode("utf-8-sig")


def test_a_scheme_is_drawn_up_by_a_form_whose_weights_are_a_hundred(client):
    client.force_login(office())
    given = {"name": "方案", "basis": "示考〔2026〕2号", "valid_from": "2026-12-01", "small": 10, "freeze_days": 5}
    given |= {"contest_days": 5, "floor": 10, "cap": 5} | {code: str(points) for code, points in POINTS.items()}
    new = reverse("assessment:scheme-new")
    assert "权重合计应为 100" in text_of(client.post(new, given | {"tasks": "9"}))
    there = client.post(new, given)["Location"]
    assert "双公示及时率" in text_of(client.get(there))


def test_the_office_freezes_the_month_and_contacts_and_documents_are_entered(client):
    adopted()
    plan()
    client.force_login(office())
    assert client.post(reverse("assessment:freeze"), {"sure": "on"}).status_code == 302
    assert "2026年10月" in text_of(client.get(reverse("assessment:months")))
    assert OCTOBER.month == 10
    client.force_login(ClerkFactory())
    contact = {"kind": "staff", "name": "某人", "post": "科长", "phone": "0451-84660000", "on": TODAY.isoformat()}
    assert client.post(reverse("assessment:contact-new"), contact).status_code == 302
    assert "0451-84660000" in text_of(client.get(reverse("assessment:contacts")))
    client.force_login(ClerkFactory())
    assert "0451-84660000" not in text_of(client.get(reverse("assessment:contacts")))


def test_the_plan_tells_the_public_how_far_it_is_and_names_no_department(client):
    row = assigned(due=Due.ONCE, due_on=TODAY.replace(day=1))
    page = text_of(client.get(reverse("assessment:plan")))
    assert row.task.title in page
    assert "已逾期" in page
    assert row.department.name not in page
