"""The authority says whether its conditions are met; one person reviews, another decides, and what follows happens in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casework.actions import clocks, hearing
from casework.actions.attachments import attach
from casework.actions.step import At, step
from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.errors import Conflict, required
from disclosure.actions.published import repair
from disclosure.models import Disclosure
from repair.actions.base import REMEDY, another, due, now, pass_on, tell
from repair.followers import Effect
from repair.models import RepairCase
from repair.queries.clocks import longer
from repair.queries.eligibility import ON_THE_PAGE, item_of
from repair.rules import handling as rules
from repair.rules import procedure
from repair.rules.clocks import Stage
from repair.rules.eligibility import first_day
from repair.rules.handling import Word
from repair.rules.procedure import REPAIR, Way
from sanctions.lists.actions import Ending, end
from sanctions.lists.rules import Way as Leave


def verify(
    case: Case,
    word: Word,
    *,
    proof: Sequence[AttachedFile] = (),
    by: Actor,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """What the authority found. Clerks and reviewers of the department whose item it is, or its system, from ACCEPTED. Refused with all findings."""
    with step(REPAIR, case, "verify", by=by, on=on, version=version) as at:
        own: RepairCase = at.own
        entry = own.entry
        item = item_of(own.disclosure, entry, performed_on=word.performed_on)
        found = rules.may_verify(
            word,
            way=Way(own.way),
            is_entry=entry is not None,
            decided_on=item.decided_on,
            first_on=first_day(item),
            on=at.on,
        )
        at.refuse([*found, *hearing.scanned(text=word.text, document=word.document)])
        own.verified_by = by if isinstance(by, User) else None
        own.verified_by_system = "" if isinstance(by, User) else by.actor_name[:100]
        own.verified_on, own.finding, own.finding_text = at.on, word.finding.value, word.text.strip()
        own.performed_on = word.performed_on if word.finding is procedure.Finding.MET else None
        own.document = word.document.strip()
        attach(at.case, proof, role="finding", by=by)
        due(at, Stage.REVIEW)
        tell(at, "verified", f"{at.case.department.name}已反馈核实情况：{procedure.FINDING_LABELS[word.finding]}。")
    return at.case


def extend(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Decide later, once, by the days that the profile allows, told before the last day has passed (令第36号).

    The department, from ACCEPTED. Conflict where the profile has none; Refused later, again, or without a reason.
    """
    with step(REPAIR, case, "extend", by=by, on=on, version=version) as at:
        days = clocks.extend(at, profile=longer(at.own), reason=reason)
        at.own.is_extended = True
        tell(at, "extended", f"办理期限延长{days}个工作日：{reason.strip()}")
    return at.case


def review(case: Case, *, opinion: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The first review: conditions, papers and letter, with an opinion for who decides. Credit office, never who verified, from VERIFIED."""
    with step(REPAIR, case, "review", by=by, on=on, version=version) as at:
        another(by, at.own.verified_by_id)
        at.refuse(required(opinion, "opinion", "请写明初审意见。", rule="repair.opinion", most=rules.LONGEST))
        at.own.reviewed_by, at.own.reviewed_on, at.own.opinion = by, at.on, opinion.strip()
        due(at, Stage.DECIDE)
    return at.case


def grant(case: Case, *, answer: str = "", by: User, on: date | None = None, version: str | None = None) -> Case:
    """Grant the repair. Credit office, never who drafted, verified or reviewed, from REVIEWED.

    In the same transaction the item leaves the public everywhere, an entry its list with the measures that hang on it, checks are reckoned anew
    and every follower is told; what one of them refuses undoes all of it. Refused when the authority did not confirm, and before the first day.
    """
    with step(REPAIR, case, "grant", by=by, on=on, version=version) as at:
        own: RepairCase = at.own
        another(by, own.verified_by_id, own.reviewed_by_id)
        if own.way == Way.BANKRUPTCY:
            raise Conflict("repair.way", "依据破产裁定的申请，先作出临时屏蔽。", mend="请办理“临时屏蔽”。")
        at.refuse([*rules.may_grant(now(at), finding=own.finding, on=at.on), *hearing.scanned(answer=answer)])
        take_effect(at, by=by)
        tell(at, "granted", f"准予信用修复，已停止公示和共享，有关措施同时解除。{answer.strip()}")
        own.answer = answer.strip()
    return at.case


def take_effect(at: At, *, by: User, ruling: str = "") -> None:
    """What a granted repair does, inside the step: the entry ends or the item stops being shown, and the followers are told. What has ended
    meanwhile, while a plan was carried out, is left as it ended."""
    own: RepairCase = at.own
    own.decided_by, own.granted_on = by, at.on
    at.case.decided_by, at.case.decided_on, at.case.document_number = by, at.on, at.case.number
    at.case.closed_why = at.reason = "准予信用修复"
    at.basis = procedure.ARTICLE
    words = f"信用修复：{at.case.number}"
    performed_on = own.performed_on
    if own.entry is not None and own.entry.ended_on is None:
        ending = Ending(
            way=Leave.REPAIR,
            on=at.on,
            document=own.document or at.case.number,
            why=words,
            asked_by=own.reviewed_by,
            performed_on=performed_on,
            ruling=ruling,
        )
        end(own.entry, ending, by=by)
    elif (item := Disclosure.objects.get(pk=own.disclosure_id)).state in ON_THE_PAGE:
        repair(item, by=by, reason=words, basis=procedure.ARTICLE, performed_on=performed_on, ruling=ruling, on=at.on)
    pass_on(at, Effect.GRANTED)


def reject(case: Case, *, answer: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Do not grant it, with the reason, and what the days of the item say. Credit office, never who drafted, verified or reviewed, from REVIEWED."""
    with step(REPAIR, case, "reject", by=by, on=on, version=version) as at:
        own: RepairCase = at.own
        another(by, own.verified_by_id, own.reviewed_by_id)
        words = required(answer, "answer", "请写明不予修复的理由。", rule="repair.answer", most=rules.LONGEST)
        at.refuse([*words, *hearing.scanned(answer=answer)])
        own.decided_by, at.case.decided_by, at.case.decided_on = by, by, at.on
        at.case.document_number = at.case.number
        own.answer = f"{answer.strip()}\n{missing(at)}"
        at.case.closed_why, at.reason = "不予信用修复", answer.strip()
        tell(at, "rejected", f"不予信用修复：{answer.strip()}{missing(at)}{REMEDY}")
    return at.case


def missing(at: At) -> str:
    """What a refusal names: the condition that the authority found missing, else what the days of the item say."""
    if at.own.finding == procedure.Finding.UNMET:
        return f"尚缺条件：失信行为没有纠正或者义务没有全部履行（{at.own.finding_text}）。履行完毕后可以再次申请。"
    return now(at).words
