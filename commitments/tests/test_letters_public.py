"""The public door of commitments, the page of a letter with what followed, and the statistics."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from commitments.actions import reviews
from commitments.models import Letter
from commitments.queries import statistics
from commitments.queries.letters import letters_of, public_letters
from commitments.tests import cases
from credit_platform.accounts.tests.factories import ClerkFactory, DepartmentFactory, ReviewerFactory
from credit_platform.web.once import version_of
from disclosure.models import Disclosure
from records.actions import enter
from records.actions.changes import edit, revoke
from records.models import CreditRecord
from records.standards import registry
from records.standards.example import example_row
from records.tests import factories as ledger

DOOR = "/commitments/"


@pytest.fixture(autouse=True)
def _fresh(desk):
    cache.clear()


@pytest.fixture
def bureau():
    return DepartmentFactory(uscc=ledger.valid_code(70000001, "11"), district="230102")


def a_letter(bureau, number=1, **changes) -> Letter:
    """A letter that came in the usual way, so that it is public as it stands."""
    organ = {"CN_JG": bureau.name, "CN_JGDM": bureau.uscc, "CN_LYDW": bureau.name, "CN_LYDWDM": bureau.uscc}
    free = {
        "CN_LX": "主动型",
        "CN_SXBM": "",
        "CN_GKSX": "社会公开",
        "CN_BM": f"HRBCN2026-{number:06d}",
        "CN_QH": "230102",
    }
    free["CN_ZCRQ"] = "2026-10-08"
    row = example_row(registry.get("commitment"), date(2026, 10, 8)) | organ | free | changes
    record = enter("commitment", row, by=ClerkFactory(department=bureau), department=bureau)
    return Letter.objects.get(record=record)


def person(number: int) -> dict[str, str]:
    return {
        "CN_XDR_MC": "欧阳小某", "CN_XDR_LB": "自然人", "CN_XDR_SHXYM": "", "CN_FRDB": "",
        "CN_XDR_ZJLX": "身份证", "CN_XDR_ZJHM": ledger.valid_person_id(number),
    }  # fmt: skip


def page(address: str = DOOR, **query: str) -> str:
    answer = Client().get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def of(letter: Letter) -> Disclosure:
    return Disclosure.objects.get(record=letter.record_id)


def test_a_letter_stands_in_the_list_with_the_way_to_its_page(bureau):
    letter = a_letter(bureau)
    shown = page()
    assert letter.code in shown
    assert reverse("public:disclosure", args=[of(letter).public_id]) in shown


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
    detail = reverse("public:disclosure", args=[of(letter).public_id])
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
    shown = page(reverse("public:disclosure", args=[of(letter).public_id]))
    assert "违背承诺" in shown
    assert entry.matter.code in shown
    breach = Disclosure.objects.get(record=case.record_id)
    address = reverse("public:disclosure", args=[breach.public_id])
    assert address in shown
    assert reverse("public:disclosure", args=[of(letter).public_id]) in page(address)


@pytest.mark.parametrize("state", ["candidate", "notified", "served", "found", "dismissed"])
def test_before_a_decision_nothing_of_a_case_is_public(bureau, state):
    letter = a_letter(bureau)
    letter.matter, letter.entry = (entry := cases.EntryFactory(department=bureau)).matter, entry
    letter.save(update_fields=["matter", "entry"])
    case = cases.case_in(state, letter=letter)
    shown = page(reverse("public:disclosure", args=[of(letter).public_id]))
    assert "违背承诺" not in shown
    assert case.facts not in shown


def test_letters_are_entries_of_the_subject_and_a_tab_of_their_own(bureau):
    letter = a_letter(bureau)
    a_letter(bureau, 2)
    address = reverse("public:subject", args=[letter.subject.code])
    assert "信用承诺 2 条" in page(address)
    assert letter.code in page(address, kind="commitment")


def test_the_page_of_a_letter_speaks_of_no_seven_working_days(bureau):
    letter = a_letter(bureau)
    assert "是否按时公示" not in page(reverse("public:disclosure", args=[of(letter).public_id]))


def test_letters_are_left_out_of_timeliness(bureau):
    a_letter(bureau)
    assert "信用承诺" not in page("/statistics/").split("</nav>", 1)[1].split("<footer", 1)[0]


def test_the_statistics_count_every_state_once_and_lead_to_the_lists(bureau):
    a_letter(bureau)
    kept, broken = a_letter(bureau, 2), a_letter(bureau, 3)
    Letter.objects.filter(pk=kept.pk).update(fulfilment="fulfilled")
    Letter.objects.filter(pk=broken.pk).update(fulfilment="unfulfilled")
    found = statistics.figures(2026, cases.TODAY)
    assert (found.total.made, found.total.settled, found.total.fulfilled_rate) == (3, 2, "50.0%")
    assert [(line.key, line.made) for line in found.by_month if line.made] == [("2026-10", 3)]
    assert [(line.key, line.made) for line in found.by_district] == [("230102", 3)]
    shown = page("/commitments/statistics/")
    assert f"{DOOR}?department={bureau.code}&amp;year=2026" in shown
    assert page(department=bureau.code, year="2026").count("</span></th>") == 3


def test_a_year_without_letters_says_so_and_a_strange_year_is_this_one(bureau):
    a_letter(bureau)
    assert "该年没有承诺书" in page("/commitments/statistics/", year="2021")
    assert "2026年信用承诺统计" in page("/commitments/statistics/", year="9999")


def test_the_share_counts_each_subject_once(bureau):
    a_letter(bureau)
    a_letter(bureau, 2)
    ledger.SubjectFactory()
    found = statistics.refresh_share()
    assert found.promised == 1
    assert found.subjects >= 2


def test_the_figures_take_the_same_statements_whatever_the_number_of_letters(bureau, django_assert_num_queries):
    a_letter(bureau)
    with django_assert_num_queries(4):
        statistics.figures(2026, cases.TODAY)
    for number in range(2, 8):
        a_letter(bureau, number)
    cache.clear()
    with django_assert_num_queries(4):
        statistics.figures(2026, cases.TODAY)


def test_profiles_are_told_of_standing_letters_only(bureau):
    letter = a_letter(bureau)
    assert letters_of(letter.subject, cases.TODAY) == [letter]
    Letter.objects.filter(pk=letter.pk).update(fulfilment="withdrawn")
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
    address = reverse("public:disclosure", args=[of(letter).public_id])
    file = b"".join(Client().get(DOOR, {"export": "csv"}).streaming_content).decode()
    for shown in (page(), page(address), page(f"/subjects/{letter.subject.code}/"), file):
        assert "没有做到" not in shown
        assert "未履行</" not in shown.split("<table", 1)[-1].split("</table", 1)[0]
        assert ",未履行" not in shown
    assert "复核处理中" in page()
    assert letter.code not in page(fulfilment="unfulfilled").split("<table", 1)[-1].split("</table", 1)[0]
    case = cases.CandidateFactory(letter=letter)
    type(case).objects.filter(pk=case.pk).update(
        state="decided", served_on=cases.TODAY, found_on=cases.TODAY, decided_on=cases.TODAY, reasons="事实清楚"
    )
    assert f"{letter.code}</span>" in page(fulfilment="unfulfilled")


def test_a_letter_whose_visibility_was_narrowed_is_hidden_at_once(bureau):
    letter = a_letter(bureau)
    record = letter.record
    content = {code: value for code, value in record.content.items() if isinstance(value, str)}
    edit(record, content | {"CN_GKSX": "授权查询"}, by=ClerkFactory(department=bureau), version=version_of(record))
    assert not Disclosure.objects.visible_on(cases.TODAY).filter(record=record).exists()
    assert letter.code not in page()
