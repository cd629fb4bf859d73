"""Questions of signing online: which matters a company may sign for, what it would sign, and what it signed before."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from commitments.availability.queries import availability
from commitments.availability.rules import Availability
from commitments.letters.rules.numbers import is_letter_number
from commitments.lists.rules.texts import Heading, with_blanks
from commitments.models import LetterTemplate, Matter, MatterEntry, Signature
from companies.models import CompanyAccount
from companies.queries import canonical_subject
from credit_platform.editions.texts import Piece, differences
from disclosure.models import Disclosure
from records.models import Subject


@dataclass(frozen=True, slots=True)
class Offer:
    """A matter that a company may sign for: its entry in force, the text in force, whether 告知承诺 is open to it, and what changed since
    it last signed (`changes` is empty when it never did, or when the text is the same)."""

    entry: MatterEntry
    template: LetterTemplate
    availability: Availability
    signed_before: Signature | None
    changes: list[Piece]

    @property
    def body(self) -> str:
        """The text with its blanks as a reader sees them."""
        return with_blanks(self.template.body, self.template.blanks)

    @property
    def liability(self) -> str:
        """What a breach leads to, in the words of the text."""
        return with_blanks(self.template.liability, self.template.blanks)


def entries_for(subject: Subject, on: date) -> QuerySet[MatterEntry]:
    """Entries of the list in force that may be signed online by subjects of this kind and have a text in force."""
    texts = LetterTemplate.objects.in_force(on).values("matter")
    return (
        MatterEntry.objects.in_force(on)
        .filter(online=True, subject_kinds__contains=[subject.kind], matter__in=texts)
        .select_related("matter", "department")
        .order_by("position", "matter__code")
    )


def offer(subject: Subject, code: str, on: date) -> Offer | None:
    """What a subject would sign for a matter on a day; None when it may not be signed online by it."""
    entry = entries_for(subject, on).filter(matter__code=code).first()
    template = LetterTemplate.objects.in_force(on).filter(matter=entry.matter).first() if entry else None
    if entry is None or template is None:
        return None
    before = last_signature(subject, entry.matter)
    changes: list[Piece] = []
    if before is not None and before.template_id != template.pk:
        changes = differences(_words(before.template), _words(template))
    return Offer(entry, template, availability(subject, entry.matter, on), before, changes)


def _words(template: LetterTemplate) -> str:
    text = f"{template.title}\n{template.body.strip()}\n违诺责任\n{template.liability.strip()}"
    return with_blanks(text, template.blanks)


def heading_of(subject: Subject, entry: MatterEntry, template: LetterTemplate) -> Heading:
    """What stands above the text."""
    matter = f"{entry.matter.name}（{entry.matter.code}）"
    return Heading(template.title, subject.name, subject.code or "", matter, entry.department.name)


def last_signature(subject: Subject, matter: Matter) -> Signature | None:
    """The latest letter that a subject signed online for a matter."""
    rows = Signature.objects.select_related("template").filter(letter__subject=subject, template__matter=matter)
    return rows.order_by("-signed_at").first()


def signatures_of(account: CompanyAccount) -> QuerySet[Signature]:
    """What the company of an account signed online, whichever handler did; newest first."""
    rows = Signature.objects.select_related("letter", "template__matter", "letter__department")
    return rows.filter(letter__subject=canonical_subject(account)).order_by("-signed_at", "-pk")


def by_file(sha256: str) -> Signature | None:
    """The signature whose PDF has this hash: whoever holds the file was given it."""
    rows = Signature.objects.select_related("letter__subject", "letter__department", "template__matter")
    return rows.filter(pdf_sha256=sha256).first()


def verified(number: str, token: str) -> Signature | None:
    """The signature of a number and its token; None alike for a wrong number and a wrong token."""
    try:
        given = UUID(token)
    except ValueError:
        return None
    if not is_letter_number(number):
        return None
    rows = Signature.objects.select_related(
        "letter__subject", "letter__department", "template__matter", "letter__record"
    )
    found = rows.filter(number=number).first()
    return found if found is not None and hmac.compare_digest(found.token.bytes, given.bytes) else None


def disclosure_of(signature: Signature, on: date) -> Disclosure | None:
    """The publication of a signed letter that the public sees on a day, None when it is not public."""
    return Disclosure.objects.visible_on(on).filter(record_id=signature.letter.record_id).first()
