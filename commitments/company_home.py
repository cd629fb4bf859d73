"""What a company's home page shows of its commitments."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone

from casework.queries.course import may_speak, where_it_stands
from commitments.breaches.models import BreachCase
from commitments.breaches.queries import pressing
from commitments.letters.queries.signing import signatures_of
from commitments.models import CommitmentLetter
from commitments.reviews.queries.missing import for_subject
from commitments.rules.states import FULFILMENT_LABELS, Fulfilment
from companies.home import Row, Section
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.web.formats import cn_date
from records.models import Subject

ROWS = 5


def sections(account: CompanyAccount, on: date) -> list[Section]:
    """What falls due, and the latest letters."""
    return [_due(account, on), _letters(account)]


def _due(account: CompanyAccount, on: date) -> Section:
    subject = canonical_subject(account)
    papers = CommitmentLetter.objects.shortfall_open().filter(subject=subject).select_related("matter", "department")
    papers = papers.order_by("shortfall_due_on")[:ROWS]
    told = {notice.letter_id: notice.text for notice in for_subject(subject, on)}
    rows = _cases(subject, on)
    rows += [
        Row(
            f"补交材料：{letter.shortfall_papers[:60]}",
            _matter_page(letter),
            note=told.get(letter.pk) or f"承诺事项：{_matter_name(letter)}；补交至{letter.department.name}。",
            due=letter.shortfall_due_on,
        )
        for letter in papers
    ]
    return Section("近期事项", rows, empty_text="没有需要办理的事项。", due=True, order=10)


def _cases(subject: Subject, on: date) -> list[Row]:
    """What was told to the subject about a breach: its day to speak, or the bar that follows the decision."""
    rows = []
    for case in pressing(subject, on)[:ROWS]:
        breach: BreachCase = case.own
        until = f"，至{cn_date(breach.barred_until)}不适用告知承诺" if breach.barred_until else ""
        rows.append(
            Row(
                f"{'违诺决定' if case.decided_on else '违诺告知'}：{_matter_name(breach.letter)}",
                reverse("breach:my-case", args=[case.pk]),
                note=f"{case.department.name}{until}",
                tag=where_it_stands(case, on),
                tone="serious" if case.decided_on else "warn",
                due=case.hearing.until if may_speak(case, on) else None,
            )
        )
    return rows


def _matter_name(letter: CommitmentLetter) -> str:
    return letter.matter.name if letter.matter else letter.code


def _matter_page(letter: CommitmentLetter) -> str:
    """The matter in the public list; the company's own matters where the list has none."""
    if letter.matter is None:
        return reverse("commitments:my-matters")
    return reverse("commitments-public:matter", args=[letter.matter.code])


def _letters(account: CompanyAccount) -> Section:
    rows = [
        Row(
            each.template.matter.name,
            reverse("commitments:my-letter", args=[each.number]),
            note=f"{cn_date(timezone.localdate(each.signed_at))}　{each.number}",
            tag=FULFILMENT_LABELS[Fulfilment(each.letter.fulfilment)],
            tone="info",
        )
        for each in signatures_of(account)[:ROWS]
    ]
    url = reverse("commitments:my-matters")
    return Section("信用承诺", rows, url, "签署承诺书", "还没有在线签署的承诺书。", order=20)
