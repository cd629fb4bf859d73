from datetime import date

import pytest
from django.core.management import CommandError, call_command

from credit_platform.accounts.models import Department
from credit_platform.demo import city

TODAY = date(2026, 11, 23)


def test_a_loading_that_broke_off_is_told_and_never_taken_for_a_city(db, monkeypatch):
    call_command("load_base", verbosity=0)

    def break_off(today):
        raise KeyboardInterrupt

    monkeypatch.setattr(city, "end_due", break_off)
    with pytest.raises(KeyboardInterrupt):
        city.load(TODAY, lambda text: None, subjects=60, reports=1)
    assert city.is_half_loaded()
    with pytest.raises(CommandError, match="make reset"):
        call_command("load_demo")


def test_departments_of_somebody_else_are_no_half_loaded_city(market_bureau):
    assert not city.is_half_loaded()
    call_command("load_demo")
    assert Department.objects.count() == 1
