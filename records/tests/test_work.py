"""What the ledger adds to the desk's first page."""

from __future__ import annotations

import pytest
from django.test import Client

from credit_platform.accounts.models import User
from records.tests import factories

pytestmark = pytest.mark.django_db


def test_a_clerk_sees_the_forms_begun_and_the_credit_office_the_merges(
    client: Client, alice_clerk: User, carol_credit_office: User
) -> None:
    draft = factories.EntryDraftFactory(author=alice_clerk, department=alice_clerk.department)
    factories.EntryDraftFactory()
    case = factories.MergeCaseFactory(proposed_by=alice_clerk)
    own = factories.MergeCaseFactory(proposed_by=carol_credit_office)
    client.force_login(alice_clerk)
    page = client.get("/desk/").content.decode()
    assert "未完成的录入" in page
    assert page.count("?draft=") == 1
    assert str(draft.token) in page
    assert "待复核的主体合并" not in page
    client.force_login(carol_credit_office)
    page = client.get("/desk/").content.decode()
    assert f"/desk/merges/{case.pk}/" in page
    assert f"/desk/merges/{own.pk}/" not in page
