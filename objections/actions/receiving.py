"""From a filed objection to the department that must verify: completed, accepted or refused, forwarded, taken back."""

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
from credit_platform.errors import at_field
from objections.actions.base import due, tell, unmarked
from objections.rules.clocks import Stage
from objections.rules.procedure import OBJECTION


def ask(case: Case, *, papers: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Ask once for all papers that are missing; the clock stands until they come (行政许可法 art. 32, by analogy).

    Credit office, from FILED. Conflict when it was asked before; Refused without saying what is missing.
    """
    with step(OBJECTION, case, "ask", by=by, on=on, version=version) as at:
        clocks.ask_once(at, papers)
        tell(at, "asked", f"需要补正：{papers.strip()}。补正期间不计入办理期限。")
    return at.case


def supply(
    case: Case, *, evidence: Sequence[AttachedFile], by: Actor, on: date | None = None, version: str | None = None
) -> Case:
    """The papers came; the clock runs again from the next day. Who objected, or the window for it, from ASKED. Refused without a file."""
    with step(OBJECTION, case, "supply", by=by, on=on, version=version) as at:
        _kept(at, evidence, "请上传补正的材料。")
        clocks.resume(at)
        tell(at, "supplied", "补正材料已收到，办理期限继续计算。")
    return at.case


def add(
    case: Case, *, evidence: Sequence[AttachedFile], by: Actor, on: date | None = None, version: str | None = None
) -> Case:
    """More evidence for what is under way; no clock changes. Who objected, or the window for it. Refused without a file."""
    with step(OBJECTION, case, "add", by=by, on=on, version=version) as at:
        _kept(at, evidence, "请上传补充的证据。")
        tell(at, "added", "补充的证据已收到，一并核实。")
    return at.case


def _kept(at: At, evidence: Sequence[AttachedFile], words: str) -> None:
    at.refuse([] if evidence else [at_field("objection.evidence", "evidence", words)])
    attach(at.case, evidence, role="evidence", by=at.by)
    at.detail = {"attachments": len(evidence)}


def accept(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Take the objection up. Credit office, from FILED; who accepts does not answer it."""
    with step(OBJECTION, case, "accept", by=by, on=on, version=version) as at:
        at.own.accepted_by, at.own.accepted_on = by, at.on
        due(at, Stage.FORWARD)
        tell(at, "accepted", "已受理。")
    return at.case


def forward(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Send it to the department that provided the item, whose days run from the next day. Credit office, from ACCEPTED."""
    with step(OBJECTION, case, "forward", by=by, on=on, version=version) as at:
        at.own.forwarded_on = at.on
        due(at, Stage.SOURCE)
        tell(at, "forwarded", f"已转{at.case.department.name}核实。")
    return at.case


def refuse_it(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Do not take it up, with the reason, which is told. Credit office, from LODGED, FILED and ASKED. Refused without a reason."""
    with step(OBJECTION, case, "refuse", by=by, on=on, version=version) as at:
        hearing.close(at, reason=reason, words="请写明不予受理的理由。")
        at.case.paused = False
        unmarked(at.own, by=by, reason=at.case.number)
        tell(at, "refused", f"不予受理：{reason.strip()}")
    return at.case


def retract(case: Case, *, reason: str = "", by: Actor, on: date | None = None, version: str | None = None) -> Case:
    """Who objected takes it back before it is answered; the mark goes. The subject's account, or the window for it."""
    with step(OBJECTION, case, "retract", by=by, on=on, version=version) as at:
        at.case.closed_why = at.reason = reason.strip()[:500] or "异议人撤回"
        at.case.paused = False
        unmarked(at.own, by=by, reason=at.case.number)
        tell(at, "retracted", "异议已撤回，公示信息上的标注已取消。")
    return at.case
