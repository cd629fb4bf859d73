import threading

import pytest
from django.db import connections

from credit_platform.accounts import actions
from credit_platform.accounts.models import DepartmentSuccession, User
from credit_platform.accounts.tests import factories
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, DomainError

pytestmark = pytest.mark.django_db(transaction=True)


def both(*works):
    """Run them at once; what each ended with."""
    start, ends = threading.Barrier(len(works)), []

    def run(work):
        start.wait()
        try:
            work()
            ends.append(None)
        except DomainError as error:
            ends.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return ends


def test_of_two_who_lock_the_same_account_one_is_told(alice_clerk):
    admins = [factories.SecurityAdminFactory() for _ in range(2)]
    ends = both(*[lambda by=by: actions.lock_user(alice_clerk, by=by, reason="离职") for by in admins])
    assert sorted(type(end) for end in ends if end) == [Conflict]
    assert AuditEntry.objects.filter(verb="accounts.lock").count() == 1


def test_of_two_who_open_the_same_name_one_is_told(sarah_security_admin):
    ends = both(*[lambda: actions.create_user("same.name", by=sarah_security_admin, full_name="某") for _ in range(2)])
    assert len([end for end in ends if end is not None]) == 1
    assert User.objects.filter(username="same.name").count() == 1


def test_opposite_successions_at_once_never_close_a_circle(simon_system_admin, market_bureau, housing_bureau):
    def succeed(predecessor, successor):
        return lambda: actions.succeed_department(
            predecessor, successor=successor, on="2020-01-01", by=simon_system_admin
        )

    ends = both(succeed(market_bureau, housing_bureau), succeed(housing_bureau, market_bureau))
    assert len([end for end in ends if end is not None]) == 1
    assert DepartmentSuccession.objects.count() == 1
