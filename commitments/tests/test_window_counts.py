"""What the screen of a window says of commitments: letters that wait to be published, papers that are still to come."""

from __future__ import annotations

from datetime import date

import pytest

from commitments.tests import cases
from commitments.tests.public_factories import shown_letter
from credit_platform.accounts.tests.factories import CreditOfficeFactory, WindowClerkFactory
from credit_platform.web import counter
from disclosure.rules.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def lines(user) -> dict[str, tuple[int, str]]:
    return {each.label: (int(each.count), each.url) for each in counter.waiting(user, date(2026, 11, 23))}


def test_a_letter_counts_until_it_is_public_and_a_missing_paper_until_it_is_there():
    for state in (State.SUBMITTED, State.APPROVED, State.PUBLISHED):
        shown_letter(disclosed={"state": state.value})
    cases.LetterFactory(shortfall_due_on=date(2026, 12, 1), shortfall_papers="房屋租赁合同")
    cases.LetterFactory(
        shortfall_due_on=date(2026, 11, 20), shortfall_papers="房屋租赁合同", shortfall_settled_on=date(2026, 11, 19)
    )
    told = lines(CreditOfficeFactory())
    assert told["待公示的信用承诺"] == (2, "/desk/commitments/letters/")
    assert told["待补正的容缺材料"] == (1, "/desk/commitments/shortfalls/")
    assert lines(WindowClerkFactory())["待公示的信用承诺"] == (2, ""), "the number, not the list"
