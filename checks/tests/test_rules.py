"""The verdict hangs on lists, bans, breaches and penalties, and on nothing else of them: the kept short way says what the long way says."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from checks.rules.answers import ORDER, Matter, _of_key, answered, verdicts_of
from checks.rules.facts import Ban, Breach, Entry, Facts, Penalty, read
from checks.rules.register import Line, RecordRule, Register
from sanctions.measures.rules import Force, MeasureFacts, MeasureKind, Term, Whom

DAY = date(2026, 11, 23)
FIELDS = ("food", "procurement", "tourism")
DAYS = st.dates(date(2024, 1, 1), date(2029, 1, 1))
ENDS = st.none() | DAYS
ENTRIES = st.builds(
    Entry, list=st.sampled_from("AB"), name=st.sampled_from(["甲名单", "乙名单"]), nature=st.sampled_from(["serious", "red", "watch"]),
    authority=st.just("某局"), document=st.sampled_from("12"), entered_on=DAYS, until=ENDS, shared=st.booleans(), objected=st.booleans(),
)  # fmt: skip
BANS = st.builds(
    Ban, scope=st.just("范围"), matters=st.lists(st.sampled_from([*FIELDS, "*"]), min_size=1, max_size=2).map(tuple), authority=st.just("某局"),
    document=st.just("1"), since=DAYS, until=ENDS, basis=st.just(""),
)  # fmt: skip
BREACHES = st.builds(
    Breach, number=st.just("1"), kind=st.just("k"), document=st.just("d"), decided_on=DAYS, until=ENDS, shown_until=ENDS
)
PENALTIES = st.builds(
    Penalty,
    document=st.just("d"),
    authority=st.just("a"),
    decided_on=DAYS,
    until=DAYS,
    kinds=st.just(("罚款",)),
    fine_wan=st.just("300"),
)
FACTS = st.builds(
    Facts, st.sampled_from(["legal", "person"]), st.lists(ENTRIES, max_size=3).map(tuple), st.lists(BANS, max_size=2).map(tuple),
    st.lists(BREACHES, max_size=2).map(tuple), st.lists(PENALTIES, max_size=2).map(tuple),
)  # fmt: skip


def line(code, force, lists, matters, kind=MeasureKind.MANAGING, whom=Whom.BOTH):
    facts = MeasureFacts(code, code, kind, force, whom, Term.ENTRY, frozenset(lists), frozenset(), frozenset(matters))
    return Line(facts, "某局", "依据", "条文")


REGISTER = Register(
    1,
    "e",
    (
        line("M1", Force.MUST, ["A"], ["procurement"], MeasureKind.LIMITING, Whom.FIRM),
        line("M2", Force.WEIGH, ["@serious"], ["*"]),
        line("M3", Force.WEIGH, ["@watch"], ["food"]),
        line("M4", Force.INFORM, ["@serious"], ["tourism"], MeasureKind.AUTONOMOUS),
        line("I1", Force.WEIGH, ["@red"], ["*"], MeasureKind.REWARDING, Whom.FIRM),
    ),
    FIELDS,
    RecordRule(3, Decimal(200), ("责令停产停业",), "依据"),
)


@given(FACTS)
def test_the_short_way_says_what_the_long_way_says(facts):
    held, found = facts.on(DAY), verdicts_of(facts, REGISTER, DAY)
    for key in REGISTER.keys:
        assert max(found.get(key, 0), found["*"]) == max(
            ORDER.index(_of_key(held, REGISTER, each)) for each in {key, "*"}
        )


@given(FACTS)
def test_facts_come_back_from_json_as_they_were(facts):
    assert read(facts.as_json()) == facts


@given(FACTS, st.sampled_from(FIELDS), st.booleans())
def test_what_is_told_bears_the_verdict_out(facts, field, asks):
    told = answered(facts, Matter("M", "事项", frozenset({field}), asks), REGISTER, DAY)
    forces = {each["force"] for each in told["measures"]}
    if told["verdict"] == "forbid":
        assert "must" in forces or told["bans"]
    if told["verdict"] == "none":
        assert [told[name] for name in ("hits", "measures", "bans", "breaches")] == [[], [], [], []]
    assert not {"M4", "I1"} & {each["code"] for each in told["measures"]}
    if field != "food":
        assert all(each["nature"] != "watch" for each in told["hits"]) or not all(each.shared for each in facts.entries)


@given(FACTS)
def test_nothing_turns_between_two_days_of_change(facts):
    turn = facts.changes_on(DAY)
    if turn is None:
        assert facts.on(DAY) == facts.on(date(2031, 1, 1))
    else:
        from datetime import timedelta

        assert turn > DAY
        assert facts.on(DAY) == facts.on(turn - timedelta(days=1))
