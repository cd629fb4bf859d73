"""Purposes, papers and queries, ready made; everything made up."""

from __future__ import annotations

from datetime import date, time, timedelta

import factory
from django.utils import timezone

from casework.rules.attachments import AttachedFile
from credit_platform.accounts.tests.factories import (
    ActingFactory,
    AuditorFactory,
    CreditOfficeFactory,
    WindowClerkFactory,
)
from lookups.actions import Visit, ask, hold_back, keep_authorisation
from lookups.actions.notables import mark_notable
from lookups.base_data import ALL, DUTY
from lookups.models import (
    Authorisation,
    DailySample,
    Finding,
    Purpose,
    Query,
    RetentionHold,
    ReviewLimits,
    ServiceWindow,
)
from lookups.queries.targets import Target, target_of
from lookups.retention.actions import propose
from lookups.rules.questions import Authority
from records.actions.looks import reference

PAPER = AttachedFile("授权书.pdf", b"%PDF-1.4\n% made up\n%%EOF\n")


class PurposeFactory(ActingFactory):
    """A firm asks for itself."""

    class Meta:
        model = Purpose
        django_get_or_create = ("code",)

    code = "own"
    name = "本单位查询自身信用信息"
    sentence = "您单位到窗口查询自己的信用信息。"
    needs_authorisation = True
    opens = ALL
    basis = "示例依据"
    valid_from = date(2020, 10, 16)


class OneselfFactory(PurposeFactory):
    code, name, organisations, persons, needs_authorisation = "oneself", "本人查询自身信用信息", False, True, False


class AuthorisedFactory(PurposeFactory):
    code, name, persons = "authorised", "受书面授权查询", True


class ApprovalFactory(PurposeFactory):
    """An authority asks while it handles a case."""

    code, name, needs_authorisation, needs_case, persons = "approval", "行政审批、资质审核", False, True, True
    opens = DUTY


class SupervisionFactory(ApprovalFactory):
    """One that the subject is told of later."""

    code, name, persons = "supervision", "日常监管、执法办案", False
    delay_days, delay_reason = 90, "告知可能妨碍履行法定职责。"


class LimitsFactory(ActingFactory):
    class Meta:
        model = ReviewLimits

    opens, closes = time(7, 30), time(18, 30)
    most_a_day, most_units, unit_days, drawn = 3, 3, 30, 2
    basis = "示例依据"
    valid_from = date(2020, 10, 16)


class ServiceWindowFactory(ActingFactory):
    class Meta:
        model = ServiceWindow

    name = factory.Sequence(lambda n: f"示例{n}区政务服务大厅信用服务窗口")
    district = "230102"


def own_visit(**more) -> Visit:
    """A visitor asks for the own firm, papers seen."""
    return Visit(**{"purpose": PurposeFactory(), "authority": Authority.OWN, "identity_seen": True} | more)


def duty_visit(**more) -> Visit:
    """An authority asks while it handles a case."""
    return Visit(**{"purpose": ApprovalFactory(), "authority": Authority.DUTY, "case_number": "哈审〔2026〕1号"} | more)


def authorised(subject, *, by=None, **more) -> Authorisation:
    """A paper of the subject that holds today."""
    today = timezone.localdate()
    given = {"purpose": AuthorisedFactory(), "holder": "示例受托人", "valid_from": today, "paper": [PAPER]}
    given |= {"ends_on": today + timedelta(days=30)}
    return keep_authorisation(subject, by=by or WindowClerkFactory(), **given | more)


def asked(subject=None, *, by=None, text: str = "", visit: Visit | None = None) -> Query:
    """One query at the window, by the code of a subject or by what was typed."""
    target = target_of(text) if text else Target(reference(subject), subject)
    return ask(target, visit or own_visit(), by=by or WindowClerkFactory())


def held(paper: Authorisation, *, by=None) -> RetentionHold:
    """An authorisation that somebody wants to hold back from disposal."""
    words = {"reason": "诉讼需要作为证据。", "document": "（2026）示民初9号"}
    return propose("authorisation", paper.number, **words, by=by or CreditOfficeFactory())


def objects_of(subject) -> dict[str, object]:
    """What the table of roles opens: a query that somebody else asked and what hangs on it, and an authorisation."""
    query, today = asked(subject), timezone.localdate()
    sample = DailySample.objects.create(
        day=today, asked=1, size=1, checkpoint_day=today, root="0" * 64, list_digest="0" * 64, seed="0" * 64
    )
    hold = hold_back(query, until=today + timedelta(days=9), reason="示例理由", by=CreditOfficeFactory())
    return {
        "<query>": query.number,
        "<authorisation>": authorised(subject).pk,
        "<finding>": Finding.objects.create(query=query, ground="drawn", sample=sample).pk,
        "<sample>": sample.pk,
        "<notable>": mark_notable(subject, reason="示例理由", by=AuditorFactory()).pk,
        "<hold>": hold.pk,
        "<retention hold>": held(authorised(subject)).pk,
    }
