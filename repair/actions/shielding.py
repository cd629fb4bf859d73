"""临时屏蔽: an item is hidden on the court's ruling on a plan, what hinders the plan is lifted one by one, and the end of the plan decides."""

from __future__ import annotations

from datetime import date

from casework.actions import hearing
from casework.actions.step import step
from casework.models import Case
from credit_platform.accounts.models import User
from credit_platform.errors import Conflict, at_field, required
from credit_platform.workdays.rules.days import chinese
from disclosure.actions.published import resume, suspend
from disclosure.models import Disclosure
from disclosure.rules.states import State as Shown
from repair.actions.base import another, due, pass_on, tell
from repair.actions.handling import take_effect
from repair.followers import Effect
from repair.models import RepairCase
from repair.rules import handling as rules
from repair.rules import procedure
from repair.rules.clocks import Stage
from repair.rules.procedure import REPAIR, Way
from sanctions.joint.actions.lifting import ask_one
from sanctions.joint.models import JointItem

SCREENED = "依据人民法院裁定临时屏蔽"


def shield(case: Case, *, answer: str = "", by: User, on: date | None = None, version: str | None = None) -> Case:
    """Hide the item for the time of the plan. Credit office, never who drafted, verified or reviewed, from REVIEWED.

    No shortest period is asked for; the authority must have confirmed the ruling. The period itself goes on. Conflict for an application without a
    ruling, and for an item that the public does not see.
    """
    with step(REPAIR, case, "shield", by=by, on=on, version=version) as at:
        own: RepairCase = at.own
        another(by, own.verified_by_id, own.reviewed_by_id)
        if own.way != Way.BANKRUPTCY:
            raise Conflict("repair.way", "没有法院裁定的申请，不能临时屏蔽。", mend="请办理“准予修复”或者“不予修复”。")
        unmet = own.finding != procedure.Finding.MET
        words = "认定单位没有确认法院裁定，不能临时屏蔽。"
        at.refuse([at_field("repair.unmet", "on", words)] if unmet else [])
        item = Disclosure.objects.get(pk=own.disclosure_id)
        if item.state == Shown.PUBLISHED:
            suspend(item, by=by, reason=f"{SCREENED}：{own.ruling_number}")
        own.shielded_by, own.shielded_on = by, at.on
        at.reason, at.basis = f"{own.court}{own.ruling_number}", procedure.ARTICLE
        due(at, Stage.FOLLOW)
        pass_on(at, Effect.SCREENED)
        until = chinese(own.plan_until) if own.plan_until else ""
        tell(at, "shielded", f"已依据{own.court}裁定临时屏蔽。计划执行期限至{until}。{answer.strip()}")
    return at.case


def free(case: Case, *, item: int, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Ask the department that carries out one measure to lift it, because it hinders the plan. Credit office, from SHIELDED.

    `item` is the key of a line of joint action of the entry; Refused for any other, and without a reason.
    """
    with step(REPAIR, case, "free", by=by, on=on, version=version) as at:
        line = JointItem.objects.filter(pk=item, entry=at.own.entry).select_related("measure__measure").first()
        strange = [] if line else [at_field("repair.measure", "item", "请选择该名单条目正在执行的措施。")]
        words = required(reason, "reason", "请写明该措施怎样妨碍计划执行。", rule="repair.hinders", most=500)
        at.refuse([*strange, *words, *hearing.scanned(reason=reason)])
        assert line is not None  # noqa: S101 - refused above
        lifting = ask_one(line, on=at.on)
        at.reason, at.detail["lifting"] = reason.strip(), lifting.number
        _note(at.own, at.on, f"通知解除“{line.measure.measure.name}”（{lifting.number}）：{reason.strip()}")
    return at.case


def follow(case: Case, *, text: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """How the plan is being carried out; the next look falls due anew. Credit office, from SHIELDED."""
    with step(REPAIR, case, "follow", by=by, on=on, version=version) as at:
        words = required(
            text, "text", "请写明重整计划、和解协议的执行情况。", rule="repair.followed", most=rules.LONGEST
        )
        at.refuse([*words, *hearing.scanned(text=text)])
        _note(at.own, at.on, text)
        due(at, Stage.FOLLOW)
    return at.case


def complete(case: Case, *, ruling: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The court has found that the plan was carried out: the repair is final, whatever of the shortest period is left (国办发〔2025〕22号).

    Credit office, another person than who screened it, from SHIELDED. Refused without the number of the ruling.
    """
    with step(REPAIR, case, "complete", by=by, on=on, version=version) as at:
        own: RepairCase = at.own
        another(by, own.shielded_by_id, own.verified_by_id, own.reviewed_by_id)
        words = "请填写确认执行完毕的裁定书文号。"
        at.refuse(required(ruling, "ruling", words, rule="repair.final-ruling", most=100))
        own.final_ruling_number = ruling.strip()
        take_effect(at, by=by, ruling=ruling.strip())
        tell(at, "granted", "重整计划（和解协议）已执行完毕，准予信用修复。")
    return at.case


def lapse(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """The plan has failed: the item is shown again until its own last day. Credit office, another person than who screened it, from SHIELDED."""
    with step(REPAIR, case, "lapse", by=by, on=on, version=version) as at:
        own: RepairCase = at.own
        another(by, own.shielded_by_id, own.verified_by_id, own.reviewed_by_id)
        hearing.close(at, reason=reason, words="请写明终止屏蔽的理由。")
        at.refuse(hearing.scanned(reason=reason))
        own.decided_by = by
        item = Disclosure.objects.get(pk=own.disclosure_id)
        if item.state == Shown.SUSPENDED and item.ended_why.startswith(SCREENED):
            resume(item, by=by, reason=f"临时屏蔽终止：{at.case.number}")
            pass_on(at, Effect.SHOWN_AGAIN)
        tell(at, "lapsed", f"临时屏蔽终止，恢复公示：{reason.strip()}")
    return at.case


def _note(own: RepairCase, on: date, text: str) -> None:
    own.followed = f"{own.followed}\n{chinese(on)}：{text.strip()}".strip()
