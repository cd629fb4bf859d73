"""A company lets one receiver take a report: a link with a last day and a code that is told apart from it; each opening is on record."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from companies.models import CompanyAccount
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Conflict, Finding, Refused, at_field, refuse, required
from reports.actions.taking import file_of
from reports.models import Report, ReportShare, ShareOpening
from reports.queries.issued import link_hashes
from reports.rules import numbers
from reports.rules.states import State

TOKEN_BYTES = 18
MOST_RECEIVER = 100


@dataclass(frozen=True, slots=True)
class Shared:
    """A link with its two halves, which are kept nowhere: the token stands in the address, the code is told to the receiver apart from it."""

    share: ReportShare
    token: str
    code: str


def share(report: Report, *, receiver: str, until: date, by: CompanyAccount) -> Shared:
    """Make a link to a report for one receiver until a day, that day included.

    Who: the company that asked for the report (`reports.share`). Conflict when the report is no longer valid; Refused when the day is past, or
    later than its last.
    """
    policy.require(by, "reports.share")
    today = timezone.localdate()
    if report.account_id != by.pk:
        raise Refused("report.share.other", "只能分享本账户出具的报告。", mend="请先在本账户出具一份报告。")
    if report.receiver:
        raise Refused(
            "report.share.bound", f"该报告只供{report.receiver}使用，不能另行分享。", mend="请另行出具一份报告。"
        )
    if report.state_on(today) is not State.ISSUED:
        raise Conflict("report.share.expired", "报告已过有效期，不能再分享。", mend="请重新出具一份报告。")
    refuse(_against(report, receiver, until, today))
    token, code = secrets.token_urlsafe(TOKEN_BYTES), numbers.code(secrets.choice)
    token_hash, code_hash = link_hashes(token, code)
    with acting(by):
        made = ReportShare.objects.create(
            report=report,
            receiver=receiver.strip(),
            token_hash=token_hash,
            code_hash=code_hash,
            until=until,
            made_on=today,
            made_by=by,
        )
        audit.record(
            "reports.share", made, by=by, detail={"report": report.number, "receiver": made.receiver, "until": until}
        )
    return Shared(made, token, code)


def end_share(made: ReportShare, *, by: CompanyAccount) -> ReportShare:
    """The link leads nowhere from now on. Who: the company that made it. Conflict when it has ended already."""
    policy.require(by, "reports.share")
    with acting(by):
        row = ReportShare.objects.select_for_update().get(pk=made.pk, made_by=by)
        if row.ended_on is not None:
            raise Conflict("report.share.ended", "该链接已停用。")
        row.ended_on = timezone.localdate()
        row.save(update_fields=["ended_on"])
        audit.record("reports.share_end", row, by=by, after={"ended_on": row.ended_on})
    return row


def take(made: ReportShare) -> bytes:
    """The file, for who has the link and its code; the opening is written down before it is handed out, else it is not.

    Refused when the link has ended, its last day is past, or the file was disposed of.
    """
    today = timezone.localdate()
    with acting(SYSTEM):
        row = ReportShare.objects.select_for_update(of=("self",)).select_related("report").get(pk=made.pk)
        if row.ended_on is not None or row.until < today:
            raise Refused("report.share.over", "该链接已失效。", mend="请向提供报告的单位索取新的链接。")
        ShareOpening.objects.create(share=row, at=timezone.now())
        audit.record("reports.take", row, by=SYSTEM, detail={"report": row.report.number, "receiver": row.receiver})
        return file_of(row.report)


def _against(report: Report, receiver: str, until: date, today: date) -> Iterable[Finding]:
    yield from required(receiver, "receiver", "请填写接收方的名称。", rule="report.share.receiver", most=MOST_RECEIVER)
    if until < today:
        yield at_field("report.share.past", "until", "链接的最后一天不能早于今天。")
    elif until > report.valid_until:
        last = f"{report.valid_until:%Y年%-m月%-d日}"
        yield at_field(
            "report.share.beyond", "until", f"链接不能超过报告的有效期（{last}）。", mend=f"请选{last}或者更早的日期。"
        )
