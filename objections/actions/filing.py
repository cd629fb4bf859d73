"""The first word of who objects, by an account or at a window: what is disputed, with which evidence, and whether it was said before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from casework import disputes
from casework.actions import hearing
from casework.actions.attachments import attach
from casework.actions.opening import open_case
from casework.disputes import Disputed
from casework.models import Attachment, Case
from casework.rules.attachments import AttachedFile
from casework.rules.disputes import ABOUT_LABELS, About
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.accounts import policy
from credit_platform.accounts.actors import Actor
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, Refused, refuse
from disclosure.models import Disclosure
from disclosure.rules.marks import Mark
from objections.actions.base import marked
from objections.actions.receiving import add
from objections.models import Objection
from objections.models.objections import claimed_of
from objections.queries.profiles import HOLDS, profile_of
from objections.rules import procedure as rules
from objections.rules.claims import Claim, may_file
from objections.rules.clocks import Stage
from objections.rules.procedure import OBJECTION
from records.queries import canonical


def file(
    disputed: Disputed,
    *,
    about: About | str,
    claimed: str,
    grounds: str,
    field: str = "",
    evidence: Sequence[AttachedFile] = (),
    by: Actor,
    on: date | None = None,
) -> Case:
    """Object to what is said of a subject. The item is marked in the same transaction; nothing else about it changes.

    The subject itself by its account, or the window and the credit office for a visitor whose identity they have seen. Refused with all
    findings. What was said before without evidence that is new is answered with the number of the first (Conflict); evidence that is new joins
    the objection to the same facts while that is under way, whose case is given back, and begins another one after its answer.
    哈政办规〔2020〕12号 no. 35; 国办发〔2025〕22号.
    """
    on = on or timezone.localdate()
    with acting(by):
        policy.require(by, rules.FILE)
        found, claim = taken_up(disputed, about=about, field=field, claimed=claimed, grounds=grounds, on=on)
        item = found.item
        if isinstance(by, CompanyAccount) and canonical(item.subject).pk != canonical_subject(by).pk:
            raise Forbidden("objection.other-subject", "只能对本单位的信息提出异议。")
        earlier = same_facts(claim)
        refuse_again(earlier, evidence)
        if earlier is not None and earlier.is_open:
            return add(earlier.case, evidence=evidence, by=by, on=on)
        case = opened(found, claim, grounds, by=by, on=on, stage=Stage.ACCEPT, state=rules.State.FILED)
        attach(case, evidence, role="evidence", by=by)
        marked(item, put=(Mark.OBJECTION,), by=by, reason=case.number)
    return case


def taken_up(
    disputed: Disputed, *, about: About | str, field: str, claimed: str, grounds: str, on: date
) -> tuple[Disputed, Claim]:
    """What is disputed as it stands now, its item locked, and the claim, inside the caller's transaction. Refused with all findings, also
    when it is gone meanwhile or takes no objection of that kind."""
    about = About(about)
    rows = Disclosure.objects.select_for_update(of=("self",)).select_related("subject", "source_department")
    item = rows.get(pk=disputed.item.pk)
    found = disputes.find(disputed.place, disputed.number, on)
    if found is None or found.item.pk != item.pk or about not in found.abouts:
        raise Refused("objection.not-public", "该信息目前没有公示，或者不能提出这一种异议。")
    field = field if about is About.CONTENT else ""
    claim = Claim(claimed_of(item, found.place, found.number), about, field, claimed)
    fields = {line.code for line in found.lines}
    refuse([*may_file(claim, grounds=grounds, fields=fields), *hearing.scanned(claimed=claimed, grounds=grounds)])
    return found, claim


def opened(
    found: Disputed, claim: Claim, grounds: str, *, by: Actor, on: date, stage: Stage, state: rules.State
) -> Case:
    """The case of an objection, with the days of its first stage (none where the profile names none)."""
    label, value = found.shown(claim.about, claim.field)
    own: dict[str, Any] = {
        "disclosure": found.item,
        "place": found.place,
        "place_number": found.number,
        "filed_on": on,
        "about": claim.about.value,
        "field": claim.field,
        "label": label[:100],
        "shown_value": value,
        "claimed": claim.claimed.strip(),
        "grounds": grounds.strip(),
        "fingerprint": claim.fingerprint,
        "profile": HOLDS,
        "is_open": state is rules.State.FILED,  # what nobody stands for does not keep others from objecting
    }
    named = profile_of(HOLDS, on).get(stage)
    return open_case(
        OBJECTION,
        subject=found.item.subject,
        department=found.item.source_department,
        by=by,
        on=on,
        reason=ABOUT_LABELS[claim.about],
        days=named.days if named else None,
        own=own,
        state=state,
    )


def same_facts(claim: Claim, *, but: Case | None = None) -> Objection | None:
    """The last objection to the same facts by somebody known, that was not taken back."""
    rows = Objection.objects.taken().filter(fingerprint=claim.fingerprint).select_related("case")
    return (rows.exclude(pk=but.pk) if but else rows).order_by("-case_id").first()


def refuse_again(earlier: Objection | None, evidence: Sequence[AttachedFile]) -> None:
    """Conflict, with the number of the first, for the same facts without evidence that is new."""
    if earlier is not None and not new_to(earlier, (hashlib.sha256(each.data).hexdigest() for each in evidence)):
        refuse_with_number(earlier)


def refuse_with_number(earlier: Objection) -> None:
    """The polite refusal: what became of the first, and what can be done."""
    number = earlier.case.number
    if earlier.is_open:
        mend = "请查询该编号的进展；有新的证据的，请一并上传后再提交，证据会并入该件办理。"
        raise Conflict("objection.open", f"同一事实的异议正在处理，编号{number}。", mend=mend)
    mend = "有新的证据的，请上传后再提交；对答复不服的，可以申请复核。"
    raise Conflict("objection.answered", f"同一事实的异议已经办理，编号{number}。", mend=mend)


def new_to(earlier: Objection, digests: Any) -> bool:
    """Whether any of these files was not there with an objection to the same facts."""
    rows = Attachment.objects.filter(case__objection__in=Objection.objects.taken())
    held = set(rows.filter(case__objection__fingerprint=earlier.fingerprint).values_list("sha256", flat=True))
    return any(each not in held for each in digests)
