"""A patrol has a report made like anybody and looks into the file: nothing of what stopped is in it, and what still is is found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from credit_platform.accounts.tests.factories import CreditOfficeFactory
from disclosure import actions
from disclosure.models import Disclosure, DisclosureChange
from patrols.outsider import Outsider, outsider
from reports.actions import file_of
from reports.models import Report, ReportLayout
from reports.reading import MOST, read
from reports.tests.factories import TODAY, issued, item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hall")]


class OldFile:
    """A door behind which the file of a report is one that was made earlier."""

    def __init__(self, file: bytes) -> None:
        self.inside, self.file = outsider().door, file

    def __call__(self, address: str):
        return (200, 1, self.file) if address.endswith("/file/") else self.inside(address)

    def send(self, address: str, fields):
        return self.inside.send(address, fields)


def stopped(row: Disclosure) -> Disclosure:
    """An item that was repaired a while ago."""
    actions.repair(row, by=CreditOfficeFactory(), reason="准予修复")
    DisclosureChange.objects.number_pending()
    Disclosure.objects.filter(pk=row.pk).update(updated_at=timezone.now() - timedelta(minutes=10))
    return row


def test_a_report_that_is_made_today_tells_nothing_of_what_stopped():
    row = item()
    item(subject=row.subject)
    stopped(row)
    through = outsider()
    assert list(read(through, TODAY)) == []
    assert Report.objects.get().subject == row.subject, "it was really made"
    assert through.count == 2


def test_what_a_report_still_tells_is_found_without_the_key_to_its_file():
    row = item()
    file = file_of(issued(row.subject).report)
    stopped(row)
    (found,) = read(Outsider(OldFile(file)), TODAY)
    assert (found.address, found.public_id) == ("/reports/", row.public_id)


def test_a_few_a_night_and_none_where_no_report_can_be_made():
    for _ in range(MOST + 1):
        stopped(item())
    list(read(outsider(), TODAY))
    assert Report.objects.count() == MOST
    before = ReportLayout.objects.earliest("valid_from").valid_from - timedelta(days=1)
    assert list(read(outsider(), before)) == []
    assert Report.objects.count() == MOST


def test_a_form_that_is_not_taken_is_told():
    with pytest.raises(LookupError):
        outsider().send("/reports/", code="91230102MA00000000", purpose="self")
