"""Verbs on many: confirmed, held, stopped, carried out by a worker; what one item is refused for stops no other."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from credit_platform.accounts.models import User
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure import tasks
from disclosure.actions import jobs
from disclosure.models import BulkJob, Disclosure
from disclosure.queries.bulk import bulk_work
from disclosure.rules.bulk import BULK_MOVES, BulkState, held_until, next_bulk_state
from disclosure.rules.states import State
from disclosure.tests import factories
from disclosure.tests.factories import DisclosureFactory, SubmittedFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return factories.severe_penalty().source_department


@pytest.fixture
def reviewer(bureau):
    return ReviewerFactory(department=bureau)


def submitted(bureau, count):
    return [SubmittedFactory(record=factories.severe_penalty(authority=bureau)) for _ in range(count)]


def versions(rows):
    return {row.pk: row.version for row in rows}


def states(rows):
    return list(
        Disclosure.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk").values_list("state", flat=True)
    )


def later(monkeypatch, **by):
    moment = timezone.now() + timedelta(**by)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


@pytest.fixture
def noon(monkeypatch):
    moment = timezone.make_aware(datetime(2026, 11, 24, 12, 0))
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    return moment


@pytest.mark.parametrize("state", BulkState)
@pytest.mark.parametrize("verb", sorted({verb for _, verb in BULK_MOVES}))
def test_every_pair_of_state_and_verb_is_allowed_or_refused(state, verb):
    if (state, verb) in BULK_MOVES:
        assert next_bulk_state(state, verb) == BULK_MOVES[state, verb]
    else:
        with pytest.raises(Conflict):
            next_bulk_state(state, verb)


@pytest.mark.parametrize(
    ("clock", "until"),
    [("12:00", "12:10"), ("23:48", "23:58"), ("23:52", "23:59"), ("23:59", None)],
)
def test_a_hold_ends_on_the_day_of_the_confirmation(clock, until):
    now = datetime.fromisoformat(f"2026-11-24T{clock}:00+08:00")
    found = held_until(now, 10)
    assert found == (datetime.fromisoformat(f"2026-11-24T{until}:00+08:00") if until else None)


def test_a_few_are_carried_out_and_more_are_held_until_the_clock_has_run_down(noon, bureau, reviewer, monkeypatch):
    few, many = submitted(bureau, 5), submitted(bureau, 6)
    assert jobs.order(versions(few), "approve", by=reviewer).state == BulkState.WAITING
    held = jobs.order(versions(many), "approve", by=reviewer)
    assert (held.state, held.held_until) == (BulkState.HELD, noon + timedelta(minutes=10))
    assert tasks.sweep_bulk() == 1
    assert (set(states(few)), set(states(many))) == ({State.PUBLISHED}, {State.SUBMITTED})
    later(monkeypatch, minutes=9, seconds=59)
    assert tasks.sweep_bulk() == 0
    later(monkeypatch, seconds=2)
    assert tasks.sweep_bulk() == 1
    assert set(states(many)) == {State.PUBLISHED}
    held.refresh_from_db()
    assert (held.state, held.done, held.failed, held.position) == (BulkState.DONE, 6, 0, 6)
    entry = AuditEntry.objects.filter(verb="disclosure.publish").latest("pk")
    assert (entry.actor_id, len(entry.members)) == (reviewer.pk, 6)


@pytest.mark.parametrize("who", ["reviewer", "office"])
def test_what_is_stopped_is_not_published(noon, bureau, reviewer, monkeypatch, who):
    rows = submitted(bureau, 6)
    job = jobs.order(versions(rows), "approve", by=reviewer)
    by = ReviewerFactory(department=bureau) if who == "reviewer" else CreditOfficeFactory()
    with pytest.raises(Refused, match="停止的原因"):
        jobs.stop(job, by=by, reason=" ")
    jobs.stop(job, by=by, reason="有一件金额有误")
    later(monkeypatch, minutes=11)
    assert tasks.sweep_bulk() == 0
    jobs.run(job.pk)
    assert set(states(rows)) == {State.SUBMITTED}
    with pytest.raises(Conflict):
        jobs.stop(job, by=by, reason="再停一次")
    entry = AuditEntry.objects.get(verb="disclosure.bulk.stop")
    assert (entry.reason, len(entry.members), entry.object_label) == ("有一件金额有误", 6, "6件公示事项")


def test_who_may_order_and_stop(noon, bureau, reviewer):
    rows = submitted(bureau, 6)
    for stranger in (ClerkFactory(department=bureau), CreditOfficeFactory()):
        with pytest.raises(Forbidden):
            jobs.order(versions(rows), "approve", by=stranger)
    job = jobs.order(versions(rows), "approve", by=reviewer)
    for stranger in (ClerkFactory(department=bureau), ReviewerFactory()):
        with pytest.raises(Forbidden):
            jobs.stop(job, by=stranger, reason="不对")
    with pytest.raises(Conflict, match="正在批量办理"):
        jobs.order(versions(rows[:1]), "approve", by=reviewer)


def test_what_changed_since_the_confirmation_and_what_is_ones_own_are_left(noon, bureau, monkeypatch):
    both = ReviewerFactory(department=bureau, roles=["clerk", "reviewer"])
    rows = submitted(bureau, 6)
    job = jobs.order(versions(rows), "approve", by=both)
    changed, own, returned = rows[:3]
    Disclosure.objects.filter(pk=changed.pk).update(version=changed.version + 1)
    Disclosure.objects.filter(pk=own.pk).update(drafted_by=both)
    Disclosure.objects.filter(pk=returned.pk).update(state=State.RETURNED)
    later(monkeypatch, minutes=10)
    tasks.sweep_bulk()
    job.refresh_from_db()
    told = {each["id"]: " ".join(line[0] for line in each["lines"]) for each in job.outcomes if not each["ok"]}
    assert set(told) == {changed.pk, own.pk, returned.pk}
    assert "核对后已有变动" in told[changed.pk]
    assert "本人" in told[own.pk]
    assert (job.state, job.done) == (BulkState.DONE, 3)


def test_a_reviewer_who_was_locked_meanwhile_publishes_nothing(noon, bureau, reviewer, monkeypatch):
    rows = submitted(bureau, 6)
    job = jobs.order(versions(rows), "approve", by=reviewer)
    User.objects.filter(pk=reviewer.pk).update(is_active=False)
    later(monkeypatch, minutes=10)
    tasks.sweep_bulk()
    job.refresh_from_db()
    assert (job.state, job.done, set(states(rows))) == (BulkState.DONE, 0, {State.SUBMITTED})


def test_a_killed_worker_loses_nothing_and_one_that_dies_every_time_is_given_up(bureau, reviewer, monkeypatch):
    rows = [DisclosureFactory(record=factories.severe_penalty(authority=bureau)) for _ in range(25)]
    clerk = ClerkFactory(department=bureau)
    job = jobs.order(versions(rows), "submit", by=clerk)
    real = jobs.submit_many
    calls = []

    def dies_in_the_second_step(ids, **more):
        calls.append(len(ids))
        if len(calls) == 2:
            raise RuntimeError("killed")
        return real(ids, **more)

    monkeypatch.setattr(jobs, "submit_many", dies_in_the_second_step)
    with pytest.raises(RuntimeError):
        jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.position) == (BulkState.RUNNING, 20)
    tasks.sweep_bulk()
    job.refresh_from_db()
    assert (job.state, job.done, calls) == (BulkState.DONE, 25, [20, 5, 5])

    def dies(ids, **more):
        raise RuntimeError("killed")

    monkeypatch.setattr(jobs, "submit_many", dies)
    again = jobs.order(versions(rows[:1]), "submit", by=clerk)
    for _ in range(jobs.MOST_TRIES):
        with pytest.raises(RuntimeError):
            jobs.run(again.pk)
    jobs.run(again.pk)
    again.refresh_from_db()
    assert again.state == BulkState.STOPPED
    assert "连续中断" in again.stopped_why


# --- pages


def test_a_publication_is_confirmed_with_count_kinds_doubts_and_text(client, bureau, reviewer):
    rows = submitted(bureau, 2)
    doubtful = rows[0].record
    doubtful.warnings = [{"rule": "amount.matches-text", "text": "罚款金额与处罚内容不一致。", "level": "warning"}]
    doubtful.save()
    client.force_login(reviewer)
    page = client.post(reverse("disclosure:bulk"), {"verb": "approve", "id": [row.pk for row in rows]})
    text = page.content.decode()
    assert set(states(rows)) == {State.SUBMITTED}
    for words in (
        "公示 2 件",
        "行政处罚 2 件",
        "1 件有疑点",
        "罚款金额与处罚内容不一致",
        "责令停产停业三个月",
        "立即向社会公示",
    ):
        assert words in text
    sent = {"verb": "approve", "seen": [f"{row.pk}:{row.version}" for row in rows], "form_token": str(uuid.uuid4())}
    done = client.post(reverse("disclosure:bulk"), sent).content.decode()
    assert "成功 1 件，未办理 1 件" in done
    assert sorted(states(rows)) == [State.PUBLISHED, State.SUBMITTED]


def test_a_large_publication_shows_its_clock_and_can_be_stopped_from_its_page(client, noon, bureau, reviewer):
    rows = submitted(bureau, 6)
    client.force_login(reviewer)
    asked = client.post(reverse("disclosure:bulk"), {"verb": "approve", "id": [row.pk for row in rows]})
    assert "确认后 10 分钟公示" in asked.content.decode()
    sent = {"verb": "approve", "seen": [f"{row.pk}:{row.version}" for row in rows], "form_token": str(uuid.uuid4())}
    answer = client.post(reverse("disclosure:bulk"), sent)
    job = BulkJob.objects.get()
    assert answer["Location"] == reverse("disclosure:bulk-job", args=[job.pk])
    assert client.post(reverse("disclosure:bulk"), sent)["Location"] == answer["Location"]
    page = client.get(answer["Location"]).content.decode()
    assert "12:10 公示" in page
    assert 'data-clock="2026-11-24T12:10:00+08:00"' in page
    assert reverse("disclosure:bulk-stop", args=[job.pk]) in page
    (section,) = bulk_work(reviewer, noon.date())
    assert section.rows[0].url == answer["Location"]
    stop = reverse("disclosure:bulk-stop", args=[job.pk])
    assert client.post(stop, {"form_token": str(uuid.uuid4()), "reason": "有误"}).status_code == 302
    assert "已停止" in client.get(answer["Location"]).content.decode()
    assert bulk_work(reviewer, noon.date()) == []
    client.force_login(ReviewerFactory())
    assert client.get(answer["Location"]).status_code == 404


def test_many_are_submitted_by_a_worker_with_progress(client, bureau, django_capture_on_commit_callbacks):
    rows = [DisclosureFactory(record=factories.severe_penalty(authority=bureau)) for _ in range(11)]
    client.force_login(ClerkFactory(department=bureau))
    answer = client.post(reverse("disclosure:bulk"), {"verb": "submit", "id": [row.pk for row in rows]})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "成功 11 件，未办理 0 件" in page
    BulkJob.objects.update(state=BulkState.RUNNING, position=4)
    assert "已处理 4 件，共 11 件" in client.get(answer["Location"]).content.decode()
    BulkJob.objects.update(state=BulkState.DONE)
    box = client.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert answer["Location"] in box
