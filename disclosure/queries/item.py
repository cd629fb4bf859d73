"""The desk's page of one disclosure: its history and what may be done with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit.models import AuditEntry
from credit_platform.audit.verbs import label_of
from disclosure.models import Disclosure
from disclosure.rules.states import MOVES, State


@dataclass(frozen=True, slots=True)
class Act:
    """A verb of the desk: its address, label, permission, the move behind it ("" = a statement without a move)."""

    slug: str
    label: str
    permission: str
    move: str = ""
    states: tuple[State, ...] = ()
    serious: bool = False
    onward: bool = False
    """Whether it brings the item further on its way; only such a verb is the page's main button."""


STATED = (State.DRAFT, State.RETURNED, State.SUBMITTED)
AWAITING = (*STATED, State.SUSPENDED)
"""In these states something can wait for the confirmation of another person."""
ACTS = (
    Act("submit", "提交审核", "disclosure.submit", "submit", onward=True),
    Act("review", "审核", "disclosure.review", "approve", onward=True),
    Act("publish", "立即公示", "disclosure.publish", "publish", onward=True),
    Act("severity", "填写失信严重程度", "disclosure.state_severity", states=STATED),
    Act("return", "退回", "disclosure.return", "return"),
    Act("correct", "确认更正", "disclosure.correct", "correct", onward=True),
    Act(
        "performance", "登记履行情况", "disclosure.state_performance", states=(*STATED, State.APPROVED, State.PUBLISHED)
    ),
    Act("confirm", "确认", "disclosure.confirm_lowering", states=AWAITING, onward=True),
    Act("deny", "不予确认", "disclosure.confirm_lowering", states=AWAITING),
    Act("exempt", "依法不公示", "disclosure.exempt", "exempt"),
    Act("reopen", "恢复办理", "disclosure.reopen", "reopen"),
    Act("suspend", "中止公示", "disclosure.suspend", "suspend"),
    Act("resume", "恢复公示", "disclosure.resume", "resume", onward=True),
    Act("withdraw", "撤回公示", "disclosure.withdraw", "withdraw", serious=True),
)
BY_SLUG = {act.slug: act for act in ACTS}
PENALTY_ONLY = ("severity", "performance")


def acts_for(row: Disclosure, user: User) -> list[Act]:
    """The verbs that the state allows and the person may use, in the order of the page."""
    state = State(row.state)
    return [
        worded(act, state)
        for act in ACTS
        if _fits(act, row, state) and policy.allows(user, act.permission, row.source_department)
    ]


def worded(act: Act, state: State) -> Act:
    """The verb as its button says it: what is not shown cannot be taken back, only the decision behind it can be gone."""
    if act.slug == "withdraw" and state not in (State.PUBLISHED, State.SUSPENDED):
        return replace(act, label="登记决定撤销")
    return act


def _fits(act: Act, row: Disclosure, state: State) -> bool:
    if act.slug in PENALTY_ONLY and row.kind != "penalty":
        return False
    if act.slug == "correct" and not row.needs_correction:
        return False
    if act.slug in ("confirm", "deny") and not row.awaits_confirmation:
        return False
    if row.awaits_confirmation and state is State.SUSPENDED:
        return act.slug in ("confirm", "deny")  # that the decision was revoked is answered first
    if act.slug in ("review", "exempt") and row.awaits_confirmation:
        return False  # the other person's word comes first
    if act.slug == "return" and state is State.SUBMITTED:
        return False  # stands on the review page
    return (state, act.move) in MOVES if act.move else state in act.states


def history(row: Disclosure) -> list[dict[str, Any]]:
    """What was done with it, newest first, for the kit's time line; acts on many stand in the columns of the row."""
    events = [_event(entry) for entry in _entries(row)]
    seen = {event["verb"] for event in events}
    events.append({"verb": "prepare", "title": "建立公示事项", "moment": row.created_at, "done": True})
    if row.submitted_at and "disclosure.submit" not in seen:
        events.append(
            {
                "verb": "submit",
                "title": "提交审核",
                "moment": row.submitted_at,
                "note": _who(row.submitted_by),
                "done": True,
            }
        )
    if row.reviewed_at and "disclosure.approve" not in seen:
        events.append(
            {
                "verb": "approve",
                "title": "审核通过",
                "moment": row.reviewed_at,
                "note": _who(row.reviewed_by),
                "done": True,
            }
        )
    if row.published_at and "disclosure.publish" not in seen:
        events.append({"verb": "publish", "title": "公示", "moment": row.published_at, "done": True})
    if row.ended_at and row.state == State.ENDED and "disclosure.end" not in seen:
        events.append({"verb": "end", "title": "公示期届满", "moment": row.ended_at, "done": True})
    return sorted(events, key=lambda event: event["moment"], reverse=True)


def _entries(row: Disclosure) -> list[AuditEntry]:
    rows = AuditEntry.objects.filter(object_type="disclosure.disclosure", object_id=str(row.pk))
    return list(rows.order_by("-id")[:100])


def _event(entry: AuditEntry) -> dict[str, Any]:
    return {
        "verb": entry.verb,
        "title": label_of(entry.verb),
        "moment": entry.at,
        "text": entry.reason,
        "note": entry.actor_name,
        "done": True,
        "tone": "serious" if entry.verb == "disclosure.withdraw" else "",
    }


def _who(user: User | None) -> str:
    return user.full_name if user else ""
