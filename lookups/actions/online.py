"""An authorisation that a subject gives by its own account: its text is kept like a paper, and it is taken back with one click, at once."""

from __future__ import annotations

import os
from datetime import date

from django.utils import timezone

from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform import vault
from credit_platform.accounts import policy
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Forbidden, at_field, refuse, required
from lookups.actions.authorising import FOLDER, RANDOM
from lookups.models import Authorisation, Purpose
from lookups.rules.questions import authorisation_number
from records.actions.looks import reference

GRANT = "lookups.grant"
LONGEST_DAYS = 366
"""Calendar days for which an authorisation by account holds at most; a parameter of the city."""


def grant(
    *, purpose: Purpose, holder: str, text: str, valid_from: date, ends_on: date, by: CompanyAccount
) -> Authorisation:
    """The account's subject authorises `holder` for a purpose, in the words of `text`. Who: `lookups.grant` (company, for itself).

    Refused without a holder, for days out of order or over, and for more than a year (征信业管理条例 art. 18, as model).
    """
    today = timezone.localdate()
    found = list(required(holder, "holder", "请填写被授权人。", rule="lookups.holder", most=100))
    if not today <= ends_on or ends_on < valid_from:
        found.append(at_field("lookups.dates", "ends_on", "授权截止日应在今天和起始日以后。"))
    elif (ends_on - valid_from).days > LONGEST_DAYS:
        found.append(at_field("lookups.dates", "ends_on", "授权一次不超过一年，到期可以重新授权。"))
    refuse(found)
    with acting(by):
        policy.require(by, GRANT)
        subject = canonical_subject(by)
        stored = vault.store([text.encode()], folder=FOLDER)
        try:
            row = Authorisation.objects.create(
                number=authorisation_number(today, os.urandom(RANDOM)),
                subject=subject,
                purpose=purpose,
                holder=holder.strip(),
                valid_from=valid_from,
                ends_on=ends_on,
                name="在线授权书.txt",
                media_type="text/plain; charset=utf-8",
                size=stored.size,
                sha256=stored.sha256,
                path=stored.path,
                added_by=by.actor_name[:100],
            )
        except BaseException:
            vault.remove(stored.path)
            raise
        after = {"subject": reference(subject), "purpose": purpose.code, "ends_on": ends_on, "sha256": row.sha256}
        audit.record(GRANT, row, by=by, after=after)
    return row


def take_back(authorisation: Authorisation, *, by: CompanyAccount) -> Authorisation:
    """The subject takes its authorisation back: the very next query under it is refused. Forbidden for another's, Conflict when it had ended."""
    with acting(by):
        policy.require(by, GRANT)
        row = Authorisation.objects.select_for_update().get(pk=authorisation.pk)
        if row.subject_id not in {by.subject_id, canonical_subject(by).pk}:
            raise Forbidden("lookups.own", "只能撤回本单位的授权。")
        if row.ended_on is not None:
            raise Conflict("lookups.ended", "这份授权已经撤回。")
        row.ended_on, row.ended_why = timezone.localdate(), "授权单位在线撤回"
        row.save(update_fields=["ended_on", "ended_why"])
        audit.record("lookups.end_authorisation", row, by=by, reason=row.ended_why)
    return row
