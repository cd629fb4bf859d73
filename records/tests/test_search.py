"""Search: any two characters, former names, brackets and widths, codes; pages without gaps."""

from __future__ import annotations

import pytest

from credit_platform.errors import Refused
from records.queries import search_subjects
from records.tests import factories

pytestmark = pytest.mark.django_db


def found(q: str, **options: object) -> list[object]:
    return [hit.subject for hit in search_subjects(q, **options).hits]


def test_any_two_characters_find_the_name() -> None:
    firm = factories.SubjectFactory(name="哈尔滨太阳岛岛旅游有限公司")
    factories.SubjectFactory(name="哈尔滨太阳岛旅游有限公司")
    assert found("岛岛") == [firm]
    assert found("岛石") == []


def test_all_characters_must_stand_together() -> None:
    factories.SubjectFactory(name="哈尔滨天地和商贸有限公司")
    assert found("天和") == []
    assert found("滨天商贸") == []


@pytest.mark.parametrize(
    "typed", ["哈尔滨(道里)示例店", "哈尔滨（道里）示例店", "哈尔滨 道里 示例店", "ＡＢＣ", "abc", "Abc贸易"]
)
def test_brackets_widths_and_case_do_not_matter(typed: str) -> None:
    shop = factories.SubjectFactory(name="哈尔滨（道里）示例店")
    firm = factories.SubjectFactory(name="黑龙江ABC贸易有限公司")
    assert found(typed) == [firm if "b" in typed.casefold() or "Ｂ" in typed else shop]


def test_a_former_name_leads_to_the_subject_and_says_so() -> None:
    firm = factories.SubjectFactory(name="哈尔滨新名商贸有限公司")
    factories.SubjectNameFactory(subject=firm, name="哈尔滨旧号百货公司")
    (hit,) = search_subjects("旧号").hits
    assert hit.subject == firm
    assert hit.by_former_name
    assert hit.matched_name == "哈尔滨旧号百货公司"


def test_a_subject_with_two_fitting_names_is_one_hit() -> None:
    firm = factories.SubjectFactory(name="示例百货大楼")
    factories.SubjectNameFactory(subject=firm, name="老示例百货")
    factories.SubjectNameFactory(subject=firm, name="百货")
    assert found("百货") == [firm]
    assert found("示例百货") == [firm]


def test_exact_before_prefix_before_inside() -> None:
    inside = factories.SubjectFactory(name="哈尔滨北国风光")
    prefix = factories.SubjectFactory(name="北国风光旅行社")
    exact = factories.SubjectFactory(name="北国风光")
    assert [(hit.subject, hit.how) for hit in search_subjects("北国风光").hits] == [
        (exact, "exact"),
        (prefix, "prefix"),
        (inside, "inside"),
    ]


def test_pages_hold_every_subject_once() -> None:
    made = {factories.SubjectFactory(name=f"{front}松江{n}").pk for front in ("", "大") for n in range(7)}
    made.add(factories.SubjectFactory(name="松江").pk)
    seen: list[int] = []
    after = None
    while True:
        page = search_subjects("松江", limit=4, after=after)
        seen += [hit.subject.pk for hit in page.hits]
        if not page.more:
            break
        after = page.after
    assert len(seen) == len(set(seen)) == 15
    assert set(seen) == made


def test_a_single_character_is_refused_politely_and_nothing_finds_nothing() -> None:
    with pytest.raises(Refused, match="至少输入两个字"):
        search_subjects("岛")
    assert search_subjects("  ").hits == []
    assert search_subjects("（）").hits == []


def test_code_whole_prefix_lower_case_and_full_width() -> None:
    firm = factories.SubjectFactory()
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in firm.code)
    for typed in (firm.code, firm.code.lower(), firm.code[:10], f" {firm.code} ", wide):
        assert firm in found(typed)
    assert found(firm.code) == [firm]


def test_an_old_number_leads_to_the_subject() -> None:
    trader = factories.CodelessTraderFactory(numbered=factories.valid_reg_no(77))
    assert found(factories.valid_reg_no(77)) == [trader]
    assert found(factories.valid_reg_no(77), public=True) == []


def test_persons_are_never_found() -> None:
    number = factories.valid_person_id(5)
    factories.PersonFactory(name="欧阳某某", number=number)
    assert found("欧阳某某") == []
    assert found(number) == []


def test_a_merged_subject_leads_to_the_kept_one() -> None:
    kept = factories.SubjectFactory(name="保留者商贸")
    gone = factories.SubjectFactory(name="并入者商贸", merged_into=kept)
    assert found(gone.code) == [kept]
    assert found("并入者") == []


@pytest.mark.parametrize("typed", ["%%", "__", "\\\\", "百_物", "'; --"])
def test_signs_of_the_query_language_are_only_signs(typed: str) -> None:
    factories.SubjectFactory(name="百货")
    assert found(typed) == []


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: object) -> None:
    for n in range(30):
        factories.SubjectFactory(name=f"龙江{n}号")
    with django_assert_max_num_queries(4):
        assert len(search_subjects("龙江").hits) == 20


@pytest.mark.parametrize("walk", [0, 1, 3, 10_000])
def test_the_walk_and_the_index_tell_the_same_page_by_page(walk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("records.queries.search.WALK", walk)
    firms = [factories.SubjectFactory(name=f"哈尔滨{sign}字同名商贸公司") for sign in "甲乙丙丁戊己庚"]
    factories.SubjectFactory(name="哈尔滨别样百货公司")
    told, after = [], None
    while True:
        page = search_subjects("同名商贸", limit=2, after=after)
        told += [hit.subject for hit in page.hits]
        after = page.after
        if not page.more:
            break
    assert told == firms
