"""Objections for tests, one way a state: each brought there by its real steps; the item is a published penalty."""

from __future__ import annotations

from datetime import date

from casework import disputes
from casework.actions.step import step
from casework.disputes import Disputed
from casework.models import Case
from casework.rules.attachments import AttachedFile
from casework.rules.disputes import About
from companies.models import CompanyAccount
from companies.rules import PAPERS
from companies.tests.factories import ActiveFactory
from credit_platform.accounts.actors import SYSTEM
from credit_platform.accounts.tests.factories import ClerkFactory, CreditOfficeFactory, WindowClerkFactory
from disclosure.models import Disclosure
from disclosure.tests.factories import PublishedFactory
from objections import actions
from objections.models import ITEM
from objections.rules.claims import Capacity, Outsider
from objections.rules.outcomes import Outcome, Verified
from objections.rules.procedure import OBJECTION

TODAY = date(2026, 11, 23)
PDF = AttachedFile("缴款凭证.pdf", b"%PDF-1.4 tested")
OTHER = AttachedFile("判决书.pdf", b"%PDF-1.4 another")
WHO = Outsider("赵某某", "13800000000", Capacity.AGENT)
WAYS = {
    "lodged": (),
    "lapsed": ("lapse",),
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


def disputed(item: Disclosure) -> Disputed:
    """An item as what may be disputed; also one that may not be, as a page that was open too long still has it."""
    found = disputes.find(ITEM, item.public_id, TODAY)
    return found or Disputed(place=ITEM, number=item.public_id, item=item, title=item.title, abouts=tuple(About))


def lodged(item: Disclosure | None = None, **more) -> Case:
    """The same without an account, with papers that show who it is."""
    item = item or PublishedFactory()
    given = {
        "about": About.CONTENT,
        "field": min(item.shown),
        "claimed": "决定书写的是另一日期。",
        "grounds": "与决定书原件不一致。",
        "evidence": [PDF],
        "papers": [OTHER],
        "who": WHO,
    } | more
    case, _ = actions.lodge(disputed(item), **given)
    return case


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
    return actions.file(disputed(item), **given)


def take(case: Case, verb: str, by=None, **more) -> Case:
    """Carry an objection one step on, by somebody new to whom it falls."""
    if verb == "lapse":
        return lapse(case)
    item = Disclosure.objects.get(pk=case.own.disclosure_id)
    office = CreditOfficeFactory
    given = {
        "ask": lambda: {"by": office(), "papers": "决定书原件"},
        "supply": lambda: {"by": company(item), "evidence": [OTHER]},
        "add": lambda: {"by": company(item), "evidence": [OTHER]},
        "confirm": lambda: {"by": WindowClerkFactory(), "papers": list(PAPERS)},
        "summon": lambda: {"by": office(), "reason": "授权委托书没有盖章。"},
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


def lapse(case: Case) -> Case:
    """The step of the clock, which the sweep takes for each that is due."""
    with step(OBJECTION, case, "lapse", by=SYSTEM) as at:
        at.case.closed_why = "逾期未到窗口确认身份"
    return at.case


def brought_to(state: str, case: Case) -> Case:
    """A filed objection, brought to a state."""
    for verb in WAYS[state]:
        case = take(case, verb)
    return case


def case_in(state: str, **more) -> Case:
    """An objection in a state."""
    return brought_to(state, (lodged if state in ("lodged", "lapsed") else filed)(**more))
