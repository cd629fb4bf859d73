"""From the application to its acceptance: applied, completed, accepted or refused, taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from casework.actions import clocks, hearing
from casework.actions.attachments import attach
from casework.actions.opening import open_case
from casework.actions.step import step
from casework.models import Case
from casework.queries.clocks import profile_of
from casework.rules.attachments import AttachedFile
from commitments.letters.actions.paper import keep_paper
from commitments.letters.actions.signing import draft, sign
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor, OnBehalf
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Forbidden, Refused, at_field, refuse
from disclosure.models import Disclosure
from records.queries import canonical
from repair.actions.base import due, now, tell
from repair.models import RepairCase
from repair.queries.clocks import HOLDS
from repair.queries.eligibility import eligibility_of, entry_of, is_repairable
from repair.queries.letters import letter_for
from repair.rules import handling
from repair.rules import procedure as rules
from repair.rules.clocks import Stage
from repair.rules.eligibility import Eligibility, may_apply
from repair.rules.handling import Ruling
from repair.rules.procedure import REPAIR, Way
from sanctions.lists.models import ListEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What is said: why, since when everything is performed, and for a bankruptcy the ruling."""

    way: Way | str = Way.ORDINARY
    performed_on: date | None = None
    told: str = ""
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The commitment letter that a company signs in the flow: the hash of the text that stood on its screen, the platform's address for its code."""

    seen: str
    site: str


def apply(
    disclosure: Disclosure,
    application: Application,
    *,
    proof: Sequence[AttachedFile],
    letter: Letter | None = None,
    paper: Sequence[AttachedFile] = (),
    by: Actor,
    on: date | None = None,
) -> Case:
    """Ask that a public item is repaired. Nothing about it changes; an application that comes too early is refused and leaves nothing behind.

    The subject by its account, which signs the letter here; the window and the credit office for a visitor, and the platform for who has no
    account, with the letter on paper. Refused with all findings, among them the first day on which it will be taken, or the condition that is
    missing; Conflict with its number while one is open. 令第36号; 国办发〔2025〕22号.
    """
    on = on or timezone.localdate()
    with acting(by):
        rows = Disclosure.objects.select_for_update(of=("self",)).select_related(
            "record", "subject", "source_department"
        )
        item = rows.get(pk=disclosure.pk)
        policy.require(by, rules.APPLY)
        _own_item(item, by)
        if not is_repairable(item):
            raise Refused("repair.kind", "该类信息不适用信用修复。", mend="认为信息有误的，可以提出异议。")
        entry = entry_of(item)
        found = eligibility_of(item, on, performed_on=application.performed_on, entry=entry)
        if open_one := RepairCase.objects.open().of(item).select_related("case").first():
            raise Conflict(
                "repair.open", f"修复申请正在办理，编号{open_one.case.number}。", mend="请查询该编号的进展。"
            )
        refuse([*_against(application, found, item, entry, on), *_papers(proof, letter, paper, by)])
        days = profile_of(REPAIR.slug, HOLDS, on).get(Stage.ACCEPT)
        case = open_case(
            REPAIR,
            subject=item.subject,
            department=item.source_department,
            by=by,
            on=on,
            reason=rules.WAY_LABELS[Way(application.way)],
            days=days.days if days else None,
            own=_columns(application, item, entry, on),
        )
        attach(case, proof, role="proof", by=by)
        attach(case, paper, role="letter", by=by)
        if letter is not None and isinstance(by, CompanyAccount):
            _signed(case, letter, by=by, on=on)
    return case


def against(disclosure: Disclosure, application: Application, *, on: date) -> list[Finding]:
    """What stands against an application before it is sent in: what is said of it, and the days of the item."""
    entry = entry_of(disclosure)
    found = eligibility_of(disclosure, on, performed_on=application.performed_on, entry=entry)
    return list(_against(application, found, disclosure, entry, on))


def _own_item(item: Disclosure, by: Actor) -> None:
    if isinstance(by, CompanyAccount) and canonical(item.subject).pk != canonical_subject(by).pk:
        raise Forbidden("repair.other-subject", "只能为本单位的信息申请修复。")


def _against(
    application: Application, found: Eligibility, item: Disclosure, entry: ListEntry | None, on: date
) -> Iterable[Finding]:
    yield from hearing.scanned(told=application.told)
    if Way(application.way) is Way.BANKRUPTCY:
        yield from handling.against_screen(found)
        yield from handling.against_ruling(application.ruling or Ruling(court="", number="", on=None), on=on)
        return
    decided_on = entry.entered_on if entry is not None else item.decided_on
    yield from may_apply(found, performed_on=application.performed_on, decided_on=decided_on, on=on)


def _papers(
    proof: Sequence[AttachedFile], letter: Letter | None, paper: Sequence[AttachedFile], by: Actor
) -> Iterable[Finding]:
    if not proof:
        yield at_field("repair.proof", "proof", "请上传履行义务、纠正失信行为的证明材料。")
    if isinstance(by, CompanyAccount) and letter is None:
        yield at_field("repair.letter", "letter", "请签署信用承诺书。", article=rules.ARTICLE)
    if not isinstance(by, CompanyAccount) and not paper:
        yield at_field("repair.letter", "paper", "请上传签字盖章的信用承诺书。", article=rules.ARTICLE)


def _columns(application: Application, item: Disclosure, entry: ListEntry | None, on: date) -> Mapping[str, Any]:
    given: dict[str, Any] = {
        "disclosure": item,
        "entry": entry,
        "way": Way(application.way).value,
        "told": application.told.strip(),
        "profile": HOLDS,
        "applied_on": on,
        "said_performed_on": application.performed_on,
    }
    if application.ruling is not None and Way(application.way) is Way.BANKRUPTCY:
        ruling = application.ruling
        given |= {
            "court": ruling.court.strip(),
            "ruling_number": ruling.number.strip(),
            "ruling_on": ruling.on,
            "administrator": ruling.administrator.strip(),
            "plan_until": ruling.plan_until,
        }
    return given


def _signed(case: Case, letter: Letter, *, by: CompanyAccount, on: date) -> None:
    """The company signs; last of all, so that nothing that fails later leaves its file behind."""
    subject = canonical_subject(by)
    found = letter_for(subject, on)
    if found is None:
        raise Refused("repair.no-letter", "信用修复承诺书的文本尚未启用。", mend="请到窗口办理，或者与市信用办联系。")
    refuse(handling.against_letter(draft(found.entry, found.template, subject, {}, on).text))
    signature = sign(found.entry, by=by, values={}, seen=letter.seen, site=letter.site, on=on)
    RepairCase.objects.filter(pk=case.pk).update(signature=signature)


def ask(case: Case, *, papers: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Ask once for all papers that are missing; the clock stands until they come. Credit office, from APPLIED. Conflict a second time."""
    with step(REPAIR, case, "ask", by=by, on=on, version=version) as at:
        clocks.ask_once(at, papers)
        tell(at, "asked", f"需要补正：{papers.strip()}。补正期间不计入办理期限。")
    return at.case


def supply(
    case: Case, *, proof: Sequence[AttachedFile], by: Actor, on: date | None = None, version: str | None = None
) -> Case:
    """The papers came; the clock runs again from the next day. Who applied, or the window for it, from ASKED. Refused without a file."""
    with step(REPAIR, case, "supply", by=by, on=on, version=version) as at:
        at.refuse([] if proof else [at_field("repair.proof", "proof", "请上传补正的材料。")])
        attach(at.case, proof, role="proof", by=by)
        clocks.resume(at)
    return at.case


def accept(case: Case, *, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Take the application up and send it to the authority whose item it is; a letter on paper becomes a commitment of the ledger. Credit office,
    from APPLIED."""
    with step(REPAIR, case, "accept", by=by, on=on, version=version) as at:
        at.own.accepted_by, at.own.accepted_on = by, at.on
        _promised(at.own, by)
        due(at, Stage.VERIFY)
        tell(at, "accepted", f"已受理，转{at.case.department.name}核实。")
    return at.case


def _promised(own: RepairCase, by: User) -> None:
    """A letter on paper, seen with the application that is accepted, is a commitment like one that was signed online: it stands in the ledger, so
    that it can be breached. While no matter of repairs is in force for the subject there is no text that it could have promised."""
    subject = own.disclosure.subject
    found = letter_for(subject, own.applied_on) if own.signature is None and subject.code else None
    if found is not None:
        own.paper_letter = keep_paper(found, subject, signed_on=own.applied_on, by=OnBehalf(by))


def refuse_it(case: Case, *, reason: str, by: User, on: date | None = None, version: str | None = None) -> Case:
    """Do not take it up; the applicant is told why, and what the days of the item say. Credit office, from APPLIED and ASKED."""
    with step(REPAIR, case, "refuse", by=by, on=on, version=version) as at:
        hearing.close(at, reason=reason, words="请写明不予受理的理由。")
        at.refuse(hearing.scanned(reason=reason))
        at.own.answer = f"{reason.strip()}\n{now(at).words}"
        at.case.paused = False
        tell(at, "refused", f"不予受理：{reason.strip()}{now(at).words}")
    return at.case


def retract(case: Case, *, reason: str = "", by: Actor, on: date | None = None, version: str | None = None) -> Case:
    """Who applied takes it back before the first review is over; it may apply again. The subject's account, or the window for it."""
    with step(REPAIR, case, "retract", by=by, on=on, version=version) as at:
        at.case.closed_why = at.reason = reason.strip()[:500] or "申请人撤回"
        at.case.paused = False
    return at.case
