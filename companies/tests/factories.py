"""Accounts, one factory per state; all invented."""

from __future__ import annotations

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from companies.models import CompanyAccount
from companies.rules import AccountState
from companies.sealed_places import sealed_phone
from credit_platform.accounts.tests.factories import WindowClerkFactory
from records.tests.factories import SubjectFactory

PASSWORD = "Example-Firm-2026"


class AppliedFactory(factory.django.DjangoModelFactory):
    """An application that waits for the papers."""

    class Meta:
        model = CompanyAccount

    subject = factory.SubFactory(SubjectFactory)
    login = factory.Sequence(lambda n: f"firm{n:04d}")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))
    handler = "王某某"
    phone = factory.LazyAttribute(lambda made: sealed_phone("13800000000", made.receipt))
    phone_masked = "138****0000"
    receipt = factory.Sequence(lambda n: f"ZH261123{n:06d}")
    session_key = factory.Sequence(lambda n: f"{n:032x}")
    state = AccountState.APPLIED.value


class ActiveFactory(AppliedFactory):
    state = AccountState.ACTIVE.value
    confirmed_by = factory.SubFactory(WindowClerkFactory)
    confirmed_at = factory.LazyFunction(timezone.now)
    evidence = "营业执照"


class SuspendedFactory(ActiveFactory):
    state = AccountState.SUSPENDED.value
    reason = "经办人已离职"


class RefusedFactory(AppliedFactory):
    state = AccountState.REFUSED.value
    reason = "授权书未盖章"


class ClosedFactory(ActiveFactory):
    state = AccountState.CLOSED.value


class LapsedFactory(AppliedFactory):
    state = AccountState.LAPSED.value


BY_STATE = {
    AccountState.APPLIED: AppliedFactory,
    AccountState.ACTIVE: ActiveFactory,
    AccountState.SUSPENDED: SuspendedFactory,
    AccountState.REFUSED: RefusedFactory,
    AccountState.CLOSED: ClosedFactory,
    AccountState.LAPSED: LapsedFactory,
}


def sign_in(client, account):
    """The test client becomes this company."""
    answer = client.post("/my/login/", {"login": account.login, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return account
