from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from credit_platform.accounts.tasks import forget_sessions

pytestmark = pytest.mark.django_db


def test_sessions_that_ran_out_are_removed_and_the_others_stay():
    now = timezone.now()
    Session.objects.create(session_key="over", session_data="", expire_date=now - timedelta(minutes=1))
    Session.objects.create(session_key="open", session_data="", expire_date=now + timedelta(hours=1))
    forget_sessions()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]
