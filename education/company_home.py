"""What a company sees of education on its own home page: invitations and certificates."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from companies.home import Row, Section
from companies.models import CompanyAccount
from education.queries.learning import certificates_of
from education.trainings.queries import invitations_of

ROWS = 5


def sections(account: CompanyAccount, on: date) -> list[Section]:
    """Trainings that a company is invited to, and its latest certificates."""
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
    invited = []
    for one in invitations_of(account).filter(training__state="announced", training__on__gte=on)[:ROWS]:
        note = f"已预约{one.seats}个席位。" if one.seats else "自愿参加，免费。"
        address = reverse("trainings:my-invitation", args=[one.pk])
        invited.append(Row(f"修复培训：{one.training.title}", address, note=note, due=one.training.on))
    empty = "还没有参加诚信教育。可以自愿学习法律和信用知识，也可以作为新员工入职教育。"
    return [
        Section("近期事项", invited, due=True, order=80),
        Section("诚信教育", latest, reverse("education:mine"), "学习课程", empty, order=80),
    ]
