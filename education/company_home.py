"""What a company sees of education on its own home page: packs that are open, and tests that wait."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from companies.home import Row, Section
from companies.models import CompanyAccount
from education.queries.learning import certificates_of

ROWS = 5


def sections(account: CompanyAccount, on: date) -> list[Section]:
    """The latest certificates."""
    latest = []
    for each in certificates_of(account)[:ROWS]:
        word, tone = each.word_on(on)
        address = reverse("education:my-certificate", args=[each.number])
        latest.append(
            Row(
                each.course_version.course.title,
                address,
                tag=word,
                tone=tone,
                note=f"有效期至 {each.valid_until:%Y-%m-%d}",
            )
        )
    empty = "还没有参加诚信教育。可以自愿学习法律和信用知识，也可以作为新员工入职教育。"
    return [Section("诚信教育", latest, reverse("education:mine"), "学习课程", empty, order=80)]
