"""A report is made: what is public now, under the layout in force, as a signed file with a number that nobody can guess."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform import vault
from credit_platform.accounts import policy
from credit_platform.accounts.actors import SYSTEM, Actor
from credit_platform.accounts.models import Department, User
from credit_platform.audit import actions as audit
from credit_platform.audit.context import acting
from credit_platform.errors import Finding, Forbidden, Refused, at_field, refuse
from credit_platform.workdays.rules.months import add_months
from disclosure.public.pages import public_subject
from lookups.models import Query
from records.models import Subject
from reports.models import ProofField, Report, ReportCertificate, ReportLayout, ReportPurpose
from reports.papers import Addresses, Paper, paper_of
from reports.papers.seal import seal
from reports.queries.gathering import content_of, proof_of
from reports.queries.issued import code_hash
from reports.rules import numbers
from reports.rules.channels import Channel, Kind
from reports.rules.content import Content
from reports.rules.proof import Period, against
from reports.rules.twin import Issue, digest

FOLDER = "reports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a report is asked for, where, and in which case (`matter` and `case_number` are asked of staff).

    `query` is that of a report on a natural person (`reports.actions.persons`), `receiver` whom a report is bound to, `department` who uses it with
    the subject's consent (`reports.uses`).
    """

    purpose: ReportPurpose
    channel: Channel
    matter: str = ""
    case_number: str = ""
    query: Query | None = None
    receiver: str = ""
    department: Department | None = None

    def findings(self, by: Actor) -> list[Finding]:
        """What stands against asking so: a purpose out of use, staff without matter or case."""
        found = []
        if not self.purpose.is_active:
            found.append(at_field("report.purpose", "purpose", "这一用途已停用。", mend="请另选一项。"))
        if isinstance(by, User):
            if not self.matter.strip():
                found.append(at_field("report.matter", "matter", "请填写办理的事项。"))
            if not self.case_number.strip():
                text, mend = "请填写办件编号。", "没有办件编号的，填写来访登记号。"
                found.append(at_field("report.case", "case_number", text, mend=mend))
        return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a proof is asked for: codes of fields, and over which days."""

    fields: tuple[str, ...]
    period: Period


@dataclass(frozen=True, slots=True)
class Issued:
    """A report with the code that is printed on it; the code is kept nowhere else."""

    report: Report
    code: str


def issue(subject: Subject, asked: Asked, *, by: Actor = SYSTEM, site: str) -> Issued:
    """Make a report about an organisation or a sole trader from what is public today, and put it on record.

    `site` is the address of the public site with scheme, host and the last stroke, for the QR code. Who: everybody through the public site
    (SYSTEM), a company about itself, staff with matter and case number. Refused for a natural person (whose report goes through the register of
    queries), without a layout in force, without a usable seal; Forbidden by policy or for another company's subject.
    """
    policy.require(by, "reports.issue")
    firm = public_subject(subject.code) if subject.code else None
    if firm is None:
        raise Refused(
            "report.subject",
            "没有可以出具报告的主体。",
            mend="请核对统一社会信用代码；自然人的报告请本人到服务窗口办理。",
        )
    if isinstance(by, CompanyAccount) and canonical_subject(by).pk != firm.pk:
        raise Forbidden(
            "report.other", "企业账户只能出具本单位的报告。", mend="其他单位的报告请在公示网站或者服务窗口申请。"
        )
    refuse(asked.findings(by))
    row, today = layout_of(Kind.GENERAL), timezone.localdate()
    return made(firm, row, content_of(firm, row.layout, today), asked, by, site)


def issue_proof(subject: Subject, asked: Asked, wanted: Wanted, *, by: CompanyAccount, site: str) -> Issued:
    """Make a proof for a company about itself: whether there were violations in some fields over some days.

    Who: the company (`reports.prove`), for it tells of what was repaired too. Refused with all findings (`proof.against`), and as in `issue`.
    """
    policy.require(by, "reports.prove")
    if canonical_subject(by).pk != subject.pk:
        raise Forbidden("report.other", "企业账户只能出具本单位的报告。", mend="其他单位的专项报告请由其自行出具。")
    today = timezone.localdate()
    fields = list(ProofField.objects.in_force(today).filter(code__in=wanted.fields).order_by("code"))
    codes = tuple(field.code for field in fields)
    refuse([*asked.findings(by), *against(wanted.period, codes, today)])
    row = layout_of(Kind.PROOF)
    content = proof_of(subject, [field.stated for field in fields], wanted.period, row.content["version"], today)
    return made(subject, row, content, asked, by, site, Wanted(codes, wanted.period))


def layout_of(kind: Kind) -> ReportLayout:
    """The layout of a kind that is in force today. Refused when there is none."""
    row = ReportLayout.objects.in_force(timezone.localdate(), kind).first()
    if row is None:
        raise Refused("report.no_layout", "当前没有启用的报告版式。", mend="请系统管理员在后台启用一个版式。")
    return row


def made(
    subject: Subject,
    row: ReportLayout,
    content: Content,
    asked: Asked,
    by: Actor,
    site: str,
    wanted: Wanted | None = None,
) -> Issued:
    """A content as a signed report, on record. Who calls has asked the policy and what stands against it."""
    today = timezone.localdate()
    told = Issue(
        number=numbers.number(timezone.localtime(), secrets.choice),
        code=numbers.code(secrets.choice),
        issued_at=timezone.localtime().replace(microsecond=0),
        as_of=today,
        valid_until=add_months(today, row.months),
        issuer=row.issuer,
        purpose=asked.purpose.name,
        receiver=asked.receiver,
    )
    paper = paper_of(content, told, addresses(site, told))
    report = _drafted(subject, row, content, told, asked, by, wanted)
    return Issued(_kept(report, paper, by), told.code)


def addresses(site: str, told: Issue) -> Addresses:
    """Where a report is checked, for its QR code and in print."""
    page = f"{site.rstrip('/')}{reverse('public:verify')}"
    return Addresses(f"{page}?{urlencode({'number': told.number, 'code': told.code})}", page)


def _drafted(
    subject: Subject,
    layout: ReportLayout,
    content: Content,
    issue: Issue,
    asked: Asked,
    by: Actor,
    wanted: Wanted | None,
) -> Report:
    """The row of a report, without its file."""
    return Report(
        number=issue.number,
        code_hash=code_hash(issue.number, issue.code),
        layout=layout,
        subject=subject,
        purpose=asked.purpose,
        channel=asked.channel.value,
        matter=asked.matter.strip(),
        case_number=asked.case_number.strip(),
        department=asked.department or (by.department if isinstance(by, User) else None),
        asked_by=by if isinstance(by, User) else None,
        account=by if isinstance(by, CompanyAccount) else None,
        query=asked.query,
        receiver=asked.receiver,
        issued_at=issue.issued_at,
        as_of=issue.as_of,
        valid_until=issue.valid_until,
        keep_until=add_months(issue.as_of, layout.kept_months),
        fields=list(wanted.fields) if wanted else [],
        since=wanted.period.since if wanted else None,
        until=wanted.period.until if wanted else None,
        items=sum(len(chapter.items) for chapter in content.chapters),
        content_digest=digest(content),
    )


def _kept(report: Report, paper: Paper, by: Actor) -> Report:
    """The report with its file; when it cannot be written down no file is left either."""
    stored = vault.store([paper.file], folder=FOLDER)
    report.sha256, report.size, report.path = stored.sha256, stored.size, stored.path
    report.twin_sha256 = hashlib.sha256(paper.twin).hexdigest()
    try:
        with acting(by):
            _certificate_entered()
            report.save(force_insert=True)
            where = {"channel": report.channel, "matter": report.matter, "case": report.case_number}
            detail = {**where, "sha256": stored.sha256}
            audit.record("reports.issue", report, by=by, reason=report.purpose.name, detail=detail)
    except BaseException:
        vault.remove(stored.path)
        raise
    return report


def _certificate_entered() -> None:
    own = seal()
    if not ReportCertificate.objects.filter(fingerprint=own.fingerprint).exists():
        with transaction.atomic():
            ReportCertificate.objects.get_or_create(
                fingerprint=own.fingerprint,
                defaults={"pem": own.pem, "subject": own.subject[:200], "since": timezone.now()},
            )
