"""What is past its time is destroyed and says so; what is held stays; both take two people to change."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from credit_platform import vault
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import (
    AuditorFactory,
    ClerkFactory,
    CreditOfficeFactory,
    SecurityAdminFactory,
)
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from lookups.actions.authorising import see_paper
from lookups.models import Disposal, RetentionHold, RetentionRule
from lookups.retention import actions
from lookups.retention.queries import plan
from lookups.retention.rules import HOLD_LABELS, IN_FORCE, MOVES, HoldState, next_state
from lookups.tests.factories import authorised, held
from records.tests.factories import SubjectFactory
from tests.diagrams import drawn, readme

pytestmark = pytest.mark.django_db
SINCE = date(2020, 10, 16)


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def rule(db) -> RetentionRule:
    return RetentionRule.objects.create(kind="authorisation", months=36, basis="示例依据", valid_from=SINCE)


def files(folder: Path) -> int:
    return sum(each.is_file() for each in folder.rglob("*"))


def past_paper():
    """An authorisation that ended today."""
    return authorised(SubjectFactory(), ends_on=timezone.localdate())


def planned(day: date):
    return next(each for each in plan(day) if each.kind.code == "authorisation")


def gone_on(paper) -> date:
    """The first day on which three years since its end are over."""
    return date(paper.ends_on.year + 3, paper.ends_on.month, 1) + timedelta(days=paper.ends_on.day)


def test_the_diagram_is_the_table_of_moves():
    told = {(state.value, verb): end.value for (state, verb), end in MOVES.items()}
    assert drawn(readme("lookups/retention/README.md")) == told


@pytest.mark.parametrize("state", HoldState)
def test_every_state_takes_its_verbs_and_no_other(state):
    for verb in sorted({verb for _, verb in MOVES}):
        if (state, verb) in MOVES:
            assert next_state(state.value, verb) is MOVES[state, verb]
        else:
            with pytest.raises(Conflict, match=HOLD_LABELS[state]):
                next_state(state.value, verb)


def test_the_day_after_its_time_the_paper_is_gone_and_says_so(
    folder, rule, time_machine, django_capture_on_commit_callbacks
):
    paper = past_paper()
    last = gone_on(paper) - timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.dispose_due(last) == 0
        assert files(folder) == 1
        assert [row.number for row in planned(last + timedelta(days=1)).going] == [paper.number]
        assert files(folder) == 1, "a dry run"
        assert actions.dispose_due(last + timedelta(days=1)) == 1
    assert files(folder) == 0
    assert actions.dispose_due(last + timedelta(days=1)) == 0
    paper.refresh_from_db()
    assert (paper.path, paper.disposed_on, bool(paper.sha256)) == ("", last + timedelta(days=1), True)
    with pytest.raises(Refused, match="销毁"):
        see_paper(paper, by=CreditOfficeFactory(), purpose="核对")
    assert Disposal.objects.get().rule == "36个月：示例依据"
    assert AuditEntry.objects.filter(verb="lookups.dispose").count() == 1


def test_without_a_rule_in_force_nothing_goes(folder, rule):
    paper = past_paper()
    RetentionRule.objects.filter(pk=rule.pk).update(valid_until=gone_on(paper) - timedelta(days=1))
    assert actions.dispose_due(gone_on(paper)) == 0


def test_what_is_held_stays_from_the_proposal_to_the_confirmed_release(folder, rule):
    paper, first, second = past_paper(), CreditOfficeFactory(), SecurityAdminFactory()
    day, hold = gone_on(paper), held(paper, by=first)
    steps = [
        lambda: actions.confirm(hold, by=second),
        lambda: actions.ask_release(hold, reason="诉讼已结。", by=first),
        lambda: actions.keep(hold, by=second),
        lambda: actions.ask_release(hold, reason="诉讼已结。", by=second),
    ]
    for step in steps:
        assert actions.dispose_due(day) == 0
        assert [row.number for row in planned(day).held] == [paper.number]
        assert HoldState(step().state) in IN_FORCE
    assert actions.dispose_due(day) == 0
    actions.release(hold, by=first)
    assert actions.dispose_due(day) == 1


def test_nobody_confirms_or_releases_alone_and_the_table_holds_it(folder):
    first, second = CreditOfficeFactory(), SecurityAdminFactory()
    hold = held(past_paper(), by=first)
    for verb in (actions.confirm, actions.decline):
        with pytest.raises(Forbidden) as refused:
            verb(hold, by=first)
        assert refused.value.code == "lookups.hold.two_people"
    actions.confirm(hold, by=second)
    actions.ask_release(hold, reason="诉讼已结。", by=second)
    for verb in (actions.release, actions.keep):
        with pytest.raises(Forbidden):
            verb(hold, by=second)
    for wrong in ({"confirmed_by": first}, {"released_by": second}, {"state": "released"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RetentionHold.objects.filter(pk=hold.pk).update(**wrong)


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"number": "SQ00000000000000"}, ["number"]),
        ({"kind": "nothing"}, ["kind"]),
        ({"reason": " ", "document": ""}, ["reason", "document"]),
    ],
)
def test_a_hold_names_something_that_is_there_its_reason_and_its_paper(folder, wrong, fields):
    paper = past_paper()
    given = {"kind": "authorisation", "number": paper.number, "reason": "诉讼", "document": "示函1号"} | wrong
    with pytest.raises(Refused) as refused:
        actions.propose(given.pop("kind"), given.pop("number"), **given, by=CreditOfficeFactory())
    assert sorted(each.field for each in refused.value.findings) == sorted(fields)
    assert not RetentionHold.objects.exists()


def test_it_is_held_once_and_by_who_may(folder):
    paper = past_paper()
    held(paper)
    with pytest.raises(Conflict):
        held(paper)
    for other in (ClerkFactory(), AuditorFactory()):
        with pytest.raises(Forbidden):
            held(past_paper(), by=other)


def test_a_sweep_that_fails_half_way_leaves_the_file_and_the_row(folder, rule, monkeypatch):
    paper = past_paper()

    def fails(*args, **more):
        raise OSError("no room")

    monkeypatch.setattr(Disposal.objects, "bulk_create", fails)
    with pytest.raises(OSError, match="no room"):
        actions.dispose_due(gone_on(paper), by=SYSTEM)
    paper.refresh_from_db()
    assert vault.read(paper.path)
    assert paper.disposed_on is None


def test_from_the_dry_run_to_the_hold_and_its_second_person(client, folder, rule):
    paper, first, second = past_paper(), CreditOfficeFactory(), SecurityAdminFactory()
    client.force_login(first)
    assert "没有到期的内容" in client.get(reverse("lookups:retention")).content.decode()
    given = {"kind": "authorisation", "number": paper.number, "reason": "诉讼", "document": "（2026）示民初9号"}
    assert client.post(reverse("lookups:retention-hold-new"), given | {"reason": ""}).status_code == 422
    assert "已保全，待确认" in client.post(reverse("lookups:retention-hold-new"), given, follow=True).content.decode()
    address = reverse("lookups:retention-hold", args=[RetentionHold.objects.get().pk])
    assert client.post(address, {"verdict": "confirm", "version_seen": "1"}).status_code == 403
    client.force_login(second)
    assert client.post(address, {"verdict": "confirm", "version_seen": "1"}).status_code == 302
    assert RetentionHold.objects.get().state == "held"
    client.force_login(AuditorFactory())
    assert paper.number in client.get(reverse("lookups:retention-holds")).content.decode()
