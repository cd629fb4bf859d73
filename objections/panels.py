"""What the ledger's pages show of objections: those to a record's item, and where one for a visitor begins."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.urls import reverse
from django.utils import timezone

from credit_platform.accounts import policy
from credit_platform.accounts.models import User
from disclosure.models import Disclosure
from objections.models import Objection
from objections.queries.targets import place_of
from objections.rules.procedure import FILE
from records.models import CreditRecord, Subject
from records.panels import Block, Link, PublicThen

MOST = 5


class ObjectionPanel:
    """Registered with the ledger in AppConfig.ready()."""

    def for_record(self, record: CreditRecord, user: User) -> Block | None:
        """The objections to the item of a record, the latest first; the button for who takes one in at a window."""
        item = Disclosure.objects.filter(record=record).first()
        if item is None:
            return None
        held = list(Objection.objects.of(item).select_related("case")[:MOST])
        rows: list[tuple[str, object]] = [(each.case.number, each.case.get_state_display()) for each in held]
        links = []
        if policy.allows(user, FILE) and (place := place_of(item, timezone.localdate())):
            links.append(Link("登记异议", reverse("objection:new-at", args=place)))
        open_now = any(each.is_open for each in held)
        tag, tone = ("处理中", "warn") if open_now else ("已办结", "neutral")
        return Block("异议", rows, tag if held else "无", tone, links) if held or links else None

    def for_subject(self, subject: Subject, user: User) -> Block | None:
        """Nothing: the list of objections is searched by subject."""
        return None

    def states(self, record_ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
        """Nothing: the list of records tells how they are published."""
        return {}

    def public_on(self, record_ids: Collection[int], day: date) -> Mapping[int, PublicThen]:
        """Nothing of its own."""
        return {}


panel = ObjectionPanel()
