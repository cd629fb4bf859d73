"""What a confirmed finding does, inside the step: shown again, or taken off, with a word to the subject and to the followers of the repair."""

from __future__ import annotations

from datetime import date

from casework.actions.notices import tell_subject
from casework.actions.step import At
from credit_platform.accounts.models import User
from disclosure.actions import repair, restore
from disclosure.models import Disclosure
from disclosure.rules.states import State
from reinspections.models import ReinspectionCase
from reinspections.rules import ARTICLE, Result, days_between
from repair.followers import Effect, RepairEffects, tell
from sanctions.lists.actions import Ending, end, reinstate
from sanctions.lists.rules import Way

REMEDY = "对本决定不服的，可以提出异议，也可以依法申请行政复议或者提起行政诉讼。"
ON_THE_PAGE = (State.PUBLISHED, State.SUSPENDED)


def correct(at: At, *, by: User) -> None:
    """Carry a finding out by its result; `correction` says what was done, also when nothing was left to do."""
    own: ReinspectionCase = at.own
    item = Disclosure.objects.select_related("record").get(pk=own.repair.disclosure_id)
    if own.result == Result.WRONG:
        own.wrong_days = days_between(own.repair.granted_on, at.on)
        done = _show_again(at, item, by)
        own.correction = "已恢复公示至原截止日。" if done else "原公示期已经届满，不再恢复公示。"
        effect = Effect.SHOWN_AGAIN
    elif own.result == Result.MISSED:
        own.wrong_days = days_between(max(filter(None, (own.repair.granted_on, own.repair.applied_on))), at.on)
        done = _take_off(at, item, by)
        own.correction = "已停止公示。" if done else "已经停止公示。"
        effect = Effect.GRANTED
    else:
        return
    if done:
        tell(RepairEffects(effect, [own.repair.pk], [item.pk], at.on), by=by)
    if at.case.subject is not None:
        tell_subject(at.case, kind=own.result, text=_words(own), on=at.on)


def _show_again(at: At, item: Disclosure, by: User) -> bool:
    """Whether it is public again: what is past its last day stays over."""
    own: ReinspectionCase = at.own
    words, entry = f"修复复核（错修）：{at.case.number}", own.repair.entry
    if entry is not None:
        if _is_over(entry.ends_on, at.on) or entry.ended_on is None or at.case.drafted_by is None:
            return False
        reinstate(entry, asked_by=at.case.drafted_by, reason=words, by=by)
        return True
    if item.state != State.REPAIRED or (_is_over(item.ends_on, at.on) and not item.waits_for_performance):
        return False
    restore(item, by=by, reason=words, basis=ARTICLE, on=at.on)
    return True


def _take_off(at: At, item: Disclosure, by: User) -> bool:
    """Whether there was something to take off."""
    own: ReinspectionCase = at.own
    words, entry, performed_on = f"修复复核（漏修）：{at.case.number}", own.repair.entry, own.performed_on
    if entry is not None:
        if entry.ended_on is not None:
            return False
        document = own.repair.document or at.case.number
        asked_by = at.case.drafted_by
        ending = Ending(
            way=Way.REPAIR, on=at.on, document=document, why=words, asked_by=asked_by, performed_on=performed_on
        )
        end(entry, ending, by=by)
        return True
    if item.state not in ON_THE_PAGE:
        return False
    repair(item, by=by, reason=words, basis=ARTICLE, performed_on=performed_on, on=at.on)
    return True


def _is_over(last: date | None, on: date) -> bool:
    return last is not None and last < on


def _words(own: ReinspectionCase) -> str:
    return f"经复核，{own.repair.case.number}信用修复属于{own.get_result_display()}，{own.correction}{REMEDY}"
