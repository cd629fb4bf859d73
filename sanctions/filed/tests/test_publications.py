"""A publication: registered by one, confirmed by another; every move, and what it must say."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from credit_platform.errors import Conflict, Forbidden, Refused
from records.tests.factories import valid_code
from sanctions.filed import actions
from sanctions.filed.models import FiledPublication
from sanctions.filed.rules import PUBLICATION_MOVES, PublicationState
from sanctions.filed.tests import factories
from sanctions.filed.tests.factories import DraftPublicationFactory, PublicationFactory
from sanctions.lists.tests.factories import TODAY, SeriousListFactory, WaitingListFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filing")]
P = PublicationState
IN = {
    P.DRAFT: factories.DraftPublicationFactory,
    P.CONFIRMED: factories.PublicationFactory,
    P.CLOSED: factories.ClosedPublicationFactory,
    P.DROPPED: factories.DroppedPublicationFactory,
}


def do(row, verb):
    by = ReviewerFactory(department=row.department)
    if verb == "confirm":
        return actions.confirm_publication(row, by=by)
    act = actions.drop_publication if verb == "drop" else actions.close_publication
    return act(row, reason="登记有误。", by=by)


@pytest.mark.parametrize(("state", "verb"), list(product(P, ("confirm", "drop", "close"))))
def test_every_step_is_a_move_or_refused(state, verb):
    row = IN[state]()
    if (state, verb) in PUBLICATION_MOVES:
        assert do(row, verb).state == PUBLICATION_MOVES[state, verb]
        return
    with pytest.raises(Conflict):
        do(row, verb)


def given(**changes):
    found = {
        "standard": "filed-general",
        "list_code": SeriousListFactory(code="GB-SHI").code,
        "title": "示例名单",
        "authority_name": "示例公布机关",
        "authority_code": valid_code(86000001, pair="11", area="110000").lower(),
        "document_number": "示公〔2026〕1号",
        "published_on": date(2026, 11, 2),
        "basis": "《示例条例》第二条",
        "published_at": "示例网站",
        "is_full": True,
    }
    return found | changes


def test_a_publication_is_registered_and_waits():
    by = ClerkFactory()
    made = actions.register_publication(given(), department=by.department, by=by)
    assert (made.state, made.drafted_by, made.authority_code[:2]) == ("draft", by, "11")


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"title": " "}, "filed.title"),
        ({"basis": ""}, "filed.basis"),
        ({"document_number": ""}, "filed.document_number"),
        ({"published_at": ""}, "filed.published_at"),
        ({"standard": "penalty-2018"}, "filed.standard"),
        ({"authority_code": "123"}, "filed.authority"),
        ({"authority_code": valid_code(86000002, pair="11")}, "filed.authority"),
        ({"published_on": TODAY + timedelta(days=1)}, "filed.day"),
        ({"list_code": "NIX"}, "filed.list"),
        ({"published_on": date(2019, 1, 1)}, "filed.list"),
    ],
)
def test_what_a_publication_must_say(changes, rule):
    by = ClerkFactory()
    with pytest.raises(Refused) as told:
        actions.register_publication(given(**changes), department=by.department, by=by)
    assert [each.rule for each in told.value.findings] == [rule]


def test_a_list_that_waits_for_its_department_takes_no_publication():
    by = ClerkFactory()
    with pytest.raises(Refused):
        actions.register_publication(given(list_code=WaitingListFactory().code), department=by.department, by=by)


def test_who_registered_does_not_confirm():
    both = ReviewerFactory()
    row = DraftPublicationFactory(department=both.department, drafted_by=both)
    with pytest.raises(Forbidden) as told:
        actions.confirm_publication(row, by=both)
    assert told.value.code == "filed.two_people"
    with pytest.raises(IntegrityError, match="filed_publication_by_two"), transaction.atomic():
        FiledPublication.objects.filter(pk=row.pk).update(confirmed_by=both)


def test_the_next_one_closes_the_one_before():
    former = PublicationFactory()
    row = DraftPublicationFactory(department=former.department)
    do(row, "confirm")
    former.refresh_from_db()
    assert former.state == "closed"
    assert FiledPublication.objects.taking(row.department, row.standard).get() == row


@pytest.mark.parametrize(
    "who",
    [lambda row: ClerkFactory(department=row.department), lambda row: ReviewerFactory(department=DepartmentFactory())],
)
def test_only_reviewers_of_the_department_confirm(who):
    row = DraftPublicationFactory()
    with pytest.raises(Forbidden):
        actions.confirm_publication(row, by=who(row))
