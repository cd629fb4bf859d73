"""Twenty people do the same thing to one record at the same moment: one does it, nineteen are told, one line stands in the audit."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import connection

from credit_platform.accounts.models import User
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict
from disclosure import actions
from disclosure.models import Disclosure
from tests.faults.browser import Browser
from tests.faults.length import LONG
from tests.faults.publishing import NOT_AT_ALL, WHOLLY, at_once, effects
from tests.faults.whole import assert_whole

VERBS = (
    (actions.submit, "alice", "disclosure.submit", "submitted"),
    (actions.approve, "bob", "disclosure.approve", "approved"),
    (actions.publish, "bob", "disclosure.publish", "published"),
)


def test_twenty_submits_reviews_and_publications(site):
    site.import_here(1)
    row = Disclosure.objects.latest("pk")
    for verb, who, name, state in VERBS:
        user = User.objects.get(username=who)

        def once(verb=verb, user=user):
            try:
                verb(Disclosure.objects.get(pk=row.pk), by=user)
            except Conflict as told:
                return told.status
            finally:
                connection.close()
            return 200

        assert Counter(at_once(once, [()] * 20)) == {200: 1, 409: 19}, name
        row.refresh_from_db()
        assert row.state == state
        assert AuditEntry.objects.about(row).filter(verb=name).count() == 1
    assert effects(row) == WHOLLY
    assert_whole(site)


@pytest.mark.parametrize("step", ["submit", "review"] if LONG else ["review"])
def test_twenty_clicks_at_once_are_one(site, step):
    """Twenty tabs, each opened before any was sent: one is carried out, nineteen are told that they came too late."""
    site.up("web")
    site.import_here(1)
    row = Disclosure.objects.latest("pk")
    if step == "review":
        actions.submit(row, by=User.objects.get(username="alice"))
    tabs = [site.person("bob" if step == "review" else "alice") for _ in range(20)]
    forms = [tab.form(f"/desk/disclosures/{row.pk}/{step}/") for tab in tabs]
    click = Browser.publish if step == "review" else Browser.send
    answers = at_once(click, zip(tabs, forms, strict=True))
    assert sorted(each.status_code for each in answers) == [302] + [409] * 19
    assert all("已被" in each.text for each in answers if each.status_code == 409)
    assert effects(row) == (WHOLLY if step == "review" else NOT_AT_ALL)
    assert_whole(site)


def test_one_click_sent_twenty_times_is_one_click(site):
    """The same form, sent twenty times by an impatient finger or a proxy: one effect, and everybody is led to its result."""
    site.up("web")
    site.import_here(1)
    row = Disclosure.objects.latest("pk")
    actions.submit(row, by=User.objects.get(username="alice"))
    bob = site.person("bob")
    form = bob.form(f"/desk/disclosures/{row.pk}/review/")
    tabs = [site.person("bob") for _ in range(20)]
    for tab in tabs:
        tab.session.cookies.update(bob.session.cookies)
    answers = at_once(lambda tab: tab.publish(form), [(tab,) for tab in tabs])
    assert {each.status_code for each in answers} == {302}
    assert effects(row) == WHOLLY
    assert_whole(site)
