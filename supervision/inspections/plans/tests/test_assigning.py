"""Who goes where: the published vector, capacities, and that nobody is left without whom another order would serve."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from casework.rules.drawing import ranked as ranked_ids
from supervision.inspections.plans.rules import assigning
from supervision.inspections.plans.rules.assigning import TEAM, Able, Place, assign, hardest_sample, load_of, short

SEED = "harbin-2026-01"
CARDS = [f"ZF{n:03}" for n in range(1, 7)]
AVOID = {
    "91230102MA1B00017U": {"ZF001"},
    "92230103MA1C00026P": {"ZF003", "ZF006"},
    "93230126MA1D00035F": {"ZF002"},
    "91230500MA1B3N1N2M": set(),
    "11230500001755309F": set(),
}


def places(avoid):
    return [Place(ticket.id, frozenset(avoid[ticket.id])) for ticket in ranked_ids(avoid, SEED)]


def cards(teams):
    return {slip: [each.card for each in team] for slip, team in teams.items()}


def test_the_published_vector():
    teams = assign(places(AVOID), [Able(card) for card in CARDS], SEED, load=2)
    assert cards(teams) == {
        "91230500MA1B3N1N2M": ["ZF005", "ZF004"],
        "11230500001755309F": ["ZF001", "ZF006"],
        "93230126MA1D00035F": ["ZF005", "ZF006"],
        "91230102MA1B00017U": ["ZF004", "ZF003"],
        "92230103MA1C00026P": ["ZF002", "ZF001"],
    }


def test_the_load_is_rounded_up():
    assert (load_of(5, 6), load_of(6, 6), load_of(3, 0)) == (2, 2, 0)


def test_whom_greed_would_leave_without_is_served():
    avoid = {"X": set(), "Y": set(), "Z": {"a"}}
    teams = assign([Place(slip, frozenset(avoid[slip])) for slip in "XYZ"], [Able(c) for c in "abc"], "s", load=2)
    assert set(cards(teams)["Z"]) == {"b", "c"}
    assert all(len(team) == TEAM for team in teams.values())


def test_one_of_two_has_the_speciality():
    able = [Able("a", special=False), Able("b", special=False), Able("c"), Able("d")]
    teams = assign([Place("X"), Place("Y")], able, "s", load=1, special=True)
    assert all({"c", "d"} & set(team) and len(team) == TEAM for team in cards(teams).values())


def test_who_is_missing_is_named_before_the_commitment():
    avoided = {"A": frozenset("ab"), "B": frozenset("a")}
    sample = hardest_sample(avoided, 3, population=9)
    assert [place.slip for place in sample][:2] == ["A", "B"]
    assert short(sample, [Able(card) for card in "abc"], load=9) == ["A"]
    assert short(sample, [Able(card) for card in "abcd"], load=9) == []


def _possible(wanted, able, load, special):
    """By trying everything: whether each object can have its two."""
    teams = [
        [
            pair
            for pair in combinations(able, TEAM)
            if not place.avoided_by & {each.card for each in pair}
            and (not special or any(each.special for each in pair))
        ]
        for place in wanted
    ]

    def go(at, carried):
        if at == len(teams):
            return True
        for pair in teams[at]:
            if all(carried.get(each.card, 0) < load for each in pair):
                after = carried | {each.card: carried.get(each.card, 0) + 1 for each in pair}
                if go(at + 1, after):
                    return True
        return False

    return go(0, {})


@pytest.mark.parametrize("special", [False, True])
def test_an_assignment_is_made_whenever_there_is_one(special):
    random = Random(20261123)
    seen = set()
    for _ in range(400):
        able = [Able(f"I{n}", special=random.random() < 0.5) for n in range(random.randint(2, 5))]
        wanted = [
            Place(f"O{n}", frozenset(each.card for each in able if random.random() < 0.3))
            for n in range(random.randint(1, 5))
        ]
        load = random.randint(1, 4)
        teams = assign(wanted, able, f"seed {random.random()}", load=load, special=special)
        complete = all(len(team) == TEAM for team in teams.values())
        carried = [each.card for team in teams.values() for each in team]
        assert all(carried.count(each.card) <= load for each in able)
        by_slip = {place.slip: place for place in wanted}
        assert all(not by_slip[slip].avoided_by & {each.card for each in team} for slip, team in teams.items())
        assert complete == _possible(wanted, able, load, special)
        seen.add(complete)
    assert seen == {True, False}


def test_the_order_of_a_team_is_that_of_the_objects_own_ranking():
    teams = assign(places(AVOID), [Able(card) for card in CARDS], SEED, load=2)
    for slip, team in teams.items():
        order = assigning.ranked(SEED, slip, CARDS)
        assert [each.rank for each in team] == sorted(order.index(each.card) + 1 for each in team)
