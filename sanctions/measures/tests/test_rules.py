"""Which measures follow what, with what force, for how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sanctions.measures import rules
from sanctions.measures.rules import Force, MeasureFacts, MeasureKind, Term, Verdict, Whom

BAN = MeasureFacts(
    "M01a", "禁止参加政府采购活动", MeasureKind.LIMITING, Force.MUST, Whom.FIRM, Term.DECIDED,
    lists=frozenset({"CZ-ZFCG"}), matters=frozenset({"procurement"}), months_least=12, months_most=36,
)  # fmt: skip
WEIGHED = replace(
    BAN, code="M10", kind=MeasureKind.MANAGING, force=Force.WEIGH, whom=Whom.BOTH, term=Term.ENTRY,
    lists=frozenset({"@serious"}), matters=frozenset({"*"}), months_least=None, months_most=None,
)  # fmt: skip
CREDIT = replace(WEIGHED, code="M14", kind=MeasureKind.AUTONOMOUS, force=Force.INFORM)
REWARD = replace(WEIGHED, code="I01", kind=MeasureKind.REWARDING, lists=frozenset({"@red"}))


def found(measure, **more):
    given = {
        "basis": "《政府采购法》第七十七条",
        "text": "……",
        "known_lists": ["CZ-ZFCG"],
        "known_matters": ["procurement"],
    }
    return {each.rule for each in rules.against(measure, **given | more)}


def test_a_measure_follows_the_list_that_it_names_in_the_matters_that_it_names():
    def applies(measure, code, nature, matters, kind="legal"):
        return rules.applies(measure, names=rules.named(code, nature), matters=matters, subject_kind=kind)

    assert applies(BAN, "CZ-ZFCG", "serious", ["procurement"])
    assert not applies(BAN, "SW-ZDWF", "serious", ["procurement"])
    assert not applies(BAN, "CZ-ZFCG", "serious", ["bidding"])
    assert applies(WEIGHED, "SW-ZDWF", "serious", ["anything"])
    assert not applies(WEIGHED, "HB-A", "red", ["anything"])


@pytest.mark.parametrize(
    ("whom", "kind", "expected"),
    [
        (Whom.FIRM, "legal", True), (Whom.FIRM, "sole_trader", True), (Whom.FIRM, "person", False),
        (Whom.PERSON, "legal", False), (Whom.PERSON, "person", True), (Whom.BOTH, "legal", True), (Whom.BOTH, "person", True),
    ],
)  # fmt: skip
def test_a_measure_is_for_firms_or_persons(whom, kind, expected):
    assert rules.for_whom(whom, kind) is expected


def test_the_verdict_is_that_of_the_strictest_and_a_weighed_hit_never_reads_as_a_refusal():
    informed = replace(WEIGHED, force=Force.INFORM)
    assert rules.verdict([]) is Verdict.NONE
    assert rules.verdict([informed]) is Verdict.NOTE
    assert rules.verdict([informed, WEIGHED]) is Verdict.CAUTION
    assert rules.verdict([informed, WEIGHED, BAN]) is Verdict.FORBID


@pytest.mark.parametrize("force", Force)
def test_what_banks_and_insurers_do_on_their_own_is_never_a_duty_and_turns_no_verdict(force):
    measure = replace(CREDIT, force=force)
    assert not measure.is_duty
    assert rules.verdict([measure]) is Verdict.NONE


def test_incentives_turn_no_verdict():
    assert rules.verdict([REWARD]) is Verdict.NONE


@pytest.mark.parametrize(("force", "duty"), [(Force.MUST, True), (Force.WEIGH, True), (Force.INFORM, False)])
def test_what_is_only_told_is_no_task(force, duty):
    assert replace(WEIGHED, force=force).is_duty is duty


def test_the_strictest_stands_first_and_the_autonomous_last():
    assert [each.code for each in rules.strictest_first([CREDIT, WEIGHED, BAN])] == ["M01a", "M10", "M14"]


TAKEN = date(2026, 1, 31)


@pytest.mark.parametrize(
    ("term", "months", "decided", "expected"),
    [
        (Term.ENTRY, None, None, date(2029, 1, 1)),
        (Term.MONTHS, 3, None, date(2026, 4, 30)),
        (Term.DECIDED, None, date(2027, 6, 1), date(2027, 6, 1)),
        (Term.LIFE, None, None, None),
    ],
)
def test_how_long_a_measure_lasts(term, months, decided, expected):
    measure = replace(WEIGHED, term=term, months_most=months)
    assert rules.last_day(measure, taken_on=TAKEN, entry_ends_on=date(2029, 1, 1), decided=decided) == expected
    assert rules.goes_with_entry(measure) is (term is Term.ENTRY)


@pytest.mark.parametrize(
    ("decided", "refused"),
    [
        (None, True),
        (date(2027, 1, 30), True), (date(2027, 1, 31), False), (date(2027, 2, 1), False),
        (date(2029, 1, 30), False), (date(2029, 1, 31), False), (date(2029, 2, 1), True),
    ],
)  # fmt: skip
def test_a_decided_term_lies_between_the_months_of_the_list(decided, refused):
    assert bool(list(rules.against_term(BAN, taken_on=TAKEN, decided=decided))) is refused


def test_other_terms_take_no_decided_day():
    assert not list(rules.against_term(WEIGHED, taken_on=TAKEN, decided=None))


def test_sound_lines_have_nothing_against_them():
    assert not found(BAN)
    assert not found(WEIGHED)
    assert not found(CREDIT)
    assert not found(REWARD)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"lists": frozenset()}, "measure.triggers"),
        ({"lists": frozenset({"XX-YY"})}, "measure.lists"),
        ({"lists": frozenset({"@red"})}, "measure.red"),
        ({"matters": frozenset()}, "measure.matters"),
        ({"matters": frozenset({"flying"})}, "measure.matters"),
        ({"documents": frozenset({"letter"})}, "measure.documents"),
        ({"months_least": 40}, "measure.months"),
        ({"term": Term.MONTHS, "months_least": None, "months_most": None}, "measure.months"),
        ({"term": Term.LIFE}, "measure.months"),
        ({"kind": MeasureKind.AUTONOMOUS}, "measure.autonomous"),
        ({"kind": MeasureKind.REWARDING, "lists": frozenset({"@red"})}, "measure.rewarding"),
        ({"kind": MeasureKind.REWARDING, "force": Force.WEIGH}, "measure.red"),
    ],
)
def test_an_unsound_line_is_refused_at_its_field(change, rule):
    assert rule in found(replace(BAN, **change))


@pytest.mark.parametrize(("name", "rule"), [("basis", "measure.basis"), ("text", "measure.text")])
def test_a_measure_without_law_is_refused(name, rule):
    assert found(BAN, **{name: " "}) == {rule}


def test_a_document_alone_may_bring_a_measure_about():
    assert not found(replace(BAN, lists=frozenset(), documents=frozenset({"penalty"})))


@pytest.mark.parametrize(
    ("term", "least", "most", "words"),
    [
        ("entry", None, None, "与列入期限相同"), ("months", None, 36, "固定期限36个月"), ("life", None, None, "终身"),
        ("decided", 12, 36, "由决定确定（12至36个月）"), ("decided", None, 36, "由决定确定（最长36个月）"),
        ("decided", 12, None, "由决定确定（最短12个月）"), ("decided", None, None, "由决定确定"),
    ],
)  # fmt: skip
def test_the_term_in_words(term, least, most, words):
    assert rules.term_in_words(term, least, most) == words


def test_the_triggers_in_words():
    told = rules.triggers_in_words(["@serious", "CZ-ZFCG", "XX"], ["penalty"], {"CZ-ZFCG": "政府采购严重违法失信名单"})
    assert told == ["各严重失信主体名单", "政府采购严重违法失信名单", "XX", "行政处罚决定"]
