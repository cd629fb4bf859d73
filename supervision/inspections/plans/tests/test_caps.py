"""Caps: the narrower row decides, a joint visit counts once, the words of the register take out."""

from __future__ import annotations

import pytest

from supervision.inspections.plans.rules.caps import EXEMPT_LABELS, Cap, Left, left_out, of_authority, over_all, reached


def test_ten_kinds_stand_outside():
    assert len(EXEMPT_LABELS) == 10


@pytest.mark.parametrize(
    ("caps", "most"),
    [
        ([], 2),
        ([Cap(3, field="food")], 3),
        ([Cap(3, field="food"), Cap(1, level="city")], 1),
        ([Cap(1, level="city"), Cap(5, department=7)], 5),
        ([Cap(5, department=8), Cap(9)], 2),
    ],
)
def test_the_narrower_row_decides(caps, most):
    assert of_authority(caps, 7, "city", "food") == most


def test_together_has_a_row_of_its_own():
    assert over_all([]) == 4
    assert over_all([Cap(3), Cap(1, department=7)]) == 3


@pytest.mark.parametrize(
    ("of_authorities", "together", "broken"),
    [({7: 1}, 3, False), ({7: 2}, 2, True), ({8: 2}, 2, False), ({}, 4, True)],
)
def test_one_more_visit_would_break_a_cap(of_authorities, together, broken):
    assert reached(of_authorities, {7: 2}, together, 4) is broken


@pytest.mark.parametrize(
    ("status", "left"),
    [("存续", None), ("", None), ("注销", Left.DEREGISTERED), ("吊销，未注销", Left.REVOKED), ("已吊销", Left.REVOKED), ("迁出", Left.MOVED)],
)  # fmt: skip
def test_the_words_of_the_register(status, left):
    assert left_out(status) is left
