"""Where an object of the draw stands whose authorities visit it each for itself. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from supervision.inspections.plans.rules.states import ObjectState
from supervision.inspections.visits.rules.procedure import ORDER


def state_of(states: Sequence[ObjectState], parts: int) -> ObjectState:
    """The state of an object whose `parts` authorities stand at `states`: that of the slowest. Who has not begun stands at the beginning, who skipped
    does not count, unless everybody did."""
    active = [state for state in states if state is not ObjectState.SKIPPED]
    if len(states) < parts:
        active.append(ObjectState.ASSIGNED)
    return min(active, key=ORDER.index) if active else ObjectState.SKIPPED
