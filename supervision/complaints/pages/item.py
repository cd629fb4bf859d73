"""What belongs to a complaint on the public page of one item, and on the pages of the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.urls import reverse

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from disclosure.models import Disclosure
from disclosure.public.extras import Extra
from records.models import CreditRecord, Subject
from records.panels import Block, Link, PublicThen
from supervision.complaints.models import Complaint
from supervision.complaints.queries.desk import VIEW, at_the_desk, public_penalty_of

NEUTRAL = "消费投诉是对投诉和办理情况的如实记载，属于中性信息，不表示经营者存在违法行为，不作为失信依据；投诉数量不等同于商品、服务质量。"


def about_complaint(row: Disclosure, on: date) -> Iterable[Extra]:
    """That it is neutral, the firm's figures, and the penalty that came of it where that is public."""
    rows: list[tuple[str, str, str]] = []
    if row.subject_code:
        rows.append(
            ("该经营者的投诉情况", "按年度查看件数和成功率", reverse("complaints-public:firm", args=[row.subject_code]))
        )
    complaint = Complaint.objects.select_related("record").filter(record=row.record_id).first()
    penalty = public_penalty_of(complaint, on) if complaint else None
    if penalty:
        rows.append(("诉转案", penalty.document_number, reverse("public:disclosure", args=[penalty.public_id])))
    yield Extra("关于消费投诉公示", rows, NEUTRAL)


class ComplaintPanel:
    """Registered with the ledger in AppConfig.ready()."""

    def for_record(self, record: CreditRecord, user: User) -> Block | None:
        """Where the complaint stands that a record is."""
        if not policy.allows(user, VIEW):
            return None
        row = Complaint.objects.filter(record=record).first()
        if row is None:
            return None
        rows: list[tuple[str, object]] = [("办理情况", row.state)]
        if row.hidden_why:
            rows.append(("不公示的原因", row.hidden_why))
        seen = at_the_desk(user, record.decided_on).filter(pk=row.pk).exists()
        links = [Link("打开投诉", reverse("complaints:complaint", args=[row.pk]))] if seen else []
        return Block("消费投诉", rows, row.state, "neutral", links)

    def for_subject(self, subject: Subject, user: User) -> Block | None:
        """Nothing: complaints are among the records."""
        return None

    def states(self, record_ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
        return {}

    def public_on(self, record_ids: Collection[int], day: date) -> Mapping[int, PublicThen]:
        return {}


panel = ComplaintPanel()
