"""The first version of the register: whoever was on a list before there was any is known from the first check on."""

from checks.actions.states import recomputed
from checks.models import CheckRegister, SubjectState
from checks.queries.register import last_version, register
from checks.tests.factories import TODAY, asked
from sanctions.lists.tests.factories import SeriousListFactory, StandingEntryFactory
from sanctions.measures.tests.factories import FieldFactory, WeighedEntryFactory


def test_who_was_listed_before_there_was_any_version_is_known_to_the_first_check(today):
    FieldFactory()
    WeighedEntryFactory(measure__code="M10")
    entry = StandingEntryFactory(credit_list=SeriousListFactory(code="SY-0"))
    assert not CheckRegister.objects.exists()
    assert asked(entry.subject).payload["verdict"] == "caution"
    state = SubjectState.objects.get(pk=entry.subject_id)
    (anew,) = recomputed([entry.subject_id], TODAY, register(last_version())).values()
    assert anew == {"facts": state.facts, "verdicts": state.verdicts, "changes_on": state.changes_on}
