"""Two calls at the same moment are not both the last of the day."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connections

from companies.tests.factories import ActiveFactory
from credit_platform.errors import Refused
from disclosure.tests.factories import PublishedFactory
from industry.agencies import actions
from industry.agencies.tests.factories import connected, granted
from lookups.models import Query


@pytest.mark.django_db(transaction=True)
def test_of_two_calls_at_once_one_finds_the_quota_used_and_both_are_registered():
    account = ActiveFactory()
    PublishedFactory(record__subject=account.subject)
    agency = connected(quota=1)
    granted(agency, account)
    gate, ends = Barrier(2), []

    def run() -> None:
        gate.wait()
        try:
            ends.append(actions.call(account.subject.code, matter="申请贷款", by=agency.client))
        except Refused as told:
            ends.append(told)
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(isinstance(end, Refused) for end in ends) == [False, True]
    assert Query.objects.count() == 2
