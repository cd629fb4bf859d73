"""A procedure that is declared wrongly stops the start: each way in which it can be wrong."""

from dataclasses import replace

import pytest

from casework.rules import procedures
from casework.rules.procedures import Ladder, Procedure, Step, Work
from casework.rules.tips import WAY_LABELS, Way

RIGHT = {
    "slug": "sample-case",
    "label": "示例",
    "audit": "sample",
    "own": "sample.Row",
    "begins": "open",
    "labels": {"open": "待办", "done": "办结"},
    "tones": {"open": "info", "done": "good"},
    "moves": {("open", "finish"): "done"},
    "closed": frozenset({"done"}),
    "steps": (Step("finish", "办结", "sample.finish"),),
    "view": "sample.view",
    "number": "示〔{year}〕{n:06d}号",
    "article": "示例办法",
}


def made(**more):
    return Procedure(**(RIGHT | more))


def test_what_is_declared_rightly_is_taken():
    found = made(shown_to_subject=frozenset({"done"}))
    assert made(shown_to_subject=frozenset({"open", "done"})).open_states() == ("open",)
    assert found.code == "sample_case"
    assert found.open_states() == ("open",)
    assert found.by_verb == {"finish": RIGHT["steps"][0]}


@pytest.mark.parametrize(
    "wrong",
    [
        {"labels": {"open": "待办"}},
        {"labels": {"open": "待办", "done": "办结", "lost": "丢失"}},
        {"tones": {"open": "info"}},
        {"tones": {"open": "info", "done": "good", "lost": "warn"}},
        {"begins": "lost"},
        {"closed": frozenset({"lost"})},
        {"moves": {("open", "finish"): "lost"}},
        {"moves": {("lost", "finish"): "done"}},
        {"shown_to_subject": frozenset({"lost"})},
        {"shown_to_subject": frozenset({"done", "lost"})},
        {"steps": (Step("finish", "办结", "sample.finish"), Step("lose", "丢失", "sample.lose"))},
    ],
)
def test_a_state_without_a_word_a_word_without_a_state_a_step_without_a_move(wrong):
    with pytest.raises(ValueError, match="sample-case: "):
        made(**wrong)


def test_a_state_that_only_begins_or_only_closes_is_named_too():
    alone = {"moves": {}, "steps": (), "labels": {"open": "待办"}, "tones": {"open": "info"}, "closed": frozenset()}
    assert made(**alone).open_states() == ("open",)
    assert made(**alone | {"closed": frozenset({"open"})}).open_states() == ()


def test_what_a_step_and_a_deadline_are_unless_said_otherwise():
    step = Step("finish", "办结", "sample.finish")
    assert (step.second_person, step.serious, step.after_hearing) == (False, False, False)
    assert Ladder() == Ladder(before=(5, 1), head=3, office=10)
    assert Work("待办", "open", "finish", 10).severity == "warn"


def test_registering_twice_is_harmless_and_forgetting_takes_it_out():
    before = procedures.known()
    first = made(slug="sample-once")
    procedures.register(first)
    procedures.register(replace(first, label="另一个"))
    assert [each.label for each in procedures.known()[len(before) :]] == ["另一个"]
    assert procedures.of("sample-once").label == "另一个"
    procedures.forget("sample-once")
    procedures.forget("sample-once")
    assert procedures.known() == before
    with pytest.raises(LookupError, match="nobody registered"):
        procedures.of("sample-once")


def test_every_way_in_which_a_tip_comes_has_a_word():
    assert set(WAY_LABELS) == set(Way)
    assert len(set(WAY_LABELS.values())) == len(Way)
