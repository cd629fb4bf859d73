"""Without an account: anybody may lodge an objection in the name of a subject, and it counts from the day on which somebody saw the papers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.utils import timezone

from casework.actions.attachments import attach, subject_ref
from casework.actions.opening import tracking_code
from casework.actions.step import clear_clock, step
from casework.disputes import Disputed
from casework.models import Case
from casework.rules.attachments import AttachedFile
from casework.rules.disputes import About
from companies.rules import PENDING_AT_MOST, mask_mobile
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor, NamedActor, OnBehalf
from credit_platform.accounts.models import User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, Refused, refuse, required
from credit_platform.workdays.rules.days import chinese
from disclosure.rules.marks import Mark
from objections.actions.base import marked, tell
from objections.actions.filing import new_to, opened, refuse_again, refuse_with_number, same_facts, taken_up
from objections.models import Objection, Objector
from objections.queries.profiles import profile_of
from objections.rules import procedure as rules
from objections.rules.claims import Outsider, may_confirm, may_lodge
from objections.rules.clocks import Stage
from objections.rules.procedure import OBJECTION, State
from objections.sealed_places import opened_phone, sealed_phone

OUTSIDER = OnBehalf(NamedActor("visitor", None, "无账户办事人", None))
"""Who acts by number and code alone. The platform acts for them; the trail says that it was nobody with an account."""


def lodge(
    disputed: Disputed,
    *,
    who: Outsider,
    about: About | str,
    claimed: str,
    grounds: str,
    field: str = "",
    evidence: Sequence[AttachedFile] = (),
    papers: Sequence[AttachedFile] = (),
    staff: User | None = None,
    on: date | None = None,
) -> tuple[Case, str]:
    """Object without an account; anybody may, so nothing is marked and no legal clock runs yet. The case, and the code with which it is followed.

    `papers` show who it is: with them the credit office looks within the days of the stage `identity`, without them a window waits for the
    visit. `staff`: who was signed in while it was lodged, and may not confirm. Refused with all findings, and for what is not public; Conflict
    with the number of the first for the same facts without new evidence, and when too many of the subject wait.
    """
    on = on or timezone.localdate()
    with acting(OUTSIDER):
        policy.require(OUTSIDER, rules.LODGE)
        refuse(list(may_lodge(who)))
        if not disputed.public:
            raise Refused("objection.not-public", "该信息目前没有公示。")
        found, claim = taken_up(disputed, about=about, field=field, claimed=claimed, grounds=grounds, on=on)
        earlier = same_facts(claim)
        refuse_again(earlier, evidence)
        if earlier is not None and earlier.is_open:
            refuse_with_number(earlier)
        waiting = Case.objects.of(OBJECTION).filter(state=State.LODGED, subject=found.item.subject)
        if waiting.count() >= PENDING_AT_MOST:
            mend = "请携带材料到政务服务大厅信用窗口办理。"
            raise Conflict("objection.pending", "该主体已有多件异议等待确认身份，暂不能再提交。", mend=mend)
        case = opened(found, claim, grounds, by=OUTSIDER, on=on, stage=Stage.IDENTITY, state=State.LODGED)
        if not papers:
            _waits_for_a_visit(case)
        if staff is not None:
            Objection.objects.filter(pk=case.pk).update(lodged_by=staff)
        attach(case, evidence, role="evidence", by=OUTSIDER)
        attach(case, papers, role="identity", by=OUTSIDER)
        Objector.objects.create(
            objection=case.own,
            name=who.name.strip(),
            capacity=who.capacity.value,
            phone=sealed_phone(who.phone, case.pk),
            phone_masked=mask_mobile(who.phone),
        )
        code = tracking_code(case)
    return case, code


def _waits_for_a_visit(case: Case) -> None:
    clear_clock(case)
    case.save(update_fields=["due_on", "due_from", "due_days", "due_provisional"])


def confirm(
    case: Case, *, papers: Collection[str], by: User, on: date | None = None, version: str | None = None
) -> Case:
    """Somebody has seen that who lodged it acts for the subject: the objection is filed today, and marked.

    `papers` are those that were seen (`companies.rules.PAPERS`). Window clerks and the credit office, from LODGED. Refused for a paper that
    was not seen; Forbidden for who was signed in when it was lodged; Conflict with the number of another objection to the same facts, unless
    this one has evidence that is new after its answer.
    """
    with step(OBJECTION, case, "confirm", by=by, on=on, version=version) as at:
        at.refuse(may_confirm(papers))
        own = at.own
        earlier = same_facts(own.claim, but=at.case)
        digests = at.case.attachments.filter(role="evidence").values_list("sha256", flat=True)
        if earlier is not None and (earlier.is_open or not new_to(earlier, digests)):
            refuse_with_number(earlier)
        if own.lodged_by_id == by.pk:
            mend = "请由其他窗口人员核对。"
            raise Forbidden("objection.oneself", "提交异议时登录的工作人员不能核对该件的身份。", mend=mend)
        own.filed_on, own.confirmed_by, own.confirmed_on = at.on, by, at.on
        named = profile_of(own.profile, at.on).get(Stage.ACCEPT)
        if named:
            at.due(named.days)
        at.detail = {"papers": sorted(papers)}
        marked(own.disclosure, put=(Mark.OBJECTION,), by=by, reason=at.case.number)
        tell(at, "confirmed", "身份已确认，异议已提交，公示页面已标注“异议处理中”。")
    return at.case


def summon(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The uploaded papers do not show who it is: come to a window, through the last day for it. Credit office, from LODGED; said once more it
    is only told again. Refused without words."""
    with step(OBJECTION, case, "summon", by=by, on=on, version=version) as at:
        at.refuse(required(reason, "reason", "请写明为什么需要到窗口核验。", rule="objection.summon", most=500))
        who = at.own.objector
        who.summoned_on = at.on
        who.save(update_fields=["summoned_on"])
        clear_clock(at.case)
        at.reason = reason.strip()
        tell(
            at,
            "summoned",
            f"请在{chinese(who.comes_until)}（含当日）以前到政务服务大厅信用窗口核验身份：{reason.strip()}",
        )
    return at.case


def contact_of(case: Case, *, by: User, purpose: str) -> str:
    """The phone of who lodged it, in clear for who handles the case; the look is registered first. Credit office. Refused without a purpose."""
    with acting(by):
        policy.require(by, rules.ACCEPT)
        audit.look(
            "objections.contact",
            by=by,
            subject_ref=subject_ref(case.subject, case.number),
            purpose=purpose,
            fields="异议人联系方式",
            results=1,
            unit_id=case.department_id,
        )
    return opened_phone(bytes(case.own.objector.phone), case.pk)


def lapse(on: date | None = None, *, by: Actor = SYSTEM) -> int:
    """The sweep: what nobody came with papers for is closed; how many. Safe to run twice."""
    on, done = on or timezone.localdate(), 0
    for own in Objection.objects.unconfirmed(on).select_related("case").order_by("pk"):
        try:
            with step(OBJECTION, own.case, "lapse", by=by, on=on) as at:
                at.case.closed_why = at.reason = "逾期未到窗口确认身份"
                tell(at, "lapsed", "逾期未确认身份，本件已结。可以重新提出。")
        except Conflict:
            continue  # somebody took a step meanwhile
        done += 1
    return done
