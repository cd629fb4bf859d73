"""Letters, reviews, breaches, and what companies signed and declared."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from casework.actions.supervision import urge
from casework.actions.tips import TipReport
from casework.rules.attachments import AttachedFile
from casework.tests.drawing import announced
from commitments.breaches.actions import open_reported
from commitments.letters.actions import signing
from commitments.letters.actions.attachments import attach
from commitments.reviews.actions.sampling import SAMPLING
from commitments.tests import cases, signing_factories
from companies.models import CompanyAccount
from credit_platform.accounts.models import User
from declarations.actions import attach as attach_proof
from declarations.actions import report
from declarations.rules import State
from declarations.tests.factories import in_state
from disclosure.models import Disclosure


def of_promises(clerk: User) -> dict[str, Any]:
    """A letter of each kind, a review, a draw and two cases of breach of the clerk's department."""
    entry = cases.EntryFactory(department=clerk.department, random_share=10)
    review = cases.ReviewFactory(letter__entry=entry)
    (evidence,) = attach(review, [AttachedFile("核查记录.pdf", b"%PDF-1.4\n%%EOF\n")], role="evidence", by=clerk)
    decided = cases.case_in("decided", letter__entry=entry)
    decided_open = cases.CandidateFactory(letter__entry=entry)
    reviewer = User.objects.get(username="scjgj_sh")
    draw = announced(SAMPLING, reviewer, occasion="2025-11")  # the city draws in the month of today
    return {
        "<review>": review.pk,
        "<letter>": review.letter_id,
        "<short letter>": cases.ShortfallLetterFactory(entry__department=clerk.department).pk,
        "<draw>": draw.pk,
        "<draw number>": draw.number,
        "<candidate>": cases.CandidateFactory(letter__entry=entry).pk,
        "<reported>": open_reported(
            cases.LetterFactory(entry=entry),
            kind="false",
            facts="承诺的场所不存在。",
            told=TipReport("phone", cases.TODAY, "来电反映场所不存在。", "王某某 13800000000"),
            by=clerk,
        ).pk,
        "<decided>": decided.pk,
        "<attachment>": decided.attachments.first().pk,
        "<letter attachment>": evidence.pk,
        "<urging>": urge(decided_open, text="请尽快办理。", by=User.objects.get(username="xyb")).pk,
    }


def of_companies(account: CompanyAccount, clerk: User, reviewer: User) -> dict[str, Any]:
    """What a company signed and declared: a letter that the clerk's department accepted, a declaration with a proof and a report."""
    entry = signing_factories.EntryFactory(department=clerk.department)
    template, today = entry.matter.templates.get(), timezone.localdate()
    seen = signing.draft(entry, template, account.subject, signing_factories.VALUES, today).sha256
    signed = signing.sign(
        entry, by=account, values=signing_factories.VALUES, seen=seen, site="http://testserver/", on=today
    )
    shown = in_state(State.SHOWN, reviewer, account)
    (proof,) = attach_proof(shown, [AttachedFile("证书.pdf", b"%PDF-1.4\n%%EOF\n")], by=account)
    return {
        "<letter number>": signed.number,
        "<letter public id>": Disclosure.objects.get(record=signed.letter.record).public_id,
        "<declaration>": shown.pk,
        "<proof>": proof.pk,
        "<report>": report(shown, reason="证书编号查不到", contact="").pk,
        "<declared public id>": Disclosure.objects.get(record=shown.record).public_id,
    }
