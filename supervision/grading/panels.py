"""What the ledger's page of a subject says of grading: the way to the explained grade, whose every look is registered; never the grade itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.urls import reverse

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from records.models import CreditRecord, Subject, SubjectKind
from records.panels import Block, Link, PublicThen
from supervision.grading.rules.permissions import VIEW

NOTE = "供监管部门分配监管力量，不公开；每次查看都有登记。"


class GradePanel:
    """Registered with the ledger in AppConfig.ready()."""

    def for_record(self, record: CreditRecord, user: User) -> Block | None:
        """Nothing: what a record counts for is told beside the grade."""
        return None

    def for_subject(self, subject: Subject, user: User) -> Block | None:
        """The link, for whoever supervises; none at a natural person."""
        if subject.kind == SubjectKind.PERSON or not policy.allows(user, VIEW):
            return None
        links = [Link("查看监管等级和等次", reverse("grades:subject", args=[subject.pk]))]
        return Block("分级分类", links=links, note=NOTE)

    def states(self, record_ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
        """Nothing."""
        return {}

    def public_on(self, record_ids: Collection[int], day: date) -> Mapping[int, PublicThen]:
        """Nothing: grades of supervision are never public, those of sectors have their disclosure."""
        return {}


panel = GradePanel()
