"""The pages of repairs in a real browser, wide and on a phone: nothing for axe, nothing wider than the screen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from companies.tests.factories import ActiveFactory, sign_in
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory
from credit_platform.web.tests.browsing import ORIGIN, fits, open_site
from disclosure.tests.factories import PublishedFactory
from repair.tests.factories import case_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
WIDTHS = (1440, 390)


def to(name: str, *args: object) -> str:
    return reverse(f"repair:{name}", args=args)


@pytest.fixture
def visitors(letters, client):
    """Who looks at what: (becomes, addresses)."""
    item = PublishedFactory()
    account = ActiveFactory(subject=item.subject, confirmed_at=timezone.now() - timedelta(days=7))
    accepted, granted = case_in("accepted"), case_in("granted")
    return [
        (lambda: None, [to("landing"), to("item", item.public_id), to("outside", item.public_id), to("ledger")]),
        (lambda: sign_in(client, account), [to("mine"), to("my-new", item.public_id), to("my-check", item.public_id)]),
        (lambda: client.force_login(ClerkFactory(department=accepted.department)), [to("step", accepted.pk, "verify")]),
        (lambda: client.force_login(CreditOfficeFactory()), [f"{to('cases')}?scope=all", to("case", granted.pk)]),
    ]


def test_the_pages_of_repairs_fit_and_read_well(visitors, page, client, axe):
    open_site(page, client)
    wrong = []
    for become, paths in visitors:
        client.logout()
        become()
        for path in paths:
            if path.endswith("/check/"):
                client.post(path.removesuffix("check/"), {"way": "ordinary", "performed_on": "2026-11-12"})
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                answer = page.goto(f"{ORIGIN}{path}")
                assert answer.status == 200, path
                wrong += [f"{path} at {width}: wider than the screen"] if not fits(page) else []
                wrong += [f"{path} at {width}: {each}" for each in axe(page)]
    assert not wrong
