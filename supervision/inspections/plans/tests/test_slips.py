"""Slips hide who is in a list, and can be opened one by one."""

from __future__ import annotations

from supervision.inspections.plans.rules.slips import LENGTH, salt_of, slip, slip_of, slips

SECRET, CODE, OTHER = "5a7c1f0e9b3d4826a1c5e7f90b2d4f68", "91230102MA1B00017U", "92230103MA1C00026P"


def test_a_slip_is_opened_with_code_and_salt():
    salt = salt_of(SECRET, CODE)
    assert slip_of(salt, CODE) == slip(SECRET, CODE)
    assert slip_of(salt, OTHER) != slip(SECRET, CODE)


def test_one_salt_says_nothing_of_another_and_a_task_nothing_of_the_next():
    assert salt_of(SECRET, CODE) != salt_of(SECRET, OTHER)
    assert slip(SECRET, CODE) != slip(SECRET[::-1], CODE)


def test_a_slip_is_an_id_of_a_draw():
    made = slip(SECRET, CODE)
    assert len(made) == LENGTH
    assert made == made.upper()
    assert CODE not in made


def test_many_slips_are_those_of_each():
    assert list(slips(SECRET, [CODE, OTHER])) == [slip(SECRET, CODE), slip(SECRET, OTHER)]
