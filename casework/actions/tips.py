"""What somebody told us: kept beside the case that it began; who told it is sealed and seen only on the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.actions.attachments import subject_ref
from casework.models import Case, Tip
from casework.rules.tips import Way
from casework.sealed_places import INFORMANT
from credit_platform import sealing
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Finding, at_field, required


@dataclass(frozen=True, slots=True)
class TipReport:
    """What came in: by which way, when, what was told, and who told it ("" when nobody was named)."""

    way: Way | str
    received_on: date
    account: str
    informant: str = ""


def against(report: TipReport, *, since: date, on: date) -> Iterable[Finding]:
    """What stands against a tip: no words, or a day before `since` or in the future."""
    yield from required(report.account, "account", "请写明反映的内容。", rule="tip.account", most=2000)
    if not since <= report.received_on <= on:
        yield at_field("tip.received", "received_on", "收到日期应在所涉行为之日与今天之间。")


def keep_tip(case: Case, report: TipReport, *, by: Actor, attachments: int = 0) -> Tip:
    """Keep what was told beside its case, inside the caller's transaction."""
    informant = report.informant.strip()
    made = Tip.objects.create(
        case=case,
        way=Way(report.way).value,
        received_on=report.received_on,
        account=report.account.strip(),
        informant=sealing.encrypt(informant.encode(), sealing.place(INFORMANT, case.pk)) if informant else None,
    )
    after = {"way": made.way, "received_on": made.received_on, "named": bool(informant), "attachments": attachments}
    audit.record(f"{case.of.audit}.tip", case, by=by, after=after, unit_id=case.department_id)
    return made


def informant_of(tip: Tip, *, permission: str, by: Actor, purpose: str) -> str:
    """Who told it, in clear for who handles the case; the look is registered first. "" when nobody was named."""
    case = tip.case
    with acting(by):
        policy.require(by, permission, case.department)
        audit.look(
            f"{case.of.audit}.informant",
            by=by,
            subject_ref=subject_ref(case.subject, case.number),
            purpose=purpose,
            fields="反映人及联系方式",
            results=int(tip.informant is not None),
            unit_id=case.department_id,
        )
    where = sealing.place(INFORMANT, case.pk)
    return sealing.decrypt(bytes(tip.informant), where).decode() if tip.informant else ""
