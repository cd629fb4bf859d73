"""What one person says to take a public item from the public hides it; a second person withdraws it or shows it again."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from credit_platform.accounts.actors import SYSTEM, OnBehalf
from credit_platform.accounts.tests.factories import (
    ApiClientFactory,
    ClerkFactory,
    CreditOfficeFactory,
    ReviewerFactory,
)
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, DomainError, Forbidden, Refused
from disclosure import actions
from disclosure.actions.annulments import WAITS
from disclosure.actions.following import PUBLISHED_STAYS
from disclosure.models import Disclosure, Lowering
from disclosure.queries.public import public_disclosures
from disclosure.queries.worklists import work
from disclosure.rules.states import MOVES, State
from disclosure.tests import factories
from disclosure.tests.factories import BY_STATE, TODAY, PublishedFactory, SuspendedFactory, annulled
from records.actions.changes import revoke
from records.imports.batches import undo
from records.models import CreditRecord
from records.tests import factories as ledger
from records.tests.imports.samples import as_csv, bring, penalty

pytestmark = pytest.mark.django_db
DOCUMENT = "行政复议决定书哈政复〔2026〕9号"
ONE = ("clerk", "client")


@pytest.fixture(autouse=True)
def _on_that_day(today):
    return today


def of(row, role, **more):
    made = {"clerk": ClerkFactory, "reviewer": ReviewerFactory, "client": ApiClientFactory}[role]
    return made(department=row.source_department, **more)


def said(row, role="clerk", *, by=None, on=date(2026, 11, 20)):
    """Somebody registers that the decision was revoked."""
    revoke(row.record, by=by or of(row, role), reason=DOCUMENT, on=on)
    return again(row)


def again(row):
    return Disclosure.objects.get(pk=row.pk)


def status(row):
    return CreditRecord.objects.get(pk=row.record_id).status


def events(row):
    return [change.event for change in row.changes.order_by("id")]


@pytest.mark.parametrize("role", ONE)
def test_one_hides_a_serious_penalty_and_no_more(role):
    row = PublishedFactory()
    after = said(row, role)
    assert not public_disclosures(TODAY).exists()
    assert (after.state, after.ended_why, after.awaits_confirmation) == (State.SUSPENDED, WAITS, True)
    assert (status(row), events(row), after.ends_on) == ("active", ["ended"], row.ends_on)
    kept = row.lowerings.get()
    assert (kept.what, kept.state, kept.reason, kept.annulled_on) == (
        "revocation",
        "waiting",
        DOCUMENT,
        date(2026, 11, 20),
    )
    assert AuditEntry.objects.about(row).get(verb="disclosure.annul").reason == DOCUMENT
    assert not AuditEntry.objects.filter(verb="records.revoke").exists()


@pytest.mark.parametrize(
    ("annulled_on", "due"),
    [
        (date(2026, 11, 19), date(2026, 11, 24)),
        (date(2026, 11, 20), date(2026, 11, 25)),
        (date(2026, 11, 21), date(2026, 11, 25)),
        (date(2026, 11, 23), date(2026, 11, 26)),
    ],
)
def test_three_working_days_run_from_the_annulment(annulled_on, due):
    row = PublishedFactory()
    after = said(row, on=annulled_on)
    assert (after.withdraw_due_on, after.lowerings.get().due_on) == (due, due)


@pytest.mark.parametrize("role", ONE)
@pytest.mark.parametrize("second", ["reviewer", "office"])
def test_another_one_confirms_and_it_is_withdrawn_with_its_note(role, second):
    row = PublishedFactory()
    said(row, role)
    by = CreditOfficeFactory() if second == "office" else of(row, "reviewer")
    actions.confirm(row, by=by, text="已核对文书", on=TODAY)
    after, record = again(row), CreditRecord.objects.get(pk=row.record_id)
    assert (record.status, record.revoked_on, record.revoked_reason) == ("revoked", date(2026, 11, 20), DOCUMENT)
    assert (after.state, after.awaits_confirmation, after.ended_why) == (State.WITHDRAWN, False, DOCUMENT)
    assert "依法撤销" in after.public_note
    assert after.withdraw_due_on == date(2026, 11, 25)
    kept = row.lowerings.get()
    assert (kept.state, kept.decided_by, kept.note) == ("confirmed", by, "已核对文书")
    assert events(row) == ["ended"], "it left the public once"
    assert AuditEntry.objects.get(verb="records.revoke").actor_id == by.pk
    with pytest.raises(Conflict):
        actions.confirm(row, by=by, on=TODAY)


@pytest.mark.parametrize("second", ["reviewer", "office"])
def test_another_one_denies_and_it_is_shown_to_its_original_day(second, client):
    row = PublishedFactory()
    said(row)
    address = reverse("public:disclosure", args=[row.public_id])
    assert client.get(address).status_code == 404
    by = CreditOfficeFactory() if second == "office" else of(row, "reviewer")
    actions.deny(row, by=by, reason="复议决定维持原处罚", on=TODAY)
    after = again(row)
    assert (after.state, after.ends_on, after.ended_why, after.ended_at) == (State.PUBLISHED, row.ends_on, "", None)
    assert (after.withdraw_due_on, after.published_on, after.shown) == (None, row.published_on, row.shown)
    assert (status(row), row.lowerings.get().state, events(row)) == ("active", "denied", ["ended", "appeared"])
    assert client.get(address).status_code == 200
    assert said(row).state == State.SUSPENDED, "and may be said anew"


def test_who_said_it_neither_confirms_nor_denies():
    row = PublishedFactory()
    both = of(row, "reviewer", roles=["clerk", "reviewer"])
    said(row, by=both)
    for act in (lambda: actions.confirm(row, by=both), lambda: actions.deny(row, by=both, reason="登记有误")):
        with pytest.raises(Forbidden, match="本人"):
            act()
    for stranger in (ReviewerFactory(), of(row, "clerk")):
        with pytest.raises(Forbidden):
            actions.confirm(row, by=stranger)
    assert (again(row).state, status(row)) == (State.SUSPENDED, "active")


def test_who_drafted_it_once_may_judge_it_today():
    row = PublishedFactory()
    said(row)
    drafter = of(row, "reviewer")
    Disclosure.objects.filter(pk=row.pk).update(drafted_by=drafter, reviewed_by=None)
    actions.confirm(row, by=drafter)
    assert again(row).state == State.WITHDRAWN


@pytest.mark.parametrize("state", ["confirmed", "denied"])
def test_the_database_holds_two_people_too(state):
    row = annulled(PublishedFactory(state=State.SUSPENDED))
    kept = row.lowerings.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Lowering.objects.filter(pk=kept.pk).update(state=state, decided_by=kept.said_by, decided_at=row.created_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lowering.objects.filter(pk=kept.pk).update(annulled_on=None)


@pytest.mark.parametrize("state", list(State), ids=lambda state: state.value)
def test_only_what_is_public_waits(state):
    row = BY_STATE[state]()
    after = said(row, on=row.decided_on)
    if (state, "annul") in MOVES:
        assert (after.state, status(row)) == (MOVES[state, "annul"], "active")
    else:
        assert (after.state, status(row)) == (State.WITHDRAWN, "revoked")


@pytest.mark.parametrize("who", ["platform", "on behalf"])
def test_the_platform_and_what_two_people_decided_take_effect_at_once(who):
    row = PublishedFactory()
    said(row, by=SYSTEM if who == "platform" else OnBehalf(of(row, "reviewer")))
    assert (again(row).state, status(row), Lowering.objects.count()) == (State.WITHDRAWN, "revoked", 0)


@pytest.mark.parametrize(
    ("kind", "waits"), [("commitment-breach", True), ("registration", False), ("commitment", False)]
)
def test_what_is_shown_on_entry_goes_as_it_came_but_a_breach(kind, waits):
    row = PublishedFactory(on_entry=True, kind=kind)
    assert said(row).state == (State.SUSPENDED if waits else State.WITHDRAWN)


def test_what_was_hidden_before_stays_hidden_when_the_decision_stands():
    row = SuspendedFactory()
    after = said(row)
    assert (after.ended_why, after.awaits_confirmation, events(row)) == (row.ended_why, True, [])
    actions.deny(row, by=of(row, "reviewer"), reason="登记有误", on=TODAY)
    after = again(row)
    assert (after.state, after.ended_why, after.awaits_confirmation, events(row)) == (
        State.SUSPENDED,
        row.ended_why,
        False,
        [],
    )
    said(row)
    actions.confirm(row, by=of(row, "reviewer"), on=TODAY)
    assert (again(row).state, status(row)) == (State.WITHDRAWN, "revoked")


def test_nothing_else_is_done_with_it_meanwhile():
    row = PublishedFactory()
    said(row)
    reviewer, office = of(row, "reviewer"), CreditOfficeFactory()
    for act in (
        lambda: actions.resume(row, by=reviewer, reason="查无此事"),
        lambda: actions.withdraw(row, by=reviewer, reason="复议撤销", public_note="决定已撤销"),
        lambda: actions.correct(row, by=reviewer, reason="更正", on=TODAY),
        lambda: actions.repair(row, by=office, reason="修复决定", on=TODAY),
        lambda: actions.end(row, by=SYSTEM, on=row.ends_on + timedelta(days=1)),
    ):
        with pytest.raises(Refused, match="待他人确认"):
            act()
    with pytest.raises(Conflict, match="已经登记"):
        said(row)
    assert (again(row).state, row.lowerings.count()) == (State.SUSPENDED, 1)


@pytest.mark.parametrize("after_last", [-1, 0, 1])
def test_a_period_that_ends_meanwhile(after_last):
    row = PublishedFactory(ends_on=date(2026, 11, 30))
    said(row)
    on = row.ends_on + timedelta(days=after_last)
    actions.end_due(on)
    assert again(row).state == State.SUSPENDED, "the record is still to be judged"
    actions.deny(row, by=of(row, "reviewer"), reason="登记有误", on=on)
    if after_last < 1:
        assert (again(row).state, events(row)) == (State.PUBLISHED, ["ended", "appeared"])
    else:
        actions.end_due(on)
        assert (again(row).state, events(row)) == (State.ENDED, ["ended"])


def test_what_its_record_forbids_since_is_not_shown_again():
    row = PublishedFactory()
    said(row)
    record = CreditRecord.objects.get(pk=row.record_id)
    record.content |= {"CF_XDR_LB": "自然人", "not_public": "涉及未成年人"}
    record.version += 1
    record.save()
    actions.follower.changed([record.pk], by=of(row, "clerk"))
    assert again(row).awaits_confirmation, "an edit does not answer it"
    actions.deny(row, by=of(row, "reviewer"), reason="登记有误", on=TODAY)
    after = again(row)
    assert (after.state, "依法不得公开" in after.ended_why, after.needs_correction) == (State.SUSPENDED, True, True)


def test_an_edit_meanwhile_waits_for_its_own_confirmation():
    row = PublishedFactory()
    said(row)
    record = CreditRecord.objects.get(pk=row.record_id)
    record.content |= {"CF_SY": "更正后的事实。"}
    record.version += 1
    record.save()
    actions.follower.changed([record.pk], by=of(row, "clerk"))
    actions.deny(row, by=of(row, "reviewer"), reason="登记有误", on=TODAY)
    after = again(row)
    assert (after.state, after.needs_correction, after.shown) == (State.PUBLISHED, True, row.shown)


def test_released_to_its_own_authority_it_waits_no_longer():
    row = PublishedFactory()
    said(row)
    actions.follower.revoked([row.record_id], by=SYSTEM, reason="决定机关异议成立")
    assert (again(row).state, row.lowerings.get().state) == (State.WITHDRAWN, "void")


@pytest.mark.parametrize("verb", ["revoke", "confirm", "deny"])
def test_all_or_nothing(verb, monkeypatch):
    row = PublishedFactory()
    if verb != "revoke":
        said(row)
    before = (again(row).state, events(row), list(row.lowerings.values_list("state", flat=True)))

    def broken(*args, **kwargs):
        raise RuntimeError("no room on the disk")

    reviewer = of(row, "reviewer")
    acts = {
        "revoke": lambda: said(row),
        "confirm": lambda: actions.confirm(row, by=reviewer, on=TODAY),
        "deny": lambda: actions.deny(row, by=reviewer, reason="登记有误", on=TODAY),
    }
    monkeypatch.setattr("disclosure.actions.anchoring.audit.record", broken)
    with pytest.raises(RuntimeError):
        acts[verb]()
    assert (again(row).state, events(row), list(row.lowerings.values_list("state", flat=True))) == before
    assert status(row) == "active"


def at_once(*acts):
    """Run at the same moment; who was refused, by class of the refusal."""
    start, answers = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            act()
            answers.append("done")
        except DomainError as refusal:
            answers.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


@pytest.mark.django_db(transaction=True)
def test_confirmed_and_denied_at_once_one_of_them_holds():
    row = PublishedFactory()
    said(row)
    one, other = of(row, "reviewer"), CreditOfficeFactory()
    answers = at_once(
        lambda: actions.confirm(row, by=one, on=TODAY),
        lambda: actions.deny(row, by=other, reason="登记有误", on=TODAY),
    )
    assert answers == ["Conflict", "done"]
    assert (again(row).state, status(row), row.lowerings.get().state) in {
        (State.WITHDRAWN, "revoked", "confirmed"),
        (State.PUBLISHED, "active", "denied"),
    }


@pytest.mark.django_db(transaction=True)
def test_revoked_again_while_it_is_confirmed():
    """Both ways take the record before the item, so neither waits for the other in a ring."""
    row = PublishedFactory()
    said(row)
    clerk, reviewer = of(row, "clerk"), of(row, "reviewer")
    answers = at_once(
        lambda: revoke(row.record, by=clerk, reason=DOCUMENT, on=TODAY),
        lambda: actions.confirm(row, by=reviewer, on=TODAY),
    )
    assert answers == ["Conflict", "done"]
    assert (again(row).state, status(row), row.lowerings.count()) == (State.WITHDRAWN, "revoked", 1)


def test_the_office_and_the_department_find_it_in_the_list(client):
    row = PublishedFactory()
    said(row)
    for user in (CreditOfficeFactory(), of(row, "reviewer")):
        titles = {section.title: section for section in work(user, TODAY)}
        assert [line.due for line in titles["原决定撤销待复核"].rows] == [date(2026, 11, 25)]
        assert not titles["较轻认定、不公示待确认"].rows
        client.force_login(user)
        page = client.get(reverse("disclosure:lowerings") + "?what=revocation")
        assert [each.disclosure_id for each in page.context["listing"].page.items] == [row.pk]
        assert "2026年11月25日" in page.content.decode()
        assert not page.context["tickable"], "one by one"
    body = b"".join(client.get(reverse("disclosure:lowerings") + "?export=csv").streaming_content).decode()
    assert "2026-11-20" in body
    assert DOCUMENT in body
    (outcome,) = actions.confirm_many([row.pk], by=of(row, "reviewer"), on=TODAY)
    assert (outcome.ok, again(row).state) == (False, State.SUSPENDED)


def test_the_pages_say_what_waits_and_lead_to_the_answer(client):
    row = PublishedFactory()
    clerk, reviewer = of(row, "clerk"), of(row, "reviewer")
    client.force_login(clerk)
    address = reverse("records:revoke", args=[row.record_id])
    form = client.get(address)
    token = form.context["form"]["form_token"].value()
    posted = {"on": "2026-11-20", "reason": DOCUMENT, "form_token": token}
    answer = client.post(address, posted, follow=True).content.decode()
    assert "公示已中止" in answer
    assert WAITS in answer
    client.force_login(reviewer)
    page = client.get(reverse("disclosure:item", args=[row.pk]))
    assert {act.slug for act in page.context["acts"]} == {"confirm", "deny"}
    assert DOCUMENT in page.content.decode()
    for slug, words in (("confirm", "记录撤销"), ("deny", "恢复公示至原截止日")):
        asked = client.get(reverse("disclosure:act", args=[row.pk, slug])).content.decode()
        assert words in asked
        assert "2026年11月25日" in asked


def test_a_batch_takes_nothing_from_the_public_that_a_reviewer_published():
    ledger.PenaltyEntryFactory()
    first = factories.severe_penalty()
    authority = first.source_department
    clerk = ClerkFactory(department=authority)
    batch = bring(as_csv([penalty(n, authority, HRB_YZCD="一般") for n in (1, 2, 3)]), "a.csv", authority, clerk)
    shown, hidden, draft = Disclosure.objects.filter(record__batch=batch).order_by("pk")
    for row in (shown, hidden):
        actions.submit(row, by=clerk, on=TODAY)
        actions.approve_and_publish(row, by=ReviewerFactory(department=authority), confirm_doubts=True, on=TODAY)
    said(hidden, by=clerk)
    done = undo.undo_batch(batch, by=clerk, reason="传错文件")
    assert done.kept == {shown.record_id: PUBLISHED_STAYS, hidden.record_id: PUBLISHED_STAYS}
    assert batch.findings.filter(rule="undo.kept").count() == 2
    assert (again(shown).state, again(hidden).awaits_confirmation) == (State.PUBLISHED, True)
    assert not Disclosure.objects.filter(pk=draft.pk).exists()
