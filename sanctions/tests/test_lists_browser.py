"""The pages of lists in a real browser, wide and on a phone: nothing for axe, nothing wider than the screen."""

from __future__ import annotations

from datetime import date

import pytest

from casework.models import Case
from casework.tests.conftest import at
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.demo.accounts import load_accounts, load_departments
from credit_platform.demo.listings import COURSES, Listings
from credit_platform.web.tests.browsing import ORIGIN, fits, open_site
from disclosure.models import Disclosure
from records import base_data as ledger
from records.tests.factories import SubjectFactory
from sanctions import base_data as sanctions
from sanctions.designations.rules import DESIGNATION
from sanctions.lists.models import ListEntry

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TODAY = date(2026, 11, 23)
WIDTHS = (1440, 390)


@pytest.fixture
def listed(db, settings, tmp_path, monkeypatch):
    """The lists of the demonstration, with fifteen firms and nothing else."""
    settings.MEDIA_ROOT = tmp_path
    load_accounts(load_departments())
    with acting(SYSTEM):
        ledger.load()
    sanctions.load()
    for _ in COURSES:
        SubjectFactory()
    Listings(TODAY).build()
    at(TODAY, monkeypatch)


def addresses() -> dict[str, list[str]]:
    """Who looks at what."""
    cases = (
        Case.objects.of(DESIGNATION)
        .select_related("designationcase")
        .filter(designationcase__credit_list__code="SJ-YZWF")
    )
    by_state = {case.state: case.pk for case in cases}
    entry = ListEntry.objects.listed(TODAY).filter(credit_list__code="SJ-YZWF", subject__kind="legal").latest("pk")
    shown = Disclosure.objects.visible_on(TODAY).filter(record=entry.record).get()
    at_the_desk = "/desk/sanctions"
    return {
        "": ["/lists/", "/lists/red/", "/lists/SJ-YZWF/", "/lists/WL-YZSX/", f"/disclosure/{shown.public_id}/"],
        "scjgj_lr": [
            f"{at_the_desk}/lists/",
            f"{at_the_desk}/entries/",
            f"{at_the_desk}/entries/{entry.pk}/",
            f"{at_the_desk}/designations/",
            f"{at_the_desk}/designations/new/",
            f"{at_the_desk}/designations/{by_state['proposed']}/notify/",
            f"{at_the_desk}/designations/{by_state['delivered']}/",
            f"{at_the_desk}/designations/{by_state['delivered']}/person/",
            f"{at_the_desk}/removals/new/{entry.pk}/",
            f"{at_the_desk}/removals/",
            f"{at_the_desk}/bans/",
            f"{at_the_desk}/bans/new/",
        ],
        "scjgj_sh": [
            f"{at_the_desk}/designations/{by_state['determined']}/decide/",
            f"{at_the_desk}/designations/{by_state['delivered']}/print/decision/",
        ],
    }


def test_the_pages_of_lists_fit_and_read_well(listed, page, client, axe):
    open_site(page, client)
    found = []
    for who, paths in addresses().items():
        client.logout()
        if who:
            client.force_login(User.objects.get(username=who))
        for path in paths:
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                answer = page.goto(f"{ORIGIN}{path}")
                assert answer.status == 200, path
                found += [f"{path} at {width}: wider than the screen"] if not fits(page) else []
                found += [f"{path} at {width}: {each}" for each in axe(page)]
    assert not found
