"""What follows the public: every verb, single and set-wise, is told inside its transaction, once, with what was written."""

from datetime import date

import pytest
from django.db import transaction

from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, ReviewerFactory
from disclosure import actions, followers
from disclosure.actions.base import EVENTS
from disclosure.actions.closing import close_many
from disclosure.actions.following import follower as ledgers
from disclosure.actions.sealing_stored import seal_stored
from disclosure.followers import Follower, Verb
from disclosure.models import Disclosure, DisclosureChange
from disclosure.rules.states import State
from disclosure.tests import factories as made
from disclosure.tests.factories import TODAY
from disclosure.tests.test_prepare import registration
from disclosure.tests.test_reckoned_again import old_style
from records.actions.changes import revoke
from records.tests.test_personal_numbers import ID

pytestmark = pytest.mark.django_db

PAST = date(2026, 11, 22)


class Listening:
    """Keeps what it was told, with the states that it saw in the database then."""

    def __init__(self):
        self.told = []

    def __getattr__(self, verb):
        if verb not in set(Verb):
            raise AttributeError(verb)

        def tell(ids, *, by):
            assert transaction.get_connection().in_atomic_block
            states = set(Disclosure.objects.filter(pk__in=ids).values_list("state", flat=True))
            self.told.append((verb, list(ids), states, by))

        return tell


class Failing(Listening):
    def __getattr__(self, verb):
        if verb not in set(Verb):
            raise AttributeError(verb)

        def tell(ids, *, by):
            raise LookupError(verb)

        return tell


@pytest.fixture(autouse=True)
def _on_that_day(today):
    return today


@pytest.fixture
def listening(monkeypatch):
    """The only follower there is."""
    made = Listening()
    monkeypatch.setattr(followers, "_followers", [])
    followers.register(made)
    return made


def reviewer(row):
    return ReviewerFactory(department=row.source_department)


def clerk(row):
    return ClerkFactory(department=row.source_department)


def changed_record(row, **content):
    record = row.record
    record.content |= content
    record.version += 1
    record.save()
    return record.pk


def two(factory, **values):
    first = factory(**values)
    return [first, factory(**values, record=made.severe_penalty(authority=first.authority))]


def entered_registration():
    record = registration()
    ledgers.entered([record.pk], by=SYSTEM)
    return Disclosure.objects.get(record=record)


# Each: what is there, what is done to it. The set-wise ones stand for sweeps, bulk work, imports and their undo.


def publish():
    row = made.ApprovedFactory()
    return [row], lambda: actions.publish(row, by=reviewer(row), on=TODAY)


def publish_many():
    rows = two(made.ApprovedFactory)
    return rows, lambda: actions.publish_many([row.pk for row in rows], by=SYSTEM, on=TODAY)


def publication_sweep():
    rows = two(made.ApprovedFactory)
    return rows, lambda: actions.publish_approved(TODAY)


def correct():
    row = made.PublishedFactory(needs_correction=True)
    return [row], lambda: actions.correct(row, by=reviewer(row), reason="更正", on=TODAY)


def state_performance():
    row = made.PublishedFactory()
    return [row], lambda: actions.state_performance(
        row, by=clerk(row), performed_on=row.decided_on, proof="缴款凭证", on=TODAY
    )


def periods_reckoned_again():
    rows = [old_style(), old_style()]
    return rows, lambda: actions.recompute_periods(why="规则变更", on=TODAY)


def periods_reckoned_over():
    days = {"decided": date(2023, 11, 22), "published": date(2026, 4, 10), "ends": date(2029, 4, 10)}
    rows = [old_style(**days), old_style(**days)]
    Disclosure.objects.filter(pk=rows[1].pk).update(state=State.SUSPENDED)
    return rows, lambda: actions.recompute_periods(why="规则变更", on=TODAY)


def sealed_what_was_kept_in_clear():
    row = made.PublishedFactory()
    Disclosure.objects.filter(pk=row.pk).update(title=f"{row.title}{ID}")
    return [row], seal_stored


def registration_changed():
    row = entered_registration()
    return [row], lambda: ledgers.changed([changed_record(row, DJZT="注销")], by=SYSTEM)


def end():
    row = made.PublishedFactory(ends_on=PAST)
    return [row], lambda: actions.end(row, by=SYSTEM, on=TODAY)


def end_of_what_was_suspended():
    row = made.SuspendedFactory(ends_on=PAST)
    return [row], lambda: actions.end(row, by=SYSTEM, on=TODAY)


def expiry_sweep():
    rows = [made.PublishedFactory(ends_on=PAST), made.SuspendedFactory(ends_on=PAST)]
    return rows, lambda: actions.end_due(TODAY)


def matter_over():
    rows = [made.PublishedFactory(), made.SuspendedFactory()]
    return rows, lambda: close_many([row.record_id for row in rows], why="移出名单", by=SYSTEM)


def hidden_on_one_persons_word():
    row = made.PublishedFactory()
    return [row], lambda: revoke(row.record, by=clerk(row), reason="复议撤销", on=TODAY)


def shown_again_when_that_was_denied():
    row = made.PublishedFactory()
    revoke(row.record, by=clerk(row), reason="复议撤销", on=TODAY)
    followers._followers[0].told.clear()
    return [row], lambda: actions.deny(row, by=reviewer(row), reason="复议维持", on=TODAY)


def suspend():
    row = made.PublishedFactory()
    return [row], lambda: actions.suspend(row, by=reviewer(row), reason="异议核查")


def hidden_by_a_changed_record():
    row = made.PublishedFactory()
    return [row], lambda: ledgers.changed([changed_record(row, not_public="未成年人")], by=SYSTEM)


def registration_hidden():
    row = entered_registration()
    return [row], lambda: ledgers.changed([changed_record(row, not_public="未成年人")], by=SYSTEM)


def resume():
    row = made.SuspendedFactory()
    return [row], lambda: actions.resume(row, by=reviewer(row), reason="核查完毕")


def registration_shown_again():
    row = entered_registration()
    ledgers.changed([changed_record(row, not_public="未成年人")], by=SYSTEM)
    followers._followers[0].told.clear()
    return [row], lambda: ledgers.changed([changed_record(row, not_public="")], by=SYSTEM)


def repair():
    row = made.PublishedFactory()
    return [row], lambda: actions.repair(row, by=CreditOfficeFactory(), reason="信用修复", on=TODAY)


def restore():
    row = made.RepairedFactory()
    return [row], lambda: actions.restore(row, by=CreditOfficeFactory(), reason="错误修复", on=TODAY)


def withdraw():
    row = made.PublishedFactory()
    return [row], lambda: actions.withdraw(row, by=reviewer(row), reason="复议撤销", public_note="已撤销")


def withdraw_what_was_repaired():
    row = made.RepairedFactory()
    return [row], lambda: actions.withdraw(row, by=reviewer(row), reason="复议撤销", public_note="已撤销")


def records_revoked():
    rows = [made.PublishedFactory(), made.EndedFactory()]
    return rows, lambda: ledgers.revoked([row.record_id for row in rows], by=SYSTEM, reason="撤销")


def batch_undone():
    row = entered_registration()
    return [row], lambda: ledgers.undone([row.record_id], by=SYSTEM)


def batch_undo_reversed():
    row = entered_registration()
    ledgers.undone([row.record_id], by=SYSTEM)
    followers._followers[0].told.clear()
    return [row], lambda: ledgers.entered([row.record_id], by=SYSTEM)


CASES = [
    (publish, Verb.APPEARED, 1),
    (publish_many, Verb.APPEARED, 2),
    (publication_sweep, Verb.APPEARED, 2),
    (batch_undo_reversed, Verb.APPEARED, 1),
    (correct, Verb.CHANGED, 1),
    (state_performance, Verb.CHANGED, 1),
    (periods_reckoned_again, Verb.CHANGED, 2),
    (sealed_what_was_kept_in_clear, Verb.CHANGED, 1),
    (registration_changed, Verb.CHANGED, 1),
    (end, Verb.ENDED, 1),
    (end_of_what_was_suspended, Verb.ENDED, 0),
    (expiry_sweep, Verb.ENDED, 1),
    (periods_reckoned_over, Verb.ENDED, 1),
    (matter_over, Verb.ENDED, 1),
    (suspend, Verb.SUSPENDED, 1),
    (hidden_by_a_changed_record, Verb.SUSPENDED, 1),
    (registration_hidden, Verb.SUSPENDED, 1),
    (hidden_on_one_persons_word, Verb.SUSPENDED, 1),
    (resume, Verb.RESTORED, 1),
    (registration_shown_again, Verb.RESTORED, 1),
    (shown_again_when_that_was_denied, Verb.RESTORED, 1),
    (restore, Verb.RESTORED, 1),
    (repair, Verb.REPAIRED, 1),
    (withdraw, Verb.WITHDRAWN, 1),
    (withdraw_what_was_repaired, Verb.WITHDRAWN, 0),
    (records_revoked, Verb.WITHDRAWN, 1),
    (batch_undone, Verb.WITHDRAWN, 1),
]
"""Each way, the verb that followers hear, and how many events the change feed gets of it."""
STATES = {
    Verb.APPEARED: {State.PUBLISHED},
    Verb.CHANGED: {State.PUBLISHED},
    Verb.ENDED: {State.ENDED},
    Verb.SUSPENDED: {State.SUSPENDED},
    Verb.REPAIRED: {State.REPAIRED},
    Verb.RESTORED: {State.PUBLISHED},
    Verb.WITHDRAWN: {State.WITHDRAWN},
}
named = pytest.mark.parametrize(("case", "verb", "events"), CASES, ids=[case.__name__ for case, *_ in CASES])


@named
def test_followers_hear_of_it_once_with_what_was_written(listening, case, verb, events):
    rows, act = case()
    listening.told.clear()
    before = DisclosureChange.objects.count()
    act()
    [(heard, ids, states, by)] = listening.told
    assert (heard, ids, states) == (verb, sorted(row.pk for row in rows), STATES[verb])
    assert by.actor_kind in ("staff", "system")
    new = DisclosureChange.objects.order_by("id")[before:]
    assert [each.event for each in new] == [EVENTS[verb]] * events


@named
def test_what_a_follower_refuses_is_undone_with_the_verb(listening, case, verb, events):
    rows, act = case()
    was = {row.pk: Disclosure.objects.values().get(pk=row.pk) for row in rows}
    count = DisclosureChange.objects.count()
    followers.register(Failing())
    with pytest.raises(LookupError, match=verb.value):
        act()
    assert {pk: Disclosure.objects.values().get(pk=pk) for pk in was} == was
    assert DisclosureChange.objects.count() == count


def test_an_entry_that_is_public_at_once_is_told(listening):
    row = entered_registration()
    assert [(verb, ids) for verb, ids, *_ in listening.told] == [("appeared", [row.pk])]


def test_what_never_was_public_is_no_matter_of_these_followers(listening):
    row = made.SubmittedFactory()
    actions.withdraw(row, by=reviewer(row), reason="误报", public_note="误报")
    other = made.DisclosureFactory()
    ledgers.revoked([other.record_id], by=SYSTEM, reason="撤销")
    assert listening.told == []


def test_the_same_follower_registered_twice_hears_once(listening):
    followers.register(listening)
    row = made.PublishedFactory()
    actions.suspend(row, by=reviewer(row), reason="异议核查")
    assert len(listening.told) == 1


def test_every_verb_is_a_method_and_is_held_here():
    assert {name for name in vars(Follower) if not name.startswith("_")} == {verb.value for verb in Verb}
    assert {verb for _, verb, _ in CASES} == set(Verb) == set(EVENTS)


def test_whoever_derives_writes_only_the_verbs_that_concern_it(listening):
    heard = []

    class Grades(Follower):
        def repaired(self, ids, *, by):
            heard.extend(ids)

    followers.register(Grades())
    row = made.PublishedFactory()
    actions.suspend(row, by=reviewer(row), reason="异议核查")
    actions.resume(row, by=reviewer(row), reason="核查完毕")
    actions.repair(row, by=CreditOfficeFactory(), reason="信用修复", on=TODAY)
    assert heard == [row.pk]
