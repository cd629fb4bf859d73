"""The department that provided the item looks: it answers, is given longer once, or is silent and named as such."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from casework.actions import clocks
from casework.actions.attachments import attach
from casework.actions.step import step
from casework.models import Case
from casework.rules.attachments import AttachedFile
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor, OnBehalf
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import required
from disclosure.actions.published import resume, suspend
from disclosure.models import Disclosure
from disclosure.rules.marks import Mark
from disclosure.rules.states import State as Shown
from objections.actions.base import due, marked, tell
from objections.models import Objection
from objections.queries.profiles import hides_when_silent, source_stage
from objections.rules import procedure as rules
from objections.rules.clocks import Stage
from objections.rules.outcomes import Verified
from objections.rules.procedure import OBJECTION

SILENT = "来源单位逾期未核实，核实以前暂停展示"


def answer(
    case: Case,
    *,
    finding: Verified | str,
    text: str,
    evidence: Sequence[AttachedFile] = (),
    by: User,
    on: date | None = None,
    version: str | None = None,
) -> Case:
    """What the department found, with the ground. What is wrong is corrected in the record first, by its own form or file.

    Clerks and reviewers of the department, from FORWARDED. What was hidden because nobody verified it is shown again. Refused without words.
    """
    with step(OBJECTION, case, "answer", by=by, on=on, version=version) as at:
        at.refuse(required(text, "text", "请写明核实情况和依据。", rule="objection.finding", most=rules.LONGEST))
        own = at.own
        own.answered_by, own.answered_on = by, at.on
        own.finding, own.source_text = Verified(finding).value, text.strip()
        attach(at.case, evidence, role="finding", by=by)
        if own.unverified_since is not None:
            _shown_again(own, by=by)
        due(at, Stage.FINAL)
    return at.case


def extend(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Give the source the longer period that its profile allows, once, told before the last day has passed.

    Reviewers and clerks of the department, from FORWARDED. Conflict where the profile has none; Refused later, again, or without a reason.
    """
    with step(OBJECTION, case, "extend", by=by, on=on, version=version) as at:
        days = clocks.extend(at, profile=source_stage(at.own), reason=reason)
        at.own.is_extended = True
        tell(at, "extended", f"核实期限延长{days}个工作日：{reason.strip()}")
    return at.case


def tell_silent(on: date | None = None, *, by: Actor = SYSTEM) -> int:
    """The sweep: items whose source let its last day pass are marked as such, and hidden where the rule of their kind says so; how many.

    Safe to run twice and in parallel; the urging of the department is the ladder of the case.
    """
    on, done = on or timezone.localdate(), 0
    for pk in list(Objection.objects.silent(on).order_by("pk").values_list("pk", flat=True)):
        with acting(by):
            policy.require(by, "objections.tell_silent")
            rows = Objection.objects.silent(on).select_for_update(of=("self",), skip_locked=True)
            own = rows.select_related("case__department", "disclosure").filter(pk=pk).first()
            if own is None:
                continue
            _silent(own, on, by=by)
            done += 1
    return done


def _silent(own: Objection, on: date, *, by: Actor) -> None:
    own.unverified_since = on
    own.save(update_fields=["unverified_since"])
    marked(own.disclosure, put=(Mark.UNVERIFIED,), by=by, reason=own.case.number)
    item = Disclosure.objects.get(pk=own.disclosure_id)
    hidden = item.state == Shown.PUBLISHED and hides_when_silent(item.kind, on)
    if hidden:
        suspend(item, by=OnBehalf(by), reason=SILENT, public_note=SILENT)
    audit.record(
        "objections.silent", own.case, by=by, detail={"on": on, "hidden": hidden}, unit_id=own.case.department_id
    )


def _shown_again(own: Objection, *, by: User) -> None:
    marked(own.disclosure, taken=(Mark.UNVERIFIED,), by=by, reason=own.case.number)
    item = Disclosure.objects.get(pk=own.disclosure_id)
    if item.state == Shown.SUSPENDED and item.ended_why == SILENT:
        resume(item, by=OnBehalf(by), reason=f"来源单位已核实：{own.case.number}")
