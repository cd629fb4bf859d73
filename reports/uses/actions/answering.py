"""The subject answers, in its account or on paper at a window, and may take its consent back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from casework.rules.attachments import AttachedFile
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform import vault
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.errors import Forbidden, Refused, refuse, required
from lookups.actions import Visit, ask, end_authorisation, keep_authorisation
from lookups.models import Authorisation, Purpose, Query
from lookups.queries.targets import Target
from lookups.queries.visits import open_query
from lookups.rules.questions import Authority
from records.actions.looks import reference
from records.models import SubjectKind
from records.queries import canonical
from reports.actions.issuing import Asked, Issued, layout_of, made
from reports.actions.persons import made_of_query
from reports.models import ReportUse
from reports.queries.gathering import content_of
from reports.rules.channels import Channel, Kind
from reports.uses import rules
from reports.uses.actions.base import moved, save

ANSWER, MOST_WORDS = "reports.use_answer", 300
ON_PAPER = "authorised"
"""The purpose of the register under which a paper of the subject is looked with (`lookups.base_data`)."""


@dataclass(frozen=True, slots=True)
class AtWindow:
    """A visitor who answers at a window: the clerk, and the visitor's own query, which shows who he is."""

    clerk: User
    visitor: Query


Answerer = CompanyAccount | AtWindow


def consent(use: ReportUse, *, by: CompanyAccount, site: str, version: str | None = None) -> ReportUse:
    """The company agrees: a report is made, bound to the department. Who: the account of that very subject. From ASKED, within its days.

    `site`: as in `reports.actions.issue`. Refused after its days, without a layout or a usable seal; nothing of it stands then.
    """
    return _consented(use, by, version, site=site)


def consent_on_paper(
    use: ReportUse, paper: Sequence[AttachedFile], *, by: AtWindow, site: str, version: str | None = None
) -> ReportUse:
    """The subject agrees on paper at a window: the paper is stored as its authorisation with purpose and end, then a report is made.

    Of a natural person the look stands in the register before anything is read, with that paper. Who: `reports.use_answer`, before whom the
    visitor's own query is open; Forbidden for who asked for the report. Refused without the paper, and as in `consent`.
    """
    _require_may_answer(use, by)
    rules.next_state(use.state, "consent")
    _require_in_time(use)
    paper_row = keep_authorisation(
        use.subject,
        purpose=_purpose_of_papers(),
        holder=use.department.name,
        valid_from=timezone.localdate(),
        ends_on=use.until,
        paper=paper,
        by=by.clerk,
    )
    query = _registered(use, paper_row, by) if use.subject.kind == SubjectKind.PERSON else None
    return _consented(use, by, version, site=site, paper=paper_row, query=query)


def decline(use: ReportUse, *, reason: str = "", by: Answerer, version: str | None = None) -> ReportUse:
    """The subject does not agree; a reason is free. Who: as for consent. From ASKED."""
    return _answered(use, "decline", reason, by, version)


def revoke(use: ReportUse, *, reason: str = "", by: Answerer, version: str | None = None) -> ReportUse:
    """The subject takes its consent back: from now on the report opens no more (个人信息保护法 art. 15). Who: as for consent. From CONSENTED."""
    row = _answered(use, "revoke", reason, by, version)
    paper = row.authorisation
    if paper is not None and paper.ended_on is None and isinstance(by, AtWindow):
        end_authorisation(paper, reason=f"撤回对报告使用 {row.number} 的同意", by=by.clerk)
    return row


def _consented(
    use: ReportUse,
    by: Answerer,
    version: str | None,
    *,
    site: str,
    paper: Authorisation | None = None,
    query: Query | None = None,
) -> ReportUse:
    actor, report = _actor(by), None
    try:
        with acting(actor):
            row = _locked_for_answer(use, "consent", by, version)
            _require_in_time(row)
            report = _issued(row, actor, query, site).report
            row.report, row.authorisation, row.until = report, paper, min(row.until, report.valid_until)
            _answer(row, by, "")
            save(row, "consent", actor)
    except BaseException:
        if report is not None:
            vault.remove(report.path)
        raise
    return row


def _issued(row: ReportUse, actor: CompanyAccount | User, query: Query | None, site: str) -> Issued:
    asked = Asked(
        purpose=row.purpose,
        channel=Channel.CONSENT,
        matter=row.matter,
        case_number=row.case_number,
        query=query,
        receiver=row.department.name,
        department=row.department,
    )
    if query is not None and isinstance(actor, User):
        return made_of_query(query, asked, by=actor, site=site)
    layout = layout_of(Kind.GENERAL)
    content = content_of(row.subject, layout.layout, timezone.localdate())
    return made(row.subject, layout, content, asked, actor, site)


def _answered(use: ReportUse, verb: str, reason: str, by: Answerer, version: str | None) -> ReportUse:
    if reason.strip():
        refuse(required(reason, "reason", "", rule="reports.use.reason", most=MOST_WORDS))
    actor = _actor(by)
    with acting(actor):
        row = _locked_for_answer(use, verb, by, version)
        if verb == "revoke":
            row.revoked_at, row.answer = timezone.now(), reason.strip()
        else:
            _answer(row, by, reason.strip())
        save(row, verb, actor)
    return row


def _answer(row: ReportUse, by: Answerer, words: str) -> None:
    row.answered_at, row.answer = timezone.now(), words
    row.account = by if isinstance(by, CompanyAccount) else None
    row.window_clerk = by.clerk if isinstance(by, AtWindow) else None


def _registered(use: ReportUse, paper: Authorisation, by: AtWindow) -> Query:
    """The look at a person that its paper opens, in the register before anything is read."""
    visit = Visit(
        purpose=paper.purpose,
        authority=Authority.AUTHORISED,
        authorisation=paper,
        matter=use.matter,
        case_number=use.case_number,
        visitor=use.department.name[:60],
        window=by.visitor.window,
    )
    return ask(Target(reference(use.subject), use.subject), visit, by=by.clerk)


def _purpose_of_papers() -> Purpose:
    purpose = Purpose.objects.in_force(timezone.localdate()).filter(code=ON_PAPER).first()
    if purpose is None:
        raise Refused("reports.use.no_purpose", "当前没有启用“受书面授权查询”。", mend="请系统管理员在后台启用。")
    return purpose


def _locked_for_answer(use: ReportUse, verb: str, by: Answerer, version: str | None) -> ReportUse:
    _require_may_answer(use, by)
    return moved(use, verb, version)


def _require_may_answer(use: ReportUse, by: Answerer) -> None:
    """The subject itself, or a visitor who has just shown that he acts for it; never before who asked for the report."""
    policy.require(_actor(by), ANSWER)
    if isinstance(by, CompanyAccount):
        if canonical_subject(by).pk != canonical(use.subject).pk:
            raise Forbidden("reports.use.other", "只能答复对本单位报告的使用申请。")
        return
    visit = open_query(by.visitor.number, by.clerk)
    own = visit is not None and visit.subject is not None and visit.authority == Authority.OWN
    if not own or canonical(visit.subject).pk != canonical(use.subject).pk:  # type: ignore[union-attr,arg-type]  # `own` says so
        raise Forbidden("reports.use.visitor", "请先为来访人登记“本人（本单位）申请”的查询。")
    if by.clerk.pk == use.asked_by_id:
        raise Forbidden("reports.use.two_people", "申请使用报告的人不能登记主体的答复。", mend="请由另一人办理。")


def _require_in_time(use: ReportUse) -> None:
    if not use.may_be_agreed(timezone.localdate()):
        words = "答复期限或者使用期限已过，不能再同意。"
        raise Refused("reports.use.late", words, mend="仍需使用的，由使用单位重新申请。")


def _actor(by: Answerer) -> CompanyAccount | User:
    return by.clerk if isinstance(by, AtWindow) else by
