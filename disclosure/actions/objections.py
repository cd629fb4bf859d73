"""The authority named in a decision objects that another department filed it; the credit office decides.

While an objection waits nothing of the item is published; what is public already stays until the decision, for a mistaken objection must
take nothing from the public's sight. Upheld: the record is taken from the department that filed it, and the authority may file its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, Refused
from disclosure.actions.base import locked, public_text, required, staff, write
from disclosure.models import AuthorityObjection, Disclosure
from disclosure.rules.objections import Objection, next_objection
from disclosure.rules.states import State
from records.actions.changes import release
from records.rules import RecordStatus

ARTICLE = "《政府信息公开条例》第十条"
AGAIN = "决定机关此前的异议已经成立，同一决定又由同一单位报送。"
GONE = "决定机关对报送单位提出异议，经核实成立。"


def object_to(disclosure: Disclosure, *, by: Actor, reason: str) -> AuthorityObjection:
    """Object to what another department filed in the own authority's name; publication is held until the credit office has decided.

    Who: clerk or reviewer of the authority named. Refused without a reason, for an item of the own department, or one that is withdrawn;
    Conflict when an objection waits already. 政府信息公开条例 art. 10: who makes a decision publishes it.
    """
    with acting(by):
        row = locked(disclosure)
        policy.require(by, "disclosure.object", row.authority)
        text = required(reason, "objection.reason", "异议理由")
        if row.source_department_id == row.authority_id or policy.allows(
            by, "disclosure.submit", row.source_department
        ):
            raise Refused("objection.own", "该事项由本单位报送，可直接修改或撤回。")
        if row.state == State.WITHDRAWN:
            raise Refused("objection.withdrawn", "该事项已撤回，无需提出异议。")
        if row.objected:
            raise Conflict("objection.waiting", "对该事项的异议正在处理。", mend="请在“决定机关异议”中查看。")
        return _raise(row, text, by=by)


def hold_again(record_ids: Sequence[int]) -> None:
    """What the same department files once more in the name of an authority whose objection was upheld waits for the credit office at once."""
    rows = Disclosure.objects.filter(
        record_id__in=list(record_ids), objected=False, record__status=RecordStatus.ACTIVE
    ).exclude(source_department=F("authority"))
    before = AuthorityObjection.objects.filter(state=Objection.UPHELD).values_list(
        "authority_id", "disclosure__source_department_id", "disclosure__document_key"
    )
    keys = set(before) if rows.exists() else set()
    for row in rows.select_related("authority") if keys else ():
        if (row.authority_id, row.source_department_id, row.document_key) in keys:
            _raise(row, AGAIN, by=SYSTEM)


def retract(objection: AuthorityObjection, *, by: Actor) -> AuthorityObjection:
    """Take the own objection back. Who: clerk or reviewer of the authority. From RAISED."""
    with acting(by):
        made = _locked(objection)
        policy.require(by, "disclosure.object", made.authority)
        return _close(made, "retract", "", by=by)


def reject(objection: AuthorityObjection, *, by: Actor, decision: str) -> AuthorityObjection:
    """The item stays with the department that filed it, and goes on. Who: the credit office, never who objected. From RAISED."""
    with acting(by):
        made = _locked(objection)
        policy.require(by, "disclosure.decide_objection")
        _two_people(made, by)
        return _close(made, "reject", required(decision, "objection.decision", "处理意见"), by=by)


def uphold(objection: AuthorityObjection, *, by: Actor, decision: str, public_note: str = "") -> AuthorityObjection:
    """Take the record from the department that filed it: it is withdrawn from the public, and the authority may file the decision itself.

    Who: the credit office, never who objected. From RAISED. `public_note`: what the public is told when it was public.
    """
    with acting(by):
        made = _locked(objection)
        policy.require(by, "disclosure.decide_objection")
        _two_people(made, by)
        text = required(decision, "objection.decision", "处理意见")
        _close(made, "uphold", text, by=by)
        row = made.disclosure
        if row.record.status == RecordStatus.ACTIVE:
            release(row.record, by=by, reason=f"{GONE}{text}")
        if public_note.strip():
            write(locked(row), public_note=public_text(public_note, "public_note")[:500])
        return made


def _raise(row: Disclosure, reason: str, *, by: Actor) -> AuthorityObjection:
    made = AuthorityObjection.objects.create(
        disclosure=row, authority=row.authority, reason=reason[:500], raised_by=staff(by), raised_at=timezone.now()
    )
    write(row, objected=True)
    audit.record(
        "disclosure.object",
        row,
        by=by,
        after={"authority": made.authority.name},
        reason=reason,
        unit_id=made.authority_id,
    )
    return made


def _locked(objection: AuthorityObjection) -> AuthorityObjection:
    rows = AuthorityObjection.objects.select_for_update(of=("self",))
    return rows.select_related("authority", "disclosure__record", "disclosure__source_department").get(pk=objection.pk)


def _two_people(made: AuthorityObjection, by: Actor) -> None:
    if by.actor_kind == "staff" and by.actor_id == made.raised_by_id:
        raise Forbidden("objection.two_people", "不能处理本人提出的异议。", mend="请由市信用办其他人员处理。")


def _close(made: AuthorityObjection, verb: str, decision: str, *, by: Actor) -> AuthorityObjection:
    made.state = next_objection(made.state, verb).value
    made.decided_by, made.decided_at, made.decision = staff(by), timezone.now(), decision[:500]
    made.save(update_fields=["state", "decided_by", "decided_at", "decision"])
    write(locked(made.disclosure), objected=False)
    audit.record(
        f"disclosure.objection.{verb}",
        made.disclosure,
        by=by,
        before={"state": Objection.RAISED.value},
        after={"state": made.state},
        reason=decision,
        unit_id=made.authority_id,
    )
    return made
