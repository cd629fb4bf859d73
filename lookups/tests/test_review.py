"""The review: what rules point at, what chance chooses, what takes two people, and what who was looked at hears of it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.rules import drawing
from companies.tests.factories import ActiveFactory, sign_in
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from credit_platform.accounts.tests.factories import (
    AuditorFactory,
    CreditOfficeFactory,
    SecurityAdminFactory,
    WindowClerkFactory,
)
from credit_platform.audit import actions as audit
from credit_platform.audit.checkpoints import make_checkpoint
from credit_platform.errors import Conflict, Forbidden, Refused
from lookups.actions import confirm_hold, hold_back, reviewing
from lookups.actions.enquiring import ask_why
from lookups.actions.notables import end_notable, mark_notable
from lookups.models import DailySample, Finding, Query
from lookups.queries.reviewing import work
from lookups.queries.telling import looked_at
from lookups.rules.reviewing import Ground, ReviewState
from lookups.tests.factories import LimitsFactory, OneselfFactory, asked, duty_visit, own_visit
from records.actions.looks import find_person
from records.sealed_places import number_of
from records.tests.factories import PersonFactory, SubjectFactory

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


@pytest.fixture
def at_ten():
    """A working day, ten in the morning of Harbin."""
    with time_machine.travel("2026-11-23 02:00:00+00:00", tick=True):
        LimitsFactory()
        yield MONDAY


def grounds_of(query: Query) -> list[str]:
    return sorted(query.findings.values_list("ground", flat=True))


def finding(ground: Ground = Ground.VOLUME, **more) -> Finding:
    return Finding.objects.create(query=asked(SubjectFactory()), ground=ground.value, **more)


class TestWhatRulesPointAt:
    def test_an_ordinary_query_is_left_alone(self, at_ten):
        asked(SubjectFactory(), visit=duty_visit())
        assert reviewing.sift(at_ten) == 0

    def test_the_query_that_passes_the_limit_is_told_on_the_same_day_once(self, at_ten, arthur_auditor):
        clerk, firm = WindowClerkFactory(), SubjectFactory()
        rows = [asked(firm, by=clerk, visit=duty_visit()) for _ in range(5)]
        assert reviewing.sift_lately(at_ten) == 1
        assert reviewing.sift_lately(at_ten) == 0
        assert grounds_of(rows[3]) == ["volume"]
        alarm = next(each for each in work(arthur_auditor, at_ten) if each.title == "查询量异常")
        assert alarm.size == 1
        assert work(clerk, at_ten) == []

    def test_persons_without_a_case_or_for_many_units(self, at_ten, alice_clerk, dan_other_clerk, carol_credit_office):
        person = PersonFactory()
        for clerk in (alice_clerk, dan_other_clerk, carol_credit_office):
            find_person(number_of(person), by=clerk, purpose="办理许可", case_number="办1号")
        find_person(number_of(person), by=alice_clerk, purpose="办理许可")
        reviewing.sift(at_ten)
        with_case, *_, without = Query.objects.order_by("pk")
        assert grounds_of(with_case) == ["many_units"]
        assert grounds_of(without) == ["many_units", "no_case"]

    def test_the_own_surname(self, at_ten):
        person = PersonFactory(name="欧阳某")
        clerk = WindowClerkFactory(full_name="欧阳示例")
        row = asked(person, by=clerk, visit=own_visit(purpose=OneselfFactory()))
        reviewing.sift(at_ten)
        assert grounds_of(row) == ["surname"]

    def test_nights_and_days_of_rest(self):
        LimitsFactory()
        for moment in ("2026-11-23 12:00:00+00:00", "2026-11-22 02:00:00+00:00"):
            with time_machine.travel(moment, tick=True):
                row = asked(SubjectFactory(), visit=duty_visit())
                reviewing.sift(timezone.localdate())
            assert grounds_of(row) == ["at_night"]

    def test_somebody_many_are_curious_about(self, at_ten, arthur_auditor):
        firm = SubjectFactory()
        marked = mark_notable(firm, reason="社会关注", by=arthur_auditor)
        row = asked(firm, visit=duty_visit())
        reviewing.sift(at_ten)
        assert grounds_of(row) == ["notable"]
        end_notable(marked, by=arthur_auditor)
        with pytest.raises(Conflict):
            end_notable(marked, by=arthur_auditor)

    def test_a_refused_query_is_pointed_at_for_its_number_alone(self, at_ten, arthur_auditor):
        firm = SubjectFactory()
        mark_notable(firm, reason="社会关注", by=arthur_auditor)
        with pytest.raises(Refused):
            asked(firm, visit=own_visit(identity_seen=False))
        assert reviewing.sift(at_ten) == 0


class TestChance:
    def test_it_is_drawn_once_its_checkpoint_is_out_and_can_be_repeated(self, at_ten, settings, tmp_path):
        settings.CHECKPOINT_DIR = tmp_path
        rows = [asked(SubjectFactory(), visit=duty_visit()) for _ in range(6)]
        make_checkpoint(by=SYSTEM, on=at_ten)
        assert reviewing.draw_lately(at_ten + timedelta(days=1)) == 0
        made = make_checkpoint(by=SYSTEM, on=at_ten + timedelta(days=1))
        assert reviewing.draw_lately(at_ten + timedelta(days=1)) == 1
        assert reviewing.draw_lately(at_ten + timedelta(days=1)) == 0
        sample = DailySample.objects.get()
        numbers = [row.number for row in rows]
        seed = drawing.seed_of("", made.root, drawing.list_digest(numbers))
        assert sample.drawn == drawing.sample(numbers, seed, 2)
        assert set(Finding.objects.values_list("query__number", "ground")) == {(n, "drawn") for n in sample.drawn}


class TestWhatFollows:
    def test_a_note_closes_it(self, arthur_auditor):
        row = reviewing.note(finding(), text="已核对办件。", by=arthur_auditor)
        assert row.state == ReviewState.NOTED
        with pytest.raises(Conflict):
            reviewing.warn(row, text="再次处理", by=arthur_auditor)

    @pytest.mark.parametrize(("verb", "end"), [("warn", ReviewState.WARNED), ("refer", ReviewState.REFERRED)])
    def test_what_weighs_takes_another_person(self, verb, end, arthur_auditor):
        row = getattr(reviewing, verb)(finding(), text="没有办件依据。", by=arthur_auditor)
        with pytest.raises(Forbidden) as refused:
            reviewing.confirm(row, by=arthur_auditor)
        assert refused.value.code.endswith("two_people")
        assert reviewing.confirm(row, by=SecurityAdminFactory()).state == end

    def test_one_that_is_not_confirmed_is_judged_anew(self, arthur_auditor):
        row = reviewing.refer(finding(), text="拟移送。", by=arthur_auditor)
        row = reviewing.reject(row, by=AuditorFactory())
        assert (row.state, row.text, row.decided_by) == (ReviewState.OPEN, "", None)

    def test_nobody_judges_a_query_of_his_own(self, arthur_auditor):
        row = finding()
        find_person_as(arthur_auditor)
        own = Query.objects.get(actor_id=arthur_auditor.pk)
        mine = Finding.objects.create(query=own, ground=Ground.DRAWN.value)
        with pytest.raises(Forbidden) as refused:
            reviewing.note(mine, text="没有问题。", by=arthur_auditor)
        assert refused.value.code.endswith("oneself")
        assert list(Finding.objects.for_reviewer(arthur_auditor)) == [row]

    def test_the_table_holds_the_second_person_too(self, arthur_auditor):
        row = finding()
        with pytest.raises(IntegrityError), transaction.atomic():
            Finding.objects.filter(pk=row.pk).update(
                state="warned", decided_by=arthur_auditor, confirmed_by=arthur_auditor
            )

    def test_who_was_warned_reads_why(self, arthur_auditor):
        row = reviewing.warn(finding(), text="请按办件查询。", by=arthur_auditor)
        reviewing.confirm(row, by=AuditorFactory())
        clerk = User.objects.get(pk=row.query.actor_id)
        told = work(clerk, timezone.localdate())
        assert [each.note for each in told[0].rows] == ["请按办件查询。"]


def find_person_as(user):
    """A look of an auditor, as the trail would have it."""
    audit.look("lookups.sought", by=user, subject_ref="230102********0011", purpose="核对")


class TestWhatTheSubjectHears:
    def test_it_asks_why_and_reads_the_answer(self, client, arthur_auditor):
        account = ActiveFactory()
        query = asked(account.subject, visit=duty_visit())
        sign_in(client, account)
        page = client.get(reverse("lookups:my-looks")).content.decode()
        assert query.department.name in page
        here = reverse("lookups:my-look", args=[query.number])
        assert client.post(here, {"text": "本单位没有办理该事项。"}).status_code == 302
        assert client.post(here, {"text": "再问一次。"}).status_code == 409
        row = Finding.objects.get(ground="asked")
        with pytest.raises(Refused, match="答复"):
            reviewing.warn(row, text="没有办件。", by=arthur_auditor)
        row = reviewing.warn(row, text="没有办件。", answer="查询没有依据，已提醒查询人。", by=arthur_auditor)
        assert "已提醒查询人" not in client.get(here).content.decode()
        reviewing.confirm(row, by=AuditorFactory())
        assert "已提醒查询人" in client.get(here).content.decode()
        assert client.get(reverse("lookups:my-looks"), {"export": "xlsx"})["Content-Type"].endswith("sheet")

    def test_another_s_query_is_not_there(self, client):
        account = ActiveFactory()
        foreign = asked(SubjectFactory(), visit=duty_visit())
        sign_in(client, account)
        assert client.get(reverse("lookups:my-look", args=[foreign.number])).status_code == 404
        with pytest.raises(Forbidden):
            ask_why(foreign, text="为什么？", by=account)

    def test_two_people_put_it_off_until_a_day(self):
        today = timezone.localdate()
        query, until = asked(SubjectFactory(), visit=duty_visit()), today + timedelta(days=10)
        first, second = CreditOfficeFactory.create_batch(2)
        hold = hold_back(query, until=until, reason="办案期间告知妨碍调查。", by=first)
        rows = Query.objects.filter(pk=query.pk)
        assert rows.released(today).exists()
        with pytest.raises(Forbidden):
            confirm_hold(hold, by=first)
        confirm_hold(hold, by=second)
        assert not rows.released(until - timedelta(days=1)).exists()
        assert rows.released(until).exists()
        with pytest.raises(Conflict):
            hold_back(query, until=until, reason="再次推迟。", by=first)

    def test_the_subject_reads_why_it_is_told_late_in_so_many_statements_whoever_asked(self, django_assert_num_queries):
        today, firm = timezone.localdate(), SubjectFactory()
        held, told = (asked(firm, visit=duty_visit()) for _ in range(2))
        first, second = CreditOfficeFactory.create_batch(2)
        until = today + timedelta(days=10)
        confirm_hold(hold_back(held, until=until, reason="办案期间告知妨碍调查。", by=first), by=second)
        with CaptureQueriesContext(connection) as one:
            looked_at(firm, today)
        with django_assert_num_queries(len(one)):
            seen = looked_at(firm, until)
        late = {each.number: each.late for each in seen}
        assert late == {held.number: f"推迟至{until:%Y-%m-%d}告知：办案期间告知妨碍调查。", told.number: ""}


class TestPages:
    def test_the_register_is_read_filtered_and_exported_by_auditors(self, client, arthur_auditor):
        query = asked(SubjectFactory(), visit=duty_visit())
        asked(text="查无此单位的名称", visit=duty_visit())
        client.force_login(arthur_auditor)
        page = client.get(reverse("lookups:register"), {"outcome": "empty"}).content.decode()
        assert "查无此单位的名称" in page
        assert query.subject_ref not in page
        assert client.get(reverse("lookups:register"), {"export": "csv"}).status_code == 200
        assert "哈审〔2026〕1号" in client.get(reverse("lookups:query", args=[query.number])).content.decode()

    def test_a_finding_is_judged_and_confirmed_on_its_page(self, client, arthur_auditor):
        row = finding()
        here = reverse("lookups:finding", args=[row.pk])
        client.force_login(arthur_auditor)
        assert client.post(here, {"verdict": "warn", "text": "", "version_seen": "1"}).status_code == 422
        assert client.post(here, {"verdict": "warn", "text": "没有依据。", "version_seen": "1"}).status_code == 302
        assert "由提出人以外的" in client.get(here).content.decode()
        client.force_login(SecurityAdminFactory())
        assert client.post(here, {"verdict": "confirm", "version_seen": "2"}).status_code == 302
        row.refresh_from_db()
        assert row.state == ReviewState.WARNED

    def test_a_visitor_asks_why_at_the_window(self, client, wendy_window):
        firm = SubjectFactory()
        earlier = asked(firm, visit=duty_visit())
        mine = asked(firm, by=wendy_window)
        client.force_login(wendy_window)
        here = reverse("lookups:why", args=[mine.number, earlier.number])
        assert client.post(here, {"text": "本单位没有办理该事项。"}).url == reverse(
            "lookups:result", args=[mine.number]
        )
        assert Finding.objects.get().ground == "asked"
