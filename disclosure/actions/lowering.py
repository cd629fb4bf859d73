"""What one person says that makes an item lighter, keeps it from the public or takes it from there waits for another one.

`hold` writes such an act down, `settle` closes what no longer holds; `confirm` and `deny` are the second person's verbs. They are
listed for the credit office (`queries.lowerings`), whoever said it and whichever way it came in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from credit_platform import pg
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, DomainError, Forbidden, Refused
from disclosure.actions import annulments
from disclosure.actions.base import announce, locked, note, required, staff, write
from disclosure.actions.bulk import Outcome, locked_many
from disclosure.followers import Verb
from disclosure.models import Disclosure, Lowering
from disclosure.queries.evaluation import Evaluator
from disclosure.rules.publication import refuse
from disclosure.rules.states import State, next_state
from disclosure.rules.values import REVOCATION, Claim

LoweringState = Lowering.State
AWAITS = "该事项有较轻认定、不公示或原决定撤销待他人确认，暂不能办理。"
AWAITS_MEND = "请先在该事项页办理“确认”或“不予确认”。"
STAGE = "stage_lowering"
ENTERED = """
INSERT INTO disclosure_lowering (disclosure_id, department_id, what, text, reason, said_by_id, said_by_name, said_at, state, note)
SELECT d.id, d.source_department_id, s.what, s.text, '', r.entered_by_id, %s, now(), s.state, ''
FROM stage_lowering s JOIN disclosure_disclosure d ON d.id = s.disclosure_id JOIN records_creditrecord r ON r.id = d.record_id
ORDER BY d.id
"""


def hold(row: Disclosure, claim: Claim, *, by: Actor, reason: str = "") -> Lowering:
    """Write down what was said of an item; what was said before no longer holds. The caller writes the item's columns."""
    settle(row)
    return Lowering.objects.create(
        disclosure=row,
        department_id=row.source_department_id,
        what=claim.what,
        text=claim.text[:300],
        reason=reason[:500],
        said_by=staff(by),
        said_by_name=by.actor_name[:200],
        state=LoweringState.BARRED if claim.barred else LoweringState.WAITING,
    )


def seen(row: Disclosure, claim: Claim, *, by: Actor, reason: str) -> None:
    """What a corrected record says lightly, confirmed in the same act by who corrects: never who changed the record."""
    said = hold(row, claim, by=by, reason=reason)
    if claim.barred:
        return
    said.said_by, said.said_by_name = row.changed_by, row.changed_by.actor_name if row.changed_by else "报送单位"
    said.save(update_fields=["said_by", "said_by_name"])
    _decide(said, LoweringState.CONFIRMED, by, reason)


def settle(row: Disclosure) -> None:
    """What was said of an item holds no longer: the record changed, something else was said, or the item is gone. That its decision was
    revoked is answered by a second person alone."""
    row.lowerings.in_effect().exclude(what=REVOCATION).update(state=LoweringState.VOID)


def waits_no_longer(row: Disclosure) -> None:
    """The item is withdrawn: whatever waited for a second person is void. What was confirmed stays as it was."""
    row.lowerings.waiting().update(state=LoweringState.VOID)


def confirmed(row: Disclosure, claim: Claim) -> bool:
    """Whether a second person has confirmed exactly this, and the record has not changed since."""
    return row.lowerings.filter(state=LoweringState.CONFIRMED, text=claim.text[:300]).exists()


def entered(claims: Mapping[int, Claim], *, by: Actor) -> None:
    """The same for items that entered the ledger with what was said on their rows, by disclosure; set-wise."""
    if not claims:
        return
    rows = [
        (pk, claim.what, claim.text[:300], LoweringState.BARRED.value if claim.barred else LoweringState.WAITING.value)
        for pk, claim in sorted(claims.items())
    ]
    columns = (("disclosure_id", "bigint"), ("what", "text"), ("text", "text"), ("state", "text"))
    pg.copy_into_new(STAGE, columns, rows)
    pg.execute(ENTERED, [by.actor_name[:200]])


def not_awaiting(row: Disclosure) -> None:
    """Refused while a second person has still to confirm what was said of the item."""
    if row.awaits_confirmation:
        raise Refused("disclosure.awaits_confirmation", AWAITS, mend=AWAITS_MEND)


def confirm(
    disclosure: Disclosure, *, by: Actor, text: str = "", on: date | None = None, version: int | None = None
) -> Disclosure:
    """Confirm what another person said: the lighter class holds, the item is not public, or its decision was revoked.

    Who: reviewer of the department, credit office; never who said it, nor who drafted, submitted or last changed the item. From
    SUBMITTED (from DRAFT and RETURNED where the item stays public in a lighter class). Refused with the reason when the law excludes
    it by now; Conflict when nothing waits. A revoked decision, from SUSPENDED: the record is revoked and the item withdrawn with its
    public note; by anybody of those but who said it (行政处罚法 art. 48).
    """
    on = on or timezone.localdate()
    with acting(by):
        annulments.record_first(disclosure)
        row = locked(disclosure, version)
        policy.require(by, "disclosure.confirm_lowering", row.source_department)
        said = _waiting(row, "confirm")
        _another(row, said, by)
        if said.is_revocation:
            return _revoked(row, said, by=by, text=text)
        evaluation = Evaluator(on).of(row)
        refuse(finding for finding in evaluation.period.findings if evaluation.claim and evaluation.claim.barred)
        by_hand = said.what == Lowering.What.EXEMPTION and not evaluation.exempt
        before: dict[str, Any] = {"state": row.state, "ended_why": row.ended_why}
        values: dict[str, Any] = {"awaits_confirmation": False}
        if evaluation.exempt or by_hand:
            why = said.reason or said.text if by_hand else evaluation.exempt
            values |= {"state": next_state(row.state, "confirm"), "ended_why": why[:300]}
            values |= {"reviewed_by": staff(by), "reviewed_at": timezone.now()}
        write(row, **values)
        _decide(said, LoweringState.CONFIRMED, by, text)
        note(
            "confirm", row, before, by=by, reason=text.strip(), detail={"said": said.text, "said_by": said.said_by_name}
        )
    return row


def _revoked(row: Disclosure, said: Lowering, *, by: Actor, text: str) -> Disclosure:
    before = {"state": row.state, "ended_why": row.ended_why}
    _decide(said, LoweringState.CONFIRMED, by, text)
    annulments.carry_out(row, said, by=by)
    note("confirm", row, before, by=by, reason=text.strip(), detail={"said": said.text, "said_by": said.said_by_name})
    return row


def deny(
    disclosure: Disclosure, *, by: Actor, reason: str, on: date | None = None, version: int | None = None
) -> Disclosure:
    """Do not confirm it: the item goes back to the clerk, and a class stated at the desk is taken out again.

    Who: reviewer of the department, credit office; also who said it, who takes it back. From the states of `confirm`; a reason is due.
    Where the decision was said to be revoked the record stays and the item is shown again to its original last day; never by who said it,
    for what is said to be annulled comes back to the public by two people too.
    """
    on = on or timezone.localdate()
    with acting(by):
        annulments.record_first(disclosure)
        row = locked(disclosure, version)
        policy.require(by, "disclosure.confirm_lowering", row.source_department)
        said = _waiting(row, "deny")
        text = required(reason, "disclosure.reason", "不予确认的理由")
        if said.is_revocation:
            return _stands(row, said, by=by, text=text, on=on)
        before = {"state": row.state, "review_note": row.review_note}
        state = next_state(row.state, "deny") if row.state == State.SUBMITTED else row.state
        values = {"awaits_confirmation": False, "state": state, "review_note": text}
        if said.what == Lowering.What.CLASS and row.severity_said_by_id is not None:
            values |= {"severity": "", "severity_stated_by": "", "severity_said_by": None}
        write(row, **values)
        if said.said_by_id is not None and said.said_by_id == by.actor_id:
            said.state = LoweringState.VOID
            said.note = text
            said.save(update_fields=["state", "note"])
        else:
            _decide(said, LoweringState.DENIED, by, text)
        note("deny", row, before, by=by, reason=text, detail={"said": said.text, "said_by": said.said_by_name})
    return row


def _stands(row: Disclosure, said: Lowering, *, by: Actor, text: str, on: date) -> Disclosure:
    _another(row, said, by)
    before = {"state": row.state, "ended_why": row.ended_why}
    write(row, awaits_confirmation=False, review_note=text[:500], **annulments.back(row, on))
    _decide(said, LoweringState.DENIED, by, text)
    if row.state == State.PUBLISHED:
        announce(Verb.RESTORED, row, by=by)
    note("deny", row, before, by=by, reason=text, detail={"said": said.text, "said_by": said.said_by_name})
    return row


def confirm_many(ids: Sequence[int], *, by: Actor, on: date | None = None) -> list[Outcome]:
    """Confirm many, each by the rules of `confirm`; what cannot be is told row by row and stops no other. A revoked decision is held
    against its document one by one."""
    outcomes = []
    with acting(by):
        for row in locked_many(ids):
            try:
                _not_one_by_one(row)
                confirm(row, by=by, on=on)
            except DomainError as error:
                outcomes.append(Outcome(row, error))
            else:
                outcomes.append(Outcome(row))
    return outcomes


def _not_one_by_one(row: Disclosure) -> None:
    if row.state == State.SUSPENDED and row.awaits_confirmation:
        raise Refused(
            "disclosure.one-by-one", "原决定撤销须逐件复核。", mend="请打开该事项，与撤销决定的文书核对后办理。"
        )


def _waiting(row: Disclosure, verb: str) -> Lowering:
    """What waits for a second person. Conflict in a state that knows no such verb, and when nothing waits."""
    if row.state not in (State.DRAFT, State.RETURNED):
        next_state(row.state, verb)
    said = row.lowerings.waiting().select_for_update().first()
    if said is None:
        raise Conflict("disclosure.nothing_waits", "该事项没有待确认的认定。", mend="请刷新页面查看最新状态。")
    return said


def _another(row: Disclosure, said: Lowering, by: Actor) -> None:
    """A revoked decision asks for another person than who said so: whoever drafted the item years ago does not speak for himself today."""
    own: tuple[int | None, ...] = (said.said_by_id,)
    text = "不能复核本人登记的撤销。"
    if not said.is_revocation:
        own += (row.drafted_by_id, row.submitted_by_id, row.changed_by_id, row.severity_said_by_id)
        text = "不能确认本人提出的认定，也不能确认本人起草、提交或修改的事项。"
    if by.actor_kind == "staff" and by.actor_id in own:
        raise Forbidden(
            "disclosure.two_people",
            text,
            mend="请由另一名审核员或市信用办办理。",
        )


def _decide(said: Lowering, state: str, by: Actor, text: str) -> None:
    said.state, said.decided_by, said.decided_at, said.note = state, staff(by), timezone.now(), text.strip()[:500]
    said.save(update_fields=["state", "decided_by", "decided_at", "note"])
