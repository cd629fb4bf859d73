"""Whoever presses twice sits one test."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connections

from credit_platform.errors import Conflict
from education import actions
from education.models import Attempt, Certificate
from education.rules.courses import State
from education.tests.factories import NUMBER, right_answers, version_in


def at_once(run) -> None:
    gate = Barrier(2)

    def go() -> None:
        gate.wait()
        try:
            run()
        finally:
            connections.close_all()

    threads = [Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_begun_twice_at_once_it_is_one_paper_and_one_certificate():
    learner, _ = actions.enrol(name="张示例", number=NUMBER)
    version = version_in(State.PUBLISHED)
    begun: list[int] = []
    at_once(lambda: begun.append(actions.begin(learner, version).pk))
    assert len(begun) == 2
    row = Attempt.objects.get()
    assert set(begun) == {row.pk}
    ends: list[str] = []

    def hand_in() -> None:
        try:
            ends.append(str(actions.hand_in(row, right_answers(row)).passed))
        except Conflict as told:
            ends.append(told.code)

    at_once(hand_in)
    assert sorted(ends) == ["True", "education.ended"]
    assert Certificate.objects.count() == 1
