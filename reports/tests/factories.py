"""Reports, made by the action that makes them: of a firm with a penalty that the public sees."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pikepdf
from django.utils import timezone

from casework.rules.attachments import AttachedFile
from companies.models import CompanyAccount
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from credit_platform.accounts.tests.factories import ClerkFactory
from disclosure.models import Disclosure
from disclosure.tests.factories import PublishedFactory
from records.models import Subject
from reports import actions
from reports.actions import Asked, Issued, Wanted
from reports.models import ForeignReport, ProofField, ReportPurpose, ReportUse
from reports.region.actions import Case, take_in
from reports.rules.channels import Channel
from reports.rules.proof import Period
from reports.uses import actions as uses
from reports.uses.rules import Need

TODAY = date(2026, 11, 23)
SITE = "http://testserver/"


def item(**more) -> Disclosure:
    """A penalty that the public sees, of a firm of its own unless `subject` names one."""
    return PublishedFactory(**more)


def asked(channel: Channel = Channel.PUBLIC, **more) -> Asked:
    purpose = ReportPurpose.objects.get(code=more.pop("purpose", "tender"))
    return Asked(**{"purpose": purpose, "channel": channel} | more)


def issued(subject: Subject | None = None, *, by=SYSTEM, **more) -> Issued:
    """A report about a subject, asked for by the public, by a company or by staff."""
    subject = subject or item().subject
    if isinstance(by, CompanyAccount):
        more.setdefault("channel", Channel.COMPANY)
    elif isinstance(by, User):
        more = {"channel": Channel.DESK, "matter": "建筑业企业资质核准", "case_number": "示办〔2026〕1号"} | more
    return actions.issue(subject, asked(**more), by=by, site=SITE)


def company(subject: Subject) -> CompanyAccount:
    """The account of a firm."""
    return CompanyAccount.objects.filter(subject=subject).first() or ActiveFactory(subject=subject)


def field(*departments, **more) -> ProofField:
    """A field that departments vouch for."""
    made = ProofField.objects.create(
        **{
            "code": f"f{ProofField.objects.count()}",
            "name": "市场监管",
            "basis": "示例依据",
            "valid_from": date(2025, 7, 28),
        }
        | more
    )
    made.departments.set(departments)
    return made


def proven(account, *fields, since=date(2024, 1, 1), until=TODAY, **more) -> Issued:
    """A proof that a company has made about itself."""
    wanted = Wanted(tuple(each.code for each in fields), Period(since, until))
    return actions.issue_proof(account.subject, asked(Channel.COMPANY, **more), wanted, by=account, site=SITE)


def need(**more) -> Need:
    words = {"matter": "建筑业企业资质核准", "case_number": "示办〔2026〕7号", "reason": "核准资质需要了解信用状况。"}
    return Need(**words | {"until": timezone.localdate() + timedelta(days=30)} | more)


def wanted(subject=None, *, by=None, purpose="qualification", **more) -> ReportUse:
    """A use that a department asked for."""
    subject, by = subject or item().subject, by or ClerkFactory()
    return uses.ask(subject, ReportPurpose.objects.get(code=purpose), need(**more), by=by)


def agreed(use: ReportUse) -> ReportUse:
    return uses.consent(use, by=company(use.subject), site=SITE)


def taken_in(subject: Subject, data: bytes | None = None, *, by: User | None = None) -> ForeignReport:
    """Another region's report that was handed in; a page without a seal unless `data` is given."""
    case = Case(matter="工程招标", case_number="示招〔2026〕9号")
    return take_in(
        subject, AttachedFile("报告.pdf", blank_pdf() if data is None else data), case, by=by or ClerkFactory()
    )


def blank_pdf() -> bytes:
    """A PDF of one empty page."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()
