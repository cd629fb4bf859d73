"""Deadlines are told once, late cases are supervised, and an urging is answered; what is told is read somewhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework.actions import notices, supervision
from casework.actions.opening import tracking_code
from casework.actions.reminders import remind
from casework.models import Case, Message, Notice, Urging
from casework.queries.work import work
from casework.rules.clocks import late_since
from casework.tests.factories import TODAY, begun, case_in
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from credit_platform.workdays.rules import Calendar

pytestmark = [pytest.mark.usefixtures("desk"), pytest.mark.urls("casework.tests.toy.urls"), pytest.mark.django_db]
DUE = date(2026, 11, 30)


def kinds() -> list[str]:
    return sorted(Notice.objects.values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2026, 11, 20), []),
        (date(2026, 11, 23), ["soon-5"]),
        (date(2026, 11, 26), ["soon-5"]),
        (date(2026, 11, 27), ["soon-1"]),
        (DUE, ["soon-1"]),
        (DUE + timedelta(days=1), ["late"]),
        (date(2026, 12, 2), ["late"]),
        (date(2026, 12, 3), ["head", "late"]),
        (date(2026, 12, 11), ["head", "late"]),
        (date(2026, 12, 14), ["head", "late", "office"]),
    ],
)
def test_what_is_told_on_a_day_that_is_the_first_one_looked_at(on, told):
    assert case_in("open").due_on == DUE
    remind(on)
    assert kinds() == told


def test_a_second_run_tells_nothing_twice_and_a_moved_deadline_is_told_anew():
    case = case_in("open")
    assert remind(DUE)["soon-1"] == 1
    assert not any(remind(DUE).values())
    Case.objects.filter(pk=case.pk).update(due_on=DUE + timedelta(days=1))
    assert remind(DUE)["soon-1"] == 1


def test_what_is_done_or_stands_is_not_told():
    case_in("done")
    Case.objects.filter(pk=case_in("open").pk).update(paused=True)
    assert not any(remind(DUE + timedelta(days=60)).values())


def test_ten_working_days_late_the_credit_office_supervises_and_the_department_answers(client, clock):
    case = case_in("open")
    on = date(2026, 12, 14)
    clock(on)
    remind(on)
    case.refresh_from_db()
    urging = Urging.objects.get()
    assert (case.escalated_on, urging.asked_by, urging.answer_due_on) == (on, None, date(2026, 12, 17))
    clerk, office = ClerkFactory(department=case.department), CreditOfficeFactory()
    assert "督办待答复" in [section.title for section in work(clerk, on) if section.size]
    with pytest.raises(Forbidden):
        supervision.answer(urging, text="正在办理。", by=ClerkFactory())
    with pytest.raises(Refused):
        supervision.answer(urging, text="  ", by=clerk)
    client.force_login(clerk)
    assert client.post(f"/desk/cases/urgings/{urging.pk}/", {"text": "本周办结。"}).url == "/desk/cases/urgings/"
    with pytest.raises(Conflict):
        supervision.answer(urging, text="再答。", by=clerk)
    client.force_login(office)
    assert "本周办结。" in client.get(f"/desk/cases/urgings/{urging.pk}/").content.decode()
    assert "已由" in client.get("/desk/cases/notices/").content.decode()


def test_the_credit_office_urges_an_open_case_once_at_a_time(client):
    case, office = case_in("open"), CreditOfficeFactory()
    client.force_login(office)
    page = client.get(f"/desk/toys/{case.pk}/").content.decode()
    assert f"/desk/cases/{case.pk}/urge/" in page
    assert client.post(f"/desk/cases/{case.pk}/urge/", {"text": "请尽快办理。"}).url == f"/desk/toys/{case.pk}/"
    with pytest.raises(Conflict):
        supervision.urge(case, text="再催。", by=office)
    with pytest.raises(Conflict):
        supervision.urge(case_in("done"), text="催。", by=office)
    with pytest.raises(Forbidden):
        supervision.urge(begun(), text="催。", by=ReviewerFactory())
    assert "请尽快办理。" in client.get(f"/desk/toys/{case.pk}/").content.decode()


def test_notices_are_read_by_the_department_that_they_are_for(client):
    case = case_in("open")
    remind(DUE)
    (notice,) = Notice.objects.all()
    stranger, clerk = ClerkFactory(), ClerkFactory(department=case.department)
    assert notices.read([notice.pk], by=stranger) == 0
    client.force_login(clerk)
    assert notice.text in client.get("/desk/cases/notices/").content.decode()
    client.post("/desk/cases/notices/read/", {"id": [notice.pk, notice.pk + 999, "x", "9" * 30]})
    assert AuditEntry.objects.get(verb="casework.read").members == [notice.pk]
    assert Notice.objects.get().read_at
    assert "未读通知" not in [section.title for section in work(clerk, TODAY) if section.size]


def test_the_board_has_every_open_case_by_its_deadline(client):
    late, none, done = case_in("open"), begun(), case_in("done")
    client.force_login(CreditOfficeFactory())
    page = client.get("/desk/cases/").content.decode()
    assert page.index(late.number) < page.index(none.number)
    assert done.number not in page
    assert late.number in client.get(f"/desk/cases/?q={late.number}").content.decode()
    assert none.number not in client.get("/desk/cases/?scope=late").content.decode()
    assert late.number in b"".join(client.get("/desk/cases/?export=csv")).decode("utf-8-sig")
    client.force_login(ClerkFactory(department=late.department))
    mine = client.get("/desk/cases/").content.decode()
    assert late.number in mine
    assert none.number not in mine


def test_late_since_counts_working_days_over_a_weekend():
    weeks = Calendar({}, frozenset({2026}))
    assert late_since(weeks, date(2026, 11, 23), 1) == date(2026, 11, 22)
    assert late_since(weeks, date(2026, 11, 23), 3) == date(2026, 11, 18)


class Broken(notices.Console):
    name = "broken"

    def send(self, address: str, text: str) -> None:
        raise OSError("down")


def test_a_message_goes_out_once_and_a_dead_channel_is_tried_and_given_up(settings, clock):
    settings.CASEWORK_CHANNELS = ["casework.actions.notices.Console", "casework.tests.test_supervision.Broken"]
    case = case_in("open")
    ActiveFactory(subject=case.subject, phone=None)
    notices.tell_subject(case, kind="served", text="请查看告知书。")
    assert not Message.objects.exists(), "nobody left a number"
    account = ActiveFactory(subject=case.subject)
    assert account.phone
    notices.tell_subject(case, kind="served", text="请查看告知书。")
    assert Notice.objects.of_subject(case.subject).count() == 2
    assert all(b"138" not in bytes(message.address) for message in Message.objects.all())
    assert notices.send_waiting() == {"sent": 1, "again": 1, "failed": 0}
    assert notices.send_waiting() == {"sent": 0, "again": 0, "failed": 0}
    for day in range(1, 5):
        clock(TODAY + timedelta(days=day))
        notices.send_waiting()
    assert sorted(Message.objects.values_list("state", "tries")) == [("failed", 5), ("sent", 1)]


def test_only_the_clock_reminds():
    with pytest.raises(Forbidden):
        remind(TODAY, by=CreditOfficeFactory())
    assert remind(TODAY, by=SYSTEM) is not None


def test_an_outsider_follows_a_case_by_number_and_code(client):
    case = case_in("open")
    code = tracking_code(case)
    found = client.post("/track/", {"number": case.number, "code": code.lower()})
    assert found.status_code == 200
    page = found.content.decode()
    assert all(word in page for word in (case.number, "听取意见", "陈述申辩截止日"))
    assert case.subject.name not in page, "whoever holds the code knows whom it is about; nobody else need"
    assert code not in str(Case.objects.values().get(pk=case.pk))
    asked = client.get("/track/", {"number": case.number, "code": code}).content.decode()
    assert f'value="{case.number}"' in asked, "a link may carry the number"
    assert "听取意见" not in asked, "and never the code"


@pytest.mark.parametrize(("number", "code", "status"), [("", "AAAA2222", 422), ("示提〔2026〕1号", "AAAA2222", 404)])
def test_a_guess_does_not_say_what_was_wrong(client, number, code, status):
    case = case_in("open")
    tracking_code(case)
    wrong = client.post("/track/", {"number": number or " ", "code": code})
    assert wrong.status_code == status
    other = client.post("/track/", {"number": "示提〔2026〕99号", "code": "AAAA2222"})
    assert other.status_code == 404
    if status == 404:
        assert wrong.content.decode().split("没有查到")[1][:40] == other.content.decode().split("没有查到")[1][:40]
