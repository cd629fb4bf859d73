"""Objections for tests, one way a state: each brought there by its real steps; the item is a published penalty."""

from __future__ import annotations

from datetime import date

from casework.models import Case
from casework.rules.attachments import AttachedFile
from companies.models import CompanyAccount
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory
from disclosure.models import Disclosure
from disclosure.tests.factories import PublishedFactory
from objections import actions
from objections.rules.procedure import About, Outcome, Verified

TODAY = date(2026, 11, 23)
PDF = AttachedFile("缴款凭证.pdf", b"%PDF-1.4 tested")
OTHER = AttachedFile("判决书.pdf", b"%PDF-1.4 another")
WAYS = {
    "filed": (),
    "asked": ("ask",),
    "accepted": ("accept",),
    "forwarded": ("accept", "forward"),
    "answered": ("accept", "forward", "answer"),
    "decided": ("accept", "forward", "answer", "decide"),
    "refused": ("refuse",),
    "retracted": ("retract",),
    "appealed": ("accept", "forward", "answer", "decide", "appeal"),
    "settled": ("accept", "forward", "answer", "decide", "appeal", "settle"),
}


def company(item: Disclosure) -> CompanyAccount:
    """The account of whom an item is about."""
    found = CompanyAccount.objects.filter(subject=item.subject).first()
    return found or ActiveFactory(subject=item.subject)


def filed(item: Disclosure | None = None, **more) -> Case:
    """An objection to the first field of a published item, by its subject."""
    item = item or PublishedFactory()
    given = {
        "about": About.CONTENT,
        "field": min(item.shown),
        "claimed": "决定书写的是另一日期。",
        "grounds": "与决定书原件不一致。",
        "evidence": [PDF],
        "by": company(item),
    } | more
    return actions.file(item, **given)


def take(case: Case, verb: str, by=None, **more) -> Case:
    """Carry an objection one step on, by somebody new to whom it falls."""
    item = Disclosure.objects.get(pk=case.own.disclosure_id)
    office = CreditOfficeFactory
    given = {
        "ask": lambda: {"by": office(), "papers": "决定书原件"},
        "supply": lambda: {"by": company(item), "evidence": [OTHER]},
        "accept": lambda: {"by": office()},
        "refuse": lambda: {"by": office(), "reason": "不属于受理范围。"},
        "forward": lambda: {"by": office()},
        "answer": lambda: {
            "by": ClerkFactory(department=case.department),
            "finding": Verified.RIGHT,
            "text": "与档案一致。",
        },
        "extend": lambda: {"by": ClerkFactory(department=case.department), "reason": "需要调取档案。"},
        "decide": lambda: {"by": office(), "outcome": Outcome.UPHELD, "answer": "经核实，与决定书一致。"},
        "retract": lambda: {"by": company(item)},
        "appeal": lambda: {"by": company(item), "reasons": "仍与原件不一致。"},
        "settle": lambda: {"by": office(), "outcome": Outcome.UPHELD, "answer": "复核后维持。"},
    }[verb]() | more
    if by is not None:
        given["by"] = by
    return getattr(actions, "refuse_it" if verb == "refuse" else verb)(case, **given)


def brought_to(state: str, case: Case) -> Case:
    """A filed objection, brought to a state."""
    for verb in WAYS[state]:
        case = take(case, verb)
    return case


def case_in(state: str, **more) -> Case:
    """An objection in a state."""
    return brought_to(state, filed(**more))
