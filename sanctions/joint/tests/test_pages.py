"""The pages of joint action: queues of both sides, the lines and their workbook, the board; every figure is counted."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.actions import reminders
from casework.models import Case, Urging
from casework.queries.course import course
from casework.tests.conftest import at
from credit_platform.accounts.tests.factories import (
    ClerkFactory,
    CreditOfficeFactory,
    DepartmentFactory,
    ReviewerFactory,
)
from credit_platform.workdays.queries import calendar
from sanctions.joint import queries
from sanctions.joint.models import JointItem
from sanctions.joint.rules import Late
from sanctions.joint.tests.factories import DONE, LEFT, TODAY, end, listed, measured, pushed, take, task_in

pytestmark = pytest.mark.django_db


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def sign_in(client):
    def as_one(user):
        client.force_login(user)
        return client

    return as_one


def test_a_department_finds_its_task_on_its_desk_and_in_its_list(sign_in):
    case = task_in("sent")
    own, other = ClerkFactory(department=case.department), ClerkFactory()
    desk = text_of(sign_in(own).get("/desk/"))
    assert "联合奖惩任务，待响应" in desk
    assert case.number in text_of(sign_in(own).get(reverse("joint_task:cases")))
    assert case.number not in text_of(sign_in(other).get(reverse("joint_task:cases")))
    assert sign_in(other).get(reverse("joint_task:case", args=[case.pk])).status_code == 404


def test_the_page_of_a_task_counts_its_lines_by_measure(sign_in):
    case = task_in("accepted", listed(3))
    first, second, _ = JointItem.objects.filter(task=case.pk).order_by("pk")
    case = take(case, "settle", given={first.pk: DONE, second.pk: LEFT})
    (progress,) = queries.progress(case.own)
    assert (progress.total, progress.todo, progress.taken, progress.not_taken, progress.ended) == (3, 1, 1, 1, 0)
    page = text_of(sign_in(ClerkFactory(department=case.department)).get(reverse("joint_task:case", args=[case.pk])))
    assert first.entry.subject.name in page
    assert "填写反馈" in page


def test_the_page_of_a_task_tells_every_step_and_who_took_it(sign_in):
    case = task_in("completed")
    events = course(case)
    assert [each["title"] for each in events] == ["提出", "接受任务", "填写反馈", "提交反馈", "确认反馈", "已反馈"]
    assert all(each["note"] for each in events[1:-1])
    assert events[-2]["note"] != events[-3]["note"]
    assert "接受任务" in text_of(sign_in(CreditOfficeFactory()).get(reverse("joint_task:case", args=[case.pk])))


def test_a_step_that_only_the_clock_takes_has_no_button(sign_in):
    case = task_in("accepted")
    page = text_of(sign_in(ClerkFactory(department=case.department)).get(reverse("joint_task:case", args=[case.pk])))
    assert "取消</a>" not in page
    assert (
        sign_in(ClerkFactory(department=case.department))
        .get(reverse("joint_task:step", args=[case.pk, "cancel"]))
        .status_code
        == 404
    )


def test_the_same_feedback_is_given_for_all_that_is_left(sign_in):
    case = task_in("accepted", listed(3))
    clerk = ClerkFactory(department=case.department)
    where = reverse("joint_task:step", args=[case.pk, "settle"])
    measure = JointItem.objects.filter(task=case.pk).first().measure_id
    given = {
        "measure": measure, "taken": "yes", "done_on": "2026-11-20", "document_number": "示执〔2026〕1号", "on": "2026-11-23",
        "version_seen": case.version,
    }  # fmt: skip
    wrong = sign_in(clerk).post(where, given | {"document_number": ""})
    assert wrong.status_code == 422
    assert "请填写执行文书号" in text_of(wrong)
    assert sign_in(clerk).post(where, given).status_code == 302
    assert set(JointItem.objects.values_list("state", flat=True)) == {"taken"}


def test_one_line_is_filled_in_and_shown_again(sign_in):
    case = task_in("accepted", listed(2))
    clerk = ClerkFactory(department=case.department)
    line = JointItem.objects.filter(task=case.pk).first()
    where = reverse("joint_task:line", args=[case.pk, line.pk])
    given = {
        "taken": "no",
        "note": "该主体已经注销，没有可以限制的业务。",
        "on": "2026-11-23",
        "version_seen": case.version,
    }
    assert sign_in(clerk).post(where, given).status_code == 302
    assert "已经注销" in text_of(sign_in(clerk).get(where))
    assert "已经注销" in text_of(sign_in(clerk).get(reverse("joint_task:lines", args=[case.pk]) + "?state=not_taken"))


def _workbook(client, case):
    answer = client.get(reverse("joint_task:lines", args=[case.pk]) + "?export=xlsx")
    return b"".join(answer.streaming_content)


def test_the_workbook_of_a_task_goes_out_and_comes_back_filled_in(sign_in):
    case = task_in("accepted", listed(3))
    client = sign_in(ClerkFactory(department=case.department))
    book = openpyxl.load_workbook(io.BytesIO(_workbook(client, case)))
    sheet = book.active
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row, (taken, on, number, note) in enumerate(
        [("已执行", "2026-11-20", "示执〔2026〕1号", ""), ("未执行", "", "", "该主体已经注销，无法执行。")], start=2
    ):
        for head, value in (("执行情况", taken), ("执行日期", on), ("执行文书号", number), ("说明", note)):
            sheet.cell(row, heads[head], value)
    filled = io.BytesIO()
    book.save(filled)
    where = reverse("joint_task:upload", args=[case.pk])
    file = SimpleUploadedFile("反馈表.xlsx", filled.getvalue())
    answer = client.post(where, {"file": file, "on": "2026-11-23", "version_seen": case.version})
    assert answer.status_code == 302, text_of(answer)
    assert sorted(JointItem.objects.values_list("state", flat=True)) == ["not_taken", "taken", "todo"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("编号,执行情况\n1,已执行\n", "没有找到表头"),
        ("编号,执行情况,执行日期,执行文书号,措施截止日期,说明\n{key},做了,,,,\n", "第2行：“执行情况”应填"),
        ("编号,执行情况,执行日期,执行文书号,措施截止日期,说明\n{key},已执行,昨天,1号,,\n", "第2行：“执行日期”不是日期"),
        ("编号,执行情况,执行日期,执行文书号,措施截止日期,说明\nx,已执行,,,,\n", "第2行：“编号”应与"),
        ("编号,执行情况,执行日期,执行文书号,措施截止日期,说明\n{key},,,,,\n", "没有填写“执行情况”"),
        ("编号,执行情况,执行日期,执行文书号,措施截止日期,说明\n{key},已执行,2026-11-20,,,\n", "请填写执行文书号"),
        (
            "编号,执行情况,执行日期,执行文书号,措施截止日期,说明\n999999999,已执行,2026-11-20,1号,,\n",
            "不是本任务的条目",
        ),
    ],
)
def test_a_workbook_with_a_mistake_is_refused_as_a_whole_with_its_rows(sign_in, rows, words):
    case = task_in("accepted", listed(2))
    client = sign_in(ClerkFactory(department=case.department))
    key = JointItem.objects.filter(task=case.pk).first().pk
    file = SimpleUploadedFile("反馈表.csv", rows.format(key=key).encode())
    answer = client.post(
        reverse("joint_task:upload", args=[case.pk]), {"file": file, "on": "2026-11-23", "version_seen": case.version}
    )
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert set(JointItem.objects.values_list("state", flat=True)) == {"todo"}


def _late(monkeypatch, working_days):
    """Two departments; the days go on until the first last day lies so many working days back."""
    one, two = DepartmentFactory(), DepartmentFactory()
    measured(one)
    measured(two)
    tasks = {task.department_id: task.case for task in pushed(listed(2)).jointaction.tasks.select_related("case")}
    take(tasks[two.pk], "accept")
    due = tasks[one.pk].due_on
    on = calendar().due_on(due, working_days)
    at(on, monkeypatch)
    return one, two, due, on


@pytest.mark.parametrize(("days", "rung"), [(0, Late.NO), (1, Late.LATE), (3, Late.HEAD), (10, Late.OFFICE)])
def test_the_board_says_who_is_late_since_when_with_what(monkeypatch, days, rung):
    one, _, due, on = _late(monkeypatch, days)
    reminders.remind(on)
    backlog = {each.department: each for each in queries.board(on)}[one]
    assert (backlog.open, backlog.waiting, backlog.lines, backlog.lines_left) == (1, 1, 2, 2)
    assert (backlog.late, backlog.late_since, backlog.working_days_late, backlog.rung) == (
        int(days > 0), due if days else None, days, rung,
    )  # fmt: skip
    assert backlog.urged == Urging.objects.filter(case__department=one).count() == (days >= 10)


def test_what_is_urged_is_answered_by_the_department(monkeypatch, sign_in):
    one, _, _, on = _late(monkeypatch, 10)
    reminders.remind(on)
    urging = Urging.objects.get(case__department=one)
    clerk = ClerkFactory(department=one)
    sign_in(clerk).post(reverse("casework:urging", args=[urging.pk]), {"text": "人员调整，本周内办结。"})
    urging.refresh_from_db()
    assert urging.answered_by == clerk
    assert {each.department: each.urged for each in queries.board(on)}[one] == 0


def test_the_late_stand_first_and_the_sums_are_those_of_the_rows(monkeypatch, sign_in):
    one, two, _, on = _late(monkeypatch, 3)
    rows = queries.board(on)
    assert [each.department for each in rows] == [one, two]
    assert queries.totals(rows)["lines"] == JointItem.objects.count()
    page = text_of(sign_in(CreditOfficeFactory()).get(reverse("joint:board")))
    assert "已逾期3个工作日" in page
    told = b"".join(
        sign_in(CreditOfficeFactory()).get(reverse("joint:board") + "?export=csv").streaming_content
    ).decode()
    assert one.name in told
    assert sign_in(ClerkFactory(department=one)).get(reverse("joint:board")).status_code == 403


def test_a_finished_line_is_counted_once_wherever_it_stands(monkeypatch):
    case = task_in("completed")
    end([JointItem.objects.get().entry], "early")
    (row,) = queries.board(TODAY)
    assert (row.open, row.lines, row.lines_left, row.taken, row.liftings, row.liftings_late) == (0, 1, 0, 1, 1, 0)
    assert queries.board(TODAY + timedelta(days=30))[0].liftings_late == 1
    assert case.closed_on == TODAY


def test_the_pages_of_an_action_and_a_lifting_show_what_they_are_about(sign_in):
    case = task_in("completed")
    action = Case.objects.get(pk=case.own.action_id)
    (lifting,) = end([JointItem.objects.get().entry], "early")
    office = sign_in(CreditOfficeFactory())
    assert case.department.label in text_of(office.get(reverse("joint_action:case", args=[action.pk])))
    assert "提前移出" in text_of(office.get(reverse("joint_lifting:case", args=[lifting.pk])))
    reviewer = sign_in(ReviewerFactory(department=case.department))
    where = reverse("joint_lifting:step", args=[lifting.pk, "lift"])
    given = {"note": "已在系统中解除。", "on": "2026-11-23", "version_seen": lifting.version}
    assert reviewer.post(where, given).status_code == 302
    assert JointItem.objects.get().state == "lifted"


def test_an_action_is_begun_by_hand_from_its_page(sign_in):
    measured()
    (entry,) = listed()
    department = entry.record.source_department
    client = sign_in(ClerkFactory(department=department))
    given = {"credit_list": entry.credit_list_id, "department": department.pk, "reason": "措施清单有新版本。"}
    answer = client.post(reverse("joint:initiate"), given)
    assert answer.status_code == 302
    page = text_of(client.get(answer.url))
    assert "措施清单有新版本。" in page
    other = sign_in(ClerkFactory())
    assert other.post(reverse("joint:initiate"), given).status_code == 422


def test_the_number_of_queries_does_not_depend_on_the_lines(sign_in, django_assert_max_num_queries):
    case = task_in("accepted", listed(12))
    client = sign_in(ClerkFactory(department=case.department))
    for name in ("case", "lines"):
        with django_assert_max_num_queries(45):
            client.get(reverse(f"joint_task:{name}", args=[case.pk]))
