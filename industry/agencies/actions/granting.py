"""A subject authorises an agency, in words that stand on its screen."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from casework.actions.hearing import scanned
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Refused, refuse, required
from credit_platform.web.formats import cn_date
from industry.agencies import rules
from industry.agencies.models import Agency, AgencyGrant
from lookups.actions.online import grant
from lookups.models import Purpose

TEXT = (
    "{subject}（{code}）授权{agency}（{agency_code}）自{since}至{until}，为“{reason}”查询本单位在本平台的登记信息、"
    "公示信息和授权查询信息。不得转让、转授权，不得用于其他目的。本单位可以随时撤回，撤回后立即停止查询。"
)


def authorise(agency: Agency, *, reason: str, ends_on: date, by: CompanyAccount) -> AgencyGrant:
    """Authorise a registered agency from today until a day, at most a year. Raises Refused for an agency that is not current, Forbidden."""
    on = timezone.localdate()
    refuse([
        *required(reason, "reason", "请填写用途。", rule="agencies.reason", most=200),
        *scanned(reason=reason),
    ])  # fmt: skip
    if not agency.is_current(on):
        raise Refused("agencies.not-current", "该机构没有登记，或者登记不在有效期内。")
    subject = canonical_subject(by)
    purpose = Purpose.objects.in_force(on).filter(code=rules.PURPOSE).first()
    if purpose is None:
        raise Refused("agencies.purpose", "尚未设定机构查询的目的，暂不能授权。", mend="请联系市信用办。")
    text = TEXT.format(
        subject=subject.name,
        code=subject.code,
        agency=agency.subject.name,
        agency_code=agency.subject.code,
        since=cn_date(on),
        until=cn_date(ends_on),
        reason=reason.strip(),
    )
    with acting(by):
        holder = agency.subject.name[:100]
        paper = grant(purpose=purpose, holder=holder, text=text, valid_from=on, ends_on=ends_on, by=by)
        row = AgencyGrant.objects.create(agency=agency, authorisation=paper, account=by, reason=reason.strip())
        audit.record("agencies.authorise", row, by=by, after={"agency": agency.pk, "ends_on": ends_on})
    return row
