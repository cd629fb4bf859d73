"""Reports in use in the demonstration city: asked for with the subject's consent, of a person at the window, and of a neighbouring province."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.conf import settings
from django.utils import timezone

from casework.rules.attachments import AttachedFile
from companies.models import CompanyAccount
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.models import User
from credit_platform.audit.context import acting
from credit_platform.demo import clock
from credit_platform.demo.reports import SITE
from lookups.actions import Visit
from lookups.actions import ask as ask_register
from lookups.models import Purpose
from lookups.queries.targets import Target
from lookups.queries.visits import window_of
from lookups.rules.questions import Authority
from records.actions.looks import reference
from records.models import Subject
from reports.actions import issue_for_person
from reports.actions.issuing import addresses
from reports.models import ReportIssuer, ReportLayout, ReportPurpose, ReportUse
from reports.papers import paper_of
from reports.papers.page import rendered
from reports.papers.seal import seal
from reports.queries.gathering import content_of
from reports.region.actions import Case, take_in
from reports.rules.twin import Issue
from reports.uses import actions as uses
from reports.uses.rules import Need

NEIGHBOUR = "示例省公共信用信息平台"
BASIS = "演示数据；签章证书由演示程序生成"


def load_uses(today: date) -> int:
    """Five uses in their states, a person's report, two reports of a neighbour; how many."""
    accounts = list(CompanyAccount.objects.active().select_related("subject").order_by("pk")[:2])
    if not accounts:
        return 0
    done = [
        _used(today, accounts[0]),
        _others(today, accounts[-1]),
        _of_person(today),
        _of_neighbour(today, accounts[0]),
    ]
    return sum(done)


def _asked(subject: Subject, matter: str, case: str, today: date, purpose: str = "tender") -> ReportUse:
    need = Need(
        matter=matter,
        case_number=case,
        reason="资格审查需要了解信用状况，只用于本次办理。",
        until=timezone.localdate() + timedelta(days=60),
    )
    clerk = User.objects.get(username="scjgj_lr")
    return uses.ask(subject, ReportPurpose.objects.get(code=purpose), need, by=clerk)


def _used(today: date, account: CompanyAccount) -> int:
    """One that was agreed to and opened twice, one whose consent was taken back, one that waits."""
    clerk = User.objects.get(username="scjgj_lr")
    with clock.at(today - timedelta(days=4), 9, 20):
        first = _asked(account.subject, "检验检测设备采购", f"示招〔{today.year}〕11号", today)
    with clock.at(today - timedelta(days=3), 16, 0):
        first = uses.consent(first, by=account, site=SITE)
    for back in (2, 1):
        with clock.at(today - timedelta(days=back), 10, 15):
            uses.take(first, by=clerk)
    with clock.at(today - timedelta(days=6), 14, 0):
        second = uses.consent(
            _asked(account.subject, "特种设备生产许可", f"示许〔{today.year}〕12号", today, "approval"),
            by=account,
            site=SITE,
        )
    with clock.at(today - timedelta(days=1), 11, 0):
        uses.revoke(second, reason="本单位已撤回许可申请。", by=account)
        _asked(account.subject, "食品经营许可延续", f"示许〔{today.year}〕13号", today, "approval")
    return 3


def _others(today: date, account: CompanyAccount) -> int:
    with clock.at(today - timedelta(days=5), 15, 30):
        declined = _asked(account.subject, "质量提升专项资金", f"示资〔{today.year}〕4号", today, "funds")
        uses.decline(declined, reason="本单位不参加本次申报。", by=account)
        withdrawn = _asked(account.subject, "抽检服务采购", f"示招〔{today.year}〕14号", today)
        uses.withdraw(withdrawn, by=User.objects.get(username="scjgj_lr"))
    return 2


def _of_person(today: date) -> int:
    """A person at the window, for itself."""
    person = Subject.objects.filter(kind="person", merged_into__isnull=True).order_by("pk").first()
    purpose = Purpose.objects.in_force(today).filter(code="oneself").first()
    if person is None or purpose is None:
        return 0
    clerk = User.objects.get(username="ckry")
    visit = Visit(purpose=purpose, authority=Authority.OWN, identity_seen=True, window=window_of(clerk))
    with clock.at(today - timedelta(days=1), 14, 40):
        query = ask_register(Target(reference(person), person), visit, by=clerk)
        issue_for_person(query, ReportPurpose.objects.get(code="self"), by=clerk, site=SITE)
    return 1


def _of_neighbour(today: date, account: CompanyAccount) -> int:
    """One with the seal of a platform that is recognised, and one without any."""
    clerk, subject = User.objects.get(username="ckry"), account.subject
    content = content_of(subject, ReportLayout.objects.get(code="national-2022").layout, today)
    with clock.at(today - timedelta(days=2), 9, 0) as moment, TemporaryDirectory() as folder:
        issue = Issue(
            number=f"{moment:%Y%m%d%H%M%S}NBR00001",
            code="NEIGHB2R",
            issued_at=timezone.localtime(moment),
            as_of=moment.date(),
            valid_until=today + timedelta(days=80),
            issuer=NEIGHBOUR,
            purpose="招标投标",
        )
        places = addresses("https://credit.example/", issue)
        with patch.object(settings, "REPORT_SEAL_FILE", Path(folder) / "neighbour.pem"):
            sealed, certificate = paper_of(content, issue, places).file, seal().pem
        with acting(SYSTEM):
            issuer = ReportIssuer(
                code="neighbour",
                name=NEIGHBOUR,
                region="示例省",
                verify_at="https://credit.example/verify",
                certificate=certificate,
                basis=BASIS,
                valid_from=today - timedelta(days=30),
            )
            issuer.full_clean()
            issuer.save()
    bare = rendered(content, replace(issue, number=f"{issue.number[:14]}NBR00002"), places)
    for hour, data in ((10, sealed), (11, bare)):
        with clock.at(today - timedelta(days=1), hour, 30):
            case = Case(matter="外地企业参加投标", case_number=f"示招〔{today.year}〕2{hour}号")
            take_in(subject, AttachedFile("信用报告.pdf", data), case, by=clerk)
    return 2
