"""From the first word of who objects to the department that must verify: filed, completed, accepted or refused, forwarded, taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from casework.actions import clocks, hearing
from casework.actions.attachments import attach
from casework.actions.opening import open_case
from casework.actions.step import step
from casework.models import Attachment, Case
from casework.rules.attachments import AttachedFile
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, Refused, at_field, refuse, required
from disclosure.models import Disclosure
from disclosure.queries.public import Line, sheet
from disclosure.rules.marks import Mark
from disclosure.rules.states import State as Shown
from objections.actions.base import due, marked, tell, unmarked
from objections.models import Objection
from objections.queries.profiles import HOLDS, profile_of
from objections.rules import procedure as rules
from objections.rules.clocks import Stage
from objections.rules.procedure import OBJECTION, About, Claim
from records.queries import canonical


def file(
    disclosure: Disclosure,
    *,
    about: About | str,
    claimed: str,
    grounds: str,
    field: str = "",
    evidence: Sequence[AttachedFile] = (),
    by: Actor,
    on: date | None = None,
) -> Case:
    """Object to what is public of a subject. The item is marked in the same transaction; nothing else about it changes.

    The subject itself by its account, or the window and the credit office for a visitor whose identity they have seen. Refused with all
    findings; Conflict with its number while an objection to the same facts is open, and, without evidence that is new, after it was
    answered. 哈政办规〔2020〕12号 no. 35; 国办发〔2025〕22号.
    """
    on = on or timezone.localdate()
    about = About(about)
    with acting(by):
        row = Disclosure.objects.select_for_update(of=("self",)).select_related("record", "subject", "authority")
        item = row.get(pk=disclosure.pk)
        policy.require(by, rules.FILE)
        _own_item(item, by)
        if item.state not in (Shown.PUBLISHED, Shown.SUSPENDED) and about is not About.REPAIR:
            raise Refused("objection.not-public", "该信息目前没有公示，不需要提出异议。")
        shown = {line.code: line for line in sheet(item)}
        claim = Claim(item.public_id, about, field if about is About.CONTENT else "", claimed)
        found = [
            *rules.may_file(claim, grounds=grounds, fields=shown),
            *hearing.scanned(claimed=claimed, grounds=grounds),
        ]
        refuse(found)
        _not_again(claim, evidence)
        own = _columns(claim, grounds, shown.get(claim.field)) | {"disclosure": item, "filed_on": on}
        reason, unit = rules.ABOUT_LABELS[about], item.source_department
        named = profile_of(HOLDS, on).get(Stage.ACCEPT)
        days = named.days if named else None
        case = open_case(
            OBJECTION, subject=item.subject, department=unit, by=by, on=on, reason=reason, days=days, own=own
        )
        attach(case, evidence, role="evidence", by=by)
        marked(item, put=(Mark.OBJECTION,), by=by, reason=case.number)
    return case


def _columns(claim: Claim, grounds: str, line: Line | None) -> dict[str, Any]:
    """What the objection keeps of what was said, and of what the item showed then."""
    return {
        "about": claim.about.value,
        "field": claim.field,
        "label": line.label if line else "",
        "shown_value": line.value if line else "",
        "claimed": claim.claimed.strip(),
        "grounds": grounds.strip(),
        "fingerprint": claim.fingerprint,
        "profile": HOLDS,
    }


def _own_item(item: Disclosure, by: Actor) -> None:
    if isinstance(by, CompanyAccount) and canonical(item.subject).pk != canonical_subject(by).pk:
        raise Forbidden("objection.other-subject", "只能对本单位的信息提出异议。")


def _not_again(claim: Claim, evidence: Sequence[AttachedFile]) -> None:
    """The same facts are answered with the number of the objection that named them, unless there is new evidence."""
    earlier = Objection.objects.filter(fingerprint=claim.fingerprint).exclude(case__state=rules.State.RETRACTED)
    last = earlier.select_related("case").order_by("-case_id").first()
    if last is None:
        return
    if last.is_open:
        raise Conflict(
            "objection.open", f"同一事实的异议正在处理，编号{last.case.number}。", mend="请查询该编号的进展。"
        )
    held = set(
        Attachment.objects.filter(case__objection__fingerprint=claim.fingerprint).values_list("sha256", flat=True)
    )
    if all(hashlib.sha256(each.data).hexdigest() in held for each in evidence):
        raise Conflict(
            "objection.answered",
            f"同一事实的异议已经办理，编号{last.case.number}。",
            mend="有新的证据的，请上传后再提交；对答复不服的，可以申请复核。",
        )


def ask(case: Case, *, papers: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Ask once for all papers that are missing; the clock stands until they come (行政许可法 art. 32, by analogy).

    Credit office, from FILED. Conflict when it was asked before; Refused without saying what is missing.
    """
    with step(OBJECTION, case, "ask", by=by, on=on, version=version) as at:
        if at.own.asked_for:
            raise Conflict("objection.asked", "已经要求过补正，只能要求一次。", mend="请受理，或者不予受理并说明理由。")
        at.refuse(required(papers, "papers", "请写明需要补正的全部材料。", rule="objection.papers", most=500))
        at.own.asked_for = papers.strip()
        clocks.pause(at, why="补正材料")
        tell(at, "asked", f"需要补正：{papers.strip()}。补正期间不计入办理期限。")
    return at.case


def supply(
    case: Case, *, evidence: Sequence[AttachedFile], by: Actor, on: date | None = None, version: str | None = None
) -> Case:
    """The papers came; the clock runs again from the next day. Who objected, or the window for it, from ASKED. Refused without a file."""
    with step(OBJECTION, case, "supply", by=by, on=on, version=version) as at:
        at.refuse([] if evidence else [at_field("objection.evidence", "evidence", "请上传补正的材料。")])
        attach(at.case, evidence, role="evidence", by=by)
        clocks.resume(at)
    return at.case


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
    """Do not take it up, with the reason, which is told. Credit office, from FILED and ASKED. Refused without a reason."""
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
    return at.case
