"""What a new procedure gets for a few lines: its transitions, its second person, races, atomicity, the diagram of its README.

test_moves = kit.every_pair(TOY, case_in, take)
test_second_person = kit.two_people(TOY, case_in, take)
test_race = kit.one_of_two(TOY, case_in, take, state="open", verb="decide", ready="heard")
test_atomic = kit.nothing_half_done(TOY, case_in, take, verb="decide", state="heard", breaks="…enter_outcome")
test_diagram = kit.diagram(TOY, text)
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connections

from casework.models import Case, Hearing
from casework.rules.procedures import Procedure
from credit_platform.accounts.tests.factories import ReviewerFactory
from credit_platform.audit.models import AuditEntry
from credit_platform.errors import Conflict, Forbidden, Refused
from tests.diagrams import moves_of

CaseIn = Callable[..., Case]
Take = Callable[..., Case]


def every_pair(procedure: Procedure, case_in: CaseIn, take: Take, *, ready: dict[str, str] | None = None, but=()):
    """Each pair of state and verb is a move to the very state of MOVES, or a Conflict that leaves the case as it was. `ready` names the way to a
    state in which a verb's own conditions hold ({"decide": "heard"}); `but` are verbs that the procedure tests itself. All that a state refuses
    is tried on one case."""
    verbs = sorted({verb for _, verb in procedure.moves} - set(but))

    @pytest.mark.django_db
    @pytest.mark.parametrize("state", list(procedure.labels))
    def test_every_step_is_a_move_or_refused(state):
        case = case_in(state)
        before = Case.objects.values().get(pk=case.pk)
        for verb in (each for each in verbs if (state, each) not in procedure.moves):
            with pytest.raises(Conflict):
                take(case, verb)
            assert Case.objects.values().get(pk=case.pk) == before, verb
        for verb in (each for each in verbs if (state, each) in procedure.moves):
            moved = take(case_in((ready or {}).get(verb, state)), verb)
            assert moved.state == procedure.moves[state, verb], verb

    return test_every_step_is_a_move_or_refused


def two_people(procedure: Procedure, case_in: CaseIn, take: Take, *, ready: dict[str, str], person=ReviewerFactory):
    """Who drafted a case takes none of its steps that want a second person, by the action and by constraint; `ready` as above. `person`
    makes somebody of the department who may take them."""
    steps = [step.verb for step in procedure.steps if step.second_person]

    @pytest.mark.django_db
    @pytest.mark.parametrize("verb", steps)
    def test_the_drafter_does_not_decide(verb):
        case = case_in(ready[verb])
        both = person(department=case.department)
        Case.objects.filter(pk=case.pk).update(drafted_by=both)
        with pytest.raises(Forbidden) as refused:
            take(case, verb, by=both)
        assert refused.value.code == f"{procedure.slug}.two_people"

    return test_the_drafter_does_not_decide


def one_of_two(case_in: CaseIn, take: Take, *, verb: str, ready: str, person=ReviewerFactory):
    """Of two who take the same step at once one is told, and it has one effect; `person` as above."""

    @pytest.mark.django_db(transaction=True)
    def test_of_two_at_once_one_is_told():
        case = case_in(ready)
        people = [person(department=case.department) for _ in range(2)]
        gate, ends = Barrier(2), []

        def run(by) -> None:
            gate.wait()
            try:
                ends.append(take(case, verb, by=by))
            except Conflict as told:
                ends.append(told)
            finally:
                connections.close_all()

        threads = [Thread(target=run, args=(by,)) for by in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(isinstance(end, Conflict) for end in ends) == [False, True]
        assert Case.objects.get(pk=case.pk).version == case.version + 1

    return test_of_two_at_once_one_is_told


def nothing_half_done(case_in: CaseIn, take: Take, *, verb: str, ready: str, breaks: str):
    """A step whose last effect is refused leaves nothing behind; `breaks` is the path of what fails."""

    @pytest.mark.django_db
    def test_a_refused_step_leaves_nothing(monkeypatch):
        case = case_in(ready)

        def refuse(*args, **kwargs):
            raise Refused("record.findings", "不符合数据标准。")

        monkeypatch.setattr(breaks, refuse)
        before = [*Case.objects.values(), *Hearing.objects.values()], AuditEntry.objects.count()
        with pytest.raises(Refused):
            take(case, verb)
        assert before == ([*Case.objects.values(), *Hearing.objects.values()], AuditEntry.objects.count())

    return test_a_refused_step_leaves_nothing


def diagram(procedure: Procedure, text: str):
    """The moves of the code are those of the README's diagram: the second source of the table."""

    def test_the_diagram_tells_the_moves():
        told = moves_of(text) - {move for move in moves_of(text) if move[0] not in procedure.labels}
        assert told == {(state, verb, end) for (state, verb), end in procedure.moves.items()}

    return test_the_diagram_tells_the_moves
