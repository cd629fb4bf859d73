"""The desk: a check by form and its answer, the list, the outcome, decided cases, the board; a file with progress; the page in a frame."""

import io
import json
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from checks.actions import jobs
from checks.actions.deciding import Decided, report
from checks.actions.states import keep
from checks.models import Check, CheckJob, CheckMatter, CheckNotice, DecidedCase
from checks.receipts.verifying import opened
from checks.rules.coverage import Coverage, Source, counts
from checks.rules.jobs import MOVES, JobState
from checks.tests.factories import FOOD, PROCUREMENT, TODAY, asked, barred, check_of, listed
from checks.tests.factories import client as api_client
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, WindowClerkFactory
from credit_platform.errors import Conflict, Forbidden
from records.tests.factories import PersonFactory, SubjectFactory, valid_person_id
from sanctions.lists.tests.factories import StandingEntryFactory

pytestmark = pytest.mark.usefixtures("city")


@pytest.fixture
def clerk(client):
    user = ClerkFactory()
    client.force_login(user)
    return user


def form(**more):
    return {"matter": PROCUREMENT, "purpose": "procurement", "case_number": "办1", "id_type": "身份证"} | more


def sheet(*rows):
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_a_check_by_form_leads_to_its_answer(client, clerk):
    entry = barred()
    page = client.post("/desk/checks/new/", form(code=entry.subject.code.lower()), follow=True)
    check = Check.objects.get()
    assert page.redirect_chain[-1][0] == f"/desk/checks/{check.number}/"
    for words in ("结论：禁止", "M01a", entry.document_number, "前3年内没有重大违法记录"):
        assert words in page.text
    assert (check.channel, check.department, check.asker_name) == ("desk", clerk.department, clerk.actor_name)
    assert "办1" in client.get("/desk/checks/").text
    receipt = client.get(f"/desk/checks/{check.number}/receipt/")
    assert opened(receipt.text)["verdict"] == "forbid"


def test_a_mistake_is_told_at_its_field_and_what_was_typed_stays(client, clerk):
    page = client.post("/desk/checks/new/", form(code="123"))
    assert page.status_code == 422
    assert "应为18位" in page.text
    assert 'value="办1"' in page.text


def test_the_number_of_a_person_is_on_no_page(client, clerk):
    number = valid_person_id(4)
    PersonFactory(number=number, name="李某某")
    page = client.post("/desk/checks/new/", form(id_number=number, name="李某某"), follow=True)
    wrong = client.post("/desk/checks/new/", form(id_number=number[:-1], name="李某某"))
    listed_page = client.get("/desk/checks/")
    for text in (page.text, wrong.text, listed_page.text):
        assert number not in text
        assert number[:-1] not in text
    assert "李**" in page.text


def test_others_do_not_see_a_check_and_the_office_sees_all(client, clerk):
    check = check_of(asked(listed().subject))
    assert client.get(f"/desk/checks/{check.number}/").status_code == 404
    client.force_login(CreditOfficeFactory())
    assert client.get(f"/desk/checks/{check.number}/").status_code == 200
    client.force_login(WindowClerkFactory())
    assert client.get("/desk/checks/").status_code == 200


def test_the_list_filters_and_exports(client, clerk):
    by = api_client()
    by.department = clerk.department
    by.save()
    asked(listed().subject, by, case_number="甲1")
    asked(SubjectFactory(), by, case_number="乙2")
    assert "甲1" in client.get("/desk/checks/?verdict=caution").text
    assert "乙2" not in client.get("/desk/checks/?verdict=caution").text
    assert "乙2" in client.get("/desk/checks/?q=乙2").text
    assert "甲1" not in client.get("/desk/checks/?state=told").text
    text = b"".join(client.get("/desk/checks/?export=csv").streaming_content).decode("utf-8-sig")
    assert len(text.splitlines()) == 3


def test_an_outcome_by_form(client, clerk, monkeypatch):
    client.post("/desk/checks/new/", form(code=barred().subject.code))
    check = Check.objects.get()
    monkeypatch.setattr("checks.actions.telling.timezone.localdate", lambda moment=None: TODAY)
    where = f"/desk/checks/{check.number}/outcome/"
    page = client.post(where, {"result": "refused", "decided_on": "2026-11-23", "measures": ["M01a"]})
    assert page.status_code == 422
    assert "未采取下列措施的理由" in page.text
    done = client.post(
        where, {"result": "refused", "decided_on": "2026-11-23", "measures": ["M01a", "M10"]}, follow=True
    )
    assert "不予办理" in done.text


def test_a_change_stands_on_the_desk_until_somebody_takes_note(client, clerk):
    client.post("/desk/checks/new/", form(code=listed().subject.code))
    check = Check.objects.get()
    StandingEntryFactory(record__subject=check.subject, credit_list__code="SY-8")
    keep([check.subject_id], on=TODAY)
    notice = CheckNotice.objects.get()
    assert "所查主体情况有变化" in client.get("/desk/").text
    assert "核查之后情况有变化" in client.get(f"/desk/checks/{check.number}/").text
    assert client.post(f"/desk/checks/notices/{notice.pk}/", follow=True).status_code == 200
    assert clerk.actor_name in client.get("/desk/checks/notices/").text


# --- decided cases


def decided(n, on=TODAY, matter=PROCUREMENT, window=""):
    return Decided(1, matter, f"办{n}", on, window)


@pytest.mark.parametrize(
    ("asked_on", "decided_on", "good"),
    [
        (date(2026, 11, 24), TODAY, False),
        (TODAY, TODAY, True),
        (TODAY, date(2026, 11, 30), True),
        (TODAY, date(2026, 12, 1), False),
    ],
)
def test_when_a_check_counts(asked_on, decided_on, good):
    assert counts(asked_on=asked_on, valid_until=date(2026, 11, 30), decided_on=decided_on) is good


def test_cases_without_a_check_are_named(city):
    """On the day that it is: a check has its moment from the database, which no test moves."""
    by = api_client()
    moment = check_of(asked(SubjectFactory(), by)).asked_at
    with time_machine.travel(moment, tick=True):
        asked(SubjectFactory(), by, case_number="办1")
        day = timezone.localdate()
        done = report([decided(1, day), decided(2, day)], department=by.department, source=Source.API, by=by)
        assert (done.added, done.unchanged, done.unchecked) == (2, 0, ["办2"])
        again = report([decided(2, day)], department=by.department, source=Source.FILE, by=by)
        assert (again.added, again.unchanged) == (0, 1)
        other = report([decided(1, day, FOOD)], department=by.department, source=Source.API, by=by)
        assert other.unchecked == ["办1"]
    assert DecidedCase.objects.unchecked().count() == 2


def test_bad_cases_are_sent_back_and_good_ones_stay(city):
    by = api_client()
    cases = [
        decided(1),
        decided(2, date(2027, 1, 1)),
        decided(3, None),
        decided(4, TODAY, "X"),
        Decided(5, PROCUREMENT, "", TODAY),
    ]
    done = report(
        [*cases, Decided(7, PROCUREMENT, valid_person_id(1), TODAY)], department=by.department, source=Source.API, by=by
    )
    assert done.added == 1
    assert [finding.field for _, finding in done.rejected] == [
        "decided_on",
        "decided_on",
        "matter",
        "case_number",
        "case_number",
    ]


def test_only_the_department_itself_reports(city):
    with pytest.raises(Forbidden):
        report([decided(1)], department=api_client().department, source=Source.API, by=ClerkFactory())


def test_cases_over_the_interface(client):
    by = api_client()
    body = {"cases": [{"matter": PROCUREMENT, "case_number": "办9", "decided_on": "2026-11-23", "window": "3号窗口"}]}
    answer = client.post(
        "/api/v1/cases/", json.dumps(body), content_type="application/json", headers={"X-Api-Key": by.key}
    )
    assert answer.json() == {"total": 1, "added": 1, "unchanged": 0, "unchecked": ["办9"], "rejected": []}


def test_cases_as_a_file_and_the_board(client, clerk):
    data = sheet(
        ["核查事项编码", "办件编号", "决定日期", "窗口"],
        [PROCUREMENT, "办1", "2026年11月20日", "3号"],
        [PROCUREMENT, "办2", "昨天", ""],
    )
    page = client.post("/desk/checks/cases/upload/", {"file": SimpleUploadedFile("办结.xlsx", data)}, follow=True)
    assert "新登记 1 件" in page.text
    assert "第 3 行" in page.text
    board = client.get("/desk/checks/coverage/").text
    assert "3号" in board
    assert "0.0%" in board
    assert client.get("/desk/checks/coverage/?since=x&until=2026-11-23").status_code == 422


@pytest.mark.parametrize(
    ("decided_", "checked", "told"), [(0, 0, "—"), (3, 3, "100.0%"), (3, 2, "66.6%"), (10_000, 9_999, "99.9%")]
)
def test_a_share_is_never_rounded_up_to_all(decided_, checked, told):
    assert Coverage(decided_, checked).percent == told


# --- a file


def ordered(clerk, *codes):
    data = sheet(["统一社会信用代码", "名称"], *([code, ""] for code in codes))
    matter = CheckMatter.objects.get(code=PROCUREMENT)
    return jobs.order([data], "名单.xlsx", matter=matter, purpose="procurement", case_number="批1", window="", by=clerk)


def test_a_file_is_checked_row_by_row_and_its_result_is_a_workbook(client, clerk):
    codes = [barred().subject.code, "123", SubjectFactory().code]
    data = sheet(["统一社会信用代码", "办件编号"], *([code, f"办{n}"] for n, code in enumerate(codes)))
    given = {
        "matter": PROCUREMENT,
        "purpose": "procurement",
        "case_number": "批1",
        "file": SimpleUploadedFile("单.xlsx", data),
    }
    assert client.post("/desk/checks/files/new/", given).status_code == 302
    job = jobs.run(CheckJob.objects.get().pk)
    assert (job.state, job.position, job.total, job.wrong) == ("done", 3, 3, 1)
    assert "核查完毕" in client.get(f"/desk/checks/files/{job.pk}/").text
    book = load_workbook(io.BytesIO(b"".join(client.get(f"/desk/checks/files/{job.pk}/result/").streaming_content)))
    rows = list(book.active.iter_rows(values_only=True))
    assert [row[6] for row in rows[1:]] == ["禁止", "", "无"]
    assert "应为18位" in rows[2][9]


def test_a_killed_worker_loses_a_stretch_and_no_row_is_asked_twice(clerk, monkeypatch):
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    job = ordered(clerk, *(SubjectFactory().code for _ in range(7)))
    real, told = jobs.note_many, []

    def dying(*given):
        told.append(1)
        if len(told) == 3:
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr(jobs, "note_many", dying)
    with pytest.raises(KeyboardInterrupt):
        jobs.run(job.pk)
    assert (CheckJob.objects.get().position, Check.objects.count()) == (4, 4)
    done = jobs.run(job.pk)
    assert (done.state, done.position, Check.objects.count()) == ("done", 7, 7)
    assert sorted(Check.objects.values_list("row", flat=True)) == [2, 3, 4, 5, 6, 7, 8]


def test_a_file_that_gets_no_further_is_given_up(clerk, monkeypatch):
    job = ordered(clerk, SubjectFactory().code)
    monkeypatch.setattr(jobs, "_stretch", lambda *given: False)
    for _ in range(6):
        state = jobs.run(job.pk)
    assert (state.state, state.why) == ("failed", "多次中断，没有进展。")


def test_a_file_can_be_cancelled_by_who_ordered_it(clerk):
    job = ordered(clerk, SubjectFactory().code)
    with pytest.raises(Forbidden):
        jobs.cancel(job, by=ClerkFactory())
    assert jobs.cancel(job, by=clerk).state == "cancelled"
    assert jobs.run(job.pk).position == 0
    with pytest.raises(Conflict):
        jobs.cancel(job, by=clerk)


def test_a_file_without_codes_fails_with_the_reason(clerk):
    matter = CheckMatter.objects.get(code=PROCUREMENT)
    job = jobs.order(
        [sheet(["名称"], ["某公司"])],
        "单.xlsx",
        matter=matter,
        purpose="approval",
        case_number="1",
        window="",
        by=clerk,
    )
    done = jobs.run(job.pk)
    assert (done.state, "没有找到这些列" in done.why) == ("failed", True)


@pytest.mark.parametrize("state", list(JobState))
@pytest.mark.parametrize("verb", ["start", "finish", "fail", "cancel"])
def test_every_pair_of_the_moves_of_a_file(state, verb):
    from checks.rules.jobs import next_state

    if (state, verb) in MOVES:
        assert next_state(state, verb) is MOVES[state, verb]
    else:
        with pytest.raises(Conflict):
            next_state(state, verb)


# --- in a frame


def link(client, by, **more):
    body = {"matter": PROCUREMENT, "purpose": "procurement", "case_number": "办1"} | more
    return client.post(
        "/api/v1/checks/links/", json.dumps(body), content_type="application/json", headers={"X-Api-Key": by.key}
    )


def test_a_link_asks_once_and_may_be_framed_by_whom_the_settings_name(client):
    entry, by = barred(), api_client()
    told = link(client, by, code=entry.subject.code).json()
    assert entry.subject.code not in told["url"]
    path = told["url"].removeprefix("http://testserver")
    first, again = client.get(path), client.get(path)
    assert "信用核查：禁止" in first.text == again.text or first.text == again.text
    assert Check.objects.get().channel == "page"
    assert "X-Frame-Options" not in first.headers
    assert "frame-ancestors 'none'" in first.headers["Content-Security-Policy"]


def test_a_link_is_good_for_five_minutes_and_not_if_altered(client, city):
    import time_machine

    by = api_client()
    path = link(client, by, code=SubjectFactory().code).json()["url"].removeprefix("http://testserver")
    assert client.get(path[:-3] + "AAA").status_code == 410
    with time_machine.travel("2026-11-23 02:05:10+00:00"):
        assert client.get(path).status_code == 410
    assert not Check.objects.exists()


def test_a_link_is_refused_as_a_check_would_be(client):
    assert link(client, api_client(), code="123").status_code == 422
    assert link(client, api_client("records.read"), code=SubjectFactory().code).status_code == 403
