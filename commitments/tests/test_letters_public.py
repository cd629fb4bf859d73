"""The public door of commitments, the page of a letter with what followed, and the statistics."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from commitments.letters.queries.letters import letters_of, public_letters
from commitments.models import CommitmentLetter
from commitments.reviews import actions as reviews
from commitments.statistics import queries as statistics
from commitments.tests import cases
from commitments.tests.public_factories import DOOR, a_bureau, a_letter, disclosure_of, page, shown_breach
from credit_platform.accounts.tests.factories import ClerkFactory, ReviewerFactory
from credit_platform.web.once import version_of
from disclosure.actions import suspend
from disclosure.models import Disclosure, DisclosureChange
from records.actions.changes import edit, revoke
from records.models import CreditRecord
from records.tests import factories as ledger


@pytest.fixture(autouse=True)
def _fresh(desk):
    cache.clear()


@pytest.fixture
def bureau():
    return a_bureau()


def person(number: int) -> dict[str, str]:
    return {
        "CN_XDR_MC": "欧阳小某", "CN_XDR_LB": "自然人", "CN_XDR_SHXYM": "", "CN_FRDB": "",
        "CN_XDR_ZJLX": "身份证", "CN_XDR_ZJHM": ledger.valid_person_id(number),
    }  # fmt: skip


def test_a_letter_stands_in_the_list_with_the_way_to_its_page(bureau):
    letter = a_letter(bureau)
    shown = page()
    assert letter.code in shown
    assert reverse("public:disclosure", args=[disclosure_of(letter).public_id]) in shown


@pytest.mark.parametrize(
    ("wanted", "other"),
    [
        ({"type": "active"}, {"type": "trade"}),
        ({"district": "230102"}, {"district": "230103"}),
        ({"month": "2026-10"}, {"month": "2026-09"}),
        ({"year": "2026"}, {"year": "2025"}),
        ({"fulfilment": "performing"}, {"fulfilment": "unfulfilled"}),
        ({"q": "HRBCN2026-000001"}, {"q": "HRBCN2026-000002"}),
    ],
)
def test_each_filter_finds_and_leaves_out(bureau, wanted, other):
    a_letter(bureau)
    assert "HRBCN2026-000001</span>" in page(**wanted)
    assert "HRBCN2026-000001</span>" not in page(**other)


def test_a_letter_is_found_by_name_by_code_and_by_department(bureau):
    letter = a_letter(bureau)
    for query in ({"q": letter.subject.name[:6]}, {"q": letter.subject.code}, {"department": bureau.code}):
        assert f"{letter.code}</span>" in page(**query)


def test_a_mistaken_filter_is_told_and_shows_nothing(bureau):
    a_letter(bureau)
    answer = Client().get(DOOR, {"type": "wrong"})
    assert answer.status_code == 422
    assert "HRBCN2026-000001" not in answer.content.decode()


@pytest.mark.parametrize("how", ["政务共享", "授权查询"])
def test_a_letter_that_is_not_for_the_public_is_nowhere(bureau, how):
    letter = a_letter(bureau, CN_GKSX=how)
    assert letter.code not in page()
    assert letter.code not in Client().get(DOOR, {"export": "csv"}).getvalue().decode()
    assert not public_letters(cases.TODAY).exists()


def test_a_revoked_letter_leaves_the_list_the_feed_and_the_figures(bureau):
    letter = a_letter(bureau)
    assert letter.code in page("/commitments/rss.xml")
    record = CreditRecord.objects.get(pk=letter.record_id)
    revoke(record, by=ClerkFactory(department=bureau), reason="承诺人撤回申请", on=cases.TODAY)
    cache.clear()
    assert f"{letter.code}</span>" not in page()
    assert letter.code not in page("/commitments/rss.xml")
    assert statistics.figures(2026, cases.TODAY).total.made == 0


def test_of_a_person_only_the_masked_name_is_public(bureau):
    letter = a_letter(bureau, **person(41))
    number = ledger.valid_person_id(41)
    detail = reverse("public:disclosure", args=[disclosure_of(letter).public_id])
    export = Client().get(DOOR, {"export": "csv"}).getvalue().decode()
    for text in (page(), page(detail), page("/commitments/rss.xml"), export):
        assert "欧阳小某" not in text
        assert number not in text
        assert "欧阳**" in text


def test_a_decided_breach_stands_on_the_page_of_its_letter_and_leads_back(bureau):
    letter = a_letter(bureau)
    letter.matter, letter.entry = (entry := cases.EntryFactory(department=bureau)).matter, entry
    letter.save(update_fields=["matter", "entry"])
    case = cases.case_in("decided", letter=letter)
    shown = page(reverse("public:disclosure", args=[disclosure_of(letter).public_id]))
    assert "违背承诺" in shown
    assert entry.matter.code in shown
    breach = Disclosure.objects.get(record=case.record_id)
    address = reverse("public:disclosure", args=[breach.public_id])
    assert address in shown
    assert reverse("public:disclosure", args=[disclosure_of(letter).public_id]) in page(address)


@pytest.mark.parametrize("state", ["candidate", "notified", "served", "determined", "dismissed"])
def test_before_a_decision_nothing_of_a_case_is_public(bureau, state):
    letter = a_letter(bureau)
    letter.matter, letter.entry = (entry := cases.EntryFactory(department=bureau)).matter, entry
    letter.save(update_fields=["matter", "entry"])
    case = cases.case_in(state, letter=letter)
    shown = page(reverse("public:disclosure", args=[disclosure_of(letter).public_id]))
    assert "违背承诺" not in shown
    assert case.own.facts not in shown


def test_letters_are_entries_of_the_subject_and_a_tab_of_their_own(bureau):
    letter = a_letter(bureau)
    a_letter(bureau, 2)
    address = reverse("public:subject", args=[letter.subject.code])
    assert "信用承诺 2 条" in page(address)
    assert letter.code in page(address, kind="commitment")


def test_the_page_of_a_letter_speaks_of_no_seven_working_days(bureau):
    letter = a_letter(bureau)
    assert "是否按时公示" not in page(reverse("public:disclosure", args=[disclosure_of(letter).public_id]))


def test_letters_are_left_out_of_timeliness(bureau):
    a_letter(bureau)
    assert "信用承诺" not in page("/statistics/").split("</nav>", 1)[1].split("<footer", 1)[0]


def test_profiles_are_told_of_standing_letters_only(bureau):
    letter = a_letter(bureau)
    assert letters_of(letter.subject, cases.TODAY) == [letter]
    CommitmentLetter.objects.filter(pk=letter.pk).update(fulfilment="withdrawn")
    assert letters_of(letter.subject, cases.TODAY) == []


def test_nothing_adverse_is_public_before_the_subject_was_heard(bureau):
    letter = a_letter(bureau)
    review = cases.ReviewFactory(letter=letter)
    reviews.complete(
        review,
        outcome="unfulfilled",
        method="现场核查",
        finding="没有做到。",
        by=ReviewerFactory(department=bureau),
        on=cases.TODAY,
    )
    record = CreditRecord.objects.get(item__code="XYLY")
    assert record.content["LY_ZT"] == "未履行"
    assert not Disclosure.objects.visible_on(cases.TODAY).filter(record=record).exists()
    address = reverse("public:disclosure", args=[disclosure_of(letter).public_id])
    file = b"".join(Client().get(DOOR, {"export": "csv"}).streaming_content).decode()
    for shown in (page(), page(address), page(f"/subjects/{letter.subject.code}/"), file):
        assert "没有做到" not in shown
        assert "未履行</" not in shown.split("<table", 1)[-1].split("</table", 1)[0]
        assert ",未履行" not in shown
    assert "复核处理中" in page()
    assert letter.code not in page(fulfilment="unfulfilled").split("<table", 1)[-1].split("</table", 1)[0]
    shown_breach(letter)
    assert f"{letter.code}</span>" in page(fulfilment="unfulfilled")


def test_a_letter_whose_visibility_was_narrowed_is_hidden_at_once(bureau):
    letter = a_letter(bureau)
    record = letter.record
    content = {code: value for code, value in record.content.items() if isinstance(value, str)}
    edit(record, content | {"CN_GKSX": "授权查询"}, by=ClerkFactory(department=bureau), version=version_of(record))
    assert not Disclosure.objects.visible_on(cases.TODAY).filter(record=record).exists()
    assert letter.code not in page()


def corrected(letter: CommitmentLetter, **changes: str) -> None:
    """The record of a letter says something else now."""
    record = CreditRecord.objects.get(pk=letter.record_id)
    content = {code: value for code, value in record.content.items() if isinstance(value, str)}
    by = ClerkFactory(department=record.source_department)
    edit(record, content | changes, by=by, version=version_of(record))


def test_a_letter_whose_visibility_was_widened_is_shown_at_once(bureau):
    letter = a_letter(bureau, CN_GKSX="授权查询")
    assert letter.code not in page()
    corrected(letter, CN_GKSX="社会公开")
    shown = disclosure_of(letter)
    assert (shown.state, shown.published_on, shown.ended_why) == ("published", cases.TODAY, "")
    assert letter.code in page()
    assert DisclosureChange.objects.filter(disclosure=shown, event="appeared").count() == 1


def test_narrowed_and_widened_again_it_comes_back_and_what_a_person_suspended_does_not(bureau):
    letter, other = a_letter(bureau), a_letter(bureau, 2)
    suspend(disclosure_of(other), by=ReviewerFactory(department=bureau), reason="异议核查")
    for each in (letter, other):
        corrected(each, CN_GKSX="授权查询")
        corrected(each, CN_GKSX="社会公开")
    assert disclosure_of(letter).state == "published"
    assert disclosure_of(other).state == "suspended"
