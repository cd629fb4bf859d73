"""The rules of education: papers that anybody can repeat, exact pass marks, the pause to the minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from education.rules import certificates, courses, papers
from education.rules.papers import BankQuestion
from tests.diagrams import moves_of

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NONCE = "0" * 32


def bank(size: int) -> list[BankQuestion]:
    return [BankQuestion(str(n), f"问题{n}", ("甲", "乙", "丙"), frozenset({n % 3})) for n in range(size)]


@given(size=st.integers(1, 30), drawn=st.integers(1, 30), nonce=st.text("0123456789abcdef", min_size=32, max_size=32))
def test_a_paper_holds_different_questions_whose_right_options_moved_with_them(size, drawn, nonce):
    questions = bank(size)
    paper = papers.drawn(questions, papers.seed(nonce, AT, questions), drawn)
    assert len({each["id"] for each in paper}) == len(paper) == min(size, drawn)
    for each in paper:
        rightly = {each["options"][place] for place in each["right"]}
        original = questions[int(each["id"])]
        assert rightly == {original.options[place] for place in original.right}
        assert sorted(each["options"]) == sorted(original.options)


def test_the_same_seed_gives_the_same_paper_and_another_moment_another():
    questions = bank(40)
    first = papers.drawn(questions, papers.seed(NONCE, AT, questions), 10)
    assert first == papers.drawn(questions[::-1], papers.seed(NONCE, AT, questions[::-1]), 10)
    later = papers.drawn(questions, papers.seed(NONCE, AT + timedelta(seconds=1), questions), 10)
    assert papers.digest(first) != papers.digest(later)


def test_several_right_options_count_only_together():
    paper = [{"id": "1", "text": "", "options": ["甲", "乙", "丙"], "right": [0, 2]}]
    assert papers.score(paper, {"1": [2, 0]}) == 1
    assert papers.score(paper, {"1": [0]}) == papers.score(paper, {"1": [0, 1, 2]}) == papers.score(paper, {}) == 0


@pytest.mark.parametrize(
    ("right", "total", "percent", "passes"),
    [(4, 5, 80, True), (3, 5, 80, False), (2, 3, 67, False), (2, 3, 66, True), (0, 0, 1, False), (5, 5, 100, True)],
)
def test_the_pass_mark_is_reckoned_in_whole_numbers(right, total, percent, passes):
    assert papers.passed(right, total, percent) is passes


def test_the_pause_comes_after_each_full_row_of_failed_attempts():
    days = [AT + timedelta(days=n) for n in range(6)]
    rest = {n: papers.next_attempt_at(days[:n], attempts=3, pause_hours=24) for n in range(7)}
    assert {n for n, until in rest.items() if until} == {3, 6}
    assert rest[3] == days[2] + timedelta(hours=24)


@pytest.mark.parametrize(
    ("options", "right", "field"),
    [
        (["对"], [1], "options"),
        (["对", "对"], [1], "options"),
        (["对", "错"], [], "right"),
        (["对", "错"], [3], "right"),
        (["对", "错"], [1, 2], "right"),
        ([str(n) for n in range(9)], [1], "options"),
    ],
)
def test_what_is_no_question(options, right, field):
    assert {each.field for each in courses.against_question(options, right)} == {field}
    assert not list(courses.against_question(["对", "错"], [2]))


def test_a_course_needs_a_lesson_and_as_many_questions_as_are_drawn():
    assert [each.field for each in courses.against_content(courses.Content(0, 4, 5))] == ["lessons", "questions"]
    assert not list(courses.against_content(courses.Content(1, 5, 5)))


def test_audience_group_and_occasions_fit_together():
    assert not list(courses.against_audience("market", None, ["filing"]))
    assert not list(courses.against_audience("group", object(), []))
    assert {each.field for each in courses.against_audience("group", None, ["filing"])} == {"group", "occasions"}
    assert {each.field for each in courses.against_audience("market", None, [])} == {"occasions"}


def test_a_certificate_reads_by_its_days():
    until = certificates.valid_until(date(2026, 11, 23), 24)
    assert until == date(2028, 11, 23)
    assert certificates.word_on(certificates.State.VALID, until, until)[0] == "有效"
    assert certificates.word_on(certificates.State.VALID, until, until + timedelta(days=1))[0] == "已过有效期"
    assert certificates.word_on(certificates.State.REVOKED, until, until)[0] == "已撤销"


def test_a_number_and_its_code_are_found_in_a_text():
    number = certificates.number(date(2026, 11, 23), 7)
    match = certificates.PAIR.search(f"证书 {number} AB23CD45。")
    assert match is not None
    assert (match["number"], match["code"]) == (number, "AB23CD45")
    assert certificates.PAIR.search(number) is None


@pytest.mark.parametrize("topic", [courses, certificates])
def test_the_readme_draws_the_moves(topic):
    drawn = {move for move in moves_of(README) if move[0] in {str(state) for state in topic.State}}
    assert drawn == {(str(state), verb, str(end)) for (state, verb), end in topic.MOVES.items()}
