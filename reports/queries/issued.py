"""Reports and links as they are looked for."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform import sealing
from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from records.queries.search import merged_with
from reports.models import Report, ReportQuerySet, ReportShare


def code_hash(number: str, code: str) -> str:
    """What is kept of a report's code."""
    return sealing.number_hash(f"report:{number}:{code}")


def by_number_and_code(number: str, code: str) -> Report | None:
    """The report of a number when the code is right; one answer for a wrong code and a number that does not exist."""
    hashes = sealing.number_hashes(f"report:{number}:{code}")
    return _told().filter(number=number, code_hash__in=hashes).first()


def by_number(number: str) -> Report | None:
    """The report of a number that stands in a file of ours."""
    return _told().filter(number=number).first()


def by_file(sha256: str) -> Report | None:
    """The report whose file has this hash, hexadecimal."""
    return _told().filter(sha256=sha256).first()


def reports_for(user: User) -> ReportQuerySet:
    """What a member of staff may see at the desk."""
    everywhere = policy.allows(user, "reports.view_all")
    return _told().visible_to(user, everywhere=everywhere)


def reports_of(account: CompanyAccount) -> ReportQuerySet:
    """The reports about a company that it asked for itself. What others asked for stands in the register of queries."""
    return _told().of(merged_with(canonical_subject(account))).filter(account__isnull=False)


def shares_of(report: Report) -> QuerySet[ReportShare]:
    """The links to a report, each with how often it was used (`taken`), the latest first."""
    return report.shares.annotate(taken=Count("openings")).order_by("-pk")


def link_hashes(token: str, code: str) -> tuple[str, str]:
    """What is kept of the two halves of a link: of its token, and of its code."""
    return sealing.number_hash(f"share:{token}"), sealing.number_hash(f"share:{token}:{code}")


def share_of(token: str, code: str) -> ReportShare | None:
    """The link of a token when the code is right."""
    rows = ReportShare.objects.select_related("report__subject", "report__layout", "report__purpose")
    return rows.filter(
        token_hash__in=sealing.number_hashes(f"share:{token}"),
        code_hash__in=sealing.number_hashes(f"share:{token}:{code}"),
    ).first()


def _told() -> ReportQuerySet:
    return Report.objects.select_related("subject", "layout", "purpose", "department")
