"""What the ledger's pages show of commitments."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from commitments.letters.queries.letters import TONES
from commitments.models import BreachCase, CommitmentLetter
from commitments.rules.states import FULFILMENT_LABELS, Fulfilment
from credit_platform.accounts import policy
from credit_platform.accounts.desk import within
from credit_platform.accounts.models import User
from records.models import CreditRecord, Subject
from records.panels import Block, Link, PublicThen


class CommitmentPanel:
    """Registered with the ledger in AppConfig.ready()."""

    def for_record(self, record: CreditRecord, user: User) -> Block | None:
        """The letter that a record is, its fulfilment and its days."""
        letter = CommitmentLetter.objects.filter(record=record).select_related("matter", "department").first()
        if letter is None:
            return None
        rows: list[tuple[str, object]] = [
            ("承诺事项", letter.matter or "不在清单内"),
            ("归集方式", letter.get_channel_display()),
        ]
        if letter.next_review_on:
            rows.append(("下次复核", letter.next_review_on))
        if letter.shortfall_due_on:
            rows.append(("材料补正", letter.shortfall_settled_on or f"应于{letter.shortfall_due_on}前补正"))
        seen = (
            policy.allows(user, "commitments.view")
            and within(CommitmentLetter.objects.filter(pk=letter.pk), user).exists()
        )
        links = [Link("打开承诺书", reverse("commitments:letter", args=[letter.pk]))] if seen else []
        return Block("信用承诺", rows, letter.get_fulfilment_display(), TONES[Fulfilment(letter.fulfilment)], links)

    def for_subject(self, subject: Subject, user: User) -> Block | None:
        """How many letters of the subject the user may see stand in which state, and until when it is barred from 告知承诺."""
        if not policy.allows(user, "commitments.view"):
            return None
        mine = within(CommitmentLetter.objects.active(), user).filter(subject=subject)
        counts = mine.order_by().values("fulfilment").annotate(n=Count("pk")).values_list("fulfilment", "n")
        found = dict(counts)
        if not found:
            return None
        rows: list[tuple[str, object]] = [
            (FULFILMENT_LABELS[state], f"{found[state]} 份") for state in Fulfilment if state in found
        ]
        on = timezone.localdate()
        barred = BreachCase.objects.barring(on).filter(case__subject=subject).order_by("-barred_until").first()
        if barred is not None:
            rows.append(("不适用告知承诺至", barred.barred_until))
        links = [Link("查看承诺书", f"{reverse('commitments:letters')}?q={subject.code}")] if subject.code else []
        return Block("信用承诺", rows, "有限制" if barred else "", "serious" if barred else "neutral", links)

    def states(self, record_ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
        """Nothing: the list of records tells how they are published."""
        return {}

    def public_on(self, record_ids: Collection[int], day: date) -> Mapping[int, PublicThen]:
        """Nothing of its own: letters are published by disclosures."""
        return {}


panel = CommitmentPanel()
