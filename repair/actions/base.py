"""What the verbs of a repair share: deadlines by the profile, words to who asked, the item as it stands."""

from __future__ import annotations

from casework.actions.notices import tell_subject
from casework.actions.step import At
from casework.queries.clocks import profile_of
from credit_platform.accounts.models import User
from credit_platform.errors import Forbidden
from disclosure.models import Disclosure
from repair.followers import Effect, RepairEffects
from repair.followers import tell as tell_followers
from repair.models import RepairCase
from repair.queries.clocks import last_days
from repair.queries.eligibility import eligibility_of
from repair.rules.clocks import Stage
from repair.rules.eligibility import Eligibility
from repair.rules.procedure import REPAIR

REMEDY = "对本决定不服的，可以对修复结果提出异议，也可以依法申请行政复议或者提起行政诉讼。"


def due(at: At, stage: Stage) -> None:
    """The deadline of the state that begins today: the days of its stage, never after those of the decision and of the answer."""
    found = last_days(at.own)
    limit = found.decide_due or found.answer_due
    named = profile_of(REPAIR.slug, at.own.profile, at.own.applied_on).get(stage)
    if named is not None:
        at.due(named.days, limit=None if stage is Stage.FOLLOW else limit)


def tell(at: At, kind: str, text: str) -> None:
    """Tell who asked, on its page and by the channels."""
    if at.case.subject is not None:
        tell_subject(at.case, kind=kind, text=f"{at.case.number}：{text}", on=at.on)


def now(at: At) -> Eligibility:
    """Whether the item of a case can be repaired on the day of the step, by the authority's day of performance; the case itself left out."""
    own: RepairCase = at.own
    item = Disclosure.objects.select_related("subject").get(pk=own.disclosure_id)
    performed_on = own.performed_on or own.said_performed_on
    return eligibility_of(item, at.on, performed_on=performed_on, but=own.pk, entry=own.entry)


def another(by: User, *earlier: int | None) -> None:
    """Forbidden for who has taken one of the earlier steps that it would have to answer for here."""
    if by.pk in earlier:
        raise Forbidden("repair.two_people", "核实、初审和决定不能由同一人办理。", mend="请由另一人办理。")


def pass_on(at: At, effect: Effect) -> None:
    """Tell the followers what happened to the item of a case."""
    tell_followers(RepairEffects(effect, [at.case.pk], [at.own.disclosure_id], at.on), by=at.by)
